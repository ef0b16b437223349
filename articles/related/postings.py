"""The rows by which articles are found: for each term, the articles that have it among their heaviest."""

from django.db import connection

from articles.models import TermPosting
from articles.related import rows

QUERY_TERMS = 32  # heaviest terms asked for
NEWEST = 150  # rows read of one term, the newest: what a common term costs does not grow with the archive
MOST = 100  # articles found


def find(weighed):
    """Return the ids of up to MOST articles that share the heaviest terms of ``weighed``, the most promising first."""
    heaviest = weighed.heaviest(QUERY_TERMS)
    if not heaviest:
        return []
    one_term = (
        f"SELECT * FROM (SELECT article_id, weight * %s AS points FROM {rows.quoted(TermPosting)} "  # noqa: S608
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


def replace(article_id, before, found_by):
    """Store ``found_by``, pairs of (term, weight), for an article in the place of those under the terms ``before``."""
    if before:
        statement = f"DELETE FROM {rows.quoted(TermPosting)} WHERE term IN ({rows.marks(before)}) AND article_id = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, [*before, article_id])
    new = [(term, article_id, weight) for term, weight in sorted(found_by)]
    columns = ("term", "article_id", "weight")
    rows.upsert(TermPosting, columns, new, unique=columns[:2], update={"weight": "excluded.weight"})
