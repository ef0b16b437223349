"""How common each term is, kept up to date article by article."""

from django.db import connection

from articles.models import TermCount

_STEP = (
    "INSERT INTO {table} (term, articles) VALUES {rows} "
    "ON CONFLICT (term) DO UPDATE SET articles = {table}.articles + excluded.articles"
)
_ROWS = 400  # in one statement: two parameters a row, and SQLite of 2020 took 999


def add(terms, change):
    """Add ``change`` (1 or -1) to the count of each of ``terms``. Both databases understand this statement.

    Terms are written in rising order, so that two processes at once wait for each other and never lock each other out.
    """
    table = connection.ops.quote_name(TermCount._meta.db_table)
    ordered = sorted(terms)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), _ROWS):
            part = ordered[start : start + _ROWS]
            rows = ", ".join(["(%s, %s)"] * len(part))
            cursor.execute(_STEP.format(table=table, rows=rows), [value for term in part for value in (term, change)])


def of(terms):
    """Return ``({term: articles it occurs in}, articles in all)``; a term never counted is left out."""
    wanted = [TermCount.ARTICLES, *terms]
    counts = dict(TermCount.objects.filter(term__in=wanted).values_list("term", "articles"))
    return counts, max(1, counts.pop(TermCount.ARTICLES, 0))
