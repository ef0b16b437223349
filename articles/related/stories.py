"""Gather the reports of one event into a story, as they arrive.

Online clustering by average likeness: an article joins the story whose nearest members it is most like, if it is like
them enough and came out near enough in time; else two articles of which that holds start a story. An article is weighed
against several members, never against the nearest alone, so that a chain of pairs cannot tie two events together.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count

from articles.models import Article, Story

LEAST_LIKENESS = 0.24  # mean cosine with the nearest members
MEMBERS = 5  # members weighed against
WINDOW = timedelta(days=7)  # between an article and the nearest member
NO_STRANGER = 0.8  # a story is left for an article outside it that is likelier by more than this factor
LARGEST = 120  # articles of one story: beyond it, it is a subject, not an event


def join(article, candidates):
    """Put ``article`` into the story it tells, if there is one; return the story. An editor's word is never changed."""
    if article.story_is_set:
        return article.story
    near = [candidate for candidate in candidates if _is_near(article, candidate)]
    best = max(_stories(near, but=article), key=lambda pair: pair[0], default=(0.0, None))
    alone = max((candidate for candidate in near if candidate.story_id is None), key=_likeness, default=None)
    if best[0] >= LEAST_LIKENESS and (alone is None or best[0] >= NO_STRANGER * alone.terms):
        return _move(article, Story.objects.get(pk=best[1]))
    if alone is not None and alone.terms >= LEAST_LIKENESS and article.story_id is None:
        return _start(article, alone)
    return article.story


def _is_near(article, candidate):
    """Tell whether ``candidate`` is here already and came out near enough in time: a story grows as reports arrive."""
    return candidate.is_related and abs(article.published_at - candidate.published_at) <= WINDOW


def _likeness(candidate):
    return candidate.terms


def _stories(candidates, *, but):
    """Yield (mean likeness with the nearest members, story id) of each story among ``candidates``."""
    members = {}
    for candidate in candidates:
        if candidate.story_id:
            members.setdefault(candidate.story_id, []).append(candidate.terms)
    sizes = dict(_sizes(members, but=but))
    locked = set(Story.objects.filter(pk__in=members, is_locked=True).values_list("pk", flat=True))
    for story_id, likenesses in members.items():
        size = sizes.get(story_id, 0)
        if size < LARGEST and story_id not in locked:
            weighed = min(MEMBERS, max(size, len(likenesses)))
            # A member that is no candidate at all is like it in nothing: it counts as 0.
            yield sum(sorted(likenesses, reverse=True)[:weighed]) / weighed, story_id


def _sizes(story_ids, *, but):
    rows = Article.objects.filter(story__in=story_ids, term_vector__is_related=True).exclude(pk=but.pk).order_by()
    return rows.values_list("story_id").annotate(Count("pk"))


def _move(article, story):
    if article.story_id != story.pk:
        Article.objects.filter(pk=article.pk, story_is_set=False).update(story=story)
        article.story = story
    return story


def _start(article, alone):
    """Make a story of two articles, unless somebody has put the other into one meanwhile."""
    with transaction.atomic():
        other = Article.objects.select_for_update().get(pk=alone.article_id)
        if other.story_is_set:
            return article.story
        story = other.story or Story.objects.create(title=other.headline[:160], is_named=False)
        Article.objects.filter(pk=other.pk).update(story=story)
    alone.story_id = story.pk
    return _move(article, story)
