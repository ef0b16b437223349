"""How common each term is, kept up to date article by article."""

from articles.models import TermCount
from articles.related import rows


def add(changes):
    """Add to the count of each term what ``changes``, ``{term: difference}``, says.

    Terms are written in rising order, so that two processes at once wait for each other and never lock each other out.
    """
    ordered = sorted(pair for pair in changes.items() if pair[1])
    more = {"articles": "{table}.articles + excluded.articles"}
    rows.upsert(TermCount, ("term", "articles"), ordered, unique=("term",), update=more)


def of(terms):
    """Return ``({term: articles it occurs in}, articles in all)``; a term never counted is left out."""
    statement = f"SELECT term, articles FROM {rows.quoted(TermCount)} WHERE term {{}}"  # noqa: S608
    counts = dict(rows.read(statement, sorted({TermCount.ARTICLES, *terms})))
    return counts, max(1, counts.pop(TermCount.ARTICLES, 0))
