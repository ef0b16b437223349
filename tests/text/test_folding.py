"""Words are found as they are meant, and innocent ones are left alone."""

import time

import pytest

from articles.text import folding


@pytest.mark.parametrize(
    "written",
    ["viagra", "VIAGRA!", "vіаgrа", "v\u200biagra", "Ｖｉａｇｒａ", "v1agra", "v!agra", "vi@gra", "v.i.a.g.r.a",
     "V I A G R A", "v-i-a-g-r-a", "víágrà", "“viagra”", "𝗏𝗂𝖺𝗀𝗋𝖺", "ⓥⓘⓐⓖⓡⓐ"],
)  # fmt: skip
def test_word_is_found_however_it_is_written(written):
    assert list(folding.find(["viagra"], f"Buy {written} now")) == ["viagra"]


@pytest.mark.parametrize("innocent", ["Scunthorpe", "press", "via gra", "assessment", "viagrarium", "", "…"])
def test_part_of_another_word_is_not_found(innocent):
    assert folding.find(["viagra", "cunt", "ass"], innocent) == {}


def test_phrase_is_found_in_a_row_and_given_as_it_was_written():
    found = folding.find(["free money", "money", "earn at home"], "FREE   m0ney for you, you earn. At home!")
    assert found == {"free money": "FREE m0ney", "money": "m0ney", "earn at home": "earn At home"}


def test_sentence_in_one_character_is_no_word_and_hides_none():
    """Taken apart, five thousand of them are ninety thousand letters."""
    assert folding.words("\ufdfa" * 5000) == ()
    assert list(folding.find(["viagra"], "\ufdfaviagra\ufdfb")) == ["viagra"]
    assert folding.mark(["viagra"], "\ufdfaviagra") == [("\ufdfa", False), ("viagra", True)]


def test_numbers_are_numbers():
    assert folding.find(["100"], "It cost $100 in 2026.") == {"100": "$100"}
    assert folding.find(["zoz6"], "2026") == {}


def test_other_scripts_are_compared_too():
    assert list(folding.find(["дурак"], "Ты ДУРАК!")) == ["дурак"]
    assert list(folding.find(["バカ"], "ﾊﾞｶ")) == ["バカ"]


def test_same_words_have_the_same_digest():
    texts = ["Buy it  now!", "BUY IT NOW", "b.u.y it now", "Ьuy it now"]
    assert len({folding.digest(text) for text in texts[:3]}) == 1
    assert folding.digest("Sell it now") != folding.digest("Buy it now")
    assert (folding.digest("…"), len(folding.digest("a"))) == ("", 32)


@pytest.mark.parametrize("text", ["(a+)+$ lorem " * 400, "a." * 2500, "a" * 5000, "a.  b" * 1000, "@!$|" * 1250])
def test_two_thousand_phrases_cost_little(text):
    phrases = [f"word{number} and (more)+" for number in range(2000)]
    started = time.process_time()
    assert folding.find(phrases, text) == {}
    assert time.process_time() - started < 2  # a guard against what grows without bound; the usual is 0.03 s


@pytest.mark.parametrize(
    ("phrases", "text", "pieces"),
    [
        (["free money"], "Get FREE   m0ney!", [("Get ", False), ("FREE   m0ney", True), ("!", False)]),
        (["viagra"], "v\u200bi\u200bagra now", [("v\u200bi\u200bagra", True), (" now", False)]),
        (["viagra"], "so V.I.A.G.R.A now", [("so ", False), ("V.I.A.G.R.A", True), (" now", False)]),
        (["ﬁne", "fine day"], "A fine day", [("A ", False), ("fine day", True)]),
        (["cunt"], "Scunthorpe", [("Scunthorpe", False)]),
        ([""], "Nothing", [("Nothing", False)]),
        (["x"], "", []),
    ],
)
def test_phrase_is_marked_where_it_stands(phrases, text, pieces):
    assert folding.mark(phrases, text) == pieces
