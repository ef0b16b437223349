"""How much each choice would leave."""

import pytest
from django.utils import timezone

from articles import search
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db
NOTHING = {name: set() for name in ("outlet", "section", "kind", "language", "hashtag", "author")}
NO_DAYS = {"since": None, "until": None, "period": None}


@pytest.fixture
def told():
    """Make three articles; return the hashtags and the authors."""
    now, tags, authors = (
        timezone.now(),
        [make.hashtag("One"), make.hashtag("Two")],
        [make.author("A"), make.author("B")],
    )
    for days, which, who in ((0, tags, authors[:1]), (3, tags[:1], authors), (40, [], authors[1:])):
        make.article("Zephyr", at=now - days * make.DAY, hashtags=which, authors=who)
    return tags, authors


def counts(**chosen):
    at = timezone.now()
    live, house = Article.objects.live(at=at), search.House.today()
    rows = search.find(search.parse("zephyr", house.languages), live, house).rows
    return search.count_facets(rows, NOTHING | NO_DAYS | chosen, at=at)


def test_without_a_choice_all_count(told):
    (one, two), (a, b) = told
    found = counts()
    assert (found["hashtag"], found["author"]) == ({one.pk: 2, two.pk: 1}, {a.pk: 2, b.pk: 2})
    assert found["period"] == {"day": 1, "week": 2, "month": 2, "year": 3}
    assert found["kind"] == {"news": 3}


def test_a_choice_narrows_the_others_and_not_itself(told):
    (one, two), (a, b) = told
    found = counts(hashtag={two.pk})
    assert (found["hashtag"], found["author"]) == ({one.pk: 2, two.pk: 1}, {a.pk: 1})
    assert (found["period"], found["kind"]) == ({"day": 1, "week": 1, "month": 1, "year": 1}, {"news": 1})
    found = counts(hashtag={one.pk}, author={b.pk})
    assert (found["hashtag"], found["author"]) == ({one.pk: 1}, {a.pk: 2, b.pk: 1})
    assert found["kind"] == {"news": 1}


def test_days_narrow_all_and_a_period_all_but_the_periods(told):
    (one, two), _ = told
    today = timezone.localdate()
    assert counts(since=today)["hashtag"] == counts(period=today)["hashtag"] == {one.pk: 1, two.pk: 1}
    assert counts(until=today - make.DAY)["hashtag"] == {one.pk: 1}
    assert counts(period=today)["period"] == {"day": 1, "week": 2, "month": 2, "year": 3}
    assert counts(since=today)["period"] == {"day": 1, "week": 1, "month": 1, "year": 1}
    assert counts(until=today - make.DAY, period=today)["period"] == {"day": 0, "week": 1, "month": 1, "year": 2}


def test_queries_are_two_and_one_more_for_each_choice_of_names(told, django_assert_num_queries):
    (one, _), (a, _) = told
    at = timezone.now()
    live, house = Article.objects.live(at=at), search.House.today()
    rows = search.find(search.parse("zephyr", house.languages), live, house).rows
    chosen = NOTHING | NO_DAYS
    for more, number in (({}, 2), ({"hashtag": {one.pk}}, 3), ({"hashtag": {one.pk}, "author": {a.pk}}, 4)):
        with django_assert_num_queries(number):
            search.count_facets(rows, chosen | more, at=at)
