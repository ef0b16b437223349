"""Find articles: the database says which have the words, what is written here says in what order they come."""

from dataclasses import dataclass

from articles.search import query
from articles.search.asking import browse, matching
from articles.search.index import fact

# A word that nearly every article has would bring them all. Only so many are looked through, the newest first: no
# reader turns seventy pages, and what they cost to rank and to count is most of what such a question costs.
MOST_LOOKED_THROUGH = 1500
MOST_SHOWN = 1000


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


def find(question, articles, house, *, order="best", among=(), most=None):
    """Return what is Found of ``articles``, a QuerySet of live ones, for a Question.

    ``order`` is "best", "newest" or "oldest"; without words the best are the newest. ``among`` is ``{fact: values}``,
    FACTS of the index, of one that all ``articles`` have; who says so spares the database those that have none. Who
    wants to know no more than whether there are so many gives ``most``.
    """
    if question.is_senseless:
        return Found([], is_cut=False)
    articles, facts = _of_named(question, articles, house, dict(among))
    oldest, most = order == "oldest", most or MOST_LOOKED_THROUGH + 1
    if question.terms:
        asked = {"excluded": question.excluded, "facts": facts, "is_ranked": order == "best"}
        rows = matching(question.terms, articles, house, most=most, oldest=oldest, **asked)
    else:
        rows = browse(articles, most=most, oldest=oldest)
    is_cut = len(rows) > MOST_LOOKED_THROUGH
    rows = rows[:MOST_LOOKED_THROUGH]
    if rows and question.excluded and not question.terms:
        unwanted = _with_any(question.excluded, rows, articles, house)
        rows = [row for row in rows if row.pk not in unwanted]
    rows.sort(key=lambda row: (row.published_at, row.pk), reverse=not oldest)
    if order == "best":
        rows.sort(key=lambda row: -row.worth)
    return Found(rows, is_cut)


def _with_any(terms, rows, articles, house):
    """Return the keys of those ``rows`` that have any of the ``terms``, which are asked for together."""
    together = {}
    for term in terms:
        together.setdefault((term.fields, term.is_prefix), []).extend(term.ways)
    articles = articles.filter(pk__in=[row.pk for row in rows])
    terms = [query.Term("", tuple(ways), fields, is_prefix) for (fields, is_prefix), ways in together.items()]
    return {row.pk for term in terms for row in matching((term,), articles, house, most=len(rows))}


def _of_named(question, articles, house, among):
    """Keep to the outlets and sections that were named by name; a name that nobody has finds nothing.

    Return the articles, and the facts that all of them have, one of each.
    """
    for field, named, records in (
        ("outlet", question.outlets, house.outlets),
        ("section", question.sections, house.sections),
    ):
        wanted = {pk for name, is_wanted in named if is_wanted for pk in _called(name, records)}
        unwanted = {pk for name, is_wanted in named if not is_wanted for pk in _called(name, records)}
        if any(is_wanted for _, is_wanted in named):
            articles = articles.filter(**{f"{field}__in": wanted})
            among[field] = wanted & set(among.get(field) or wanted)
        if unwanted:
            articles = articles.exclude(**{f"{field}__in": unwanted})
    return articles, tuple(
        tuple(fact(name, value) for value in sorted(found)) for name, found in among.items() if found
    )


def _called(name, records):
    """Return the keys of the records whose name has all words of ``name``, or whose address is ``name``."""
    words = query.words_of(name)
    called = lambda record: record.slug == name.casefold() or (words and words <= query.words_of(record.name))  # noqa: E731
    return [pk for pk, record in records.items() if called(record)]
