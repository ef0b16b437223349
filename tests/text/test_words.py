"""Slugs, terms and languages: what a text is called and what it is about."""

import hashlib
import re
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer
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
    ("text", "language", "found"),
    [
        ("", "en", []),
        ("The river rose in the night", "en", ["river", "rose", "night"]),
        ("Sarn’s dyke, the Sarn's level", "en", ["sarn", "dyke", "sarn", "level"]),
        ("L’eau qu’il a d’abord vue à l'école", "fr", ["eau", "abord", "vu", "écol"]),
        ("Das Wasser über der Straße", "de", ["wass", "strass"]),
        ("A b c 7", "en", ["7"]),
        ("4.5 metres in 2026", "en", ["4", "5", "metr", "2026"]),
        ("洪水が東京に", "ja", ["洪水", "水が", "が東", "東京", "京に"]),
        ("ВОДА поднялась", "ru", ["вод", "подня"]),
        ("Vandenyje namai", "xx", ["vandenyje", "namai"]),
        ("ﬁre １２", "xx", ["fire", "12"]),
    ],
)
def test_terms_say_what_a_text_is_about(text, language, found):
    assert terms.of(text, language) == found


JOINED = r"[\w\u200c\u200d]"  # what words are made of, beside marks


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "ja", "xx"]))
def test_terms_are_folded_and_no_stop_words(text, language):
    for term in terms.of(text, language):
        assert term == term.casefold() or language == "xx"
        assert term
        assert [sign for sign in term if not (unicodedata.category(sign)[0] == "M" or re.match(JOINED, sign))] == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_text_can_be_weighed_and_numbered(headline, body):
    weighed = terms.weigh(headline=headline, hashtags=[body[:20]], body=body)
    assert all(weight > 0 for weight in weighed.values())
    assert all(0 < terms.number(term) < 2**31 for term in weighed)


def test_every_language_that_has_a_stemmer_is_stemmed():
    assert {code: terms.of("vandring", code) for code in terms.STEMMERS}.keys() == terms.STEMMERS.keys()


def test_headline_weighs_more_than_the_body_and_names_in_a_row_are_a_term():
    weighed = terms.weigh(
        headline="Sarn rises", body="The meadow is wet. We met Ines Kolar there, and a neighbour too."
    )
    assert weighed["sarn"] > weighed["kolar"] > weighed["ine kolar"]
    assert ("sarn rise" in weighed, "neighbour too" in weighed) == (True, False)


def test_terms_are_given_as_they_are_written():
    texts = (
        "Apologised the Council?",
        "It apologised to Ines Kolar of the Port Authority. Floods; no flooding.",
    )
    found = terms.written(*texts, hashtags=["LowerSarn"])
    assert [found[terms.number(term)] for term in ("apologis", "council", "ine kolar", "port author", "flood")] == [
        "apologised",
        "Council",
        "Ines Kolar",
        "Port Authority",
        "flooding",
    ]
    assert found[terms.number("sarn")] == "Sarn"
    assert terms.written("堤防が", language="ja")[terms.number("堤防")] == "堤防"


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("दिल्ली में बाढ़ से चालीस मकान", "", ["दिल्ली", "में", "बाढ़", "से", "चालीस", "मकान"]),
        ("சென்னையில் வெள்ளம்", "", ["சென்னையில்", "வெள்ளம்"]),
        ("ঢাকায় বন্যা", "", ["ঢাকায়", "বন্যা"]),
        ("హైదరాబాద్\u200cలో వరదలు", "", ["హైదరాబాద్\u200cలో", "వరదలు"]),
        ("नेपालमा बाढी", "", ["नेपालमा", "बाढी"]),
        ("بَيْتٌ كَبِيرٌ", "", ["بَيْتٌ", "كَبِيرٌ"]),
        ("น้ำ", "th", ["น้", "้ํ", "ํา"]),
        ("A heart ❤\ufe0f and 1\ufe0f\u20e3, not\u200c more’s", "", ["heart", "1"]),
    ],
    ids=["Hindi", "Tamil", "Bengali", "Telugu", "Nepali", "Arabic with vowels", "Thai", "pictures"],
)
def test_words_keep_the_marks_that_belong_to_their_letters(text, language, found):
    assert terms.of(text, language) == [unicodedata.normalize("NFKC", word) for word in found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The dyke broke, and the water came over it at night.", "en"),
        ("दिल्ली में बाढ़ से चालीस मकान डूबे हैं", "hi"),
        ("काठमाडौंमा बाढी आएको छ", "ne"),
        ("नदीला पूर आला आहे", "mr"),
        ("சென்னையில் வெள்ளம்", "ta"),
        ("ঢাকায় বন্যা", "bn"),
        ("กรุงเทพน้ำท่วม", "th"),
        ("서울에서 홍수가 났다", "ko"),
        ("שיטפון בתל אביב", "he"),
        ("Η πλημμύρα στην Αθήνα", "el"),
        ("サーン川の堤防がオタリーで決壊", "ja"),
        ("萨恩河堤坝在奥特里决口，这是他们说的", "zh-hans"),
        ("這個國家的人們說", "zh-hant"),
        ("Seoul (서울) was flooded, and the water is still in the streets.", "en"),
        ("Наводнение", ""),
        ("7 — 🌊", ""),
        ("", ""),
    ],
)
def test_language_is_told_by_its_script_or_its_small_words(text, language):
    assert languages.guess(text) == language


def test_every_language_that_is_guessed_can_be_chosen():
    assert {*languages._SCRIPTS, "ne", "mr", "zh-hant"} <= dict(languages.choices()).keys()


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


def test_words_stemmed_in_many_threads_at_once_are_stemmed_as_one_by_one():
    beginnings, ends = (
        ("angl", "fortif", "contribut", "hopp", "rel"),
        ("ying", "ies", "edly", "ers", "ational", "iveness"),
    )
    words = [f"{letter}{beginning}{end}" for letter in "bcdfg" for beginning in beginnings for end in ends]
    alone = snowballstemmer.stemmer("english")
    right, pause = [alone.stemWord(word) for word in words], sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            terms._stem_with.cache_clear()
            with ThreadPoolExecutor(8) as threads:
                assert list(threads.map(terms.stemmer("en"), words)) == right
    finally:
        sys.setswitchinterval(pause)
