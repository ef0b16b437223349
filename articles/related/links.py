"""Compute an article's related articles and keep them."""

import json
import math
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Q, prefetch_related_objects

from articles.models import Article, Due, RelatedChoice, RelatedLink, TermVector
from articles.models.prepared import PK, Prepared
from articles.related import copies, embeddings, index, postings, rows, scoring, stories
from articles.related.reasons import Reasons

GAIN = 0.1  # share by which the square of a length may be too small before it is worked out anew
MOST_RENEWED = 1  # articles weighed anew on the way: enough to keep up with a site that grows
MOST_OTHERS = 100  # articles compared again because they have one among their links; few have been in so many
STORED = 16  # links kept of an article: twice what is shown, so that the module stays full when some are withdrawn
COPIES = 16  # links to copies kept beside them: an old one, too, is named at the desk and below the text

_COLUMNS = ("article_id", "related_id", "position", "score", "likeness", "is_pinned", "reason", "parts")
_NEWER = {name: f"excluded.{name}" for name in ("score", "likeness", "reason", "parts")}  # a pin stays one


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
    embeddings.keep(article)
    # Read ahead of the search, so that no link is removed that another process finds meanwhile.
    before = _Before(article)
    found = compare(article, weighed, at=at, others=before.others)
    grown = _refreshed(found, weighed, at=at)
    stories.join(article, found, among=weighed.compared_among, at=at)
    _store(article, weighed, found, before, grown=grown, at=at)
    if article.is_sponsored:
        copies.leave(pk)
    else:
        alike = {candidate.article_id for candidate in found if candidate.is_copy}
        copies.settle(weighed.vector, alike, is_edited=weighed.is_edited)


def compare(article, weighed, *, at, others=()):
    """Return the Candidates for ``article``, Weighed, among those it finds and ``others``; nothing is stored."""
    found, twins = postings.find(weighed)
    return scoring.compare(article, weighed, {*found, *twins, *others}, at=at, twins={*twins, *others})


def forget(article_id):
    """Take an article that readers may see no more out of the index and out of all links.

    Not what editors pinned or locked: it is shown again as soon as the article is.
    """
    with transaction.atomic(savepoint=False):
        RelatedLink.objects.write_alone()
        copies.leave(article_id)
        index.remove(article_id)
        embeddings.forget(article_id)
        linked = RelatedLink.objects.filter(Q(article=article_id) | Q(related=article_id))
        linked.filter(is_pinned=False).exclude(article__related_is_locked=True).delete()


def _loaded(pk):
    article = _one_article().one({PK: pk})
    if article is not None:
        prefetch_related_objects([article], "hashtags")
    return article


@lru_cache
def _one_article():
    return Prepared(Article.objects.filter(pk=PK).select_related("outlet"))


class _Before:
    """The computed links from and to an article as they were."""

    def __init__(self, article):
        statement = (
            f"SELECT article_id, related_id, id, score, likeness, reason FROM {rows.quoted(RelatedLink)} "  # noqa: S608
            "WHERE (article_id = %s OR related_id = %s) AND NOT is_pinned"
        )
        self.article_id, self.own, self.back = article.pk, {}, {}
        with connection.cursor() as cursor:
            cursor.execute(statement, [article.pk, article.pk])
            for article_id, related_id, *link in cursor.fetchall():
                if article_id == article.pk:
                    self.own[related_id] = link
                else:
                    self.back[article_id] = link

    @property
    def others(self):
        """The articles at the other ends, so that their links are kept current wherever they now stand."""
        return {*self.own, *sorted(self.back)[-MOST_OTHERS:]}

    def has(self, link):
        """Tell whether ``link`` is stored just like that."""
        article_id, related_id, _, score, likeness, _, reason, _ = link
        old = self.own.get(related_id) if article_id == self.article_id else self.back.get(article_id)
        return old is not None and old[1:] == [score, likeness, reason]


def _refreshed(found, weighed, *, at):
    """Bring the lengths of the best of ``found`` up to date; return ``{article: length}`` of those to be stored yet.

    The site has grown much since an article was weighed, and it is weighed anew; or it shares a term with this one
    that was its own alone, and is that much longer. One that was weighed when the site was young is related anew.
    """
    best = _best(found)
    outgrown = [candidate for candidate in best if weighed.has_outgrown(candidate.among)][:MOST_RENEWED]
    renewed = index.renew([candidate.article_id for candidate in outgrown])
    for candidate in outgrown:
        if weighed.has_matured_since(candidate.among):
            Due.objects.plan("relate", candidate.article_id, at=at)
    gained = {}
    for candidate in best:
        gain = weighed.gained_by(candidate.overlap) if weighed.is_first else 0
        if gain > GAIN * candidate.norm**2 and candidate.article_id not in renewed:
            gained[candidate.article_id] = math.sqrt(candidate.norm**2 + gain)
    scoring.rescale(found, weighed, renewed | gained)
    found[:] = [candidate for candidate in found if candidate.is_worth_a_link]
    return gained


def _store(article, weighed, found, before, *, grown, at):
    """Store the best links of ``article``, and itself among the links of those that it belongs with."""
    decided = RelatedChoice.objects.decided(article.pk)
    best = _best([candidate for candidate in found if candidate.article_id not in {*decided.pinned, *decided.refused}])
    best = [] if article.related_is_locked else best
    offered = [] if article.is_sponsored else _offered(found, before, but=decided.apart)
    reasons = Reasons(article, {candidate.article_id: candidate for candidate in [*best, *offered]}.values())
    stale = [] if article.related_is_locked else _ids(before.own, but={candidate.article_id for candidate in best})
    if article.is_sponsored:
        stale += _ids(before.back, but=())  # a lock keeps what was coverage; this is none
    elif weighed.is_first:  # those that have it may find that they have nothing in common any more
        stale += _unlocked(before.back, but={candidate.article_id for candidate in found})
    elif missed := before.others.intersection(before.back).difference(candidate.article_id for candidate in found):
        # They were compared and have too little in common by now, unless they are only hidden for a while.
        live = set(Article.objects.live(at=at).filter(pk__in=missed).values_list("pk", flat=True))
        stale += _unlocked({article_id: before.back[article_id] for article_id in live}, but=())
    with transaction.atomic():
        RelatedLink.objects.write_alone()
        offered, surplus = _with_room(article, offered)
        links = [_link((article.pk, candidate.article_id), candidate, reasons) for candidate in best]
        links += [_link((candidate.article_id, article.pk), candidate, reasons) for candidate in offered]
        _delete(stale + surplus)
        changed = sorted(link for link in links if not before.has(link))  # in an order that two at once agree on
        rows.upsert(RelatedLink, _COLUMNS, changed, unique=_COLUMNS[:2], update=_NEWER)
        index.lengthen(grown)
        _note(weighed.vector)
        if decided.pinned:
            RelatedLink.objects.settle(article.pk)


def _best(found):
    """Return the best STORED of ``found``, and beside them the nearest COPIES of the text."""
    ranks = {candidate.article_id: candidate for candidate in found}
    kept = _kept([(candidate.score, candidate.article_id, candidate.likeness) for candidate in found])
    return [ranks[article_id] for article_id in kept]


def _kept(links):
    """Return the articles that stay among ``links``, (score, article, likeness), of one article, the best first.

    Of two that are equally alike the one that was first.
    """
    links = sorted(links, key=lambda link: (-link[0], link[1]))
    # Copies take no other's place: where twenty outlets ran a text, it would have nothing but prints beside it.
    others = [link for link in links if link[2] < scoring.COPY]
    copied = sorted((link for link in links if link[2] >= scoring.COPY), key=lambda link: (-link[2], link[1]))
    return [article_id for _, article_id, _ in others[:STORED] + copied[:COPIES]]


def _offered(found, before, *, but):
    """Return those among whose links the article belongs: the nearest, and those that have it now."""
    nearest = {candidate.article_id for candidate in _best(found)}
    return [
        candidate
        for candidate in found
        if (candidate.article_id in nearest or candidate.article_id in before.back)
        and candidate.article_id not in but
        and not candidate.is_locked
    ]


def _with_room(article, offered):
    """Return those of ``offered`` that keep a link to the article, and the ids of links to take out."""
    ids, lists = [candidate.article_id for candidate in offered], {}
    statement = (
        f"SELECT article_id, score, related_id, likeness, id FROM {rows.quoted(RelatedLink)} "  # noqa: S608
        "WHERE NOT is_pinned AND article_id {}"
    )
    for article_id, *link in rows.read(statement, ids):
        lists.setdefault(article_id, []).append(tuple(link))
    taken, surplus = [], []
    for candidate in offered:
        links = lists.get(candidate.article_id, [])
        others = [tuple(link[:3]) for link in links if link[1] != article.pk]
        kept = set(_kept([(candidate.score, article.pk, candidate.likeness), *others]))
        surplus += [pk for _, related_id, _, pk in links if related_id not in kept]
        taken += [candidate] if article.pk in kept else []
    return taken, surplus


def _unlocked(links, *, but):
    """Return the ids of ``links``, {article: link}, of articles whose links the program may change."""
    links = {article_id: link for article_id, link in links.items() if article_id not in but}
    locked = Article.objects.filter(pk__in=links, related_is_locked=True) if links else ()
    return _ids(links, but={article.pk for article in locked})


def _ids(links, *, but):
    return [link[0] for article_id, link in links.items() if article_id not in but]


def _delete(ids):
    if ids:
        RelatedLink.objects.filter(pk__in=ids, is_pinned=False).delete()


def _link(ends, candidate, reasons):
    """Return a link as a row of _COLUMNS."""
    return *ends, 0, candidate.score, candidate.likeness, False, reasons.of(candidate), json.dumps(candidate.parts)


def _note(vector):
    """Remember that all this was done."""
    if not vector.is_related:
        rows.update(TermVector, ("is_related",), [(True, vector.article_id)], key="article_id")
