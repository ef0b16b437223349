"""Tell how much of one text is also in another, without reading both again.

One-permutation MinHash (Li, Owen and Zhang, 2012): every run of five words is hashed once; the hash's high bits choose
one of SIZE bins, and each bin keeps its smallest value. The share of equal bins of two signatures estimates the Jaccard
similarity of their sets of runs, with a standard error of at most 0.0625. An empty bin, as short texts have them, takes
the value of the next full one (Shrivastava and Li, 2014). Where words are written without spaces between them, ten
characters are a run.

Texts that have much in common agree in all bins of a band at least once (Indyk and Motwani, 1998): by its bands a text
is found among all others.
"""

import re
import struct
import unicodedata
import zlib
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from articles.text.terms import seen

RUN = 5  # words
RUN_OF_CHARACTERS = 10  # as much text as five words of Chinese, most of which have two characters
SIZE = 64  # bins of a signature, two bytes each
MOST_WORDS = 600
LEAST_WORDS = 25  # "This is a developing story." twice does not make two texts the same
# Of texts that share 0.6 of their runs 98 % agree in one of 16 bands of three bins at least, of 0.8 all but one in
# ten thousand; of those that share 0.1, as reports of one event do, 2 %. Bands of four would miss one in nine at 0.6.
BANDS, BINS_OF_A_BAND = 16, 3
_LAYOUT = struct.Struct(f"<{SIZE}H")
_APART = SIZE * 2 // BANDS  # bytes from one band to the next
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)


def sign(text):
    """Return the signature of ``text``, 128 bytes; empty for a text too short to be told from another."""
    bins = [None] * SIZE
    text = seen(unicodedata.normalize("NFKC", text[: MOST_WORDS * 24]))
    for run in (runs := _runs(text.casefold())):
        hashed = zlib.crc32(run.encode("utf-8", "replace"))
        chosen, value = hashed >> 26, hashed >> 10 & 0xFFFF
        if bins[chosen] is None or value < bins[chosen]:
            bins[chosen] = value
    return _LAYOUT.pack(*_filled(bins)) if runs else b""


def likeness(one, other):
    """Estimate from two signatures the share of runs that two texts have in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    pairs = zip(_LAYOUT.unpack(one), _LAYOUT.unpack(other), strict=True)
    return sum(mine == theirs for mine, theirs in pairs) / SIZE


def bands(signature):
    """Return (bucket, check) of each band, 15 and 16 bits: texts that agree in both agree in the bins of the band."""
    if not signature:
        return []
    length, signature = BINS_OF_A_BAND * 2, bytes(signature)
    hashed = [zlib.crc32(signature[band * _APART : band * _APART + length], band) for band in range(BANDS)]
    return [(number >> 17, number & 0xFFFF) for number in hashed]


def _runs(text):
    """Return the runs of ``text``: of words, and of characters where these stand without spaces between them."""
    if _UNSPACED.search(text):
        return _mixed_runs(_words().findall(_UNSPACED.sub(r" \1 ", text)))
    words = _words().findall(text)[:MOST_WORDS]
    return [" ".join(words[place : place + RUN]) for place in _places(words, RUN) if len(words) >= LEAST_WORDS]


def _mixed_runs(units):
    lengths = [RUN_OF_CHARACTERS if _UNSPACED.match(unit) else RUN for unit in units]
    read = list(accumulate(RUN / length for length in lengths))  # as words
    units = units[: bisect_right(read, MOST_WORDS)]
    if not units or read[len(units) - 1] < LEAST_WORDS:
        return []
    return [
        " ".join(units[place : place + length])
        for place, length in zip(_places(units, RUN), lengths, strict=False)
        if place + length <= len(units)
    ]


def _places(units, length):
    return range(len(units) - length + 1)


@lru_cache
def _words():
    r"""Return what finds words: letters, digits and the marks that belong to letters, which \w leaves out."""
    marks = "".join(chr(code) for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M")
    return re.compile(rf"[\w\u200c\u200d{marks}]+")


def _filled(bins):
    following = next(value for value in bins if value is not None)
    for place in range(SIZE - 1, -1, -1):
        if bins[place] is None:
            bins[place] = following
        following = bins[place]
    return bins
