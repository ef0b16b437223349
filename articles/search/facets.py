"""By what a search can be narrowed, and how much each choice would leave."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from operator import attrgetter

from django.db import connection
from django.utils import timezone

from articles.models import Article, Byline

SINGLE = ("outlet", "section", "kind", "language")
# "The last so many days", as readers ask for them.
PERIODS = {"day": 1, "week": 7, "month": 30, "year": 365}


def count_facets(rows, chosen, *, at):
    """Return ``{facet: {value: number}}`` of found Rows: how many each value would leave beside what else is chosen.

    ``chosen`` maps the facets to sets of values, since and until to days or None. Values are keys of records; those of
    the facet "period" are PERIODS. Two queries.
    """
    carried = {
        "hashtag": _carried("hashtag_id", Article.hashtags.through, rows),
        "author": _carried("author_id", Byline, rows),
    }
    left = _left(rows, carried, chosen)
    counts = {name: Counter(map(attrgetter(name), left[name])) for name in SINGLE}
    for name, keys in carried.items():
        counts[name] = Counter(key for row in left[name] for key in keys.get(row.pk, ()))
    starts = {name: _midnight(start_of(name, at=at)) for name in PERIODS}
    counts["period"] = {
        name: sum(row.published_at >= start for row in left["period"]) for name, start in starts.items()
    }
    return counts


def start_of(period, *, at):
    """Return the first day of a period that ends now."""
    return timezone.localdate(at) - timedelta(days=PERIODS[period] - 1)


def _left(rows, carried, chosen):
    """Return ``{facet: rows}``, those that all choices but the facet's own leave."""
    tests = {name: (wanted, attrgetter(name)) for name, wanted in chosen.items() if name in SINGLE and wanted}
    tests |= {
        name: (chosen[name], lambda row, keys=keys: keys.get(row.pk, ()))
        for name, keys in carried.items()
        if chosen[name]
    }
    start, end = chosen["since"] and _midnight(chosen["since"]), chosen["until"] and _midnight(chosen["until"], 1)
    left = dict.fromkeys((*SINGLE, *carried, "period"), rows)
    if not (tests or start or end):
        return left
    left = {name: [] for name in left}
    for row in rows:
        missed = [name for name, (wanted, value) in tests.items() if not _is_wanted(value(row), wanted)]
        if (start and row.published_at < start) or (end and row.published_at >= end):
            missed.append("period")
        # What fails one choice would be found with another choice there; what fails two, with none.
        for name in left if not missed else missed if len(missed) == 1 else ():
            left[name].append(row)
    return left


def _is_wanted(value, wanted):
    return not wanted.isdisjoint(value) if isinstance(value, (list, tuple)) else value in wanted


def _midnight(day, later=0):
    """Return the instant at which a day of the site's begins, or the one ``later`` days after it."""
    day = min(day, date.max - timedelta(days=1)) + timedelta(days=later)
    return timezone.make_aware(datetime.combine(day, time()))


def _carried(column, model, rows):
    """Return ``{article: [key, ...]}`` of what the articles carry. The keys are numbers, so they can be written out."""
    carried = {}
    if rows:
        table, keys = connection.ops.quote_name(model._meta.db_table), ", ".join(str(int(row.pk)) for row in rows)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT article_id, {column} FROM {table} WHERE article_id IN ({keys})")  # noqa: S608
            for article, key in cursor.fetchall():
                carried.setdefault(article, []).append(key)
    return carried
