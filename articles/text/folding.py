"""Words as they are meant, however they are written: for lists of words and for finding the same text again.

Letters that look alike are taken for one another (Unicode TR 39 has the idea; the table here holds the letters of
Cyrillic, Greek and Armenian that pass for Latin ones), marks and what shows nothing are dropped, and so are the dots
between single letters. A word is compared whole: "Scunthorpe" holds no other word.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans(
    "аеорсухіјѕԁһѡԛԝвкмнтгпαεορυνικτηχγօսոհցıłøđħ",
    "aeopcyxijsdhwqwbkmhtrnaeopuviktnxyouohgilodh",
)
_DIGITS = str.maketrans("01345789@$!|l", "oieastbgasiii")  # i, l, 1 and the like are one letter
# Whole sentences in one character: they hide no word, and taken apart a comment of them were eighteen times as long.
_SENTENCES = str.maketrans("\ufdfa\ufdfb", "  ")
_WORD = re.compile(r"\$?[^\W_]+(?:[@$!|*'’][^\W_]+)*")
_SPELT = re.compile(r"(?<![\w'’])[^\W_](?:[ ._*\-|/]{1,2}[^\W_]){2,}(?![\w'’])")
_SEPARATORS = re.compile(r"[ ._*\-|/]")


@lru_cache(maxsize=8192)  # words come again and again
def fold(word):
    """Return the form in which all ways to write ``word`` are one: "Vіаgrа" and "V1AGRA" are both "viagra"."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Me", "Cf"}).translate(_ALIKE)
    if any(c.isalpha() for c in plain):  # a number by itself is a number
        plain = plain.translate(_DIGITS)
    return "".join(c for c in plain if c.isalnum())


@lru_cache(maxsize=16)  # one comment is held against several lists, one after the other
def words(text):
    """Return the words of ``text`` in order, each as (folded, as written); letters spelt one by one are one word."""
    text = unicodedata.normalize("NFKC", text.translate(_SENTENCES))
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return tuple((folded, written) for folded, written, *_ in _placed(text))


def find(phrases, text):
    """Return those of ``phrases`` that ``text`` holds, as {phrase: as written there}.

    A phrase is one word or several in a row. One pass over the text, whatever the number of phrases.
    """
    wanted = {}
    for phrase in phrases:
        wanted.setdefault(_key_of(phrase), []).append(phrase)
    wanted.pop((), None)
    if not wanted:
        return {}
    lengths = sorted({len(key) for key in wanted})
    there, found = words(text), {}
    for start in range(len(there)):
        for length in lengths:
            key = tuple(folded for folded, _ in there[start : start + length])
            for phrase in wanted.get(key, ()):
                found.setdefault(phrase, " ".join(written for _, written in there[start : start + length]))
    return found


@lru_cache(maxsize=4096)  # names of outlets, which the name over each comment is held against
def looks(text):
    """Return the words of ``text`` as they look at a glance, where "rn" is an m: for names that pass for another."""
    return tuple(folded.replace("rn", "m").replace("vv", "w") for folded, _ in words(text))


def mark(phrases, text):
    """Return ``text`` in pieces, each as (piece, whether it is one of ``phrases``); put together they are the text."""
    pieces, end = [], 0
    for start, stop in _spans(phrases, text):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def key(text):
    """Return ``text`` reduced to its folded words: the same for texts that differ in spelling tricks alone."""
    return " ".join(folded for folded, _ in words(text))


def digest(text):
    """Return a short name for the folded words of ``text``, "" where it has none."""
    folded = key(text)
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest() if folded else ""


def _spans(phrases, text):
    wanted = {_key_of(phrase) for phrase in phrases} - {()}
    lengths = sorted({len(key) for key in wanted})
    plain, places = _plain(text)
    there, found = _placed(plain), []
    for first in range(len(there)):
        for length in lengths:
            run = there[first : first + length]
            if tuple(folded for folded, *_ in run) in wanted:
                found.append((places[run[0][2]], places[run[-1][3] - 1] + 1))
    return _joined(found)


@lru_cache(maxsize=4096)  # phrases of lists, which each comment is held against
def _key_of(phrase):
    return tuple(folded for folded, _ in words(phrase))


def _placed(text):
    """Return the words of ``text``, in which nothing is hidden, each as (folded, as written, start, end)."""
    found, end = [], 0
    for spelt in _SPELT.finditer(text):
        found += _words_in(text, end, spelt.start())
        found.append((fold(_SEPARATORS.sub("", spelt[0])), spelt[0], spelt.start(), spelt.end()))
        end = spelt.end()
    return [word for word in found + _words_in(text, end, len(text)) if word[0]]


def _words_in(text, start, end):
    return [(fold(match[0]), match[0], match.start(), match.end()) for match in _WORD.finditer(text, start, end)]


def _plain(text):
    """Return ``text`` as it is compared, and for each of its characters the place that it has in ``text``."""
    shown = [
        (plain, place)
        for place, character in enumerate(text.translate(_SENTENCES))
        for plain in unicodedata.normalize("NFKC", character)
        if unicodedata.category(plain) != "Cf"
    ]
    return "".join(plain for plain, _ in shown), [place for _, place in shown]


def _joined(spans):
    """Return ``spans`` in order, those that overlap as one."""
    joined = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
