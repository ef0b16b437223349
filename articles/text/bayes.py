"""Tell from the words of a text how much it is like texts of two kinds, without keeping the texts.

Words count by a digest of their folded form. The chances of single words are put together by Fisher's method, after
Robinson, "A statistical approach to the spam problem", Linux Journal 107 (2003): many faint signs count for something,
and one word alone settles nothing.
"""

import hashlib
import math

from articles.text import folding

SHORTEST, LONGEST, MOST_WORDS = 3, 24, 120  # letters of a word; words of a text, from its start
TELLING = 20  # words that are weighed: those furthest from even
EVEN, STRENGTH = 0.5, 1.0  # what is thought of a word nobody has seen, and how many sightings that thought is worth


def keys(text):
    """Return {digest of a word, a number below 2**63: the word as written}."""
    found = {}
    for folded, written in folding.words(text):
        if SHORTEST <= len(folded) <= LONGEST and len(found) < MOST_WORDS:
            digest = hashlib.blake2b(folded.encode(), digest_size=8).digest()
            found.setdefault(int.from_bytes(digest) >> 1 or 1, written)
    return found


def chance(good, bad, *, all_good, all_bad):
    """Return the chance from 0 to 1 that a text with a word is bad, from the numbers of texts that had it."""
    in_good, in_bad = good / all_good, bad / all_bad
    seen = good + bad
    observed = in_bad / (in_good + in_bad) if seen else EVEN
    return (STRENGTH * EVEN + seen * observed) / (STRENGTH + seen)


def badness(chances):
    """Return how bad a text is, from 0 to 1, by the ``chances`` of its words; 0.5 where they say nothing."""
    telling = sorted(chances, key=lambda one: -abs(one - EVEN))[:TELLING]
    if not telling:
        return EVEN
    bad = _fisher([1 - one for one in telling])
    good = _fisher(telling)
    return (1 + good - bad) / 2


def _fisher(chances):
    """Return the chance of a chi-square this large by luck, for the product of ``chances``."""
    half = -sum(math.log(one) for one in chances)
    term = total = math.exp(-half)
    for step in range(1, len(chances)):
        term *= half / step
        total += term
    return min(1.0, total)
