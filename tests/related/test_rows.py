"""Many rows in one go, in plain SQL: any number of values, and any text, alike on every database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import RelatedLink, TermVector
from articles.related import rows
from tests import make
from tests.make import NOON
from tests.related.reports import flood, relate

pytestmark = pytest.mark.django_db
ODD = ['a "b" c', "back\\slash", "{1,2}", "NULL", "it's, %s", "é\n洪水", ""]


def test_any_number_of_values_is_asked_for():
    article = flood("Sarn dyke breaks", at=NOON)
    relate(article, at=NOON)
    with CaptureQueriesContext(connection) as asked:
        statement = f"SELECT article_id FROM {rows.quoted(TermVector)} WHERE article_id {{}}"  # noqa: S608
        found = list(rows.read(statement, [*range(-1999, 1), article.pk]))
    # SQLite of 2020 takes 999 values in one statement, PostgreSQL an array of any length.
    assert (found, len(asked)) == ([(article.pk,)], 1 if connection.vendor == "postgresql" else 3)
    assert list(rows.read(statement, [])) == []


def test_odd_text_is_written_as_it_is_and_written_again_where_it_stands():
    article = make.article("The one")
    others = [make.article(f"Other {place}") for place in range(len(ODD))]
    columns = ("article_id", "related_id", "position", "score", "likeness", "is_pinned", "reason", "parts")
    for texts in (ODD, ODD[::-1]):
        links = [
            (article.pk, other.pk, 0, 0.5, 0.0, False, text, '{"terms": 0.5}')
            for other, text in zip(others, texts, strict=True)
        ]
        rows.upsert(RelatedLink, columns, links, unique=columns[:2], update={"reason": "excluded.reason"})
        stored = RelatedLink.objects.filter(article=article).order_by("related")
        assert [(link.reason, link.parts) for link in stored] == [(text, {"terms": 0.5}) for text in texts]


def test_bytes_are_written_as_they_are():
    first, second = (flood(f"Sarn dyke breaks {name}", at=NOON) for name in "AB")
    relate(first, second, at=NOON)
    every = bytes(range(256))
    rows.update(TermVector, ("signature",), [(every, first.pk), (b"", second.pk)], key="article_id")
    assert [bytes(vector.signature) for vector in TermVector.objects.order_by("article")] == [every, b""]
