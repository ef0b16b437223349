"""Compute an article's related articles and keep them."""

from django.db import transaction
from django.db.models import Q

from articles.models import Article, RelatedChoice, RelatedLink, TermVector
from articles.related import candidates, index, scoring, stories
from articles.related.reasons import Reasons

STORED = 16  # links kept of an article: twice what is shown, so that the module stays full when some are withdrawn


def relate(article, *, at):
    """Index ``article``, find its story and its links, and offer it to those it belongs with; return its links.

    An article that is not published is taken out instead. Safe to call at any time, twice, and from two processes.
    """
    article = (
        Article.objects.select_related("outlet", "story", "section").prefetch_related("hashtags").get(pk=article.pk)
    )
    if not article.is_published:
        forget(article.pk)
        return []
    found = comparison(article, at=at)
    stories.join(article, found)
    _note_copies(article, found)
    links = _links(article, found)
    if not article.related_is_locked:
        _store(article, links)
    _offer(article, found, links)
    return links


def comparison(article, *, at):
    """Index ``article`` and return all Candidates worth comparing, scored."""
    weighed = index.weigh(index.put(article))
    index.post(weighed)
    return scoring.compare(article, weighed, candidates.find(weighed), at=at)


def forget(article_id):
    """Remove an article that is no longer published from the index and from all links."""
    index.remove(article_id)
    RelatedLink.objects.filter(Q(article=article_id) | Q(related=article_id)).delete()


def _links(article, found):
    """Return the links to store, undamped: variety is a matter of what is shown together."""
    blocked, pinned = _choices(article)
    allowed = [candidate for candidate in found if candidate.article_id not in blocked | set(pinned)]
    best = sorted(allowed, key=lambda candidate: (-candidate.score, -candidate.article_id))[:STORED]
    reasons = Reasons(article, best)
    links = [
        _link(article, pk, is_pinned=True, position=place, reason="Editors' choice") for place, pk in enumerate(pinned)
    ]
    return links + [
        _link(
            article,
            candidate.article_id,
            score=candidate.score,
            likeness=candidate.likeness,
            parts=candidate.parts,
            reason=reasons.of(candidate),
        )
        for candidate in best
    ]


def _choices(article):
    """Return (ids that must not be shown with the article, ids that must, in order)."""
    rows = RelatedChoice.objects.filter(Q(article=article) | Q(other=article, choice=RelatedChoice.Choice.BLOCK_BOTH))
    rows = list(rows.order_by("position", "pk"))
    pinned = [row.other_id for row in rows if row.article_id == article.pk and row.choice == RelatedChoice.Choice.PIN]
    blocked = {row.other_id if row.article_id == article.pk else row.article_id for row in rows} - set(pinned)
    return blocked, pinned


def _store(article, links):
    with transaction.atomic():
        RelatedLink.objects.filter(article=article).exclude(related__in=[link.related_id for link in links]).delete()
        _write(links)


def _offer(article, found, links):
    """Put ``article`` among the links of those that it belongs with, where it beats what they have."""
    offered = {link.related_id: link for link in links if not link.is_pinned}
    others = Article.objects.filter(pk__in=offered, related_is_locked=False).values_list("pk", flat=True)
    refused = RelatedChoice.objects.filter(article__in=offered, other=article).values_list("article_id", flat=True)
    refused = set(refused)
    back = [_link_back(article, offered[pk]) for pk in sorted(others) if pk not in refused]
    with transaction.atomic():
        _write(back)
        _prune([link.article_id for link in back])


def _write(links):
    RelatedLink.objects.bulk_create(
        links,
        update_conflicts=True,
        unique_fields=["article", "related"],
        update_fields=["position", "score", "likeness", "is_pinned", "reason", "parts"],
    )


def _prune(article_ids):
    """Cut the links of each article back to the best STORED."""
    rows = RelatedLink.objects.filter(article__in=article_ids, is_pinned=False).order_by(
        "article", "-score", "-related"
    )
    kept, surplus = {}, []
    for pk, article_id in rows.values_list("pk", "article_id"):
        kept[article_id] = kept.get(article_id, 0) + 1
        if kept[article_id] > STORED:
            surplus.append(pk)
    if surplus:
        RelatedLink.objects.filter(pk__in=surplus).delete()


def _note_copies(article, found):
    """Remember which article ran the same text first, so that copies are shown as one, and that all this was done."""
    copies = [candidate for candidate in found if candidate.likeness >= scoring.COPY]
    first = min(copies, key=lambda copy: (copy.published_at, copy.article_id), default=None)
    mine = None
    if first is not None and (first.published_at, first.article_id) < (article.published_at, article.pk):
        mine = TermVector.objects.filter(article=first.article_id).values_list("copy_of", flat=True).first()
        mine = mine or first.article_id
    TermVector.objects.filter(article=article).update(copy_of=mine, is_related=True)


def _link(article, related_id, *, score=0.0, likeness=0.0, parts=None, reason="", is_pinned=False, position=0):
    return RelatedLink(
        article=article,
        related_id=related_id,
        score=score,
        likeness=likeness,
        parts=parts or {},
        reason=reason,
        is_pinned=is_pinned,
        position=position,
    )


def _link_back(article, link):
    return RelatedLink(
        article_id=link.related_id,
        related=article,
        score=link.score,
        likeness=link.likeness,
        parts=link.parts,
        reason=link.reason,
        position=0,
    )
