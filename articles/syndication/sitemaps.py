"""What sitemaps list: articles that search engines may index, month by month, and the news of the last two days."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from articles.models import Article, Author, Hashtag, Story

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


# Records whose pages list articles, each with the way to an article of theirs.
RECORDS = {
    "stories": (Story, "articles"),
    "hashtags": (Hashtag, "articles"),
    "authors": (Author, "bylines__article"),
}


def records(name, *, at):
    """Return the records of a kind of RECORDS that anything public stands under, with its last publication as
    ``changed_at``, the newest first, as many as a file may list."""
    model, way = RECORDS[name]
    under = Q(**{f"{way}__in": Article.objects.live(at=at)})
    newest = Max(f"{way}__published_at", filter=under)
    return model.objects.filter(under).annotate(changed_at=newest).order_by("-changed_at", "-pk")[:MOST]


def news(*, at):
    """Return the own articles of the last two days, the newest first."""
    own = Article.objects.live(at=at).filter(outlet__text_shown="own", published_at__gt=at - NEWS_AGE)
    listed = own.reporting().newest_first().select_related("outlet")
    return listed.only("slug", "headline", "language", "published_at", "outlet__name")[:MOST_NEWS]
