"""How common each term is, kept up to date article by article."""

from articles.models import TermCount
from articles.related import rows


def add(changes):
    """Add to the count of each term what ``changes``, ``{term: difference}``, says; return the counts known by it.

    Terms are written in rising order, so that two processes at once wait for each other and never lock each other out.
    """
    ordered = sorted(pair for pair in changes.items() if pair[1])
    more = {"articles": "{table}.articles + excluded.articles"}
    return dict(rows.upsert(TermCount, ("term", "articles"), ordered, unique=("term",), update=more))


def of(terms, known=()):
    """Return ``({term: articles it occurs in}, articles in all)``; a term never counted is left out.

    What is ``known``, counts that this transaction has just written, is not asked for again.
    """
    statement = f"SELECT term, articles FROM {rows.quoted(TermCount)} WHERE term {{}}"  # noqa: S608
    counts = dict(known)
    counts.update(rows.read(statement, sorted({TermCount.ARTICLES, *terms}.difference(counts))))
    return counts, max(1, counts.pop(TermCount.ARTICLES, 0))
