"""How common each term is, kept up to date article by article."""

from django.db import connection

from articles.models import TermCount
from articles.related import rows

_AT_ONCE = 900  # terms asked for in one statement


def add(changes):
    """Add to the count of each term what ``changes``, ``{term: difference}``, says.

    Terms are written in rising order, so that two processes at once wait for each other and never lock each other out.
    """
    ordered = sorted(pair for pair in changes.items() if pair[1])
    more = {"articles": "{table}.articles + excluded.articles"}
    rows.upsert(TermCount, ("term", "articles"), ordered, unique=("term",), update=more)


def of(terms):
    """Return ``({term: articles it occurs in}, articles in all)``; a term never counted is left out."""
    wanted, counts = sorted({TermCount.ARTICLES, *terms}), {}
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            statement = f"SELECT term, articles FROM {rows.quoted(TermCount)} WHERE term IN ({rows.marks(part)})"  # noqa: S608
            cursor.execute(statement, part)
            counts.update(cursor.fetchall())
    return counts, max(1, counts.pop(TermCount.ARTICLES, 0))
