"""How well two articles belong together: likeness of terms and meaning, freshness, and variety over outlets.

The constants were found on labelled news; docs/related.md has the figures.
"""

import math
import struct
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest

from articles.models import Article, TermVector, prepared
from articles.related import embeddings, rows
from articles.text import shingles

FLOOR = 0.35  # what an old article keeps of its likeness: long stories have early chapters
UNDATED = 0.65  # freshness where the outlet gave no date
# Days after which freshness has fallen to 1/e of what lies above the floor. Nearly all reports of one event lie within
# a day or two of each other; what explains it is read for longer.
FRESH_DAYS = dict.fromkeys(Article.Kind.values, 5.0) | {"analysis": 8.0, "opinion": 8.0, "interview": 8.0}
REPEATED_OUTLET = 0.92  # for each article of the same outlet, the reader's own included, that stands before it
COPY = 0.6  # share of five-word runs from which on a text counts as the same one
MEANING = 0.22  # what likeness in meaning counts beside that of terms, which is 1
UNRELATED = 0.2  # cosine of embeddings that any two news have
SHARED = 12  # shared terms remembered of a pair, for the reason that readers see
LEAST_TERMS = 0.05  # cosine below which two articles have nothing to do with each other
LEAST_OF_A_COPY = 0.3  # cosine below which two texts cannot be the same, and are not compared as such


@dataclass
class Candidate:
    """An article compared with another."""

    article_id: int
    outlet_id: int
    story_id: int | None
    section_id: int | None
    published_at: object
    is_estimated: bool
    kind: str
    is_locked: bool  # the program leaves its related articles as they are
    vector: tuple  # what is stored of its terms, see _VECTOR
    reach: dict  # {number of a term of the other: what its weight here is multiplied by}
    dot: float  # product of both vectors
    norm: float  # length of its own, as it was stored when it was weighed
    terms: float  # cosine of both
    meaning: float = 0.0  # what likeness in meaning adds to that of terms, where the site has a model that tells
    likeness: float = 0.0
    freshness: float = 1.0
    variety: float = 1.0

    @property
    def is_related(self):
        return bool(self.vector[_IS_RELATED])

    @property
    def is_copy(self):
        return self.likeness >= COPY

    @property
    def copy_of(self):
        return self.vector[_COPY_OF]

    @property
    def among(self):
        """How many articles there were when it was weighed."""
        return self.vector[_AMONG]

    @cached_property
    def overlap(self):
        """``{number: its share of the dot product}`` of the terms that both have."""
        pairs = zip(_numbers(self.vector), self.vector[_WEIGHTS], strict=True)
        return {number: self.reach[number] * step for number, step in pairs if number in self.reach}

    @property
    def undamped(self):
        """The score without variety, which hangs on what stands above."""
        return (self.terms + self.meaning) * self.freshness

    @property
    def score(self):
        return self.undamped * self.variety

    @property
    def is_worth_a_link(self):
        return self.terms >= LEAST_TERMS or self.is_copy

    @property
    def parts(self):
        """The score's factors, for the desk."""
        factors = {"terms": self.terms, "freshness": self.freshness, "variety": self.variety}
        if self.meaning:
            factors["meaning"] = self.meaning
        return {name: round(value, 4) for name, value in factors.items()}

    @property
    def shared(self):
        """The numbers of the terms that both have, the heaviest first."""
        return sorted(self.overlap, key=lambda number: (-self.overlap[number], number))[:SHARED]


_FACTS = ("pk", "outlet_id", "story_id", "section_id", "published_at", "date_is_estimated", "kind", "related_is_locked")
_VECTOR = ("article_id", "norm", "weighed_among", "is_related", "copy_of", "signature", "numbers", "weights")
_ARTICLE, _NORM, _AMONG, _IS_RELATED, _COPY_OF, _SIGNATURE, _NUMBERS, _WEIGHTS = range(len(_VECTOR))
_AT_ONCE = 100  # articles asked for in one statement


def compare(article, weighed, ids, *, at, twins=()):
    """Return the Candidates among the articles ``ids`` that are live at ``at`` and have terms in common with it.

    An article without a time of its own, a draft, is compared as if it came out at ``at``. What somebody paid for is
    no coverage, and never a candidate. Those of ``twins`` that have the same text are, however few the terms.
    """
    # The vectors first: of half the articles found nothing else has to be read.
    reach = {number: weight * weighed.rarity[number] / TermVector.STEPS for number, weight in weighed.weights.items()}
    alike = {}
    for vector in _vectors(sorted(ids)):
        dot = _dot(reach, vector)
        if (terms := _cosine(dot, weighed.length, vector[_NORM])) >= LEAST_TERMS or vector[_ARTICLE] in twins:
            alike[vector[_ARTICLE]] = vector, reach, dot, vector[_NORM], terms
    alike.pop(article.pk, None)
    found, published_at = [], article.published_at or at
    for facts in _live(list(alike), at=at):
        candidate = Candidate(*facts, *alike[facts[0]])
        if candidate.terms >= LEAST_OF_A_COPY or candidate.article_id in twins:
            candidate.likeness = shingles.likeness(weighed.vector.signature, candidate.vector[_SIGNATURE])
        candidate.freshness = _freshness(article, candidate, published_at)
        if candidate.is_worth_a_link:
            found.append(candidate)
    meanings = embeddings.likenesses(article, [candidate.article_id for candidate in found])
    for candidate in found:
        candidate.meaning = MEANING * max(0.0, meanings.get(candidate.article_id, 0.0) - UNRELATED)
    return found


def rescale(candidates, weighed, norms):
    """Take the new ``norms``, {article: length}, of candidates whose vectors were weighed anew."""
    for candidate in candidates:
        if candidate.article_id in norms:
            candidate.norm = norms[candidate.article_id]
            candidate.terms = _cosine(candidate.dot, weighed.length, candidate.norm)


def _vectors(ids):
    return rows.read(
        f"SELECT {', '.join(_VECTOR)} FROM {rows.quoted(TermVector)} WHERE article_id {{}}",  # noqa: S608
        ids,
    )


def _numbers(vector):
    return struct.unpack(f"<{len(vector[_NUMBERS]) // 4}I", vector[_NUMBERS])


def _dot(reach, vector):
    """Return the product of two vectors; exact before it is rounded, so that no order of terms matters."""
    pairs = zip(_numbers(vector), vector[_WEIGHTS], strict=True)
    return math.fsum([reach[number] * step for number, step in pairs if number in reach])


def _cosine(dot, one, other):
    return min(1.0, dot / (one * other))


def _live(ids, *, at):
    """Yield the facts of those of the articles ``ids`` that are live and that nobody paid for, the oldest first."""
    stand_ins = range(-_AT_ONCE, 0)
    for start in range(0, len(ids), _AT_ONCE):
        given = dict(zip_longest(stand_ins, ids[start : start + _AT_ONCE], fillvalue=0))
        yield from _live_articles().rows(given | {prepared.INSTANT: at})


@lru_cache
def _live_articles():
    live = Article.objects.live(at=prepared.INSTANT).filter(pk__in=range(-_AT_ONCE, 0))
    return prepared.Prepared(live.exclude(kind=Article.Kind.SPONSORED).order_by("pk"), *_FACTS)


def _freshness(article, candidate, published_at):
    """Return a factor from FLOOR to 1 for how near in time two articles came out, in either direction."""
    if article.date_is_estimated or candidate.is_estimated:
        return UNDATED
    days = abs((published_at - candidate.published_at).total_seconds()) / 86400
    return FLOOR + (1 - FLOOR) * math.exp(-days / max(FRESH_DAYS[article.kind], FRESH_DAYS[candidate.kind]))


def arrange(candidates, number, *, own_outlet):
    """Return the best ``number`` candidates in order, each damped by those of its outlet that stand before it.

    Of two that are equally alike, as copies are, the one that was first stands first.
    """
    pool = sorted(candidates, key=lambda candidate: (-candidate.score, candidate.article_id))
    arranged, outlets = [], Counter({own_outlet: 1})
    while pool and len(arranged) < number:
        best = None
        for candidate in pool:
            if best is not None and candidate.score <= best.score:
                break  # the pool is in order of the undamped score: nothing behind can beat the best
            candidate.variety = REPEATED_OUTLET ** outlets[candidate.outlet_id]
            if best is None or candidate.score > best.score:
                best = candidate
        pool.remove(best)
        for candidate in pool:
            candidate.variety = 1.0
        outlets[best.outlet_id] += 1
        arranged.append(best)
    return arranged
