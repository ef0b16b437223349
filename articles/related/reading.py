"""What the related module under an article shows: one query, arranged."""

from collections import Counter, namedtuple
from dataclasses import dataclass, field

from django.db.models import F, Q

from articles.models import Article
from articles.related.links import STORED
from articles.related.scoring import COPY, REPEATED_OUTLET

MOST = 8  # articles in the module
MOST_OF_STORY = 4  # the story's own page has the rest
MOST_OF_OUTLET = 2


@dataclass
class Related:
    """The articles to show, by what ties them to the one being read; each has ``reason`` and ``also_in`` (outlets).

    ``copies`` are other outlets' prints of the very same text.
    """

    story: list = field(default_factory=list)
    more: list = field(default_factory=list)
    outlet: list = field(default_factory=list)
    copies: list = field(default_factory=list)

    def __iter__(self):
        return iter([*self.story, *self.more, *self.outlet])

    def __len__(self):
        return len(self.story) + len(self.more) + len(self.outlet)

    @property
    def groups(self):
        """Return (heading, articles) of the groups that have any."""
        named = [("Same story", self.story), ("More on this", self.more), ("From this outlet", self.outlet)]
        return [(heading, articles) for heading, articles in named if articles]


def links_for(article, *, at):
    """Return the Related of ``article`` at the instant ``at``: nothing in it that is not live then.

    Where nothing has been computed yet, the newest articles that share a hashtag or the section.
    """
    linked = Article.objects.live(at=at).filter(related_from__article=article)
    linked = linked.annotate(
        reason=F("related_from__reason"),
        score=F("related_from__score"),
        likeness=F("related_from__likeness"),
        is_pinned=F("related_from__is_pinned"),
        copy_of=F("term_vector__copy_of"),
    ).order_by("-related_from__is_pinned", "related_from__position", "-related_from__score", "-pk")
    found = list(_for_items(linked)[: STORED * 2])
    return _arranged(article, found) if found else Related(more=_newest_akin(article, at=at))


def ranked(article):
    """Return the ids of all stored links of ``article`` in the order in which the page would take them."""
    rows = article.related_links.select_related("related").only("is_pinned", "position", "score", "related__outlet_id")
    rows = rows.order_by("-is_pinned", "position", "-score", "-related_id")
    found = [_Ranked(row.related_id, row.related.outlet_id, row.score, row.is_pinned) for row in rows]
    return [item.pk for item in _varied(found, Counter({article.outlet_id: 1}))]


_Ranked = namedtuple("_Ranked", "pk outlet_id score is_pinned")


def _arranged(article, found):
    related, outlets, shown = Related(), Counter({article.outlet_id: 1}), {}
    for item in _varied(found, outlets):
        if item.likeness >= COPY and not item.is_pinned:
            related.copies.append(item)
            continue
        text = item.copy_of or item.pk
        if text in shown and not item.is_pinned:
            shown[text].also_in.append(item.outlet)
            continue
        group = _group(article, item, related)
        if group is not None and len(related) < MOST:
            item.also_in = []
            shown[text] = item
            group.append(item)
    return related


def _varied(found, outlets):
    """Yield pins first, then the best, each damped by how many of its outlet have been yielded before."""
    pool = list(found)
    while pool:
        best = max(pool, key=lambda item: (item.is_pinned, item.score * REPEATED_OUTLET ** outlets[item.outlet_id]))
        if best.is_pinned:
            best = pool[0]
        pool.remove(best)
        outlets[best.outlet_id] += 1
        yield best


def _group(article, item, related):
    """Return the list that ``item`` belongs in, or None where that list is full."""
    if not item.is_pinned and article.story_id and item.story_id == article.story_id:
        return related.story if len(related.story) < MOST_OF_STORY else None
    if not item.is_pinned and item.outlet_id == article.outlet_id:
        return related.outlet if len(related.outlet) < MOST_OF_OUTLET else None
    return related.more


def _newest_akin(article, *, at):
    akin = Q(hashtags__in=[tag.pk for tag in article.hashtags.all()])
    if article.section_id:
        akin |= Q(section=article.section_id)
    found = Article.objects.live(at=at).filter(akin).exclude(pk=article.pk).distinct().newest_first()
    items = list(_for_items(found)[:MOST])
    for item in items:
        item.reason, item.also_in = "Recently in the same section or under the same hashtag", []
    return items


def _for_items(articles):
    return articles.select_related("outlet", "lead_image").defer("body", "embargo_note", "withdrawal_reason")
