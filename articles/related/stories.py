"""Gather the reports of one event into a story, as they arrive.

Online clustering by average likeness: an article joins the story whose nearest members it is most like, if it is like
them enough and came out near enough in time; else two articles of which that holds start a story. An article is weighed
against several members, never against the nearest alone, so that a chain of pairs cannot tie two events together. One
that is related anew and is like its story's members no more leaves it. Members are those that readers may see then.
"""

from datetime import timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Min

from articles.models import Article, Due, Story
from articles.models.prepared import INSTANT, PK, Prepared

LEAST_LIKENESS = 0.24  # mean cosine with the nearest members
# While few articles are counted every word looks rare and every two texts alike. More is asked for then: 0.37 among 10
# articles, 0.26 among 100. Found on labelled news and on the demo, as they arrive at an empty site.
CAUTION, FIRST_ONES = 2, 5
LEAVES_BELOW = 0.6 * LEAST_LIKENESS  # so far below what is asked of one that joins that none comes and goes
MEMBERS = 5  # members weighed against
WINDOW = timedelta(days=7)  # between an article and the nearest member
SPAN = timedelta(days=14)  # from a story's first report to its last; what goes on is a subject, if no editor named it
NO_STRANGER = 0.8  # a story is left for another, or for an article outside, that is likelier by more than this factor
LARGEST = 120  # articles of one story: beyond it, it is a subject, not an event
_AT_ONCE = 50  # stories asked for in one statement; an article is near those of its 80 candidates, mostly a handful
_STAND_INS = range(PK - _AT_ONCE, PK)


class _Known(NamedTuple):
    """A story of which readers may see anything then; the article that is weighed is not counted in it."""

    story_id: int
    size: int
    is_locked: bool
    is_named: bool
    is_in_time: bool  # it would go on for no longer than SPAN with the article in it

    @property
    def keeps(self):
        """Whether an editor named or locked it: what is in it stays."""
        return self.is_named or self.is_locked


def join(article, candidates, *, among, at):
    """Put ``article`` into the story it tells, or out of one that it tells no more; return the story's id, or None.

    ``among`` is the number of articles whose words were counted to compare it. An editor's word stands. Where the story
    is merged into another at that moment, the article is looked at again soon after ``at``.
    """
    if article.story_is_set:
        return article.story_id
    # What somebody paid for tells no story.
    near = [] if article.is_sponsored else [each for each in candidates if _is_near(article, each)]
    known = {story.story_id: story for story in _known(article, near, at=at)}
    if article.story_id not in known or not known[article.story_id].keeps:
        if article.is_sponsored:
            _move(article, None, at=at)
        else:
            _look(article, candidates, near, known, least=least_likeness(among), at=at)
    return article.story_id


def least_likeness(among):
    """Return the mean cosine that is asked of an article compared by the words of ``among`` articles."""
    return LEAST_LIKENESS + CAUTION / (FIRST_ONES + among)


def _look(article, candidates, near, known, *, least, at):
    """Let ``article`` join the best of the stories ``known``, leave its own, or start one."""
    best = max(_open(known.values(), near), default=(0.0, None))
    own = known.get(article.story_id)
    if own and own.is_in_time and best[0] >= least and _mean(own, near) >= NO_STRANGER * best[0]:
        best = best[0], own.story_id  # it stays where it is: what editors split would come together again
    # What one outlet says twice is no story across outlets: its own articles start none.
    others = [candidate for candidate in near if candidate.outlet_id != article.outlet_id]
    alone = max((candidate for candidate in others if candidate.story_id is None), key=_likeness, default=None)
    if best[0] >= least and (alone is None or best[0] >= NO_STRANGER * alone.terms):
        _move(article, best[1], at=at)
    elif article.story_id in known and _has_left(known[article.story_id], candidates):
        _move(article, None, at=at)
    if alone is not None and alone.terms >= least and article.story_id is None:
        _start(article, alone, at=at)


def _is_near(article, candidate):
    """Tell whether ``candidate`` is here already and came out near enough in time: a story grows as reports arrive."""
    return candidate.is_related and abs(article.published_at - candidate.published_at) <= WINDOW


def _likeness(candidate):
    return candidate.terms, candidate.article_id


def _open(stories, candidates):
    """Yield (mean likeness with the nearest members, story id) of those of ``stories`` that take in more."""
    for story in stories:
        if story.is_in_time and not story.is_locked and story.size < LARGEST:
            yield _mean(story, candidates), story.story_id


def _has_left(story, candidates):
    """Tell whether an article is like the others of its story no more, or came out too long before or after them."""
    return not story.is_in_time or _mean(story, candidates) < LEAVES_BELOW


def _mean(story, candidates):
    """Return the mean likeness with the nearest members. One that is no candidate at all is like it in nothing: 0."""
    likenesses = [candidate.terms for candidate in candidates if candidate.story_id == story.story_id]
    likenesses.sort(reverse=True)
    weighed = min(MEMBERS, max(story.size, len(likenesses)))
    return sum(likenesses[:weighed]) / weighed


def _known(article, candidates, *, at):
    """Yield what others tell of the story that ``article`` is in and of those of ``candidates``. One query, or none.

    Not a story of which nobody sees anything else: it is not left for that, and nobody joins it.
    """
    ids = {story_id for story_id in (article.story_id, *(each.story_id for each in candidates)) if story_id}
    ids, of = sorted(ids), article.published_at
    for start in range(0, len(ids), _AT_ONCE):
        given = dict(zip_longest(_STAND_INS, ids[start : start + _AT_ONCE], fillvalue=0))
        for *story, is_named, first, last in _told().rows(given | {PK: article.pk, INSTANT: at}):
            yield _Known(*story, is_named, is_named or (last - of <= SPAN and of - first <= SPAN))


@lru_cache
def _told():
    """Return the query for stories, each with what is told in it but for one article. What is not live is not told."""
    told = Article.objects.live(at=INSTANT).filter(story__in=_STAND_INS, term_vector__is_related=True).exclude(pk=PK)
    told = told.values("story", "story__is_locked", "story__is_named").order_by("story")
    told = told.annotate(size=Count("pk"), first=Min("published_at"), last=Max("published_at"))
    return Prepared(told, "story", "size", "story__is_locked", "story__is_named", "first", "last")


def _move(article, story_id, *, at):
    """Put ``article`` into a story, or into none; one that the program made is removed when nothing is left in it."""
    before = article.story_id
    if before == story_id:
        return
    mine = Article.objects.filter(pk=article.pk)
    with transaction.atomic():
        if _may_move(before, story_id) and mine.filter(story=before, story_is_set=False).update(story=story_id) == 1:
            article.story_id = story_id
            if before:
                Story.objects.filter(pk=before).sweep()
        else:  # an editor or another process was quicker, and has the word
            article.story_id = mine.values_list("story", flat=True).first()
            if story_id and not Story.objects.filter(pk=story_id).exists():  # merged: the whole may be the one to join
                Due.objects.plan("relate", article.pk, at=at)


def _may_move(before, story_id):
    """Lock both stories and tell whether editors still let an article leave the one and join the other."""
    # Stories before articles, as editors lock them who merge two: at once they wait, and lock nobody out.
    both = Story.objects.select_for_update(no_key=True).filter(pk__in={before, story_id} - {None}).order_by("pk")
    found = {story.pk: story for story in both.only("is_named", "is_locked")}
    is_free = before not in found or not (found[before].is_named or found[before].is_locked)
    return is_free and (story_id is None or (story_id in found and not found[story_id].is_locked))


def _start(article, alone, *, at):
    """Make a story of two articles, or join the one that the other has been put into meanwhile."""
    with transaction.atomic():
        both = Article.objects.select_for_update(no_key=True).filter(pk__in=[article.pk, alone.article_id])
        both = {row.pk: row for row in both.order_by("pk").only("story", "story_is_set")}
        if len(both) < 2 or any(row.story_is_set for row in both.values()) or both[article.pk].story_id is not None:
            article.story_id = both[article.pk].story_id if article.pk in both else None
            return
        alone.story_id = both[alone.article_id].story_id
        if alone.story_id is None:
            alone.story_id = article.story_id = Story.objects.create(is_named=False).pk
            Article.objects.filter(pk__in=both).update(story=article.story_id)
    _move(article, alone.story_id, at=at)
