"""Languages that a text can be in."""

import re
from collections import Counter
from functools import cache

from django.conf import global_settings

from articles.text.stop_words import STOP_WORDS

_WORD = re.compile(r"\w+", re.UNICODE)
LEAST_STOP_WORDS = 0.05  # of the words of a text: below this share no language is sure


def choices():
    """Return (code, name) of every language Django knows; a callable, so that no migration has to list them."""
    return list(global_settings.LANGUAGES)


def name(code):
    """Return the English name of the language ``code``, the code itself where nobody knows it."""
    return _names().get(code, code)


@cache
def _names():
    return dict(choices())


def direction(code):
    """Return "rtl" or "ltr"."""
    return "rtl" if code in global_settings.LANGUAGES_BIDI else "ltr"


def guess(text):
    """Return the code of the language whose small words ``text`` uses most, or "" where none is sure."""
    words = Counter(_WORD.findall(text[:4000].casefold()))
    common = {code: sum(words[word] for word in stop_words) for code, stop_words in STOP_WORDS.items()}
    best = max(common, key=lambda code: (common[code], code))
    return best if common[best] > LEAST_STOP_WORDS * sum(words.values()) else ""
