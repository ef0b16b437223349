"""Hashtags: one for all its spellings, and an alias that hands over everything it had."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from articles.models import Article, Hashtag
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def tags(article):
    return sorted(article.hashtags.values_list("name", flat=True))


def aliases():
    return dict(Hashtag.objects.exclude(alias_of=None).values_list("name", "alias_of__name"))


@pytest.mark.parametrize(
    "spelling", ["LowerSarn", "lowersarn", "#LowerSarn", "Lower Sarn", "ＬＯＷＥＲ　ＳＡＲＮ", "lower-sarn"]
)
def test_spellings_of_one_hashtag_are_one(spelling):
    tag = make.hashtag("LowerSarn")
    assert Hashtag.objects.named(spelling) == tag
    assert Hashtag.objects.values_list("name", "key", "slug").get() == ("LowerSarn", "lowersarn", "lowersarn")


def test_new_hashtag_is_made_as_it_was_first_spelt():
    tag = Hashtag.objects.named("#Lower Sarn")
    assert (tag.name, tag.key, tag.slug) == ("LowerSarn", "lowersarn", "lowersarn")


def test_name_of_an_alias_finds_what_it_stands_for():
    rivers = make.hashtag("Rivers")
    make.hashtag("Streams", alias_of=rivers)
    assert Hashtag.objects.named("streams") == rivers
    assert [list(Hashtag.objects.canonical()), Hashtag.objects.count()] == [[rivers], 2]


def test_longest_name_fits_its_columns_however_it_folds():
    tag = Hashtag.objects.named("ß" * 80)
    assert (len(tag.name), len(tag.key)) == (60, 60)
    assert Hashtag.objects.named("ß" * 80) == tag


@pytest.mark.parametrize("name", ["", "#", "!!!", "🌊", "_"])
def test_hashtag_without_letters_is_refused(name):
    with pytest.raises(ValidationError) as refused:
        Hashtag(name=name).full_clean()
    assert "A hashtag needs letters or digits." in refused.value.messages
    with pytest.raises(IntegrityError):
        Hashtag.objects.create(name=name)


def test_second_spelling_is_refused_with_a_sentence():
    make.hashtag("LowerSarn")
    with pytest.raises(ValidationError) as refused:
        Hashtag(name="Lower sarn").full_clean()
    assert refused.value.message_dict["name"] == ["#Lowersarn exists already, perhaps in another spelling."]


def test_hashtag_can_be_saved_again_under_its_own_name():
    tag = make.hashtag("LowerSarn")
    tag.name = "lowerSarn"
    tag.full_clean()
    tag.save()
    assert Hashtag.objects.values_list("name", "key", "slug").get() == ("lowerSarn", "lowersarn", "lowersarn")


# --- aliases ----------------------------------------------------------------------------------------------------------


def test_merged_hashtag_hands_over_its_articles_once_each():
    rivers, streams, other = make.hashtag("Rivers"), make.hashtag("Streams"), make.hashtag("Other")
    only_old = make.article(at=NOON, hashtags=[streams, other])
    both = make.article(at=NOON, hashtags=[streams, rivers])
    only_new = make.article(at=NOON, hashtags=[rivers])
    streams.merge_into(rivers)
    assert [tags(article) for article in (only_old, both, only_new)] == [["Other", "Rivers"], ["Rivers"], ["Rivers"]]
    assert aliases() == {"Streams": "Rivers"}
    assert streams.get_absolute_url() == rivers.get_absolute_url() == "/hashtags/rivers/"


def test_chain_of_mergers_leads_to_the_last_in_one_hop():
    a, b, c = (make.hashtag(name) for name in "ABC")
    article = make.article(at=NOON, hashtags=[a])
    a.merge_into(b)
    b.merge_into(c)
    assert aliases() == {"A": "C", "B": "C"}
    assert tags(article) == ["C"]
    assert Hashtag.objects.named("a") == c


def test_hashtag_is_not_merged_into_itself_or_an_alias():
    a, b, c = (make.hashtag(name) for name in "ABC")
    b.merge_into(c)
    for other in (a, b):
        with pytest.raises(ValueError, match="can only be merged into another hashtag that is not an alias"):
            a.merge_into(other)
    assert aliases() == {"B": "C"}


def test_desk_is_told_why_an_alias_cannot_be():
    a, b, c = (make.hashtag(name) for name in "ABC")
    b.merge_into(c)
    a.alias_of = b
    with pytest.raises(ValidationError) as refused:
        a.full_clean()
    assert refused.value.message_dict["alias_of"] == ["#B is itself an alias. Choose #C."]
    c.alias_of = c
    with pytest.raises(ValidationError) as refused:
        c.full_clean()
    assert refused.value.message_dict["alias_of"] == ["A hashtag cannot be an alias of itself."]


def test_merging_back_is_refused_rather_than_made_a_loop():
    a, b = make.hashtag("A"), make.hashtag("B")
    a.merge_into(b)
    with pytest.raises(ValueError, match="not an alias"):
        b.merge_into(a)
    assert aliases() == {"A": "B"}


def test_former_address_of_an_alias_leads_to_what_it_stands_for():
    rivers, streams = make.hashtag("Rivers"), make.hashtag("Streams")
    streams.slug = "brooks"
    streams.save()
    streams.merge_into(rivers)
    assert [Hashtag.objects.at_address(slug).get_absolute_url() for slug in ("streams", "brooks", "rivers")] == [
        "/hashtags/rivers/"
    ] * 3


# --- what articles carry ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_hashtags_are_counted_over_the_articles_asked_for(django_assert_num_queries, number):
    rivers, floods = make.hashtag("Rivers"), make.hashtag("Floods")
    make.hashtag("Nobody")
    for _ in range(number):
        make.article(at=NOON, hashtags=[rivers, floods])
    make.article(at=NOON, hashtags=[floods])
    make.draft(hashtags=[rivers])
    with django_assert_num_queries(1):
        carried = list(Hashtag.objects.carried_by(Article.objects.live(at=NOON)).most_carried_first())
    assert [(tag.name, tag.article_count) for tag in carried] == [("Floods", number + 1), ("Rivers", number)]
    assert [tag.name for tag in Hashtag.objects.by_name()] == ["Floods", "Nobody", "Rivers"]
    assert str(rivers) == "Rivers"
