"""What is told in a story is found by its index, whatever the database has counted."""

import pytest
from django.db import connection

from articles.models import Article
from articles.related import stories
from tests import make

pytestmark = pytest.mark.django_db


def test_stories_are_looked_up_without_reading_all_articles_though_most_articles_are_in_none():
    one = make.article("Sarn dyke breaks")
    fields = {"section": one.section, "state": "published", "published_at": one.published_at}
    Article.objects.bulk_create(
        Article(headline=f"Of the day {number}", slug=f"day-{number}", outlet=one.outlet, **fields)
        for number in range(2000)
    )
    told = stories._told()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(
            f"{'EXPLAIN' if connection.vendor == 'postgresql' else 'EXPLAIN QUERY PLAN'} {told.sql}", told.values
        )
        plan = "\n".join(str(row) for row in cursor.fetchall())
    for whole in ("Seq Scan on articles_article ", "SCAN articles_article", "article_newest"):
        assert whole not in plan
