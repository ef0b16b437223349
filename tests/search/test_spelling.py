"""Did you mean: the nearest spelling that finds something, and nothing else."""

import pytest
from django.utils import timezone

from articles import search
from articles.models import Article
from articles.search import spelling
from tests import make

pytestmark = pytest.mark.django_db


def suggested(words):
    search.learn(*Article.objects.values_list("pk", flat=True))
    live, house = Article.objects.live(at=timezone.now()), search.House.today()
    question = search.parse(words, house.languages)
    return search.did_you_mean(question, search.find(question, live, house), live, house)


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("river", "river", 0), ("rivr", "river", 1), ("rievr", "river", 1), ("rivver", "river", 1), ("rover", "river", 1),
     ("ca", "abc", 3), ("kitten", "sitting", 3), ("", "ab", 2), ("abcdef", "a", 3)],
)  # fmt: skip
def test_distance_counts_slips_of_the_pen(one, other, far):
    assert spelling.distance(one, other, 2) == far


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Harowmere", "harrowmere"),
        ("hrarowmere", "harrowmere"),
        ("Szoradii", "szórádi"),
        ("harowmere bridge", "harrowmere bridge"),
        ("harrowmere", ""),
        ("qwertzuiop", ""),
        ('"harowmere"', ""),
        ("har", ""),
        ("-harowmere", ""),
    ],
)
def test_nearest_spelling_is_suggested(typed, meant):
    make.article("Harrowmere bridge", standfirst="Szórádi was there.")
    assert suggested(typed) == meant


def test_of_two_spellings_the_commoner_is_suggested():
    for headline in ("Bridge", "Bridge again", "Fridge"):
        make.article(headline)
    assert suggested("gridge") == "bridge"


def test_rare_word_that_many_spell_otherwise_is_doubted():
    make.article("Brigde")
    assert suggested("brigde") == ""
    for _ in range(5):
        make.article("Bridge")
    assert suggested("brigde") == "bridge"


@pytest.mark.parametrize("state", ["scheduled", "embargoed", "expired", "withdrawn"])
def test_word_of_an_article_that_is_not_public_is_never_suggested(state):
    getattr(make, state)("Zephyrine", body="<p>Zephyrine</p>", standfirst="Zephyrine")
    assert suggested("zephyrin") == ""


def test_word_that_the_agreement_hides_is_never_suggested():
    make.article("A headline", body="<p>Zephyrine</p>", outlet=make.outlet("The Courier", text_shown="summary"))
    assert suggested("zephyrinne") == ""


def test_suggestion_stands_on_the_page_and_keeps_the_filters(client):
    search.learn(make.article("Harrowmere bridge", kind="opinion").pk)
    page = client.get("/search/?q=Harowmere&kind=opinion").content.decode()
    assert '<a href="?q=harrowmere&amp;kind=opinion">harrowmere</a>' in page
    assert "Did you mean" not in client.get("/search/?q=Harowmere&kind=news").content.decode()
