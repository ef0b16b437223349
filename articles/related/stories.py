"""Gather the reports of one event into a story, as they arrive.

Online clustering by average likeness: an article joins the story whose nearest members it is most like, if it is like
them enough and came out near enough in time; else two articles of which that holds start a story. An article is weighed
against several members, never against the nearest alone, so that a chain of pairs cannot tie two events together.
"""

from datetime import timedelta

from django.db import transaction

from articles.models import Article, Story, TermVector
from articles.related import rows

LEAST_LIKENESS = 0.24  # mean cosine with the nearest members
MEMBERS = 5  # members weighed against
WINDOW = timedelta(days=7)  # between an article and the nearest member
NO_STRANGER = 0.8  # a story is left for an article outside it that is likelier by more than this factor
LARGEST = 120  # articles of one story: beyond it, it is a subject, not an event


def join(article, candidates):
    """Put ``article`` into the story it tells, if there is one; return the story's id. An editor's word stands."""
    if article.story_is_set or article.is_sponsored:
        return article.story_id
    near = [candidate for candidate in candidates if _is_near(article, candidate)]
    best = max(_stories(near, but=article), default=(0.0, None))
    # What one outlet says twice is no story across outlets: its own articles start none.
    others = [candidate for candidate in near if candidate.outlet_id != article.outlet_id]
    alone = max((candidate for candidate in others if candidate.story_id is None), key=_likeness, default=None)
    if best[0] >= LEAST_LIKENESS and (alone is None or best[0] >= NO_STRANGER * alone.terms):
        _move(article, best[1])
    elif alone is not None and alone.terms >= LEAST_LIKENESS and article.story_id is None:
        _start(article, alone)
    return article.story_id


def _is_near(article, candidate):
    """Tell whether ``candidate`` is here already and came out near enough in time: a story grows as reports arrive."""
    return candidate.is_related and abs(article.published_at - candidate.published_at) <= WINDOW


def _likeness(candidate):
    return candidate.terms, candidate.article_id


def _stories(candidates, *, but):
    """Yield (mean likeness with the nearest members, story id) of each story among ``candidates``."""
    members = {}
    for candidate in candidates:
        if candidate.story_id:
            members.setdefault(candidate.story_id, []).append(candidate.terms)
    for story_id, size in _open(members, but=but):
        if size < LARGEST:
            likenesses = sorted(members[story_id], reverse=True)
            weighed = min(MEMBERS, max(size, len(likenesses)))
            # A member that is no candidate at all is like it in nothing: it counts as 0.
            yield sum(likenesses[:weighed]) / weighed, story_id


def _open(story_ids, *, but):
    """Return (id, articles it has but for one) of the stories that take in more. One query, or none."""
    # In plain SQL: to build this through models takes ten times as long as the query.
    statement = (
        f"SELECT story.id, COUNT(vector.article_id) FROM {rows.quoted(Story)} story "  # noqa: S608
        f"LEFT JOIN {rows.quoted(Article)} article ON article.story_id = story.id "
        f"LEFT JOIN {rows.quoted(TermVector)} vector "
        f"ON vector.article_id = article.id AND vector.is_related AND article.id <> {but.pk:d} "
        "WHERE NOT story.is_locked AND story.id {} GROUP BY story.id ORDER BY story.id"
    )
    return rows.read(statement, sorted(story_ids))


def _move(article, story_id):
    """Put ``article`` into a story; one that the program made is removed when nothing is left in it."""
    before = article.story_id
    if before == story_id:
        return
    with transaction.atomic():
        Article.objects.filter(pk=article.pk, story_is_set=False).update(story=story_id)
        if before:
            Story.objects.filter(pk=before).left_empty().delete()
    article.story_id = story_id


def _start(article, alone):
    """Make a story of two articles, or join the one that the other has been put into meanwhile."""
    with transaction.atomic():
        both = Article.objects.select_for_update(no_key=True).filter(pk__in=[article.pk, alone.article_id])
        rows = {row.pk: row for row in both.order_by("pk").only("story", "story_is_set")}
        other, mine = rows[alone.article_id], rows[article.pk]
        if other.story_is_set or mine.story_is_set or mine.story_id is not None:
            article.story_id = mine.story_id
            return
        story_id = other.story_id or Story.objects.create(is_named=False).pk
        Article.objects.filter(pk__in=rows).update(story=story_id)
    alone.story_id = article.story_id = story_id
