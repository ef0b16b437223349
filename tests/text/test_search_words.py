"""Words as a search compares them: alike in a text and in a question, whatever language and script."""

import pytest

from articles.text import search_words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Szórádi", "szoradi"),
        ("RÉUNION", "reunion"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("ИЙ", "ий"),
        ("Ёлка", "елка"),
        ("ΑΘΉΝΑ", "αθηνα"),
        ("हिन्दी", "हिन्दी"),
        ("می\u200cخواهم", "میخواهم"),
        ("x" * 60, "x" * 40),
    ],
)
def test_capitals_and_accents_make_no_difference(written, folded):
    assert search_words.fold(written) == folded


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Rising rivers, rose!", "en", ["rise", "river", "rose"]),
        ("Die Häuser", "de", ["die", "haus"]),
        ("COVID-19 it's", "en", ["covid", "19", "it", "s"]),
        ("洪水が", "ja", ["洪水", "水が", "が"]),
        ("水 river", "ja", ["水", "river"]),
        ("snake_case", "en", ["snake", "case"]),
        ("نمی\u200cخواهم خانه\u200cها", "fa", ["نمیخواهم", "خانهها"]),
        ("ශ්\u200dරී ලංකාව", "si", ["ශ්රී", "ලංකාව"]),
        ("not\u200c more", "en", ["not", "more"]),
        ("", "en", []),
        ("«…» 🌊 '\"*", "en", []),
    ],
)
def test_text_becomes_words(text, language, words):
    assert search_words.tokens(text, language) == words


@pytest.mark.parametrize("text", ["洪水が来た River", "Łódź, 19: न्यूज़ and ข่าว", "a b", "می\u200cخواهم\u200c river"])
def test_place_of_each_word_is_told(text):
    places = list(search_words.places(text, "en"))
    assert [word for _, _, word in places] == search_words.tokens(text, "en")
    assert all(search_words.tokens(text[start:end], "en")[0] == word for start, end, word in places)


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_sign_that_nobody_sees_parts_no_word(sign):
    assert search_words.tokens(f"Ris{sign}ing riv{sign}ers{sign}, 洪{sign}水", "en") == ["rise", "river", "洪水", "水"]
    assert search_words.hashtag(f"Low{sign}erSarn", "en") == ["lowersarn", "¦", "lower", "sarn", "¦"]
    assert search_words.vocabulary(f"Ris{sign}ing riv{sign}ers{sign}") == {"rising", "rivers"}


def test_question_is_understood_in_every_language_at_hand():
    assert search_words.alternatives("Rivières", ["en", "fr"]) == (("rivieres",), ("rivier",))
    assert search_words.alternatives("洪水が", ["ja"]) == (("洪水", "水が"),)


def test_hashtag_is_found_as_one_word_and_by_its_parts():
    assert search_words.hashtag("LowerSarnFlood", "en") == ["lowersarnflood", "¦", "lower", "sarn", "flood", "¦"]
    assert search_words.hashtag("rivers", "") == ["rivers", "¦"]
