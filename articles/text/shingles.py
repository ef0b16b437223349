"""Tell how much of one text is also in another, without reading both again.

One-permutation MinHash (Li, Owen and Zhang, 2012): every run of five words is hashed once; the hash's high bits choose
one of SIZE bins, and each bin keeps its smallest value. The share of equal bins of two signatures estimates the Jaccard
similarity of their sets of runs, with a standard error of at most 0.0625. An empty bin, as short texts have them, takes
the value of the next full one (Shrivastava and Li, 2014).
"""

import re
import struct
import zlib

RUN = 5  # words
SIZE = 64  # bins of a signature, two bytes each
MOST_WORDS = 600
LEAST_WORDS = 25  # "This is a developing story." twice does not make two texts the same
_WORD = re.compile(r"\w+", re.UNICODE)
_LAYOUT = struct.Struct(f"<{SIZE}H")


def sign(text):
    """Return the signature of ``text``, 128 bytes; empty for a text too short to be told from another."""
    words = _WORD.findall(text[: MOST_WORDS * 24].casefold())[:MOST_WORDS]
    if len(words) < LEAST_WORDS:
        return b""
    bins = [None] * SIZE
    for place in range(len(words) - RUN + 1):
        hashed = zlib.crc32(" ".join(words[place : place + RUN]).encode("utf-8", "replace"))
        chosen, value = hashed >> 26, hashed >> 10 & 0xFFFF
        if bins[chosen] is None or value < bins[chosen]:
            bins[chosen] = value
    return _LAYOUT.pack(*_filled(bins))


def likeness(one, other):
    """Estimate from two signatures the share of runs that two texts have in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    pairs = zip(_LAYOUT.unpack(one), _LAYOUT.unpack(other), strict=True)
    return sum(mine == theirs for mine, theirs in pairs) / SIZE


def _filled(bins):
    following = next(value for value in bins if value is not None)
    for place in range(SIZE - 1, -1, -1):
        if bins[place] is None:
            bins[place] = following
        following = bins[place]
    return bins
