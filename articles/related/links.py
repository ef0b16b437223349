"""Compute an article's related articles and keep them."""

import json

from django.db import connection, transaction
from django.db.models import Q

from articles.models import Article, RelatedChoice, RelatedLink, TermVector
from articles.related import index, postings, rows, scoring, stories
from articles.related.reasons import Reasons

GAIN = 0.1  # share by which the square of a length may be too small before it is worked out anew
STORED = 16  # links kept of an article: twice what is shown, so that the module stays full when some are withdrawn


def relate(article, *, at):
    """Index ``article``, find its story and its links, and offer it to those it belongs with.

    An article that is not published is taken out instead. Safe to call at any time, twice, and from two processes.
    """
    pk = article.pk
    article = _loaded(pk)
    if article is None or not article.is_published:
        forget(pk)
        return
    weighed = index.keep(article)
    # Read ahead of the search, so that no link is removed that another process finds meanwhile.
    before = _Before(article)
    found = compare(article, weighed, at=at)
    outdated = [candidate.article_id for candidate in _best(found) if _is_outdated(candidate, weighed)]
    scoring.rescale(found, weighed, index.renew(outdated))
    found = [candidate for candidate in found if candidate.terms >= scoring.LEAST_TERMS]
    stories.join(article, found)
    _store(article, found, before, is_new_text=weighed.is_first)


def compare(article, weighed, *, at):
    """Return the Candidates for ``article``, Weighed; nothing is stored."""
    return scoring.compare(article, weighed, postings.find(weighed), at=at)


def forget(article_id):
    """Take an article that readers may see no more out of the index and out of all links.

    Not what editors pinned: it is shown again as soon as the article is.
    """
    index.remove(article_id)
    linked = RelatedLink.objects.filter(Q(article=article_id) | Q(related=article_id))
    linked.filter(is_pinned=False).delete()


def _loaded(pk):
    return Article.objects.select_related("section").prefetch_related("hashtags").filter(pk=pk).first()


class _Before:
    """The computed links from and to an article as they were."""

    def __init__(self, article):
        linked = RelatedLink.objects.filter(Q(article=article) | Q(related=article), is_pinned=False)
        rows = list(linked.values_list("pk", "article_id", "related_id"))
        self.own = {related_id: pk for pk, article_id, related_id in rows if article_id == article.pk}
        self.back = {article_id: pk for pk, article_id, related_id in rows if related_id == article.pk}


def _is_outdated(candidate, weighed):
    """Tell whether what is stored of a candidate is wrong by much: the site has grown, or a term is its own no more."""
    gained = weighed.is_first and weighed.gained_by(candidate.overlap) > GAIN * candidate.norm**2
    return gained or weighed.has_outgrown(candidate.among)


def _store(article, found, before, *, is_new_text):
    """Store the best links of ``article``, and itself among the links of those that it belongs with."""
    pinned, refused = RelatedChoice.objects.decided(article.pk)
    best = _best([candidate for candidate in found if candidate.article_id not in refused | set(pinned)])
    nearest = [] if article.is_sponsored else _best(found)
    locked = _locked({*before.back, *(candidate.article_id for candidate in nearest)})
    barred = locked | _decided(article, nearest)
    nearest = [candidate for candidate in nearest if candidate.article_id not in barred]
    reasons = Reasons(article, [*best, *nearest])
    own = [] if article.related_is_locked else [_link(article, candidate, reasons) for candidate in best]
    back = [_link(article, candidate, reasons, is_back=True) for candidate in nearest]
    stale = [] if article.related_is_locked else _pks(before.own, but=[link.related_id for link in own])
    stays = [] if article.is_sponsored else found
    if is_new_text or article.is_sponsored:  # those that have it may find that they have nothing in common any more
        stale += _pks(before.back, but=[*locked, *(candidate.article_id for candidate in stays)])
    with transaction.atomic():
        if stale:
            RelatedLink.objects.filter(pk__in=stale, is_pinned=False).delete()
        _write(own + back)
        _prune([link.article_id for link in back])
        _note(article, found)
        if pinned:
            RelatedLink.objects.settle(article.pk)


def _best(found):
    return sorted(found, key=lambda candidate: (-candidate.score, -candidate.article_id))[:STORED]


def _locked(article_ids):
    return set(Article.objects.filter(pk__in=article_ids, related_is_locked=True).values_list("pk", flat=True))


def _decided(article, nearest):
    """Return the ids of those of the ``nearest`` that ``article`` is not offered to, because an editor decided."""
    ids = [candidate.article_id for candidate in nearest]
    there = Q(article__in=ids, other=article)
    here = Q(article=article, other__in=ids, choice=RelatedChoice.Choice.BLOCK_BOTH)
    pairs = RelatedChoice.objects.filter(there | here).values_list("article", "other")
    return {pk for pair in pairs for pk in pair}


def _pks(links, *, but):
    return [pk for article_id, pk in links.items() if article_id not in but]


def _link(article, candidate, reasons, *, is_back=False):
    ends = (candidate.article_id, article.pk) if is_back else (article.pk, candidate.article_id)
    return RelatedLink(
        article_id=ends[0],
        related_id=ends[1],
        position=0,
        score=candidate.score,
        likeness=candidate.likeness,
        parts=candidate.parts,
        reason=reasons.of(candidate),
    )


def _write(links):
    """Write links in an order that two processes at once agree on; a pin stays one."""
    columns = ("article_id", "related_id", "position", "score", "likeness", "is_pinned", "reason", "parts")
    new = [
        (link.article_id, link.related_id, 0, link.score, link.likeness, False, link.reason, json.dumps(link.parts))
        for link in sorted(links, key=lambda link: (link.article_id, link.related_id))
    ]
    update = {name: f"excluded.{name}" for name in ("score", "likeness", "reason", "parts")}
    rows.upsert(RelatedLink, columns, new, unique=columns[:2], update=update)


def _prune(article_ids):
    """Cut the links of each article back to the best STORED."""
    if not article_ids:
        return
    # Two statements: PostgreSQL, new to the table, would look for the surplus once for each row of it.
    statement = (
        "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY article_id ORDER BY score DESC, related_id DESC) "  # noqa: S608
        f"AS place FROM {rows.quoted(RelatedLink)} WHERE NOT is_pinned AND article_id IN ({rows.marks(article_ids)})) "
        "AS placed WHERE place > %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*article_ids, STORED])
        surplus = [row[0] for row in cursor.fetchall()]
    if surplus:
        RelatedLink.objects.filter(pk__in=surplus).delete()


def _note(article, found):
    """Remember which article ran the same text first, so that copies are shown as one, and that all this was done."""
    copies = [candidate for candidate in found if candidate.likeness >= scoring.COPY]
    first = min(copies, key=lambda copy: (copy.published_at, copy.article_id), default=None)
    mine = None
    if first is not None and (first.published_at, first.article_id) < (article.published_at, article.pk):
        mine = first.copy_of or first.article_id
    TermVector.objects.filter(article=article).update(copy_of=mine, is_related=True)
