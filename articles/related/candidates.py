"""Find the articles worth comparing: those that share heavy terms."""

from django.db import connection

from articles.models import TermPosting

QUERY_TERMS = 64  # heaviest terms asked for
NEWEST = 400  # postings read of one term, the newest: what a common term costs does not grow with the archive
MOST = 150  # candidates compared in full


def find(weighed):
    """Return the ids of up to MOST articles that share the heaviest terms of ``weighed``, the most promising first."""
    heaviest = weighed.heaviest(QUERY_TERMS)
    if not heaviest:
        return []
    table = connection.ops.quote_name(TermPosting._meta.db_table)
    one_term = (
        f"SELECT * FROM (SELECT article_id, weight * %s AS points FROM {table} "  # noqa: S608 - the table's own name
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
        cursor.execute(statement, [*values, weighed.vector.article_id, MOST])
        return [row[0] for row in cursor.fetchall()]
