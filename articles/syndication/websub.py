"""WebSub (W3C Recommendation, 2018): tell the hub that feeds have changed, so that subscribers need not ask."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles import wire
from articles.syndication.feeds import FORMATS
from articles.syndication.item import absolute

PATIENCE = 10  # seconds that the hub has to answer
LONGEST_ANSWER = 65_536  # bytes; what it says is of no interest


def tell_hub(article):
    """Tell the hub of every feed that ``article`` stands in. Raise OSError if it cannot be reached or refuses."""
    topics = [("hub.url", absolute(feed)) for feed in feeds_of(article)]
    body = urlencode([("hub.mode", "publish"), *topics]).encode()
    form = "application/x-www-form-urlencoded"
    wire.post(settings.WEBSUB_HUB, body, kind=form, seconds=PATIENCE, most_bytes=LONGEST_ANSWER)


def feeds_of(article):
    """Return the addresses of the feeds of all lists that ``article`` stands in, but for searches.

    Those of searches are without number, so they name no hub. Today in brief may have no room for it; to be told in
    vain costs a subscriber nothing.
    """
    records = [article.outlet, article.section, article.story, *article.hashtags.all()]
    records += [byline.author for byline in article.bylines.select_related("author")]
    pages = [reverse("front"), reverse("latest"), reverse("today"), *_archive(article)]
    pages += [record.get_absolute_url() for record in records if record]
    pages += [reverse("corrections")] if article.corrections.exists() else []
    return [f"{page}feed.{form}" for page in pages for form in FORMATS]


def _archive(article):
    day = timezone.localtime(article.published_at)
    yield reverse("archive-month", args=[day.year, day.month])
    yield reverse("archive-day", args=[day.year, day.month, day.day])
