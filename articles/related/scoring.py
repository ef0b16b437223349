"""How well two articles belong together: likeness of terms, freshness, and variety over outlets.

The constants were found on labelled news; docs/related.md has the figures.
"""

import math
import struct
from collections import Counter
from dataclasses import dataclass

from articles.models import Article, TermVector
from articles.text import shingles

FLOOR = 0.35  # what an old article keeps of its likeness: long stories have early chapters
UNDATED = 0.65  # freshness where the outlet gave no date
# Days after which freshness has fallen to 1/e of what lies above the floor. Nearly all reports of one event lie within
# a day or two of each other; what explains it is read for longer.
FRESH_DAYS = dict.fromkeys(Article.Kind.values, 5.0) | {"analysis": 8.0, "opinion": 8.0, "interview": 8.0}
REPEATED_OUTLET = 0.85  # for each article of the same outlet, the reader's own included, that stands before it
COPY = 0.6  # share of five-word runs from which on a text counts as the same one
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
    is_related: bool
    copy_of: int | None
    among: int  # articles that there were when it was weighed
    norm: float  # the length of its vector as it was stored then
    terms: float
    overlap: dict  # {number of a shared term: its share of the dot product}
    likeness: float = 0.0
    freshness: float = 1.0
    variety: float = 1.0

    @property
    def score(self):
        return self.terms * self.freshness * self.variety

    @property
    def parts(self):
        """The score's factors, for the desk."""
        factors = {"terms": self.terms, "freshness": self.freshness, "variety": self.variety}
        return {name: round(value, 4) for name, value in factors.items()}

    @property
    def shared(self):
        """The numbers of the terms that both have, the heaviest first."""
        return sorted(self.overlap, key=lambda number: (-self.overlap[number], number))[:SHARED]


_COLUMNS = ("pk", "outlet_id", "story_id", "section_id", "published_at", "date_is_estimated", "kind")
_COLUMNS += tuple(f"term_vector__{name}" for name in ("is_related", "copy_of", "weighed_among", "norm"))
_COLUMNS += tuple(f"term_vector__{name}" for name in ("numbers", "weights", "signature"))


def compare(article, weighed, ids, *, at):
    """Return the Candidates among the articles ``ids`` that are live at ``at`` and have terms in common with it.

    An article without a time of its own, a draft, is compared as if it came out at ``at``. What somebody paid for is
    no coverage, and never a candidate.
    """
    reach = {number: weight * weighed.rarity[number] / TermVector.STEPS for number, weight in weighed.weights.items()}
    live = Article.objects.live(at=at).filter(pk__in=ids, term_vector__norm__gt=0).exclude(pk=article.pk)
    rows = live.exclude(kind=Article.Kind.SPONSORED).order_by("pk").values_list(*_COLUMNS)
    found, published_at = [], article.published_at or at
    for *facts, numbers, steps, signature in rows:
        overlap = _overlap(reach, numbers, steps)
        terms = min(1.0, math.fsum(overlap.values()) / (weighed.length * facts[-1]))
        candidate = Candidate(*facts, terms=terms, overlap=overlap)
        if candidate.terms >= LEAST_TERMS:
            if candidate.terms >= LEAST_OF_A_COPY:
                candidate.likeness = shingles.likeness(weighed.vector.signature, signature)
            candidate.freshness = _freshness(article, candidate, published_at)
            found.append(candidate)
    return found


def rescale(candidates, weighed, norms):
    """Take the new ``norms``, {article: length}, of candidates whose vectors were weighed anew."""
    for candidate in candidates:
        if candidate.article_id in norms:
            candidate.norm, candidate.among = norms[candidate.article_id], weighed.articles
            candidate.terms = min(1.0, math.fsum(candidate.overlap.values()) / (weighed.length * candidate.norm))


def _freshness(article, candidate, published_at):
    """Return a factor from FLOOR to 1 for how near in time two articles came out, in either direction."""
    if article.date_is_estimated or candidate.is_estimated:
        return UNDATED
    days = abs((published_at - candidate.published_at).total_seconds()) / 86400
    return FLOOR + (1 - FLOOR) * math.exp(-days / max(FRESH_DAYS[article.kind], FRESH_DAYS[candidate.kind]))


def arrange(candidates, number, *, own_outlet):
    """Return the best ``number`` candidates in order, each damped by those of its outlet that stand before it."""
    pool = sorted(candidates, key=lambda candidate: (-candidate.score, -candidate.article_id))
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


def _overlap(reach, numbers, steps):
    """Return ``{number: its share of the dot product}`` of the terms that both have."""
    theirs = dict(zip(struct.unpack(f"<{len(numbers) // 4}I", numbers), bytes(steps), strict=True))
    return {number: reach[number] * theirs[number] for number in reach.keys() & theirs.keys()}
