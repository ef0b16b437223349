"""A reader's words: what they ask for, and that nothing typed is a wrong question."""

import random

import pytest
from django.utils import timezone

from articles import search
from articles.models import Article
from articles.search import query
from tests import make

OPERATORS = """ " - # : * ^ ( ) { } ' \\ + ~ & | ! <-> @@ % ;-- '' $$ """.split()
WORDS = "river NEAR NEAR(a AND OR NOT outlet: author:ada hashtag: body: rowid: a.b 1e9 0x1F".split()
WORDS += ["洪水", "洪", "é", "🌊", "ﬀ", "ǅ", "ข่าว", "न्यूज़", "¦", "ß", "\u202e", "x" * 90, "\u0300"]


def asked(text):
    question = query.parse(text, ("en",))
    return [term.text for term in question.terms], [term.text for term in question.excluded]


@pytest.mark.parametrize(
    ("text", "terms", "excluded"),
    [
        ("river flood", ["river", "flood"], []),
        ("river river", ["river"], []),
        ('"river flood" dam', ["river flood", "dam"], []),
        ("“river flood”", ["river flood"], []),
        ('"river flood', ["river flood"], []),
        ("river -dam", ["river"], ["dam"]),
        ('-"old dam"', [], ["old dam"]),
        ("covid-19", ["covid-19"], []),
        ("the river", ["river"], []),
        ("the", ["the"], []),
        ("- # \" : ''", [], []),
        ("author:Ada #floods hashtag:dams", ["Ada", "floods", "dams"], []),
        (" ".join(f"w{n}" for n in range(20)), [f"w{n}" for n in range(8)], []),
    ],
)
def test_words_are_taken_apart(text, terms, excluded):
    assert asked(text) == (terms, excluded)


def test_what_is_more_than_a_search_takes_is_known_as_it_was_typed():
    eight = " ".join(f"w{n}" for n in range(8))
    phrase = " ".join(f"p{n}" for n in range(14))
    left_out = {
        text: query.parse(text, ("en",)).left_out
        for text in (
            eight,
            f"{eight} w1 w8 #w9",
            f'{eight} the "old dam" -dam',
            " ".join(f"-x{n}" for n in range(9)),
            " ".join(f"outlet:o{n}" for n in range(9)),
            f'"{phrase}" w0',
        )
    }
    assert list(left_out.values()) == [(), ("w8", "#w9"), ('"old dam"',), ("-x8",), ("outlet:o8",), ("p12 p13",)]


def test_outlets_and_sections_are_asked_for_by_name():
    question = query.parse('outlet:Lantern -section:"Local news" section:', ())
    assert (question.outlets, question.sections) == ((("Lantern", True),), (("Local news", False),))


def test_question_without_a_word_is_told_from_no_question():
    said = {text: (query.parse(text, ()).is_empty, query.parse(text, ()).is_senseless) for text in ("", " ", "%", "a")}
    assert said == {"": (True, False), " ": (True, False), "%": (False, True), "a": (False, False)}


@pytest.mark.django_db
def test_nothing_typed_breaks_a_search():
    """A thousand mixtures of operators, words and odd letters, the same ones every time."""
    make.article("River rises", authors=[make.author("Ada")], hashtags=[make.hashtag("Floods")])
    make.article("洪水が来た", language="ja", outlet=make.outlet("The Link", text_shown="link"))
    chance = random.Random(5)  # noqa: S311 - repeatable chance, no secrets
    live, house = Article.objects.live(at=timezone.now()), search.House.today()
    for _ in range(1000):
        pieces = chance.choices(OPERATORS + WORDS, k=chance.randint(1, 8))
        typed = chance.choice(["", " "]).join(pieces)
        found = search.find(search.parse(typed, house.languages), live, house)
        assert found.count <= 2, typed
        search.suggest(typed, live, house)
