"""Slugs, terms and languages: what a text is called and what it is about."""

import hashlib
import re

import pytest
from django.core.validators import validate_unicode_slug
from hypothesis import given
from hypothesis import strategies as st

from articles.text import languages, slugs, terms


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The river rises", "the-river-rises"),
        ("Évian: l’eau à 3,5 €", "evian-leau-a-35"),
        ("Œuvre, Łódź, Đà Nẵng, Århus, Þór, ığdır", "oeuvre-lodz-da-nang-arhus-thor-igdir"),
        ("Straße", "strasse"),
        ("  --a--  ", "a"),
        ("a_b", "a_b"),
        ("_a_", "a"),
        ("Новости 24", "новости-24"),
        ("洪水 5", "洪水-5"),
        ("COVID-19 と東京", "covid-19"),
        ("ارتفاع الماء", "ارتفاع-الماء"),
        ("100 %", "100"),
        ("🌊", hashlib.sha256("🌊".encode()).hexdigest()[:8]),
        ("", hashlib.sha256(b"").hexdigest()[:8]),
        ("word " * 30, "-".join(["word"] * 16)),
        ("x" * 100, "x" * 80),
    ],
)
def test_address_is_readable_where_the_text_is(text, slug):
    assert slugs.make(text) == slug


@given(st.text(max_size=200))
def test_every_text_has_an_address_that_fits(text):
    slug = slugs.make(text)
    validate_unicode_slug(slug)
    assert 1 <= len(slug) <= slugs.LONGEST
    assert slugs.make(text) == slug


@pytest.mark.parametrize(
    ("slug", "number", "numbered"),
    [("flood", 2, "flood-2"), ("x" * 80, 10, "x" * 77 + "-10"), ("a" * 76 + "-bcd", 999, "a" * 76 + "-999")],
)
def test_numbered_address_fits_too(slug, number, numbered):
    assert slugs.numbered(slug, number) == numbered


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("The river rose in the night", ["river", "rose", "night"]),
        ("Sarn’s dyke, the Sarn's level", ["sarn", "dyke", "sarn", "level"]),
        ("L’eau qu’il a d’abord vue à l'école", ["eau", "abord", "vue", "école"]),
        ("Das Wasser über der Straße", ["wasser", "strasse"]),
        ("A b c 7", []),
        ("4.5 metres in 2026", ["metres", "2026"]),
        ("洪水が東京に", ["洪水が東京に"]),
        ("ВОДА поднялась", ["вода", "поднялась"]),
    ],
)
def test_terms_say_what_a_text_is_about(text, found):
    assert terms.of(text) == found


@given(st.text(max_size=200))
def test_terms_are_folded_words_of_more_than_one_letter(text):
    for term in terms.of(text):
        assert len(term) > 1
        assert term not in terms.STOP_WORDS
        assert re.fullmatch(r"[\w'’\u0300-\u036f]+", term)


def test_stop_words_are_folded_as_terms_are():
    assert {word for word in terms.STOP_WORDS if word.casefold() != word} == set()


@pytest.mark.parametrize(
    ("code", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("de", "ltr")]
)
def test_languages_run_in_their_direction(code, direction):
    assert languages.direction(code) == direction
    assert code in dict(languages.choices())


def test_every_language_is_offered_once():
    codes = [code for code, _ in languages.choices()]
    assert (len(codes) == len(set(codes)), max(map(len, codes)) <= 12) == (True, True)
