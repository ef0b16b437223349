"""Words as they are meant, however they are written: for lists of words and for finding the same text again.

Letters that look alike are taken for one another (Unicode TR 39 has the idea; the table here holds the letters of
Cyrillic, Greek and Armenian that pass for Latin ones), marks and what shows nothing are dropped, and so are the dots
between single letters. A word is compared whole: "Scunthorpe" holds no other word.
"""

import hashlib
import re
import unicodedata

_ALIKE = str.maketrans(
    "аеорсухіјѕԁһѡԛԝвкмнтгпαεορυνικτηχγօսոհցıłøđħ",
    "aeopcyxijsdhwqwbkmhtrnaeopuviktnxyouohgilodh",
)
_DIGITS = str.maketrans("01345789@$!|l", "oieastbgasiii")  # i, l, 1 and the like are one letter
_WORD = re.compile(r"\$?[^\W_]+(?:[@$!|*'’][^\W_]+)*")
_SPELT = re.compile(r"(?<![\w'’])[^\W_](?:[ ._*\-|/]{1,2}[^\W_]){2,}(?![\w'’])")
_SEPARATORS = re.compile(r"[ ._*\-|/]")


def fold(word):
    """Return the form in which all ways to write ``word`` are one: "Vіаgrа" and "V1AGRA" are both "viagra"."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Me", "Cf"}).translate(_ALIKE)
    if any(c.isalpha() for c in plain):  # a number by itself is a number
        plain = plain.translate(_DIGITS)
    return "".join(c for c in plain if c.isalnum())


def words(text):
    """Return the words of ``text`` in order, each as (folded, as written); letters spelt one by one are one word."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    found, end = [], 0
    for spelt in _SPELT.finditer(text):
        found += _words_in(text[end : spelt.start()])
        found.append((fold(_SEPARATORS.sub("", spelt[0])), spelt[0]))
        end = spelt.end()
    return [(folded, written) for folded, written in found + _words_in(text[end:]) if folded]


def find(phrases, text):
    """Return those of ``phrases`` that ``text`` holds, as {phrase: as written there}.

    A phrase is one word or several in a row. One pass over the text, whatever the number of phrases.
    """
    wanted = {}
    for phrase in phrases:
        wanted.setdefault(tuple(folded for folded, _ in words(phrase)), []).append(phrase)
    wanted.pop((), None)
    lengths = sorted({len(key) for key in wanted})
    there, found = words(text), {}
    for start in range(len(there)):
        for length in lengths:
            key = tuple(folded for folded, _ in there[start : start + length])
            for phrase in wanted.get(key, ()):
                found.setdefault(phrase, " ".join(written for _, written in there[start : start + length]))
    return found


def key(text):
    """Return ``text`` reduced to its folded words: the same for texts that differ in spelling tricks alone."""
    return " ".join(folded for folded, _ in words(text))


def digest(text):
    """Return a short name for the folded words of ``text``, "" where it has none."""
    folded = key(text)
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest() if folded else ""


def _words_in(text):
    return [(fold(match[0]), match[0]) for match in _WORD.finditer(text)]
