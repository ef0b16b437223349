"""Addresses that last: made from names in any script, never taken by two, and leading on after every renaming."""

import hashlib
import random

import pytest
from django.db import IntegrityError

from articles.models import Article, Author, Hashtag, OldAddress, Outlet, Section, Story
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

RECORDS = [Outlet, Section, Author, Hashtag]


def old_addresses():
    return set(OldAddress.objects.values_list("kind", "slug", "target_id"))


def renamed(record, slug):
    """Give the record another address as the desk does: on a fresh look."""
    record = type(record).objects.get(pk=record.pk)
    record.slug = slug
    record.save()
    return record


def at(slug, model=Outlet):
    """Return whom readers find at the address, None where nobody is."""
    try:
        return model.objects.at_address(slug)
    except model.DoesNotExist:
        return None


# --- made from the name -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", RECORDS)
def test_address_is_made_from_the_name(model):
    made = model.objects.create(name="Évian")
    assert (made.slug, made.get_absolute_url()) == ("evian", f"/{model._meta.model_name}s/evian/")
    assert model.objects.get_by_natural_key(*made.natural_key()) == made


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Lantern", "the-lantern"),
        ("  L’Écho d’Aubrelle  ", "lecho-daubrelle"),
        ("洪水新聞", "洪水新聞"),
        ("東京で地震 5", "東京で地震-5"),
        ("Новости", "новости"),
        ("🌊🌊🌊", hashlib.sha256("🌊🌊🌊".encode()).hexdigest()[:8]),
        ("!!!", hashlib.sha256(b"!!!").hexdigest()[:8]),
        ("a" * 120, "a" * 80),
        ("word " * 20, "word-" * 15 + "word"),
        ("Straße & Weg", "strasse-weg"),
    ],
)
def test_every_name_has_an_address(name, slug):
    made = Outlet.objects.create(name=name)
    assert (made.slug, at(slug)) == (slug, made)


@pytest.mark.parametrize("name", ["Flood", "洪水", "🌊", "n" * 90])
def test_records_of_one_name_get_addresses_of_their_own(name):
    made = [Author.objects.create(name=name) for _ in range(12)]
    base = made[0].slug
    assert [author.slug for author in made] == [base] + [
        f"{base[: 80 - len(str(number)) - 1]}-{number}" for number in range(2, 13)
    ]
    assert [at(author.slug, Author) for author in made] == made


def test_address_that_editors_chose_stays_when_the_name_changes():
    outlet = Outlet.objects.create(name="The Lantern", slug="lantern")
    outlet.name = "The Lamp"
    outlet.save()
    assert (outlet.slug, old_addresses()) == ("lantern", set())


def test_emptied_address_is_made_from_the_name_again():
    outlet = Outlet.objects.create(name="The Lantern")
    assert renamed(outlet, "").slug == "the-lantern"
    assert old_addresses() == set()


def test_emptied_address_leads_on_like_any_other():
    outlet = Outlet.objects.create(name="The Lantern", slug="lamp")
    assert renamed(outlet, "").slug == "the-lantern"
    assert (at("lamp"), at("the-lantern")) == (outlet, outlet)


def test_new_record_does_not_take_an_address_that_leads_to_another():
    outlet = renamed(Outlet.objects.create(name="The Lantern"), "lamp")
    namesake = Outlet.objects.create(name="The Lantern?")
    assert namesake.slug == "the-lantern-2"
    assert (at("the-lantern"), at("the-lantern-2")) == (outlet, namesake)


def test_thousandth_record_of_one_name_is_asked_for_an_address_by_hand():
    Author.objects.bulk_create(
        Author(name="Ada", slug="ada" if number == 1 else f"ada-{number}") for number in range(1, 1000)
    )
    with pytest.raises(IntegrityError, match="No free address for Ada below ada-999; give it one by hand"):
        Author.objects.create(name="Ada")


def test_error_that_has_nothing_to_do_with_the_address_is_not_hidden():
    Outlet.objects.create(name="The Lantern", slug="lamp")
    with pytest.raises(IntegrityError):
        Outlet.objects.create(name="The Lantern")


# --- renamed ----------------------------------------------------------------------------------------------------------


def test_old_address_leads_on():
    outlet = renamed(Outlet.objects.create(name="A", slug="a"), "b")
    assert (at("a"), at("b"), at("c")) == (outlet, outlet, None)
    assert [str(address) for address in OldAddress.objects.all()] == ["outlet: a"]


def test_each_of_many_old_addresses_leads_on_in_one_hop():
    outlet = Outlet.objects.create(name="A", slug="s0")
    for number in range(1, 6):
        outlet = renamed(outlet, f"s{number}")
    assert [at(f"s{number}").slug for number in range(6)] == ["s5"] * 6
    assert old_addresses() == {("outlet", f"s{number}", outlet.pk) for number in range(5)}


def test_address_that_was_taken_back_is_the_present_one_again():
    outlet = renamed(renamed(Outlet.objects.create(name="A", slug="a"), "b"), "a")
    assert (outlet.slug, at("a"), at("b")) == ("a", outlet, outlet)
    assert old_addresses() == {("outlet", "b", outlet.pk)}


def test_two_records_can_swap_their_addresses():
    one, other = Outlet.objects.create(name="A", slug="a"), Outlet.objects.create(name="B", slug="b")
    renamed(one, "c")
    renamed(other, "a")
    renamed(one, "b")
    assert [at(slug).name for slug in "abc"] == ["B", "A", "A"]


def test_address_follows_the_last_who_left_it():
    one, other = Outlet.objects.create(name="A", slug="a"), Outlet.objects.create(name="B", slug="b")
    renamed(one, "x")
    renamed(other, "a")
    assert at("a") == other
    renamed(other, "y")
    assert (at("a"), at("b"), at("x"), at("y")) == (other, other, one, other)


def test_addresses_of_a_deleted_record_are_free():
    outlet = renamed(Outlet.objects.create(name="A", slug="a"), "b")
    outlet.delete()
    assert (at("a"), at("b"), old_addresses()) == (None, None, set())
    assert Outlet.objects.create(name="A").slug == "a"


def test_deleting_many_at_once_leaves_no_address_that_leads_nowhere():
    renamed(Outlet.objects.create(name="A", slug="a"), "b")
    Outlet.objects.all().delete()
    assert (at("a"), at("b")) == (None, None)
    assert Outlet.objects.create(name="A").slug == "a"


def test_addresses_of_different_kinds_do_not_meet():
    outlet = renamed(Outlet.objects.create(name="A", slug="a"), "b")
    author = Author.objects.create(name="A", slug="a")
    assert (at("a"), at("a", Author), at("b", Author)) == (outlet, author, None)


def test_address_in_use_is_refused_and_nothing_is_left_behind():
    one = Outlet.objects.create(name="A", slug="a")
    Outlet.objects.create(name="B", slug="b")
    with pytest.raises(IntegrityError):
        renamed(one, "b")


@pytest.mark.parametrize("seed", range(30))
def test_no_walk_of_renamings_ends_in_a_loop_or_a_dead_end(seed):
    dice = random.Random(seed)  # noqa: S311 - the same walks at every run
    outlets = [Outlet.objects.create(name=name, slug=name) for name in "abc"]
    last = {outlet.slug: outlet.pk for outlet in outlets}
    for _ in range(15):
        present = {outlet.slug for outlet in Outlet.objects.all()}
        free = sorted(set("abcdef") - present)
        outlet = renamed(dice.choice(outlets), dice.choice(free))
        last[outlet.slug] = outlet.pk
    assert {slug: at(slug).pk for slug in last} == last


@pytest.mark.parametrize("number", [1, 3])
def test_finding_an_address_costs_one_query(django_assert_num_queries, number):
    for place in range(number):
        renamed(Outlet.objects.create(name=f"{place}", slug=f"old-{place}"), f"new-{place}")
    for slug in ("old-0", "new-0"):
        with django_assert_num_queries(1):
            assert at(slug).slug == "new-0"


def test_fixture_finds_a_record_that_the_desk_has_renamed():
    outlet = renamed(Outlet.objects.create(name="A", slug="a"), "b")
    assert Outlet.objects.get_by_natural_key("a") == outlet


# --- stories ----------------------------------------------------------------------------------------------------------


def test_story_is_found_by_its_number_and_named_by_its_title():
    story = make.story("The Sarn flood")
    story.title = "The Lower Sarn flood"
    story.save()
    assert (story.get_absolute_url(), str(story)) == (
        f"/stories/{story.pk}/the-lower-sarn-flood/",
        "The Lower Sarn flood",
    )
    assert Story.objects.get_by_natural_key(*story.natural_key()) == story


def test_stories_are_counted_by_what_the_public_may_see():
    wide, narrow, hidden = make.story("Wide"), make.story("Narrow"), make.story("Hidden")
    for number in range(3):
        make.article(at=NOON - number * make.HOUR, story=wide, outlet=f"Paper {number}")
    for _ in range(2):
        make.article(at=NOON, story=narrow)
    make.article(at=NOON + make.DAY, story=hidden)
    make.draft(story=wide, outlet="Paper 9")
    live = Article.objects.live(at=NOON)
    told = Story.objects.told_by(live)
    figures = {story.title: (story.outlet_count, story.article_count, story.latest_at) for story in told}
    assert figures == {"Wide": (3, 3, NOON), "Narrow": (1, 2, NOON)}
    assert [story.title for story in told.widest_first()] == ["Wide", "Narrow"]
    assert [story.title for story in told.latest_first()] == ["Narrow", "Wide"]
    assert [story.title for story in Story.objects.told_by(live, least_outlets=2)] == ["Wide"]
