"""Ask the database which of the live articles have the words, and what it takes to count and order them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection

from articles.search import ranking
from articles.search.house import SHOWN
from articles.search.index import backend

FACTS = ("id", "outlet_id", "section_id", "kind", "language", "published_at", "story_id")


class Row(NamedTuple):
    """A found article: what it is counted and ordered by.

    ``published_at`` is as the database compares instants: those of one database can be held against each other.
    """

    pk: int
    outlet: int
    section: int
    kind: str
    language: str
    published_at: Any
    story: int
    worth: int


@dataclass(frozen=True)
class Asked:
    """What the database is asked for: all ``terms``, none of the ``excluded``, and one of each of the ``facts``.

    ``live`` is the statement that says which articles are public and wanted, ``measures`` which outlets are asked for
    how much. ``facts`` narrow what the index has to look through; whether they are true is for ``live`` to say.
    """

    live: tuple
    measures: dict
    terms: tuple
    excluded: tuple = ()
    facts: tuple = ()
    most: int = 0
    oldest: bool = False
    is_ranked: bool = False

    @property
    def direction(self):
        return "ASC" if self.oldest else "DESC"

    def part(self, measure, *, key, tables, condition, values):
        """Return (statement, values) for the articles of the outlets that are asked for so much.

        ``tables`` are a FROM with a place for those that are live, ``condition`` has the words, with ``values``.
        """
        # An outlet of which nothing may be shown but headlines is asked for headlines, from the moment on that its
        # agreement says so. Its key is a number of our own.
        outlets = ", ".join(map(str, self.measures[measure]))
        worth, ways = ranking.worth(self.terms, measure, backend().PLACE) if self.is_ranked else ("0", [])
        live, given = self.live
        statement = (
            f"SELECT {key}, {_facts()}, {worth} FROM {tables.format(live=f'({live}) AS found')} "  # noqa: S608 - Django wrote it
            f"WHERE {condition} AND found.outlet_id IN ({outlets})"
        )
        return statement, [*ways, *given, *values]


def matching(terms, articles, house, **asked):
    """Return the Rows of the ``most`` newest of ``articles`` that have all ``terms``, the most recently added first.

    What else can be ``asked`` is told by Asked. What is not asked to be ranked, all is worth the same.
    """
    try:
        live = articles.order_by().values(*FACTS).query.sql_with_params()
    except EmptyResultSet:  # nobody has the name that was asked for
        return []
    measures = {measure: keys for measure, keys in _measures(terms, asked.get("excluded", ()), house).items() if keys}
    found = backend().rows(Asked(live, measures, terms, **asked)) if measures else []
    return list(map(Row._make, found))


def browse(articles, *, most, oldest):
    """Return the Rows of the ``most`` newest of ``articles``, or of the ``oldest``."""
    ordered = articles.first_report_first() if oldest else articles.newest_first()
    try:
        live, given = ordered.values(*FACTS)[:most].query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT found.id, {_facts()}, 0 FROM ({live}) AS found", given)  # noqa: S608 - Django wrote it
        return list(map(Row._make, cursor.fetchall()))


def _facts():
    instant = backend().INSTANT
    return f"found.outlet_id, found.section_id, found.kind, found.language, {instant}, found.story_id"


def _measures(terms, excluded, house):
    """Return ``{measure: keys of outlets}`` to be asked for.

    What is looked for in parts alone that are always shown, all outlets are asked for at once, in the small index.
    """
    if all(term.fields and set(term.fields) <= set(SHOWN["link"]) for term in (*terms, *excluded)):
        return {"link": list(house.outlets)}
    return {measure: house.showing(measure) for measure in SHOWN}
