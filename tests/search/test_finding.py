"""What is found, in what order, and that nothing is found which may not be shown."""

import pytest
from django.utils import timezone

from articles import search
from articles.models import Article
from articles.search import finding
from tests import make
from tests.make import HOUR

pytestmark = pytest.mark.django_db


def find(words, *, articles=None, order="best"):
    """Return the headlines that ``words`` find, in their order."""
    articles, house = articles or Article.objects.live(at=timezone.now()), search.House.today()
    found = search.find(search.parse(words, house.languages), articles, house, order=order)
    headlines = dict(Article.objects.values_list("pk", "headline"))
    return [headlines[key] for key in found.keys]


@pytest.fixture
def places():
    """Make articles that have the word "zephyr" in another part each, the newest first: Body, ..., Headline."""
    now = timezone.now()
    parts = [
        ("Zephyr in the headline", {}),
        ("Standfirst", {"standfirst": "A zephyr."}),
        ("Hashtag", {"hashtags": [make.hashtag("Zephyr")]}),
        ("Byline", {"authors": [make.author("Zoe Zephyr")]}),
        ("Body, thrice", {"body": "<p>Zephyr, zephyrs and zephyr.</p>"}),
        ("Body", {"body": "<p>One zephyr.</p>"}),
    ]
    for days, (headline, fields) in enumerate(reversed(parts), 1):
        make.article(headline, at=now - days * make.DAY, **fields)


def test_headline_counts_most_then_standfirst_then_names_then_the_body(places):
    best = ["Zephyr in the headline", "Standfirst", "Byline", "Hashtag", "Body, thrice", "Body"]
    assert find("zephyr") == best
    assert find("zephyr", order="newest") == ["Body", "Body, thrice", "Byline", "Hashtag", "Standfirst", best[0]]
    assert find("zephyr", order="oldest") == find("zephyr", order="newest")[::-1]


def test_of_equal_matches_the_newer_comes_first():
    now = timezone.now()
    for days in (3, 1, 2):
        make.article(f"Dam {days}", at=now - days * make.DAY)
    assert find("dam") == ["Dam 1", "Dam 2", "Dam 3"]


@pytest.mark.parametrize(
    ("words", "headlines"),
    [
        ("szoradi", ["Szórádi wins"]),
        ("SZÓRÁDI", ["Szórádi wins"]),
        ("winning", ["Szórádi wins"]),
        ("maison", ["Les maisons brûlent"]),
        ("brulent", ["Les maisons brûlent"]),
        ("洪水", ["大洪水が来た"]),
        ("洪", ["大洪水が来た"]),
        ("た", ["大洪水が来た"]),
        ("水洪", []),
        ('"maisons brûlent"', ["Les maisons brûlent"]),
        ('"brûlent maisons"', []),
        ("brûlent maisons", ["Les maisons brûlent"]),
        ("hochwassern", ["Hochwasser"]),
    ],
)
def test_words_are_found_in_every_language_and_spelling(words, headlines):
    make.article("Szórádi wins")
    make.article("Les maisons brûlent", language="fr")
    make.article("大洪水が来た", language="ja")
    make.article("Hochwasser", language="de")
    assert find(words) == headlines


def test_operators_narrow_what_is_found():
    tag, ada = make.hashtag("LowerSarn"), make.author("Ada Lind")
    make.article("River alpha", outlet="The Lantern", hashtags=[tag], section=make.section("Local news"))
    make.article("River beta", outlet="The Beacon", authors=[ada], section=make.section("Money"))
    asked = {
        words: sorted(find(words))
        for words in (
            "river -alpha", '-"river alpha"', "#lowersarn", "hashtag:sarn river", "author:lind", "author:river",
            "outlet:lantern", "-outlet:lantern", "outlet:nobody", "section:money river",
            "-alpha", "-alpha -#lowersarn -lind", 'section:"local news"', "river -#lowersarn",
        )
    }  # fmt: skip
    one, two = ["River alpha"], ["River beta"]
    assert list(asked.values()) == [two, two, one, one, two, [], one, two, [], two, two, [], one, two]


@pytest.mark.parametrize("words", ["outlet:nobody river", "section:nothing river", "river outlet:nobody -dam"])
def test_name_that_nobody_has_finds_nothing(words):
    make.article("River")
    assert find(words) == []


def test_phrase_does_not_reach_from_one_part_into_the_next():
    make.article("Sarn river", standfirst="Flood of the year", hashtags=[make.hashtag("Dam"), make.hashtag("Lake")])
    assert [find(words) for words in ('"river flood"', '"dam lake"', '"sarn river"')] == [[], [], ["Sarn river"]]


def test_hashtag_is_found_by_the_word_that_stands_for_it():
    tag = make.hashtag("Floods")
    make.hashtag("HighWater", alias_of=tag)
    make.article("Sarn", hashtags=[tag])
    assert [find(words) for words in ("#floods", "#highwater", '"high water"')] == [["Sarn"]] * 3


@pytest.mark.parametrize(
    ("text_shown", "found"),
    [
        ("own", {"headline", "standfirst", "tag", "writer", "body"}),
        ("full", {"headline", "standfirst", "tag", "writer", "body"}),
        ("summary", {"headline", "standfirst", "tag", "writer"}),
        ("link", {"headline", "tag", "writer"}),
    ],
)
def test_agreement_that_changes_changes_at_once_what_is_found(text_shown, found):
    courier = make.outlet("The Courier")
    make.article(
        "A zqheadline", outlet=courier, standfirst="A zqstandfirst.", body="<p>A zqbody, zqbody, zqbody.</p>",
        hashtags=[make.hashtag("zqtag")], authors=[make.author("Zqwriter")],
    )  # fmt: skip
    courier.text_shown = text_shown
    courier.save()
    parts = ("headline", "standfirst", "tag", "writer", "body")
    assert {part for part in parts if find(f"zq{part}")} == found
    # What is hidden cannot be asked for by leaving it out either.
    assert {part for part in parts if not find(f"zqheadline -zq{part}")} == found


@pytest.mark.parametrize("state", ["draft", "scheduled", "embargoed", "expired", "withdrawn"])
def test_what_is_not_live_is_not_found(state):
    getattr(make, state)("Zephyr", body="<p>Zephyr</p>")
    assert find("zephyr") == []


def test_scheduled_article_is_found_from_its_second_on():
    made = make.scheduled("Zephyr")
    before, then = made.published_at - make.MICROSECOND, made.published_at
    assert [find("zephyr", articles=Article.objects.live(at=at)) for at in (before, then)] == [[], ["Zephyr"]]


def test_many_matches_are_cut_at_the_newest_and_the_page_says_so(monkeypatch, client):
    monkeypatch.setattr(finding, "MOST_LOOKED_THROUGH", 4)
    monkeypatch.setattr(finding, "MOST_SHOWN", 3)
    monkeypatch.setattr(finding._matching, "__kwdefaults__", {"oldest": False, "most": 5})
    now = timezone.now()
    for number in range(6):
        make.article(f"Dam {number}", at=now - (6 - number) * make.HOUR)
    assert (find("dam"), find("")) == (["Dam 5", "Dam 4", "Dam 3"],) * 2
    page = client.get("/search/?q=dam").content.decode()
    assert ("4+ articles with “dam”" in page, "The first 3 can be looked through" in page) == (True, True)


def test_the_newest_are_found_whatever_may_be_shown_of_them():
    now, measures = timezone.now(), ["link", "summary", "full", "own"]
    outlets = [make.outlet(f"Paper {measure}", text_shown=measure) for measure in measures]
    made = [make.article(f"Zephyr {n}", outlet=outlets[n % 4], at=now - (20 - n) * HOUR) for n in range(12)]
    house, live = search.House.today(), Article.objects.live(at=now)
    terms = search.parse("zephyr", house.languages).terms
    keys = [article.pk for article in reversed(made)]
    for most in (1, 5, 12, 13):
        assert [row.pk for row in finding.matching(terms, live, house, most=most)] == keys[:most]
    assert find("zephyr", order="oldest") == [f"Zephyr {n}" for n in range(12)]
    assert find("zephyr", order="newest") == [f"Zephyr {n}" for n in reversed(range(12))]


def test_a_few_are_found_among_many_newer_ones(monkeypatch):
    monkeypatch.setattr("articles.search.postgresql.NEWEST", 5)
    rare = [make.article("Zephyr over Sarn") for _ in range(2)]
    for _ in range(8):
        make.article("Sarn")
    house, live = search.House.today(), Article.objects.live(at=timezone.now())
    terms = search.parse("zephyr", house.languages).terms
    assert {row.pk for row in finding.matching(terms, live, house, most=30)} == {article.pk for article in rare}
