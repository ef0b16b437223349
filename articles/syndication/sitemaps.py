"""What sitemaps list: articles that search engines may index, month by month, and the news of the last two days."""

from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from articles.models import Article

MOST = 50_000  # addresses in a sitemap, by the protocol of sitemaps.org
MOST_NEWS = 1_000  # and the age of what a news sitemap lists: Google's rules
NEWS_AGE = timedelta(days=2)

CHANGED = Coalesce("updated_at", "published_at")


def months(*, at):
    """Return [(first day of a month as a date, number of the file from 1, last change)], the newest month first."""
    listed = Article.objects.live(at=at).indexable().order_by()
    rows = listed.annotate(month=TruncMonth("published_at")).values("month")
    rows = rows.annotate(number=Count("pk"), changed_at=Max(CHANGED)).order_by("-month")
    return [
        (row["month"].date(), part, row["changed_at"])
        for row in rows
        for part in range(1, -(-row["number"] // MOST) + 1)
    ]


def articles_of(month, part, *, at):
    """Return the articles of ``month``, its first day, that stand in file number ``part``, with ``changed_at``."""
    start = datetime(month.year, month.month, 1, tzinfo=timezone.get_current_timezone())
    end = (start + timedelta(days=32)).replace(day=1)
    listed = Article.objects.live(at=at).indexable().filter(published_at__gte=start, published_at__lt=end)
    listed = (
        listed.annotate(changed_at=CHANGED).only("slug", "published_at", "updated_at").order_by("published_at", "pk")
    )
    return listed[(part - 1) * MOST : part * MOST]


def news(*, at):
    """Return the own articles of the last two days, the newest first."""
    own = Article.objects.live(at=at).filter(outlet__text_shown="own", published_at__gt=at - NEWS_AGE)
    listed = own.reporting().newest_first().select_related("outlet")
    return listed.only("slug", "headline", "language", "published_at", "outlet__name")[:MOST_NEWS]
