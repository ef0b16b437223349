"""Today in brief: what a reader with five minutes should see, chosen by rules that the page states."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext

from articles.models import Article, Story

DAY = timedelta(days=1)
LONG_READS_AGE = timedelta(days=3)
LONG_MINUTES = 4  # of reading, from which on a text is a long read
LEAST_OUTLETS = 3  # that tell a story before it counts as widely covered
TOP, WIDELY, NEWEST, LONG, OPINION = 3, 5, 5, 4, 4
POOL = 300  # the newest live articles, out of which the page is made


@dataclass(frozen=True)
class Part:
    """``told`` is {article's pk: its story, with ``outlet_count``} where that is why an article stands here."""

    heading: str
    rule: str
    articles: list
    told: dict


def today(*, at, leading):
    """Return the Parts that hold anything; no article stands in two of them. Three queries and two for cards.

    ``leading`` are the articles on top of the front page, by its rules or by an editor's pin.
    """
    pool = list(Article.objects.live(at=at).newest_first().for_cards()[:POOL])
    day = [article for article in pool if at - article.published_at <= DAY and not article.is_sponsored]
    by_key, used = {article.pk: article for article in day}, set()
    widely, told = _widely(day, at=at)
    parts = [
        ("top", _take([by_key[one.pk] for one in leading if one.pk in by_key], TOP, used), told),
        ("widely", _take(widely, WIDELY, used), told),
        ("newest", _take([one for one in day if not one.is_opinion], NEWEST, used), {}),
        ("long", _take(_long(pool, at=at), LONG, used), {}),
        ("opinion", _take([one for one in day if one.is_opinion], OPINION, used), {}),
    ]
    said = _said()
    return [Part(*said[name], articles, told) for name, articles, told in parts if articles]


def _said():
    """Return ``{part: (heading, rule)}`` as readers are told."""
    return {
        "top": (gettext("On top"), gettext("What leads the front page now, of the last 24 hours")),
        "widely": (
            gettext("Widely covered"),
            gettext("Stories that at least %s outlets tell, with a report of the last 24 hours") % LEAST_OUTLETS,
        ),
        "newest": (gettext("Newest"), gettext("Reports of the last 24 hours")),
        "long": (gettext("Long reads"), gettext("Reports of three days, at least %s minutes long") % LONG_MINUTES),
        "opinion": (gettext("Opinion"), gettext("Of the last 24 hours")),
    }


def _widely(day, *, at):
    """Return the newest report of each widely told story, most outlets first, and the stories by those reports."""
    first = {}
    for article in day:
        if article.story_id and not article.is_opinion:
            first.setdefault(article.story_id, article)
    live = Article.objects.live(at=at)
    stories = Story.objects.filter(pk__in=list(first)).told_by(live, least_outlets=LEAST_OUTLETS).widest_first()
    told = {first[story.pk].pk: story for story in stories}
    return [first[story.pk] for story in told.values()], told


def _long(pool, *, at):
    reports = [article for article in pool if not (article.is_opinion or article.is_sponsored)]
    fresh = [article for article in reports if at - article.published_at <= LONG_READS_AGE]
    long = [article for article in fresh if article.reading_minutes >= LONG_MINUTES and article.outlet.shows_body]
    return sorted(long, key=lambda article: (-article.reading_minutes, -article.published_at.timestamp(), -article.pk))


def _take(articles, number, used):
    taken = [article for article in articles if article.pk not in used][:number]
    used.update(article.pk for article in taken)
    return taken
