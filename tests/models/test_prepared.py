"""A prepared query answers as the queryset that it was made of, whatever it was asked before."""

import pytest
from django.db.models import Value

from articles.models import Article
from articles.models.prepared import INSTANT, PK, Prepared
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def live():
    return Prepared(Article.objects.live(at=INSTANT).filter(pk=PK).select_related("outlet").annotate(said=Value("so")))


def test_it_gives_the_record_that_its_queryset_would(live, django_assert_num_queries):
    article = make.article("The dyke", at=NOON, outlet="Sarn Echo")
    for _ in range(2):
        with django_assert_num_queries(1):
            found = live.one({PK: article.pk, INSTANT: NOON})
            assert (found.headline, found.outlet.name, found.said) == ("The dyke", "Sarn Echo", "so")
    found.headline = "The dyke holds"
    found.save()
    assert live.one({PK: article.pk, INSTANT: NOON}).headline == "The dyke holds"


def test_each_call_has_values_of_its_own(live):
    one, other = make.article("One", at=NOON), make.article("Other", at=NOON + DAY)
    asked = [(one, NOON), (other, NOON), (other, NOON + DAY), (one, NOON - DAY)]
    found = [live.one({PK: article.pk, INSTANT: at}) for article, at in asked]
    assert [article and article.headline for article in found] == ["One", None, "Other", None]


@pytest.mark.parametrize("pk", [2**63, -(2**64), 10**30])
def test_number_that_no_record_can_have_finds_nothing(live, pk):
    assert live.one({PK: pk, INSTANT: NOON}) is None
    assert Prepared(Article.objects.filter(pk=PK), "pk").rows({PK: pk}) == []


def test_rows_come_as_python_knows_them():
    article = make.article(at=NOON)
    newest = Prepared(Article.objects.live(at=INSTANT).newest_first(), "pk", "published_at", "story_is_set")
    assert newest.rows({INSTANT: NOON}) in ([(article.pk, NOON, False)], [[article.pk, NOON, False]])
    assert newest.rows({INSTANT: NOON - DAY}) == []
