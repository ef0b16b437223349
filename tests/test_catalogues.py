"""Every word of the readers' site is marked for translation, and every catalogue has it."""

import gettext
import re
from html.parser import HTMLParser

import pytest

from articles.text import calendar
from tests import catalogues
from tests.catalogues import LANGUAGES, SPOKEN, SPOKEN_FOR_IT

# --- the catalogues -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_every_word_of_the_source_and_no_other(language):
    assert {entry.words for entry in catalogues.entries(language)} == catalogues.in_source()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_leaves_nothing_open(language):
    unsure = [entry.words.text for entry in catalogues.entries(language) if entry.is_fuzzy or not all(entry.said)]
    assert unsure == []


def slots(words):
    """Return what has to stand in a translation as it does in the source."""
    return sorted(re.findall(r"%\(\w+\)s|%s|\{\w*\}|</?\w+[^>]*>|https?:\S+", words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_keeps_what_is_filled_in(language):
    differing = []
    for entry in catalogues.entries(language):
        wanted = slots(entry.words.plural or entry.words.text)
        *some, last = entry.said
        # "a day" need not say the number; the form for many does.
        if slots(last) != wanted or any(not set(slots(said)) <= set(wanted) for said in some):
            differing.append(entry.words.text)
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_date_keeps_its_parts(language):
    dates = [entry for entry in catalogues.entries(language) if entry.words.context == "date format"]
    assert len(dates) == len(calendar.FORMS)
    for entry in dates:
        assert set(re.sub(r"\\.", "", entry.said[0])) >= set(re.findall("[A-Za-z]", entry.words.text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_programs_read_was_made_of_this_catalogue(language):
    with (catalogues.LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        made = gettext.GNUTranslations(file)
    for entry in catalogues.entries(language):
        words = entry.words
        if words.plural:
            assert {made.ngettext(words.text, words.plural, number) for number in range(200)} == set(entry.said)
        elif words.context:
            assert made.pgettext(words.context, words.text) == entry.said[0]
        else:
            assert made.gettext(words.text) == entry.said[0]


# --- what is marked -------------------------------------------------------------------------------------------------


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.is_data = [], False

    def handle_starttag(self, tag, attrs):
        self.is_data = tag == "script"
        spoken = SPOKEN | SPOKEN_FOR_IT | ({"content"} if ("name", "description") in attrs else set())
        self.found += [value or "" for name, value in attrs if name in spoken]

    def handle_data(self, data):
        self.found += [] if self.is_data else [data]


NOT_WORDS = {"UTF-8", "Atom", "RSS", "JSON", " (Atom)", " (RSS)", " (JSON)"}


@pytest.mark.parametrize("path", catalogues.templates(), ids=lambda path: path.name)
def test_template_marks_all_its_words(path):
    words = _Words()
    words.feed(re.sub(r"<\?xml[^>]*>", "", catalogues.bare(path)))
    found = {word.replace("x0", "") for word in words.found} - NOT_WORDS
    if path.name == "_talk_words.html":  # attributes, without an element around them
        found = {re.sub(r'[\w-]+="x0"|x0', "", word) for word in words.found}
    assert [word for word in found if re.search("[^\\W\\d_]{2}", word)] == []


def test_scripts_have_no_words_of_their_own():
    folder = catalogues.ROOT / "articles" / "static" / "articles" / "js"
    shown = r"(?:\b(?:say|button)\(|toggle\(\[|textContent = |\"aria-label\", )[\"`][^\"`]*[A-Za-z]{2}"
    found = {path.name: re.findall(shown, path.read_text(encoding="utf-8")) for path in folder.glob("*.js")}
    assert found == {path.name: [] for path in folder.glob("*.js")}
