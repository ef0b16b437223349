"""Languages that a text can be in."""

from collections import Counter

from django.conf import global_settings
from django.utils.translation import gettext

from articles.text.stop_words import STOP_WORDS
from articles.text.terms import WORD

_NAMES = dict(global_settings.LANGUAGES)
LEAST_STOP_WORDS = 0.05  # of the words of a text: below this share no language is sure
READ = 4000  # characters of a text that are looked at
# The first and the last letter of scripts that tell the language, or the one of theirs that most news is written in.
_SCRIPTS = {
    "el": ("\u0370", "\u03ff"),
    "hy": ("\u0530", "\u058f"),
    "he": ("\u0590", "\u05ff"),
    "hi": ("\u0900", "\u097f"),
    "bn": ("\u0980", "\u09ff"),
    "pa": ("\u0a00", "\u0a7f"),
    "ta": ("\u0b80", "\u0bff"),
    "te": ("\u0c00", "\u0c7f"),
    "kn": ("\u0c80", "\u0cff"),
    "ml": ("\u0d00", "\u0d7f"),
    "th": ("\u0e00", "\u0e7f"),
    "my": ("\u1000", "\u109f"),
    "ka": ("\u10a0", "\u10ff"),
    "km": ("\u1780", "\u17ff"),
    "ja": ("\u3040", "\u30ff"),
    "zh-hans": ("\u4e00", "\u9fff"),
    "ko": ("\uac00", "\ud7a3"),
}
_KANA = 0.1  # of the letters of Japanese; the rest may be Chinese signs
# Endings and small words that tell the languages of one script apart, and the signs that only one way of writing has.
_NEPALI, _MARATHI = ("छ", "छन्", "पनि", "थियो"), ("आहे", "आणि", "आहेत", "होते")
_TRADITIONAL, _SIMPLIFIED = "這個們國說時會來對後發學與從過", "这个们国说时会来对后发学与从过"


def choices():
    """Return (code, name) of every language Django knows; a callable, so that no migration has to list them."""
    return list(global_settings.LANGUAGES)


def name(code):
    """Return the name of a language in the language of the page: "German", "Deutsch"."""
    return gettext(_NAMES.get(code, code))


def direction(code):
    """Return "rtl" or "ltr"."""
    return "rtl" if code in global_settings.LANGUAGES_BIDI else "ltr"


def guess(text):
    """Return the code of the language ``text`` is in, or "" where none is sure.

    A script that one language has tells it, else the small words that the text uses most.
    """
    text = text[:READ]
    if code := _by_script(text):
        return code
    words = Counter(WORD.findall(text.casefold()))
    common = {code: sum(words[word] for word in stop_words) for code, stop_words in STOP_WORDS.items()}
    best = max(common, key=lambda code: (common[code], code))
    return best if common[best] > LEAST_STOP_WORDS * sum(words.values()) else ""


def _by_script(text):
    """Return the language in whose script most letters of ``text`` are, or "" where it is another."""
    signs = [sign for sign in text if sign.isalpha() and sign > "\u036f"]
    letters = sum(map(str.isalpha, text))
    if 2 * len(signs) <= letters:
        return ""
    found = Counter({code: sum(first <= sign <= last for sign in signs) for code, (first, last) in _SCRIPTS.items()})
    if found["ja"] > _KANA * letters:
        return "ja"
    (code, number), *_ = found.most_common(1)
    return _among_its_script(code, text) if 2 * number > letters else ""


def _among_its_script(code, text):
    if code == "hi":
        words = Counter(WORD.findall(text))
        said = {"hi": 0, "ne": sum(words[word] for word in _NEPALI), "mr": sum(words[word] for word in _MARATHI)}
        return max(said, key=said.get)
    if code == "zh-hans" and sum(map(text.count, _TRADITIONAL)) > sum(map(text.count, _SIMPLIFIED)):
        return "zh-hant"
    return code
