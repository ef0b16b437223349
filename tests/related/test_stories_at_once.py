"""Stories that two change at once: programs that put reports together, editors who merge, lock and move."""

import pytest
from django.utils import timezone

from articles import related
from articles.models import Article, Due, RelatedLink, Story
from articles.related import stories
from tests import make
from tests.concurrency.threads import at_once, crossing, meanwhile
from tests.make import DAY, NOON
from tests.related.reports import MANY, concert, flood, like, program_story, relate, report

pytestmark = pytest.mark.django_db(transaction=True)


def test_article_joins_no_story_that_is_merged_at_that_moment_and_looks_again():
    story, told = program_story()
    article, other, near = report(), make.story("The flood"), [like(each, 0.9) for each in told]
    assert meanwhile(lambda: other.take_in(story), lambda: stories.join(article, near, among=MANY, at=NOON)) is None
    article.refresh_from_db()
    assert (article.story, set(other.articles.all())) == (None, set(told))
    assert article.pk in related_soon()
    assert stories.join(article, [like(each, 0.9) for each in other.articles.all()], among=MANY, at=NOON) == other.pk


def test_article_joins_no_story_that_is_locked_at_that_moment():
    story, told = program_story()
    article, near = report(), [like(each, 0.9) for each in told]
    assert meanwhile(story.lock, lambda: stories.join(article, near, among=MANY, at=NOON)) is None
    assert (set(story.articles.all()), article.pk in related_soon()) == (set(told), False)


def related_soon():
    return set(Due.objects.filter(kind="relate", due_at__lte=timezone.now()).values_list("key", flat=True))


def test_article_leaves_no_story_that_is_locked_at_that_moment():
    story, told = program_story(3)
    assert meanwhile(story.lock, lambda: stories.join(told[0], [], among=MANY, at=NOON)) == story.pk
    assert set(story.articles.all()) == set(told)


def test_article_that_is_moved_by_an_editor_at_that_moment_stays_there():
    _, told = program_story(3)
    mine = make.story("The flood")
    moved = Article.objects.filter(pk=told[0].pk)
    change = lambda: moved.update(story=mine, story_is_set=True)  # noqa: E731
    assert meanwhile(change, lambda: stories.join(told[0], [], among=MANY, at=NOON)) == mine.pk


def test_reports_that_begin_a_story_are_locked_in_rising_order():
    one, other = report(), report()
    begin, end = (lambda each=each: touch(Article, each) for each in (one, other))
    near = like(one, 0.9)
    begin()  # it is stored behind the other now
    assert crossing(begin, end, lambda: stories.join(other, [near], among=MANY, at=NOON)) == [1, Story.objects.get().pk]


def test_stories_are_locked_in_rising_order():
    article, other = (report(make.story(is_named=False)) for _ in range(2))
    first, second, near = article.story, other.story, like(other, 0.9)
    begin, end = (lambda story=story: touch(Story, story) for story in (first, second))
    begin()
    assert crossing(begin, end, lambda: stories.join(article, [near], among=MANY, at=NOON)) == [1, second.pk]


def touch(model, record):
    return model.objects.filter(pk=record.pk).update(version=1)


def test_two_reports_that_begin_a_story_with_a_third_at_once_tell_one():
    one, other, third = report(), report(), report()
    near, as_near = like(third, 0.9), like(third, 0.9)
    meanwhile(
        lambda: stories.join(one, [near], among=MANY, at=NOON),
        lambda: stories.join(other, [as_near], among=MANY, at=NOON),
    )
    assert set(Story.objects.get().articles.all()) == {one, other, third}


def test_two_reports_related_at_once_make_one_story_and_find_each_other():
    relate(*[concert(f"Cellist {number} plays Bach") for number in range(20)])
    for round_ in range(3):
        one, other = (flood(f"Sarn dyke {round_} breaks, {name}") for name in ("seen", "told"))
        for each in (one, other):
            Article.objects.filter(pk=each.pk).update(published_at=timezone.now() - (1 + 30 * round_) * DAY)
        at = timezone.now()
        assert at_once(lambda: related.relate(one, at=at), lambda: related.relate(other, at=at)) == [None, None]  # noqa: B023
        for each in (one, other):
            each.refresh_from_db()
        links = RelatedLink.objects.filter(article__in=[one, other], related__in=[one, other])
        assert set(links.values_list("article", "related")) == {(one.pk, other.pk), (other.pk, one.pk)}
        assert (one.story_id, one.story_id is None) == (other.story_id, False)
