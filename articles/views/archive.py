"""The archive: every day and month that something was published in."""

from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDay, TruncMonth
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import caching
from articles.models import Article
from articles.syndication import Place, day_of_archive, first_pictured, month_of_archive
from articles.text import calendar
from articles.views.page import paged, read_only, render_public


@read_only
def archive(request):
    at = timezone.now()
    rows = Article.objects.live(at=at).order_by().annotate(month=TruncMonth("published_at")).values("month")
    rows = rows.annotate(number=Count("pk")).order_by("-month")
    told = gettext("Everything from every outlet, by month and day.")
    place = Place(gettext("Archive"), told, reverse("archive"))
    return _render(request, "articles/archive.html", {"months": list(rows), "place": place}, at=at)


@read_only
def month(request, year, month):
    at = timezone.now()
    start, live = start_of(year, month, 1), of_month(year, month, at=at)
    days = live.order_by().annotate(day=TruncDay("published_at")).values("day").annotate(number=Count("pk"))
    days = list(days.order_by("day"))
    if not days:
        raise Http404("Nothing public came out in that month.")
    page = paged(request, live.newest_first().for_cards())
    told = gettext("Everything from every outlet in %(month)s.") % {"month": calendar.written(start, "month")}
    place = _place(told, month_of_archive(start), page)
    context = {"start": start, "days": days, "page": page, "place": place, "feeds": request.path}
    return _render(request, "articles/archive_month.html", context, at=at)


@read_only
def day(request, year, month, day):
    at = timezone.now()
    start = start_of(year, month, day)
    page = paged(request, of_day(year, month, day, at=at).newest_first().for_cards())
    if not page.paginator.count:
        raise Http404("Nothing public came out on that day.")
    told = gettext("Everything from every outlet on %(day)s.") % {"day": calendar.written(start, "day")}
    place = _place(told, day_of_archive(start), page)
    context = {"start": start, "page": page, "place": place, "feeds": request.path, **_around(start, at=at)}
    return _render(request, "articles/archive_day.html", context, at=at)


def of_month(year, month, *, at):
    """Return what came out in a month and is live, a QuerySet; raise Http404 where there is no such month."""
    start = start_of(year, month, 1)
    return _between(start, (start + timedelta(days=32)).replace(day=1), at=at)


def of_day(year, month, day, *, at):
    start = start_of(year, month, day)
    return _between(start, start_of(*_following(start)), at=at)


def _between(start, end, *, at):
    return Article.objects.live(at=at).filter(published_at__gte=start, published_at__lt=end)


def _around(start, *, at):
    """Return the days before and after on which anything came out, or None: days between are left out."""
    times = Article.objects.live(at=at).order_by("published_at").values_list("published_at", flat=True)
    earlier = times.filter(published_at__lt=start).last()
    later = times.filter(published_at__gte=start_of(*_following(start))).first()
    return {name: timezone.localtime(day) if day else None for name, day in (("earlier", earlier), ("later", later))}


def _place(told, steps, page):
    *above, (title, path) = steps
    return Place(title, told, path, above, pictured=first_pictured(page))


def start_of(year, month, day):
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
