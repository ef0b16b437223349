"""Find articles: the database says which have the words, what is written here says in what order they come."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection

from articles.models import Outlet, Section
from articles.search import query
from articles.search.index import backend

# A word that nearly every article has would bring them all. Only so many are looked through, the newest first: ranking
# and counting 1,500 takes some 60 ms, and no reader turns seventy pages.
MOST_LOOKED_THROUGH = 1500
MOST_SHOWN = 1000
WEIGHTS = {"headline": 8, "standfirst": 4, "hashtags": 3, "bylines": 3, "often": 2}  # and 1 for anywhere else
# The parts of an article that may be shown, by how much of its texts the outlet lets us show.
SHOWN = {
    "link": ("headline", "hashtags", "bylines"),
    "summary": ("headline", "standfirst", "hashtags", "bylines"),
    "full": ("headline", "standfirst", "hashtags", "bylines", "often"),
}
MEASURE_OF = {"own": "full", "full": "full", "summary": "summary", "link": "link"}
FACTS = ("id", "outlet_id", "section_id", "kind", "language", "published_at", "story_id")
_COLUMNS = (  # after the key
    "found.outlet_id, found.section_id, found.kind, found.language, found.published_at, found.story_id, "
    "entry.headline, entry.standfirst, entry.hashtags, entry.bylines, entry.often"
)
# The languages in use, each by one step through the index on them.
_LANGUAGES = (
    "WITH RECURSIVE step (language) AS (SELECT MIN(language) FROM articles_searchentry UNION ALL SELECT (SELECT "
    "MIN(entry.language) FROM articles_searchentry AS entry WHERE entry.language > step.language) FROM step "
    "WHERE step.language IS NOT NULL) SELECT language FROM step WHERE language IS NOT NULL"
)


class Row(NamedTuple):
    """A found article: what it is counted and ordered by."""

    pk: int
    outlet: int
    section: int
    kind: str
    language: str
    published_at: datetime
    story: int
    headline: str = ""
    standfirst: str = ""
    hashtags: str = ""
    bylines: str = ""
    often: str = ""


@dataclass(frozen=True)
class House:
    """What has to be known before anything is found: the active outlets, the sections, the languages in use."""

    outlets: dict
    sections: dict
    languages: tuple

    @classmethod
    def today(cls):
        """Ask three times."""
        with connection.cursor() as cursor:
            cursor.execute(_LANGUAGES)
            languages = tuple(language for (language,) in cursor.fetchall())
        outlets = {outlet.pk: outlet for outlet in Outlet.objects.active().by_name()}
        return cls(outlets, {section.pk: section for section in Section.objects.in_order()}, languages)

    def showing(self, measure):
        """Return the keys of the outlets that let us show so much."""
        return [pk for pk, outlet in self.outlets.items() if MEASURE_OF[outlet.text_shown] == measure]


@dataclass(frozen=True)
class Found:
    """What was found: ``rows`` in their order, and whether there are more than were looked through."""

    rows: list
    is_cut: bool

    @property
    def count(self):
        return min(len(self.rows), MOST_LOOKED_THROUGH)

    @property
    def keys(self):
        """The articles that a reader can turn to."""
        return [row.pk for row in self.rows[:MOST_SHOWN]]


def find(question, articles, house, *, order="best"):
    """Return what is Found of ``articles``, a QuerySet of live ones, for a Question.

    ``order`` is "best", "newest" or "oldest"; without words the best are the newest.
    """
    if question.is_senseless:
        return Found([], is_cut=False)
    articles = _of_named(question, articles, house)
    oldest = order == "oldest"
    if not question.terms:
        rows = _browse(articles, oldest=oldest)
        unwanted = _with_any(question.excluded, rows, articles, house)
        rows, is_cut = [row for row in rows if row.pk not in unwanted], len(rows) > MOST_LOOKED_THROUGH
        return Found(rows[:MOST_LOOKED_THROUGH], is_cut)
    rows = _matching(question.terms, question.excluded, articles, house, oldest=oldest)
    is_cut = len(rows) > MOST_LOOKED_THROUGH
    rows = rows[:MOST_LOOKED_THROUGH]
    rows.sort(key=lambda row: (row.published_at, row.pk), reverse=not oldest)
    if order == "best":
        rows.sort(key=_worth(question.terms, house), reverse=True)
    return Found(rows, is_cut)


def matching(terms, articles, house, *, most):
    """Return the Rows of the newest of ``articles`` that have all ``terms``, the most recently added first."""
    return _matching(terms, (), articles, house, most=most)


def _matching(terms, excluded, articles, house, *, oldest=False, most=MOST_LOOKED_THROUGH + 1):
    try:
        live = articles.order_by().values(*FACTS).query.sql_with_params()
    except EmptyResultSet:  # nobody has the name that was asked for
        return []
    measures = {measure: keys for measure, keys in _measures(terms, excluded, house).items() if keys}
    rows = _ask(live, measures, terms, excluded, oldest=oldest, most=most) if measures else []
    return [Row(*row[:5], _instant(row[5]), *row[6:]) for row in rows]


def _measures(terms, excluded, house):
    """Return ``{measure: keys of outlets}`` to be asked for.

    What is looked for in parts alone that are always shown, all outlets are asked for at once, in the small index.
    """
    if all(term.fields and set(term.fields) <= set(SHOWN["link"]) for term in (*terms, *excluded)):
        return {"link": list(house.outlets)}
    return {measure: house.showing(measure) for measure in SHOWN}


def _ask(live, measures, terms, excluded, *, oldest, most):
    # An outlet of which nothing may be shown but headlines is asked for headlines, from the moment on that its
    # agreement says so. Its key is a number of our own.
    sql, given = live
    parts, values = [], []
    for measure, outlets in measures.items():
        tables, condition, key = backend().source(measure)
        parts.append(
            f"SELECT {key}, {_COLUMNS} FROM {tables} ({sql}) AS found ON found.id = {key} "  # noqa: S608 - Django wrote it
            f"WHERE {condition} AND found.outlet_id IN ({', '.join(map(str, outlets))})"
        )
        values += [*given, backend().expression(terms, excluded, measure)]
    with connection.cursor() as cursor:
        for statement in backend().statements(parts, "ASC" if oldest else "DESC", most):
            cursor.execute(statement, values)
            found = cursor.fetchall()
            if len(found) == most:
                break
    return found


def _browse(articles, *, oldest):
    ordered = articles.first_report_first() if oldest else articles.newest_first()
    return [Row(*facts) for facts in ordered.values_list(*FACTS)[: MOST_LOOKED_THROUGH + 1]]


def _with_any(terms, rows, articles, house):
    """Return the keys of those ``rows`` that have any of the ``terms``, which are asked for together."""
    together = {}
    for term in terms:
        together.setdefault((term.fields, term.is_prefix), []).extend(term.ways)
    articles = articles.filter(pk__in=[row.pk for row in rows]) if together else articles
    terms = [query.Term("", tuple(ways), fields, is_prefix) for (fields, is_prefix), ways in together.items()]
    return {row.pk for term in terms for row in _matching((term,), (), articles, house)}


def _of_named(question, articles, house):
    """Keep to the outlets and sections that were named by name; a name that nobody has finds nothing."""
    for field, named, records in (
        ("outlet", question.outlets, house.outlets),
        ("section", question.sections, house.sections),
    ):
        wanted = {pk for name, is_wanted in named if is_wanted for pk in _called(name, records)}
        unwanted = {pk for name, is_wanted in named if not is_wanted for pk in _called(name, records)}
        if any(is_wanted for _, is_wanted in named):
            articles = articles.filter(**{f"{field}__in": wanted})
        if unwanted:
            articles = articles.exclude(**{f"{field}__in": unwanted})
    return articles


def _called(name, records):
    """Return the keys of the records whose name has all words of ``name``, or whose address is ``name``."""
    words = query.words_of(name)
    called = lambda record: record.slug == name.casefold() or (words and words <= query.words_of(record.name))  # noqa: E731
    return [pk for pk, record in records.items() if called(record)]


def _worth(terms, house):
    """Return what says how well a Row answers: for each term, the weight of the best part that it stands in."""
    best_first = sorted(WEIGHTS, key=lambda name: -WEIGHTS[name])
    fields = {
        measure: [(WEIGHTS[name], Row._fields.index(name)) for name in best_first if name in shown]
        for measure, shown in SHOWN.items()
    }
    of_outlet = {pk: fields[MEASURE_OF[outlet.text_shown]] for pk, outlet in house.outlets.items()}
    ways = [term.written for term in terms]

    def worth(row):
        total = 0
        for written in ways:
            total += 1
            for weight, place in of_outlet[row.outlet]:
                if any(way in row[place] for way in written):
                    total += weight - 1
                    break
        return total

    return worth


def _instant(value):
    """Return an instant as the drivers give it: PostgreSQL's knows its zone, SQLite's is in UTC and may be a text."""
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    return value if value.tzinfo else value.replace(tzinfo=UTC)
