"""The lists by which articles are found: for each term, the articles that have it among their heaviest.

And for each band of a text's signature, the articles that may have it in common: so copies are found whatever else
their terms would lead to first.
"""

from collections import Counter, defaultdict
from heapq import nlargest

from django.db import connection

from articles.models import PostingList
from articles.related import rows
from articles.text import shingles

QUERY_TERMS = 32  # heaviest terms asked for
MOST = 80  # articles found by terms
MOST_TWINS = 16  # articles found by bands
# The new entry before the old ones, in one statement: two processes that add to one list at once both do.
_IN_FRONT = {
    "sqlite": f"CAST(substr(CAST(excluded.entries || {{table}}.entries AS BLOB), 1, {PostingList.BYTES}) AS BLOB)",
    "postgresql": f"substr(excluded.entries || {{table}}.entries, 1, {PostingList.BYTES})",
}


def find(weighed):
    """Return two sets of articles: up to MOST that share the heaviest terms of ``weighed``, and its _twins."""
    heaviest, checks = dict(weighed.heaviest(QUERY_TERMS)), dict(bands(weighed.vector.signature))
    points, agreeing, unpack = defaultdict(int), [], PostingList.ENTRY.iter_unpack
    for term, entries in _lists([*heaviest, *checks]):
        if term in checks:
            check = checks[term]
            agreeing += [article_id for article_id, other in unpack(entries) if other == check]
        else:
            mine = heaviest[term]
            for article_id, weight in unpack(entries):
                points[article_id] += mine * weight
    points.pop(weighed.vector.article_id, None)
    # As one number each, the points above the article: compared in half the time, and alike on every database.
    best = nlargest(MOST, [total << 32 | article_id for article_id, total in points.items()])
    return {number & 0xFFFFFFFF for number in best}, _twins(agreeing, but=weighed.vector.article_id)


def bands(signature):
    """Return the (term, weight) by which a text with that signature is found: bucket and check of each band."""
    return [(PostingList.BANDS | bucket, check) for bucket, check in shingles.bands(signature)]


def _twins(agreeing, *, but):
    """Return the ids of up to MOST_TWINS articles that may have the same text, those that agree in most bands.

    Of those that agree in as many the oldest: they are the first prints, and the newest are found by their terms.
    """
    bands_of = Counter(agreeing)
    bands_of.pop(but, None)
    return set(sorted(bands_of, key=lambda article_id: (-bands_of[article_id], article_id))[:MOST_TWINS])


def replace(before, found_by):
    """Put articles in front of the lists they are found by, ``{article: [(term, weight), ...]}``.

    ``before`` says in which lists those may be that are in some already: ``{article: terms}``. They are taken out.
    """
    new = {}
    for article_id, pairs in reversed(found_by.items()):
        for term, weight in pairs:
            new.setdefault(term, {})[article_id] = weight
    packed = {term: PostingList.pack(weights) for term, weights in new.items()}
    if before:
        _write(_changed(before, packed), how="excluded.entries")
    _write(packed, how=_IN_FRONT[connection.vendor])


def _changed(before, packed):
    """Return ``{term: entries}`` of the lists that change, and take what was put into them out of ``packed``.

    All of these lists are locked, in rising order: two processes at once wait for each other and never lock each other
    out.
    """
    changed, leaving = {}, defaultdict(list)
    for article_id, terms in before.items():
        for term in terms:
            leaving[term].append(article_id)
    for term, entries in _lists(sorted({*packed, *leaving}), for_update=True):
        kept = entries = bytes(entries)
        for article_id in leaving.get(term, ()):
            kept = PostingList.without(article_id, kept)
        kept = (packed.pop(term, b"") + kept)[: PostingList.BYTES]
        if kept != entries:
            changed[term] = kept
    return changed


def _write(lists, *, how):
    rows.upsert(PostingList, ("term", "entries"), sorted(lists.items()), unique=("term",), update={"entries": how})


def _lists(terms, *, for_update=False):
    """Yield (term, entries) of the lists that there are."""
    locked = " ORDER BY term FOR UPDATE" if for_update and connection.features.has_select_for_update else ""
    statement = f"SELECT term, entries FROM {rows.quoted(PostingList)} WHERE term {{}}{locked}"  # noqa: S608
    return rows.read(statement, terms)
