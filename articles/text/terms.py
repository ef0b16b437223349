"""The words of a text that say what it is about, weighted.

A term is a stem, a number, in scripts written without spaces a pair of neighbouring characters, or a pair of
neighbouring stems of a headline or a name.
"""

import math
import re
import unicodedata
import zlib
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from threading import Lock

import snowballstemmer

from articles.text.stop_words import EVERY, STOP_WORDS

# How much one occurrence counts, by where it stands. Found on labelled news; docs/related.md has the figures.
HEADLINE, STANDFIRST, HASHTAG, LEAD, REST = 4.0, 2.0, 3.0, 1.5, 1.0
LEAD_WORDS = 100
MOST_WORDS = 500  # of the body: what comes later in a news text is background
MOST_CHARACTERS = MOST_WORDS * 24  # more than any 500 words take
NAME_PAIR = 0.5  # what a pair of words counts that the text writes with a capital inside a sentence, of one of them

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}

# Languages that write every noun with a capital: it tells no names there.
CAPITALISED_NOUNS = {"de", "lb"}


def _marks():
    """Return the signs that stand above, below and beside letters, for a class of a pattern.

    To ``\\w`` they are no part of a word, and half of what Hindi or Tamil write are such signs. What only picks the
    look of a picture is none of them.
    """
    runs = []
    for code in range(0x300, 0x20000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc") and not 0xFE00 <= code <= 0xFE0F:
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)


# Letters and digits with their marks; inside a word also what joins letters or keeps them from joining, unseen. What
# follows the letters is compared with the marks only where it can be one: else the pattern takes twice as long.
WORD = re.compile(rf"\w+(?:[^\x00-\u02ff\w](?:(?<=[{_marks()}])\w*|(?<=[\u200c\u200d])\w+))*")
_MARK = re.compile(f"[{_marks()}]")

# Where a line may break, or must not: outlets set them inside words, each in other places, and nobody sees them.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SENTENCE_ENDS = re.compile('[.!?:\n"“”«»]')
_PAIR_BITS = 20  # pairs share this many numbers: their counts stay small, and a rare clash does no harm
_PAIRS = 1 << 30


def of(text, language="en"):
    """Return the terms of ``text`` in order, stemmed as ``language`` has it, without stop words."""
    return [term for term, _ in _marked(text, language)]


def weigh(*, headline, standfirst="", hashtags=(), body="", language="en"):
    """Return ``{term: weight}`` of a text: 1 and the logarithm of its occurrences, each counted by where it stands."""
    words, pairs = Counter(), Counter()
    _count(words, pairs, _marked(headline, language), HEADLINE, every_pair=True)
    _count(words, pairs, _marked(_apart(hashtags), language), HASHTAG)
    text = _marked(standfirst, language), _marked(head(body), language)[:MOST_WORDS]
    _count(words, pairs, text[0], STANDFIRST)
    _count(words, pairs, text[1][:LEAD_WORDS], LEAD)
    _count(words, pairs, text[1][LEAD_WORDS:], REST)
    weights = {term: 1 + math.log(count) for term, count in words.items()}
    return weights | {" ".join(pair): 1 + math.log(count) if count >= 1 else count for pair, count in pairs.items()}


def written(*texts, hashtags=(), language="en"):
    """Return ``{number: words}`` of the terms in ``texts``, single ones and pairs, as they are written there."""
    code, found, first = language.split("-")[0].lower(), {}, {}
    for text in [*texts, _apart(hashtags)]:
        previous = None
        for match, term, is_name in words(head(text), code):
            if term is None:
                found |= {number(pair): pair for pair in _pairs_of_signs(match[0])}
                continue
            is_sure = is_name or match[0].islower()  # with a capital at the head of a sentence it may be either
            (found if is_sure else first).setdefault(number(term), match[0] if is_sure else match[0].lower())
            if previous:
                found.setdefault(number(f"{previous[1]} {term}"), _both(previous[0], match))
            previous = match, term
    return first | found


@lru_cache(maxsize=4)  # a text is asked for its terms first, then for the names in it
def words(text, code):
    """Return (match, stem, whether written as a name) of each word; the stem is None in scripts without spaces."""
    return list(_read(text, code))


def seen(text):
    """Return ``text`` without the signs that nobody sees: outlets set them inside words, readers type none."""
    return _UNSEEN.sub("", text)


def find_whole(pattern, text):
    """Return the first match of ``pattern`` in ``text`` with no mark right before or after it, or None.

    For patterns that ask with ``\\w`` for whole words. Marks in each of them would take 10 ms to compile.
    """
    for match in pattern.finditer(text):
        is_tied = match.start() and _MARK.match(text, match.start() - 1)
        if not (is_tied or _MARK.match(text, match.end())):
            return match
    return None


def head(body):
    """Cut a long body where no more than the words that count can follow; a book costs no more than an article."""
    return body[:MOST_CHARACTERS]


def number(term):
    """Return the 31-bit number that stands for ``term`` in the index, the same on every machine and database."""
    hashed = zlib.crc32(term.encode("utf-8", "replace"))
    return _PAIRS | hashed >> (32 - _PAIR_BITS) if " " in term else hashed & (_PAIRS - 1) or 1


def stemmer(code):
    """Return what stems a folded word of the language ``code``; it leaves the word alone where none is known."""
    return _stem_with(STEMMERS[code]) if code in STEMMERS else _unstemmed


def _both(one, other):
    """Return two neighbouring words as they stand, with a hyphen or a small word between them."""
    between = one.string[one.end() : other.start()]
    return f"{one[0]}{between if len(between) < 5 and '.' not in between else ' '}{other[0]}".replace("\n", " ")


def _apart(hashtags):
    """Return the words that are run together in ``hashtags``."""
    return " ".join(_CAMEL.sub(" ", tag) for tag in hashtags)


def _pairs_of_signs(word):
    word = word.casefold()
    return [word[place : place + 2] for place in range(max(1, len(word) - 1))]


def _count(words, pairs, marked, weight, *, every_pair=False):
    for term, _ in marked:
        words[term] += weight
    for (one, is_name), (other, is_name_too) in pairwise(marked):
        if every_pair:
            pairs[one, other] += weight
        elif is_name and is_name_too:
            pairs[one, other] += NAME_PAIR * weight


def _marked(text, language):
    """Return (term, whether it is written as a name) of the words of ``text``."""
    marked = []
    for match, term, is_name in words(text, language.split("-")[0].lower()):
        if term is None:
            marked += [(pair, False) for pair in _pairs_of_signs(match[0])]
        else:
            marked.append((term, is_name))
    return marked


def _read(text, code):
    stem, stop_words = stemmer(code), STOP_WORDS.get(code, EVERY)
    end = 0
    for match in WORD.finditer(text := seen(unicodedata.normalize("NFKC", text))):
        is_first = end == 0 or _SENTENCE_ENDS.search(text, end, match.start()) is not None
        end = match.end()
        word = match[0].casefold()
        if _UNSPACED.search(word):
            yield match, None, False
        elif word not in stop_words and (len(word) > 1 or word.isdigit()):
            yield match, stem(word), match[0][0].isupper() and not is_first


@lru_cache
def _stem_with(algorithm):
    stemmer, one_at_a_time = snowballstemmer.stemmer(algorithm), Lock()

    @lru_cache(maxsize=200_000)
    def stem(word):
        with one_at_a_time:  # it works on the word inside itself: two threads would stem a mixture of theirs
            return stemmer.stemWord(word)

    return stem


def _unstemmed(word):
    return word
