"""The module under an article: how it is arranged, what it says when little is there, and one query for all of it."""

import pytest
from django.db import connection
from django.utils import timezone

from articles import related
from articles.models import Article, RelatedChoice, RelatedLink, TermVector
from articles.related import reading
from tests import make
from tests.documents import page
from tests.make import DAY, HOUR, NOON
from tests.related.reports import concert, flood, relate, shown

pytestmark = pytest.mark.django_db
PIN, BLOCK, BOTH = RelatedChoice.Choice.PIN, RelatedChoice.Choice.BLOCK, RelatedChoice.Choice.BLOCK_BOTH
WIRE = "".join(
    f"<p>The Sarn broke its dyke at Ottery, and {n} houses stand in the water since noon.</p>" for n in range(9)
)


def groups(article, *, at=None):
    found = related.links_for(Article.objects.get(pk=article.pk), at=at or timezone.now())
    return [(heading, [item.headline for item in items]) for heading, items in found.groups]


def link(article, other, *, score=0.5, **fields):
    return RelatedLink.objects.create(article=article, related=other, score=score, position=0, reason="Why", **fields)


# --- groups -----------------------------------------------------------------------------------------------------------


def test_articles_stand_by_what_ties_them_together():
    story = make.story()
    article = make.article("The one", outlet="A", story=story)
    for name, fields in {
        "told": {"outlet": "B", "story": story},
        "more": {"outlet": "C"},
        "own": {"outlet": "A"},
    }.items():
        link(article, make.article(name, **fields))
    assert groups(article) == [("Same story", ["told"]), ("More on this", ["more"]), ("From this outlet", ["own"])]


def test_pins_stand_before_everything_in_the_editors_order():
    story = make.story()
    article = make.article("The one", outlet="A", story=story)
    link(article, make.article("told", outlet="B", story=story), score=0.9)
    for place, name in enumerate(["second", "first", "third"]):
        pinned = make.article(name, outlet="C", story=story if name == "third" else None)
        RelatedChoice.objects.decide(article, pinned, PIN, position=[2, 1, 3][place])
    assert groups(article) == [("Editors' choice", ["first", "second", "third"]), ("Same story", ["told"])]
    assert shown(article) == ["first", "second", "third", "told"]


def test_pins_keep_the_editors_order_whatever_their_score():
    article = make.article("The one", outlet="A")
    for place, score in enumerate([0.1, 0.9]):
        link(article, make.article(f"Pin {place}", outlet="B"), score=score, is_pinned=True)
    RelatedLink.objects.filter(related__headline="Pin 1").update(position=1)
    assert shown(article) == ["Pin 0", "Pin 1"]


def test_pins_are_first_on_the_page_itself(client):
    story = make.story()
    article = make.article("The one", outlet="A", story=story)
    link(article, make.article("told", outlet="B", story=story), score=0.9)
    RelatedChoice.objects.decide(article, make.article("pinned", outlet="C"), PIN)
    aside = page(client.get(article.get_absolute_url())).one("aside", class_="related")
    assert [heading.text for heading in aside.all("h3")] == ["Editors' choice", "Same story"]
    assert [item["data-reason"] for item in aside.all(data_article=None)] == ["Editors' choice", "Why"]


def test_outlets_take_turns_and_none_has_more_than_two_of_its_own():
    article = make.article("The one", outlet="A")
    for place, outlet in enumerate("AAABBBC"):
        link(article, make.article(f"{outlet}{place}", outlet=outlet), score=0.9 - place / 1000)
    assert groups(article) == [("More on this", ["B3", "C6", "B4", "B5"]), ("From this outlet", ["A0", "A1"])]


@pytest.mark.parametrize(("score", "second"), [(0.461, "other"), (0.459, "again")])
def test_article_of_an_outlet_that_stands_before_damps_the_next_by_92_hundredths(score, second):
    article = make.article("The one", outlet="A")
    link(article, make.article("first", outlet="B"), score=0.6)
    link(article, make.article("again", outlet="B"), score=0.5)
    link(article, make.article("other", outlet="C"), score=score)
    assert shown(article)[:2] == ["first", second]


def test_outlet_of_the_article_itself_stands_before_all_others():
    article = make.article("The one", outlet="A")
    link(article, make.article("own", outlet="A"), score=0.5)
    for place in range(8):
        link(article, make.article(f"other {place}", outlet=f"B{place}"), score=0.461)
    assert "own" not in shown(article)


def test_four_of_the_story_are_shown_and_then_what_else_is_near():
    story = make.story()
    article = make.article("The one", outlet="A", story=story)
    for place in range(12):
        fields = {"story": story} if place < 6 else {}
        link(article, make.article(f"{place}", outlet=f"B{place}", **fields), score=0.9 - place / 100)
    assert groups(article) == [("Same story", ["0", "1", "2", "3"]), ("More on this", ["6", "7", "8", "9"])]


def test_weak_links_give_way_to_the_rest_of_the_story():
    story = make.story()
    article = make.article("The one", outlet="A", story=story)
    for number in range(6):
        told = make.article(f"told {number}", outlet=f"B{number}", story=story)
        link(article, told, score=0.19 - number / 100)
    link(article, make.article("firm", outlet="C"), score=0.2)
    link(article, make.article("weak", outlet="D"), score=0.199)
    told = [f"told {number}" for number in range(6)]
    assert groups(article) == [("Same story", told), ("More on this", ["firm"])]


def test_weak_links_are_shown_where_there_would_be_next_to_nothing():
    article = make.article("The one", outlet="A")
    link(article, make.article("firm", outlet="B"), score=0.3)
    for number in range(4):
        link(article, make.article(f"weak {number}", outlet=f"C{number}"), score=0.1 - number / 100)
    assert groups(article) == [("More on this", ["firm", "weak 0", "weak 1"])]


def test_weak_links_to_the_own_outlet_are_two_at_most():
    article = make.article("The one", outlet="A")
    for number in range(4):
        link(article, make.article(f"weak {number}", outlet="A"), score=0.1 - number / 100)
    assert groups(article) == [("From this outlet", ["weak 0", "weak 1"])]


def test_no_more_than_eight_are_shown():
    article = make.article("The one", outlet="A")
    for place in range(12):
        link(article, make.article(f"Other {place:02}", outlet=f"B{place}"), score=0.9 - place / 1000)
    assert shown(article) == [f"Other {place:02}" for place in range(8)]


def test_pins_alone_may_fill_the_module():
    article = make.article("The one", outlet="A")
    for place in range(9):
        RelatedChoice.objects.decide(article, make.article(f"Pin {place}", outlet="A"), PIN)
    assert shown(article) == [f"Pin {place}" for place in range(8)]


# --- copies -----------------------------------------------------------------------------------------------------------


def test_text_that_several_outlets_ran_is_one_item():
    article = flood("Sarn dyke inspected")
    wire = [flood(f"Dyke of the Sarn broken {n}", body=WIRE, outlet=f"Paper {n}") for n in range(3)]
    relate(article, *wire, article)
    (item,) = related.links_for(article, at=timezone.now())
    assert {item.outlet.name, *(outlet.name for outlet in item.also_in)} == {"Paper 0", "Paper 1", "Paper 2"}


def test_copy_of_the_article_itself_is_named_and_not_listed(client):
    one, other = (flood(f"Dyke of the Sarn broken {name}", body=WIRE, outlet=name) for name in ("The Wire", "The Post"))
    relate(one, other)
    text = page(client.get(one.get_absolute_url())).one("aside", class_="related").text
    assert "The same text also ran in The Post." in text
    assert "Dyke of the Sarn broken The Post" not in text


def test_copies_are_named_even_where_nothing_else_is_to_be_shown(client):
    section = make.section("Alone")
    one, other = (make.article(f"Broken {name}", body=WIRE, outlet=name, section=section) for name in ("One", "Two"))
    concert("Cellist plays Bach")
    relate(one, other)
    found = related.links_for(one, at=timezone.now())
    assert (len(found), [copy.outlet.name for copy in found.copies], bool(found)) == (0, ["Two"], True)
    assert (
        "The same text also ran in Two." in page(client.get(one.get_absolute_url())).one("aside", class_="related").text
    )


def test_two_lines_that_are_the_same_are_no_copy():
    one, other = (flood(f"Dyke {name}", body="<p>This is a developing story.</p>", outlet=name) for name in "AB")
    relate(one, other)
    assert (shown(one), related.links_for(one, at=timezone.now()).copies) == (["Dyke B"], [])


def prints_of_one_text(*outlets, **fields):
    """Return a print of each of ``outlets``, the first one named by all others."""
    made = [make.article(f"Print {outlet}", outlet=outlet, **fields) for outlet in outlets]
    stored = {"numbers": b"", "weights": b"", "signature": b"", "source_hash": ""}
    for each in made:
        first = None if each == made[0] else made[0].pk
        TermVector.objects.create(article=each, copy_of=first, **stored)
    return made


def also_in(article):
    found = related.links_for(article, at=timezone.now())
    return [(item.headline, [outlet.name for outlet in item.also_in]) for item in found]


def test_pinned_copy_is_listed():
    article = make.article("The one", outlet="A")
    make.article("Of the same section", outlet="C")
    link(article, make.article("Copy", outlet="B"), likeness=1, is_pinned=True)
    assert groups(article) == [("Editors' choice", ["Copy"])]


def test_two_pinned_prints_of_one_text_are_listed_and_another_is_named_once():
    article = make.article("The one", outlet="A")
    for place, each in enumerate(prints_of_one_text("B", "C", "D")):
        link(article, each, score=0.5 - place / 10, is_pinned=place < 2)
    assert also_in(article) == [("Print B", ["D"]), ("Print C", [])]


def test_prints_of_one_text_that_more_of_the_story_is_filled_up_with_are_one_item():
    story = make.story()
    article = make.article("The one", outlet="A", story=story)
    for place in range(4):
        link(article, make.article(f"{place}", outlet=f"B{place}", story=story), score=0.9 - place / 10)
    for each in prints_of_one_text("C", "D", "D", "C", story=story):
        link(article, each, score=0.4)
    assert also_in(article) == [(f"{place}", []) for place in range(4)] + [("Print C", ["D"])]


def test_copy_is_named_however_much_stands_before_it():
    article, outlet = make.article("The one"), make.outlet("B")
    for place in range(47):
        link(article, make.article(f"Other {place}", outlet=outlet), score=0.9, is_pinned=place < 16)
    link(article, make.article("Copy", outlet="C"), score=0.05, likeness=1)
    assert [copy.headline for copy in related.links_for(article, at=timezone.now()).copies] == ["Copy"]


def test_links_are_ranked_as_the_page_takes_them():
    article = make.article("The one", outlet="A")
    own, other, pinned, second = (make.article(name, outlet=name[0]) for name in ("A again", "B", "C", "B again"))
    for each, score in ((own, 0.5), (other, 0.47), (second, 0.465), (pinned, 0.1)):
        link(article, each, score=score, is_pinned=each is pinned)
    assert reading.ranked(article) == [pinned.pk, other.pk, own.pk, second.pk]


# --- where no link leads anywhere -------------------------------------------------------------------------------------


def test_article_that_nobody_related_yet_shows_the_newest_of_its_section_and_hashtags():
    rivers = make.hashtag("Rivers")
    article = make.article("The one", at=NOON, hashtags=[rivers], section=make.section("Rivers"))
    for hours, fields in [(3, {}), (2, {"hashtags": [rivers], "section": make.section("Music")}), (1, {})]:
        make.article(f"{hours} hours old", at=NOON - hours * HOUR, **fields)
    make.article("Elsewhere", section=make.section("Music"), at=NOON)
    assert [(item.headline, item.reason) for item in related.links_for(article, at=NOON)] == [
        ("1 hours old", "More in Rivers"),
        ("2 hours old", "Also about #Rivers"),
        ("3 hours old", "More in Rivers"),
    ]


def test_module_is_not_empty_when_all_that_was_linked_is_gone():
    article, other = flood("Sarn dyke breaks"), flood("Sarn dyke mended")
    make.article("In the same section", section=article.section)
    relate(article, other)
    assert shown(article) == ["Sarn dyke mended"]
    other.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
    assert shown(article) == ["In the same section"]


def test_of_several_shared_hashtags_the_first_is_named():
    tags = [make.hashtag(name) for name in ("Weirs", "Dykes", "Mills")]
    article, _ = (make.article(name, hashtags=tags) for name in ("The one", "Other"))
    assert [other.reason for other in related.links_for(article, at=timezone.now())] == ["Also about #Dykes"]


def test_newest_eight_of_the_section_are_shown():
    article = make.article("The one", at=NOON)
    for days in range(9, 0, -1):
        make.article(f"{days} days old", at=NOON - days * DAY)
    assert shown(article, at=NOON) == ["1 days old", *[f"{days} days old" for days in range(2, 9)]]


def test_article_without_a_section_is_not_told_to_share_one():
    article = make.draft("No section", section=None)
    make.draft("None either", section=None)
    Article.objects.update(state="published", published_at=NOON - HOUR)
    article.refresh_from_db()
    assert shown(article, at=NOON) == []


def test_fallback_shows_no_more_than_eight_nothing_twice_and_nothing_paid_for():
    tags = [make.hashtag() for _ in range(3)]
    article = make.article("The one", hashtags=tags)
    for number in range(12):
        make.article(f"{number}", hashtags=tags)
    make.article("Paid", hashtags=tags, kind="sponsored", sponsor="A spa")  # the newest of all
    assert (len(shown(article)), len(set(shown(article))), "Paid" in shown(article)) == (8, 8, False)


@pytest.mark.parametrize("choice", [BLOCK, BOTH])
def test_blocked_article_is_not_shown_where_no_link_leads_anywhere(choice):
    article, other, third = (make.article(name) for name in ("The one", "Blocked", "Free"))
    RelatedChoice.objects.decide(article, other, choice)
    assert (shown(article), shown(third)) == (["Free"], ["Blocked", "The one"])
    assert shown(other) == (["Free", "The one"] if choice == BLOCK else ["Free"])


@pytest.mark.parametrize(("is_pinned", "headlines"), [(False, ["Other"]), (True, ["Paid", "Other"])])
def test_what_turns_out_to_be_paid_for_is_not_shown_from_that_moment_on_unless_it_is_pinned(is_pinned, headlines):
    article, paid, other = (make.article(name, outlet=name) for name in ("The one", "Paid", "Other"))
    link(article, paid, is_pinned=is_pinned)
    link(article, other)
    Article.objects.filter(pk=paid.pk).update(kind="sponsored", sponsor="A spa")
    assert shown(article) == headlines
    RelatedLink.objects.filter(related=other).delete()
    assert shown(article) == (["Paid"] if is_pinned else ["Other"])


def test_same_story_is_said_of_none_that_has_left_it():
    rivers = make.hashtag("Rivers")
    article, other = (make.article(name, outlet=name, story=make.story(name), hashtags=[rivers]) for name in "AB")
    RelatedLink.objects.create(article=article, related=other, score=0.5, position=0, reason="Same story")
    (item,) = related.links_for(article, at=timezone.now())
    assert item.reason == "Also about #Rivers"
    Article.objects.filter(pk=other.pk).update(story=article.story)
    (item,) = related.links_for(article, at=timezone.now())
    assert item.reason == "Same story"


def test_pin_that_lost_its_link_is_shown_among_the_others_of_its_section():
    article, other = make.article("The one"), make.article("Pinned")
    RelatedChoice.objects.decide(article, other, PIN)
    RelatedLink.objects.all().delete()
    assert shown(article) == ["Pinned"]


HIDDEN = ("draft", "scheduled", "embargoed", "expired", "withdrawn")


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_readers_may_not_see_is_in_no_part_of_the_module(hidden):
    article, seen = make.article("The one"), make.article("Seen")
    other = getattr(make, hidden)("Hidden")
    assert shown(article) == ["Seen"]
    link(article, other)
    link(other, article)
    assert shown(article) == ["Seen"]
    link(article, seen)
    RelatedChoice.objects.decide(article, other, PIN)
    assert shown(article) == ["Seen"]


def test_pin_survives_that_the_pinned_article_is_withdrawn_and_published_again():
    article, other = flood("Sarn dyke breaks"), concert()
    RelatedChoice.objects.decide(article, other, PIN)
    relate(article, other)
    other.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
    relate(other)
    assert shown(article) == []
    other.publish(by=None, at=timezone.now())
    assert groups(article) == [("Editors' choice", ["Cellist plays Bach"])]
    relate(other, article)
    assert groups(article) == [("Editors' choice", ["Cellist plays Bach"])]


# --- cost -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 3])
@pytest.mark.parametrize("is_related", [True, False], ids=["linked", "only akin"])
def test_module_is_one_query_without_bodies_whatever_it_shows(django_assert_num_queries, number, is_related):
    article = flood(hashtags=[make.hashtag("Rivers")])
    others = [
        flood(f"Sarn dyke {n}", outlet=f"Paper {n}", lead_image=make.image(width=12, height=8)) for n in range(number)
    ]
    if is_related:
        relate(article, *others)
    article = Article.objects.get(pk=article.pk)
    with django_assert_num_queries(1):
        items = list(related.links_for(article, at=timezone.now()))
        assert len({(item.outlet.name, item.lead_image.alt, item.reason, item.headline) for item in items}) == number
    assert {frozenset(item.get_deferred_fields()) for item in items} <= {
        frozenset({"body", "embargo_note", "withdrawal_reason"})
    }


@pytest.mark.parametrize("number", [1, 3, 6])
def test_relating_again_costs_the_same_however_many_there_are(django_assert_num_queries, number):
    article = flood(hashtags=[make.hashtag()], at=timezone.now() - DAY)
    others = [flood(f"Sarn dyke {place}", outlet=f"Paper {place}") for place in range(number)]
    related.relate_everything(at=timezone.now())
    assert article.related_links.count() == len(others)
    with django_assert_num_queries(15 + (connection.vendor == "postgresql")):  # which is asked for a lock
        relate(article)
