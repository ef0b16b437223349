"""The archive: every day and month that something was published in."""

from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDay, TruncMonth
from django.http import Http404
from django.utils import timezone

from articles import caching
from articles.models import Article
from articles.views.page import paged, read_only, render_public


@read_only
def archive(request):
    at = timezone.now()
    rows = Article.objects.live(at=at).order_by().annotate(month=TruncMonth("published_at")).values("month")
    rows = rows.annotate(number=Count("pk")).order_by("-month")
    return _render(request, "articles/archive.html", {"months": list(rows)}, at=at)


@read_only
def month(request, year, month):
    at = timezone.now()
    start = _start(year, month, 1)
    end = (start + timedelta(days=32)).replace(day=1)
    live = Article.objects.live(at=at).filter(published_at__gte=start, published_at__lt=end)
    days = live.order_by().annotate(day=TruncDay("published_at")).values("day").annotate(number=Count("pk"))
    days = list(days.order_by("day"))
    if not days:
        raise Http404("Nothing public came out in that month.")
    page = paged(request, live.newest_first().for_cards())
    return _render(request, "articles/archive_month.html", {"start": start, "days": days, "page": page}, at=at)


@read_only
def day(request, year, month, day):
    at = timezone.now()
    start = _start(year, month, day)
    end = _start(*_following(start))
    page = paged(
        request,
        Article.objects.live(at=at).filter(published_at__gte=start, published_at__lt=end).newest_first().for_cards(),
    )
    if not page.paginator.count:
        raise Http404("Nothing public came out on that day.")
    return _render(request, "articles/archive_day.html", {"start": start, "page": page}, at=at)


def _start(year, month, day):
    """Return the instant at which a day begins where the site is; raise Http404 where there is no such day."""
    try:
        if not 1900 <= year <= 9000:
            raise ValueError
        return datetime(year, month, day, tzinfo=timezone.get_current_timezone())
    except ValueError:
        raise Http404("There is no such day.") from None


def _following(start):
    following = date(start.year, start.month, start.day) + timedelta(days=1)
    return following.year, following.month, following.day


def _render(request, template, context, *, at):
    return render_public(request, template, context, at=at, keys=[caching.LISTS_KEY])
