"""The rows by which articles are found: for each term, the articles that have it among their heaviest.

Plain SQL that both databases understand: the same statements through models would cost more than the search itself.
"""

from django.db import connection

from articles.models import TermPosting

QUERY_TERMS = 48  # heaviest terms asked for
NEWEST = 300  # rows read of one term, the newest: what a common term costs does not grow with the archive
MOST = 120  # articles found


def find(weighed):
    """Return the ids of up to MOST articles that share the heaviest terms of ``weighed``, the most promising first."""
    heaviest = weighed.heaviest(QUERY_TERMS)
    if not heaviest:
        return []
    one_term = (
        f"SELECT * FROM (SELECT article_id, weight * %s AS points FROM {_table()} "  # noqa: S608 - the table's own name
        "WHERE term = %s ORDER BY article_id DESC LIMIT %s) AS newest"
    )
    statement = (
        "SELECT article_id FROM (" + " UNION ALL ".join([one_term] * len(heaviest)) + ") AS found "  # noqa: S608
        "WHERE article_id <> %s GROUP BY article_id ORDER BY SUM(points) DESC, article_id DESC LIMIT %s"
    )
    values = []
    for number, weight in heaviest:
        values += [weight, number, NEWEST]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, weighed.vector.article_id or 0, MOST])
        return [row[0] for row in cursor.fetchall()]


def replace(article_id, before, rows):
    """Store ``rows`` of (term, weight) for an article in the place of what it had under the terms ``before``."""
    with connection.cursor() as cursor:
        if before:
            marks = ", ".join(["%s"] * len(before))
            statement = f"DELETE FROM {_table()} WHERE term IN ({marks}) AND article_id = %s"  # noqa: S608
            cursor.execute(statement, [*before, article_id])
        if rows:
            marks = ", ".join(["(%s, %s, %s)"] * len(rows))
            statement = f"INSERT INTO {_table()} (term, article_id, weight) VALUES {marks} "  # noqa: S608
            values = [value for term, weight in sorted(rows) for value in (term, article_id, weight)]
            cursor.execute(statement + "ON CONFLICT (term, article_id) DO UPDATE SET weight = excluded.weight", values)


def _table():
    return connection.ops.quote_name(TermPosting._meta.db_table)
