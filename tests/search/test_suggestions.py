"""Suggestions while one types: names and headlines of live articles, the same for everybody."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def suggested(client, typed):
    return [
        (one["kind"], one["text"]) for one in client.get("/search/suggestions.json", {"q": typed}).json()["suggestions"]
    ]


@pytest.fixture
def harrowmere():
    return make.article(
        "Harrowmere floods again",
        outlet=make.outlet("The Harrow Courier"),
        section=make.section("Harbours"),
        hashtags=[make.hashtag("HarrowmereUnited"), make.hashtag("Rivers")],
        authors=[make.author("Ada Harrow"), make.author("Bo Lind")],
        story=make.story("Harrowmere under water"),
    )


def test_everything_with_that_beginning_is_suggested(client, harrowmere):
    assert suggested(client, "Harr") == [
        ("Hashtag", "#HarrowmereUnited"),
        ("Outlet", "The Harrow Courier"),
        ("Author", "Ada Harrow"),
        ("Story", "Harrowmere under water"),
        ("Article", "Harrowmere floods again"),
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ha", [("Outlet", "The Harrow Courier"), ("Section", "Harbours")]),
        ("#united", [("Hashtag", "#HarrowmereUnited")]),
        ("harrowmere un", [("Hashtag", "#HarrowmereUnited")]),
        ("ada ha", [("Author", "Ada Harrow")]),
        ("floods har", [("Story", "Harrowmere under water"), ("Article", "Harrowmere floods again")]),
        ("h", []),
        ("", []),
        ("%_*", []),
        ("zzz", []),
    ],
)
def test_what_was_typed_so_far_is_gone_on_with(client, harrowmere, typed, found):
    assert suggested(client, typed) == found


@pytest.mark.parametrize("state", ["draft", "scheduled", "embargoed", "expired", "withdrawn"])
def test_nothing_is_suggested_of_what_is_not_public(client, state):
    names = {"hashtags": [make.hashtag("Zephyrine")], "authors": [make.author("Zephyrine Z")]}
    getattr(make, state)("Zephyrine", story=make.story("Zephyrine"), **names)
    make.outlet("Zephyrine Post", is_active=False)
    assert suggested(client, "zephyr") == []


def test_suggestions_are_the_same_for_all_and_may_be_kept(client, harrowmere):
    answer = client.get("/search/suggestions.json?q=harr")
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert (answer.cookies.output(), answer.get("Vary", "")) == ("", "")
    assert client.post("/search/suggestions.json?q=harr").status_code == 405


def test_language_of_a_headline_is_told(client):
    make.article("Überschwemmung am Fluss", language="de")
    assert [one["lang"] for one in client.get("/search/suggestions.json?q=ubersch").json()["suggestions"]] == ["de"]
