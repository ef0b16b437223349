"""What is found, in what order, and that nothing is found which may not be shown."""

from itertools import islice, product

import pytest
from django.utils import timezone

from articles import search
from articles.models import Article
from articles.search import asking, finding, postgresql, query
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


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u200c", "\u200d"])
def test_sign_that_nobody_sees_parts_no_word_of_a_text_or_a_question(sign):
    zephyr = f"Ze{sign}phyr"
    make.article(f"{zephyr} wins", language="de")
    make.article("Plain", standfirst="The zephyr of the isles.", body=f"<p>Mon{sign}soon&shy;regen.</p>")
    make.article("Torn", standfirst="The ze phyr.")
    both = ["Zephyr wins".replace("Zephyr", zephyr), "Plain"]
    for words in ("zephyr", zephyr, f"ze{sign}ph{sign}yr{sign}", f'"{sign}zephyr"'):
        assert sorted(find(words)) == sorted(both), words
    assert [find(words) for words in ("monsoonregen", f"-{zephyr} torn", f'"{zephyr} of"')] == [
        ["Plain"],
        ["Torn"],
        ["Plain"],
    ]


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


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("flooded bridges", ["A", "B", "C", "D"]),
        ('"the flooded bridges"', ["A", "C"]),
        ('"The FLOODED Bridges"', ["A", "C"]),
        ('"flood bridge"', ["B"]),
        ('"flooded bridge"', []),
        ('"bridges flooded"', ["D"]),
        ('"flooded"', ["A", "C", "D"]),
        ('bridge -"flooded bridges"', ["B", "D"]),
        ('bridge -"flooded"', ["B"]),
        ('"flooded bridges" -the', []),
        ('"bruckenbauer und"', ["C"]),
        ('"brückenbauern"', []),
        ('"the flooded bridges of the lower quay were closed for a year"', ["A"]),
        ('"the flooded bridges of the lower quay were closed for a week"', []),
        ('author:"ada lind"', ["D"]),
        ('"ada lind"', ["D"]),
        ('"ada linds"', []),
        ('"high waters"', ["B"]),
        ('"high water"', []),
        ('#"highwaters"', ["B"]),
    ],
)
def test_what_stands_in_quotes_is_found_as_it_is_written(words, found):
    make.article("A", body="<p>The flooded bridges of the lower quay were closed for a year.</p>")
    make.article("B", standfirst="The flood bridge.", hashtags=[make.hashtag("HighWaters")])
    make.article("C", language="de", body="<p>Brückenbauer und The Flooded Bridges.</p>")
    make.article("D", body="<p>The bridges: flooded.</p>", authors=[make.author("Ada Lind")])
    assert sorted(find(words)) == found


def test_phrase_of_a_script_without_spaces_is_found_as_ever():
    make.article("大洪水が来た", language="ja", standfirst="Tokyo 洪水")
    assert [find(words) for words in ('"洪水"', '"洪水が"', '"水洪"', '"tokyo 洪水"', '"tokyo"')] == [
        ["大洪水が来た"],
        ["大洪水が来た"],
        [],
        ["大洪水が来た"],
        ["大洪水が来た"],
    ]


def test_phrase_does_not_reach_over_words_of_a_script_without_spaces():
    make.article("Old 洪水 dam", language="ja", standfirst="")
    assert (find('"old dam"'), find('"dam"')) == ([], ["Old 洪水 dam"])


@pytest.mark.parametrize("words", ["東京Tower", '"東京 tower"', '"opens 東京 Tower"', '"東京 tower 大洪水"', "塔tower"])
def test_word_that_follows_one_of_a_script_without_spaces_is_found_there(words):
    make.article("Opens 東京 Tower 大洪水", language="ja", standfirst="塔 Tower")
    assert [find(asked) for asked in (words, '"京都 tower"', '"東 tower"')] == [["Opens 東京 Tower 大洪水"], [], []]


def test_article_of_ten_thousand_long_words_can_be_stored():
    """PostgreSQL takes a vector of one megabyte."""
    letters = [chr(number) for number in range(0x430, 0x450)]
    words = ["".join(three) * 13 for three in islice(product(letters, repeat=3), 10_000)]
    make.article("Odd", body=f"<p>{' '.join(words)}</p>", language="ru", authors=[make.author("Ada Lind")])
    assert [find(asked) for asked in ("odd", words[0], f'"{words[0]}"', '"ada lind"')] == [["Odd"]] * 4


def test_phrase_within_a_headline_counts_more_than_in_the_text():
    make.article("The flooded bridges", at=make.NOON)
    make.article("Sarn", body="<p>The flooded bridges.</p>", at=make.NOON + HOUR)
    assert find('"flooded bridges"') == ["The flooded bridges", "Sarn"]


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
        assert [row.pk for row in asking.matching(terms, live, house, most=most)] == keys[:most]
    assert find("zephyr", order="oldest") == [f"Zephyr {n}" for n in range(12)]
    assert find("zephyr", order="newest") == [f"Zephyr {n}" for n in reversed(range(12))]


@pytest.fixture
def small_pieces(monkeypatch):
    """Have an index of some twenty articles looked through in pieces, as one of a hundred thousand is."""
    monkeypatch.setattr(postgresql, "LEVELS", {"n": 1, "m": 2, "p": 3})
    monkeypatch.setattr(postgresql, "FIRST_LOOK", 3)


def test_piece_by_piece_the_same_is_found_as_at_once(small_pieces):
    """Words that all, many, few and none have, in every order, be they asked for by their beginnings or whole."""
    now, made = timezone.now(), []
    for number in range(40):
        rare = " mistral" if number in (3, 20) else ""
        headline = f"Zephyr{' monsoon' if number % 3 else ''}{rare} {number}"
        made.append(make.article(headline, at=now - (50 - number) * HOUR, outlet=f"Paper {number % 2}"))
    house, live = search.House.today(), Article.objects.live(at=now)
    for word in ("zephyr", "monsoon", "mistral", "sirocco"):
        having = [article.pk for article in made if word.title() in article.headline.title()]
        for most in (1, 5, 41):
            for is_prefix in (False, True):
                term = query.Term("", ((word[:5],) if is_prefix else (word,),), ("headline",), is_prefix)
                for oldest, wanted in ((False, having[::-1]), (True, having)):
                    found = asking.matching((term,), live, house, most=most, oldest=oldest)
                    assert sorted(row.pk for row in found) == sorted(wanted[:most]), (word, most, is_prefix, oldest)


def test_among_outlets_and_sections_the_index_finds_what_is_of_them_now():
    one, other = make.outlet("One"), make.outlet("Other")
    local, money = make.section("Local"), make.section("Money")
    make.article("Zephyr one", outlet=one, section=local)
    moved = make.article("Zephyr two", outlet=one, section=money, kind="opinion", language="pt-br")
    asked = ("outlet", one.pk), ("outlet", other.pk), ("section", local.pk), ("section", money.pk)
    assert [_among("zephyr", name, value) for name, value in asked] == [2, 0, 1, 1]
    moved.outlet, moved.section, moved.kind, moved.language = other, None, "news", "de"
    moved.save()
    assert [_among("zephyr", name, value) for name, value in asked] == [1, 1, 1, 0]
    told = ("kind", "opinion"), ("kind", "news"), ("language", "pt-br"), ("language", "de"), ("language", "en")
    assert [_among("zephyr", name, value) for name, value in told] == [0, 2, 0, 1, 1]


def _among(words, name, value):
    """Return how many articles the index alone finds among those of which a fact is said."""
    house = search.House.today()
    question = search.parse(words, house.languages)
    return search.find(question, Article.objects.live(at=timezone.now()), house, among={name: [value]}).count


@pytest.mark.parametrize("words", ["outlet", "section", "kind", "o1", "¦o1", "¦knews", '"¦knews"', "¦n0", "knews"])
def test_what_the_index_knows_besides_is_no_word(words):
    make.article("Sarn", kind="news")
    assert find(words) == []


def test_of_all_that_match_those_are_counted_that_the_page_may_show():
    """A name that outlets with every agreement use ranks by what each of them lets us show."""
    now, tags = timezone.now(), [make.hashtag("Zephyr")]
    for days, measure in enumerate(["own", "full", "summary", "link"], 1):
        outlet = make.outlet(f"Paper {measure}", text_shown=measure)
        body = "<p>Zephyr, zephyr, zephyr.</p>"
        make.article(f"{measure}, told", outlet=outlet, at=now - days * make.DAY, standfirst="A zephyr.", hashtags=tags)
        make.article(f"{measure}, often", outlet=outlet, at=now - days * make.DAY, body=body, hashtags=tags)
    best = ["own, told", "full, told", "summary, told"]
    assert find("zephyr") == [*best, "own, often", "full, often", "summary, often", "link, often", "link, told"]
