"""How common each term is, kept up to date article by article."""

from django.db import connection

from articles.models import TermCount

_STEP = (
    "INSERT INTO {table} (term, articles) VALUES {rows} "
    "ON CONFLICT (term) DO UPDATE SET articles = {table}.articles + excluded.articles"
)
_ROWS = 400  # in one statement: two parameters a row, and SQLite of 2020 took 999


def add(changes):
    """Add to the count of each term what ``changes``, ``{term: difference}``, says. Both databases understand this.

    Terms are written in rising order, so that two processes at once wait for each other and never lock each other out.
    """
    table = connection.ops.quote_name(TermCount._meta.db_table)
    ordered = sorted(pair for pair in changes.items() if pair[1])
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), _ROWS):
            part = ordered[start : start + _ROWS]
            rows = ", ".join(["(%s, %s)"] * len(part))
            cursor.execute(_STEP.format(table=table, rows=rows), [value for pair in part for value in pair])


def of(terms):
    """Return ``({term: articles it occurs in}, articles in all)``; a term never counted is left out."""
    wanted, counts = sorted({TermCount.ARTICLES, *terms}), {}
    table = connection.ops.quote_name(TermCount._meta.db_table)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), 2 * _ROWS):
            part = wanted[start : start + 2 * _ROWS]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT term, articles FROM {table} WHERE term IN ({marks})", part)  # noqa: S608
            counts.update(cursor.fetchall())
    return counts, max(1, counts.pop(TermCount.ARTICLES, 0))
