"""Find, keep and read an article's related articles."""

from collections import Counter

from django.db import transaction
from django.db.models import F, Q

from articles.models import Article, RelatedLink
from articles.related import scoring

MOST = 8  # shown under an article
CANDIDATES = 300  # compared with one article: the newest that share a story, a hashtag or the section
LEAST_SCORE = 0.05


def links_for(article, *, at):
    """Return the articles to show with ``article``, best first, each with ``reason``; never one that is not live.

    Where nothing has been computed yet, the newest that share a hashtag or the section.
    """
    linked = Article.objects.live(at=at).filter(related_from__article=article)
    linked = linked.annotate(reason=F("related_from__reason")).order_by("related_from__position", "pk")
    return list(_as_items(linked)[:MOST]) or _fallback(article, at=at)


def relate(article, *, at, both_ways=True):
    """Compute and store the links of ``article``, and of those that it links to."""
    article = Article.objects.select_related("outlet").prefetch_related("hashtags").get(pk=article.pk)
    if not article.is_live(at=at):
        RelatedLink.objects.filter(Q(article=article) | Q(related=article)).delete()
        return []
    chosen = _choose(article, at=at)
    links = [
        RelatedLink(article=article, related=other, position=place, score=points, reason=reason)
        for place, (points, other, reason) in enumerate(chosen)
    ]
    with transaction.atomic():
        RelatedLink.objects.filter(article=article).delete()
        RelatedLink.objects.bulk_create(links, ignore_conflicts=True)
    if both_ways:
        for link in links:
            relate(link.related, at=at, both_ways=False)
    return links


def relate_all(*, at, since=None):
    """Relate every live article, or those published ``since`` an instant; return how many."""
    articles = Article.objects.live(at=at).filter(published_at__gte=since) if since else Article.objects.live(at=at)
    count = 0
    for article in articles.only("pk").order_by("pk").iterator(chunk_size=500):
        relate(article, at=at, both_ways=False)
        count += 1
    return count


def _choose(article, *, at):
    tags = {tag.pk: tag for tag in article.hashtags.all()}
    shared = _shared_hashtags(article, tags)
    mine = scoring.profile(article)
    scored = []
    for other in _candidates(article, shared, at=at):
        points = scoring.score(
            article,
            other,
            terms_shared=scoring.cosine(mine, scoring.profile(other)),
            hashtags_shared=len(shared.get(other.pk, ())),
        )
        if points >= LEAST_SCORE:
            scored.append((points, other, _reason(article, other, [tags[pk] for pk in shared.get(other.pk, ())])))
    return _varied(sorted(scored, key=lambda row: (-row[0], -row[1].pk)))


def _candidates(article, shared, *, at):
    akin = Q(pk__in=list(shared)) | _same_section(article)
    if article.story_id:
        akin |= Q(story=article.story_id)
    unpaid = Article.objects.live(at=at).exclude(kind=Article.Kind.SPONSORED)  # what somebody paid for is no coverage
    found = unpaid.filter(akin).exclude(pk=article.pk).newest_first()
    return found.select_related("outlet").defer("body")[:CANDIDATES]


def _shared_hashtags(article, tags):
    """Return ``{article id: hashtag ids}`` over the newest articles that share a hashtag with ``article``."""
    through = Article.hashtags.through.objects.filter(hashtag__in=tags).exclude(article=article.pk)
    rows = through.order_by("-article_id").values_list("article_id", "hashtag_id")[: CANDIDATES * 4]
    shared = {}
    for article_id, hashtag_id in rows:
        shared.setdefault(article_id, []).append(hashtag_id)
    return shared


def _reason(article, other, tags):
    if article.story_id and article.story_id == other.story_id:
        return "Same story"
    if tags:
        return f"Also about #{min(tags, key=lambda tag: tag.key)}"
    return f"More in {article.section}" if article.section_id else "Alike in words"


def _varied(scored):
    """Take the best, each further article of an outlet damped by those of it already taken."""
    taken, outlets = [], Counter()
    pool = scored[: MOST * 5]
    while pool and len(taken) < MOST:
        best = max(pool, key=lambda row: (row[0] * 0.85 ** outlets[row[1].outlet_id], row[1].pk))
        pool.remove(best)
        taken.append(best)
        outlets[best[1].outlet_id] += 1
    return taken


def _fallback(article, *, at):
    akin = _same_section(article) | Q(hashtags__in=[tag.pk for tag in article.hashtags.all()])
    found = Article.objects.live(at=at).filter(akin).exclude(pk=article.pk).distinct().newest_first()
    items = list(_as_items(found)[:MOST])
    for item in items:
        item.reason = "Recently in the same section or under the same hashtag"
    return items


def _same_section(article):
    return Q(section=article.section_id) if article.section_id else Q(pk__in=[])


def _as_items(articles):
    return articles.select_related("outlet", "lead_image").defer("body", "embargo_note", "withdrawal_reason")
