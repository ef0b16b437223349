"""Related articles: what belongs together, why, and nothing that readers may not see."""

import pytest

from articles import related
from articles.models import Article, RelatedLink
from articles.related import scoring
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


def shown(article, *, at=NOON):
    return [(other.headline, other.reason) for other in related.links_for(article, at=at)]


def flood(headline="Sarn dyke breaks at Ottery", **fields):
    return make.article(headline, **{"at": NOON - HOUR, "standfirst": "The Sarn broke its dyke at Ottery."} | fields)


# --- which ------------------------------------------------------------------------------------------------------------


def test_same_event_comes_first_then_the_same_hashtag_then_the_same_section():
    rivers, ottery = make.hashtag("Rivers"), make.story("Ottery flood")
    article = flood(story=ottery, hashtags=[rivers], outlet="A")
    flood("Ottery under water", story=ottery, outlet="B")
    flood("Rivers fuller than ever", hashtags=[rivers], standfirst="", outlet="C")
    flood("Museum shows old dykes", standfirst="A dyke at Ottery.", outlet="D")
    related.relate(article, at=NOON)
    assert shown(article) == [
        ("Ottery under water", "Same story"),
        ("Rivers fuller than ever", "Also about #Rivers"),
        ("Museum shows old dykes", "More in Rivers"),
    ]


def test_article_is_never_related_to_itself():
    article = flood(hashtags=[make.hashtag()], story=make.story())
    other = flood("Sarn dyke mended")
    related.relate(article, at=NOON)
    assert list(RelatedLink.objects.values_list("article", "related").order_by("pk")) == [
        (article.pk, other.pk),
        (other.pk, article.pk),
    ]
    assert shown(article) == [("Sarn dyke mended", "More in Rivers")]


HIDDEN = {
    "a draft": lambda: make.draft("Sarn dyke mended"),
    "scheduled": lambda: flood("Sarn dyke mended", at=NOON + HOUR),
    "embargoed": lambda: flood("Sarn dyke mended", embargo_until=NOON + HOUR),
    "expired": lambda: flood("Sarn dyke mended", at=NOON - DAY, expires_at=NOON),
    "withdrawn": lambda: make.withdrawn("Sarn dyke mended", at=NOON - HOUR),
    "of an outlet taken off": lambda: flood("Sarn dyke mended", outlet=make.outlet("Shut", is_active=False)),
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_what_readers_may_not_see_is_not_related(hidden):
    article, seen, other = flood(), flood("Sarn dyke inspected"), hidden()
    related.relate(article, at=NOON)
    related.relate(other, at=NOON)
    assert RelatedLink.objects.filter(related=other).count() == 0
    assert shown(article) == [("Sarn dyke inspected", "More in Rivers")]
    assert shown(seen) == [("Sarn dyke breaks at Ottery", "More in Rivers")]


def test_link_to_an_article_that_was_withdrawn_is_gone_at_once():
    article, first, second = flood(), flood("Sarn dyke mended"), flood("Sarn dyke inspected")
    related.relate(article, at=NOON)
    first.withdraw(by=None, at=NOON, outcome="gone", reason="Wrong.")
    assert shown(article) == [("Sarn dyke inspected", "More in Rivers")]
    related.relate(first, at=NOON)
    assert RelatedLink.objects.filter(related=first).count() == 0
    first = Article.objects.get(pk=first.pk)
    first.publish(by=None, at=NOON)
    related.relate(first, at=NOON)
    assert {headline for headline, _ in shown(article)} == {"Sarn dyke mended", "Sarn dyke inspected"}
    assert shown(second)


def test_embargoed_article_is_shown_from_its_second_on_without_any_work():
    article = flood()
    other = flood("Sarn dyke mended")
    related.relate(article, at=NOON)
    Article.objects.filter(pk=other.pk).update(embargo_until=NOON + HOUR)
    assert [shown(article, at=at) for at in (NOON, NOON + HOUR)] == [[], [("Sarn dyke mended", "More in Rivers")]]


def test_at_most_eight_are_kept_and_shown():
    article = flood()
    for number in range(12):
        flood(f"Sarn dyke at Ottery, part {number}", outlet=f"Paper {number % 5}")
    links = related.relate(article, at=NOON)
    assert [link.position for link in links] == list(range(8))
    assert (len(shown(article)), article.related_links.count()) == (8, 8)
    assert len(set(shown(article))) == 8


def test_best_comes_first_and_outlets_take_turns():
    article = flood(outlet="A")
    for outlet in "BBBC":
        flood(f"Sarn dyke breaks at Ottery {outlet}", outlet=outlet)
    links = related.relate(article, at=NOON)
    assert [link.related.outlet.name for link in links] == ["C", "B", "B", "B"]
    assert [link.score for link in links[1:]] == sorted((link.score for link in links[1:]), reverse=True)


def test_what_has_nothing_in_common_is_left_out():
    article = flood(section=make.section("Rivers"))
    flood("Cellist plays Bach", standfirst="A concert.", section=make.section("Music"))
    old = flood("Cellist plays Bach again", standfirst="A concert.", at=NOON - 900 * DAY)
    assert related.relate(article, at=NOON) == []
    assert shown(article) == [(old.headline, "Recently in the same section or under the same hashtag")]


def test_same_articles_give_the_same_links():
    article = flood()
    for number in range(10):
        flood(f"Sarn dyke {number}", outlet=f"Paper {number % 3}")

    def links():
        related.relate(article, at=NOON, both_ways=False)
        return list(article.related_links.order_by("position").values_list("related", "position", "score", "reason"))

    assert links() == links()


def test_reason_names_the_shared_hashtag_that_comes_first():
    tags = [make.hashtag(name) for name in ("Rivers", "Dykes", "Ottery")]
    article = flood(hashtags=tags)
    flood("Sarn dyke mended", hashtags=tags[:2])
    related.relate(article, at=NOON)
    assert shown(article) == [("Sarn dyke mended", "Also about #Dykes")]


# --- until they are computed ------------------------------------------------------------------------------------------


def test_new_article_shows_the_newest_of_its_section_and_hashtags():
    rivers = make.hashtag("Rivers")
    article = flood(hashtags=[rivers], section=make.section("Rivers"))
    for hours, fields in [(3, {}), (2, {"hashtags": [rivers], "section": make.section("Music")}), (1, {})]:
        flood(f"{hours} hours old", at=NOON - hours * HOUR, **fields)
    flood("Elsewhere", section=make.section("Music"))
    why = "Recently in the same section or under the same hashtag"
    assert shown(article) == [(f"{hours} hours old", why) for hours in (1, 2, 3)]


def test_article_without_a_section_is_not_told_to_share_one():
    article = make.draft("No section", section=None)
    make.draft("None either", section=None)
    Article.objects.update(state="published", published_at=NOON - HOUR)
    article.refresh_from_db()
    assert shown(article) == []
    assert related.relate(article, at=NOON) == []


def test_fallback_shows_no_more_than_eight_and_nothing_twice():
    tags = [make.hashtag() for _ in range(3)]
    article = flood(hashtags=tags)
    for number in range(12):
        flood(f"{number}", hashtags=tags)
    assert (len(shown(article)), len(set(shown(article)))) == (8, 8)


# --- relating many ----------------------------------------------------------------------------------------------------


def test_all_live_articles_are_related_or_those_since_an_instant():
    for days in range(4):
        flood(f"Sarn dyke, day {days}", at=NOON - days * DAY)
    make.draft("Sarn dyke, a draft")
    assert related.relate_all(at=NOON, since=NOON - DAY) == 2
    assert RelatedLink.objects.values("article").distinct().count() == 2
    assert related.relate_all(at=NOON) == 4
    assert RelatedLink.objects.values("article").distinct().count() == 4


def test_relating_one_relates_those_it_links_to():
    first = flood("Sarn dyke breaks")
    second = flood("Sarn dyke mended")
    related.relate(first, at=NOON, both_ways=False)
    assert list(RelatedLink.objects.values_list("article", flat=True)) == [first.pk]
    related.relate(second, at=NOON)
    assert set(RelatedLink.objects.values_list("article", "related")) == {
        (first.pk, second.pk),
        (second.pk, first.pk),
    }


# --- cost -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_computed_links_are_read_in_one_query_without_bodies(django_assert_num_queries, number):
    article = flood()
    for place in range(number):
        flood(f"Sarn dyke {place}", outlet=f"Paper {place}", lead_image=make.image(width=12, height=8))
    related.relate(article, at=NOON)
    with django_assert_num_queries(1):
        items = related.links_for(article, at=NOON)
        assert len({(item.outlet.name, item.lead_image.alt, item.reason, item.headline) for item in items}) == number
    assert {frozenset(item.get_deferred_fields()) for item in items} == {
        frozenset({"body", "embargo_note", "withdrawal_reason"})
    }


@pytest.mark.parametrize("number", [1, 3])
def test_fallback_costs_two_queries_on_a_page_that_has_its_hashtags(django_assert_num_queries, number):
    article = flood(hashtags=[make.hashtag()])
    for place in range(number):
        flood(f"Sarn dyke {place}")
    page = Article.objects.for_page().get(pk=article.pk)
    with django_assert_num_queries(2):
        assert len(related.links_for(page, at=NOON)) == number


@pytest.mark.parametrize("number", [1, 3])
def test_relating_costs_the_same_however_many_there_are(django_assert_num_queries, number):
    article = flood(hashtags=[make.hashtag()])
    for place in range(number):
        flood(f"Sarn dyke {place}", outlet=f"Paper {place}")
    with django_assert_num_queries(9):
        related.relate(article, at=NOON, both_ways=False)


# --- scoring ----------------------------------------------------------------------------------------------------------


def test_profile_weighs_the_headline_and_has_length_one():
    profile = scoring.profile(Article(headline="Sarn flood", standfirst="The flood in Ottery"))
    length = (3**2 + 4**2 + 1) ** 0.5
    assert {term: round(weight, 6) for term, weight in profile.items()} == {
        "sarn": round(3 / length, 6),
        "flood": round(4 / length, 6),
        "ottery": round(1 / length, 6),
    }
    assert scoring.cosine(profile, profile) == pytest.approx(1)
    assert scoring.profile(Article(headline="The and of")) == {}


@pytest.mark.parametrize(
    ("other", "shared", "score"),
    [
        ({}, {}, 0.4),
        ({"hashtags": 1}, {}, 0.4 + 0.25 * 0.693147),
        ({"story_id": 1}, {}, 1.0),
        ({"section_id": 1}, {}, 0.42),
        ({"outlet_id": 1}, {}, 0.4 * 0.85),
        ({"days": 5}, {}, 0.4 * (0.3 + 0.7 / 2.718282)),
        ({"days": -5}, {}, 0.4 * (0.3 + 0.7 / 2.718282)),
        ({"days": 5000}, {}, 0.4 * 0.3),
    ],
)
def test_score_follows_from_likeness_and_age(other, shared, score):
    article = Article(story_id=1, section_id=1, outlet_id=1, published_at=NOON)
    days, hashtags = other.pop("days", 0), other.pop("hashtags", 0)
    it = Article(**{"outlet_id": 2, "published_at": NOON - days * DAY} | other)
    assert scoring.score(article, it, terms_shared=0.4, hashtags_shared=hashtags) == pytest.approx(score, rel=1e-5)


def test_two_articles_without_story_or_section_share_none():
    one, other = (Article(outlet_id=number, published_at=NOON) for number in (1, 2))
    assert scoring.score(one, other, terms_shared=0, hashtags_shared=0) == 0
