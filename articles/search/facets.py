"""By what a search can be narrowed, and how much each choice would leave."""

from bisect import bisect_left
from collections import Counter
from datetime import date, datetime, time, timedelta
from operator import attrgetter

from django.db import connection
from django.utils import timezone

from articles.models import Article, Byline
from articles.search.index import backend

SINGLE = ("outlet", "section", "kind", "language")
SEVERAL = {  # what an article may have several of: the column and the table that say so
    "hashtag": ("hashtag_id", Article.hashtags.through._meta.db_table),
    "author": ("author_id", Byline._meta.db_table),
}
# "The last so many days", as readers ask for them.
PERIODS = {"day": 1, "week": 7, "month": 30, "year": 365}


def count_facets(rows, chosen, *, at):
    """Return ``{facet: {value: number}}`` of found Rows: how many each value would leave beside what else is chosen.

    ``chosen`` maps the facets to sets of values; since, until and period, its first day, to days or None. Values are
    keys of records; those of the facet "period" are PERIODS. Two queries, and one more for each of hashtags and authors
    that are chosen.
    """
    left = _left(rows, chosen)
    counts = {name: Counter(map(attrgetter(name), left[name])) for name in SINGLE}
    counts |= {name: Counter(_carried(name, left[name])) for name in SEVERAL}
    instants = sorted(row.published_at for row in left["period"])
    starts = {name: _midnight(start_of(name, at=at)) for name in PERIODS}
    counts["period"] = {name: len(instants) - bisect_left(instants, start) for name, start in starts.items()}
    return counts


def start_of(period, *, at):
    """Return the first day of a period that ends now."""
    return timezone.localdate(at) - timedelta(days=PERIODS[period] - 1)


def _left(rows, chosen):
    """Return ``{facet: rows}``, those that all choices but the facet's own leave."""
    tests = {name: (chosen[name], attrgetter(name)) for name in SINGLE if chosen[name]}
    tests |= {name: (_carrying(name, rows, chosen[name]), attrgetter("pk")) for name in SEVERAL if chosen[name]}
    since, period = (chosen[name] and _midnight(chosen[name]) for name in ("since", "period"))
    end = chosen["until"] and _midnight(chosen["until"], 1)
    rows = [row for row in rows if not ((since and row.published_at < since) or (end and row.published_at >= end))]
    left = dict.fromkeys((*SINGLE, *SEVERAL, "period"), rows)
    if not (tests or period):
        return left
    left = {name: [] for name in left}
    for row in rows:
        missed = [name for name, (wanted, value) in tests.items() if value(row) not in wanted]
        if period and row.published_at < period:
            missed.append("period")
        # What fails one choice would be found with another choice there; what fails two, with none.
        for name in left if not missed else missed if len(missed) == 1 else ():
            left[name].append(row)
    return left


def _midnight(day, later=0):
    """Return the instant at which a day of the site's begins, or the one ``later`` days after it, as Rows have it."""
    day = min(day, date.max - timedelta(days=1)) + timedelta(days=later)
    return backend().instant(timezone.make_aware(datetime.combine(day, time())))


def _carried(name, rows):
    """Return ``{key: number of articles}`` of what the articles carry."""
    column, table = SEVERAL[name]
    return dict(_asked(f"SELECT {column}, COUNT(*) FROM {table} WHERE article_id {{}} GROUP BY {column}", rows))  # noqa: S608


def _carrying(name, rows, wanted):
    """Return the keys of those articles that carry any of the ``wanted``."""
    column, table = SEVERAL[name]
    keys = ", ".join(str(int(key)) for key in wanted)
    statement = f"SELECT article_id FROM {table} WHERE article_id {{}} AND {column} IN ({keys})"  # noqa: S608
    return {pk for (pk,) in _asked(statement, rows)}


def _asked(statement, rows):
    condition, keys = backend().among([row.pk for row in rows])
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement.format(condition), [keys])
        return cursor.fetchall()
