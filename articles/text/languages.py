"""Languages that a text can be in."""

import re
from collections import Counter

from django.conf import global_settings
from django.utils.translation import gettext

from articles.text.stop_words import STOP_WORDS

_WORD = re.compile(r"\w+", re.UNICODE)
_NAMES = dict(global_settings.LANGUAGES)
LEAST_STOP_WORDS = 0.05  # of the words of a text: below this share no language is sure


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
    """Return the code of the language whose small words ``text`` uses most, or "" where none is sure."""
    words = Counter(_WORD.findall(text[:4000].casefold()))
    common = {code: sum(words[word] for word in stop_words) for code, stop_words in STOP_WORDS.items()}
    best = max(common, key=lambda code: (common[code], code))
    return best if common[best] > LEAST_STOP_WORDS * sum(words.values()) else ""
