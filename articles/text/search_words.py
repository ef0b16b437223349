"""Words as a search compares them: folded, stemmed, and in scripts without spaces taken apart into pairs.

A text is prepared here, in Python, so that every database holds the same words and none has to know a language.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from articles.text import terms
from articles.text.stop_words import EVERY, STOP_WORDS

LONGEST = 40  # letters of a word; what is longer is cut, in texts and in questions alike
BOUNDARY = "¦"  # stands between two names, so that no phrase reaches from one into the next
AS_WRITTEN = "«"  # before a word that is not stemmed, for who asks for it in quotes; no word begins so

# With marks, and with what joins letters or keeps them from joining, unseen: Persian and Hindi write it inside words.
_WORD = re.compile(
    r"[^\W_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff]+[^\W_]*|[\u200c\u200d]+[^\W_]+)*"
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
# Thai and its neighbours write vowels above and below, which are no letters to a pattern; they are letters of a run.
_PART = re.compile(f"{_UNSPACED.pattern}|{_WORD.pattern}")
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h"}
    | dict.fromkeys("\u200c\u200d", "")  # one writer sets them, another leaves them out
)
_CAMEL = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\d)(?=[^\W\d_])")


def fold(word):
    """Return ``word`` without capitals and accents: "Szórádi" and "szoradi" are one."""
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_PLAIN)
    kept = []
    for character in plain:
        # Accents go; the breve that makes й of и, and the vowel signs of India, make another letter and stay.
        if not _is_accent(character) or (character == "\u0306" and kept and "\u0400" <= kept[-1] <= "\u04ff"):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))[:LONGEST]


def tokens(text, language):
    """Return the words of ``text`` in their order, as they are compared, stemmed as ``language`` has it."""
    code, found = _code(language), []
    for word in _PART.findall(terms.seen(text)):
        found += _compared(word, code)
    return found


def names(*texts):
    """Return the words of names, not stemmed, with a boundary between two names."""
    found = []
    for text in texts:
        found += [*tokens(text, ""), BOUNDARY]
    return found


def hashtag(name, language):
    """Return the words of a hashtag: run together, as it is written, and one by one."""
    name = terms.seen(name)
    joined = fold("".join(_PART.findall(name)))
    parts = tokens(_CAMEL.sub(" ", name), language)
    return [joined, BOUNDARY, *(part for part in [*parts, BOUNDARY] if parts != [joined])]


def as_written(words):
    """Return ``words`` that are not stemmed as they are told from those that are.

    Scripts without spaces know no stems: what is asked for in them is found among the others.
    """
    marked = (BOUNDARY if word == BOUNDARY or is_unspaced(word) else f"{AS_WRITTEN}{word}" for word in words)
    return [word for word, run in groupby(marked) for word in ([word] if word == BOUNDARY else run)]


def in_a_row(compared, written):
    """Return words as one text in which no phrase reaches from those that are compared into those as written."""
    return " ".join([*compared, BOUNDARY, *written] if written else compared)


def alternatives(text, languages):
    """Return each way in which a text in one of ``languages`` may hold ``text``: tuples of words in a row."""
    text = _UNSPACED.sub(lambda run: f" {run[0]} ", text)
    ways = [tuple(_asked(text, language)) for language in ("", *languages)]
    return tuple(dict.fromkeys(way for way in ways if way))


def quoted(text):
    """Return the one way in which a text holds ``text`` word for word; none where a script has no words for that."""
    words = tokens(text, "")
    return () if not words or any(map(is_unspaced, words)) else (tuple(as_written(words)),)


def without_mark(words):
    """Return ``words`` without what tells those that are not stemmed."""
    return tuple(word.removeprefix(AS_WRITTEN) for word in words)


def places(text, language, start=0):
    """Yield (start, end, word as it is compared) of each word of ``text``, as it is seen, from ``start`` on."""
    code = _code(language)
    for match in _PART.finditer(text, start):
        yield from _places_of(match, code)


def places_of(wanted, text, language, unwanted):
    """Yield like `places` those words alone that are ``wanted``, a test of words as they are compared.

    ``unwanted`` is a set of words as they are written that are not wanted, and grows: a text repeats other texts, and
    hardly a word of it is wanted.
    """
    code = _code(language)
    for match in _PART.finditer(text):
        written = match[0]
        if written in unwanted:
            continue
        if any(map(wanted, _compared(written, code))):
            yield from (place for place in _places_of(match, code) if wanted(place[2]))
        else:
            unwanted.add(written)


def vocabulary(text):
    """Return the different words of ``text`` as they are written, without capitals: what may be suggested."""
    found = {word.lower() for word in set(_PART.findall(terms.seen(text)))}
    return {word for word in found if 4 <= len(word) <= 30 and not word[0].isdigit() and not is_unspaced(word)}


def is_small(word, languages):
    """Tell whether ``word`` is one that every text in one of ``languages`` has."""
    return any(word.casefold() in STOP_WORDS.get(_code(language), EVERY) for language in languages or ("en",))


def is_unspaced(word):
    """Tell whether ``word`` begins in a script that is written without spaces."""
    return _UNSPACED.match(word) is not None


def _asked(text, language):
    """Return the words of a question.

    The last character of a run is looked for with the one before it, and by itself where a word follows.
    """
    stem, words = terms.stemmer(_code(language)), _PART.findall(text)
    found = []
    for word in words:
        found += _pairs(word) if is_unspaced(word) else [stem(fold(word))]
    return found[:-1] if words and is_unspaced(words[-1]) and len(words[-1]) > 1 else found


def _places_of(match, code):
    start, compared = match.start(), _compared(match[0], code)
    if len(compared) == 1:
        return [(start, match.end(), compared[0])]
    # the pairs of a run, in a script without spaces
    return [(place, place + len(pair), pair) for place, pair in enumerate(compared, start)]


@lru_cache(maxsize=100_000)
def _compared(word, code):
    return tuple(_pairs(word)) if is_unspaced(word) else (terms.stemmer(code)(fold(word)),)


def _is_accent(character):
    return "\u0300" <= character <= "\u036f" or "\u0591" <= character <= "\u05c7" or "\u064b" <= character <= "\u0670"


def _pairs(run):
    """Return the pairs of neighbouring characters, and the last character by itself: it is found alone as well."""
    return [run[place : place + 2] for place in range(len(run))]


def _code(language):
    return language.split("-")[0].lower()
