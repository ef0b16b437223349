"""A story that the program made goes with its last article, at once; one that an editor named or locked stays."""

import pytest
from django.test import Client
from django.utils import timezone

from articles import related
from articles.models import Article, OldAddress, Story
from articles.related import stories
from tests import make
from tests.admin.desk import enter, form_of, url
from tests.concurrency.threads import crossing, meanwhile
from tests.related.reports import MANY, like, program_story, report

pytestmark = pytest.mark.django_db
LATER = make.NOON + make.DAY


def withdraw(article):
    article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")


def move(article):
    article.story = make.story("The flood")
    article.save()


def take_out(article):
    article.story = None
    article.save()


LEAVES = [withdraw, Article.delete, move, take_out]


@pytest.mark.parametrize("leave", LEAVES)
def test_story_goes_with_its_last_article(leave):
    story, (one, other) = program_story(at=timezone.now() - make.HOUR)
    leave(one)
    assert Story.objects.filter(pk=story.pk).exists()
    address = story.get_absolute_url()
    leave(other)
    assert not Story.objects.filter(pk=story.pk).exists()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("leave", LEAVES)
@pytest.mark.parametrize("kept", ["is_named", "is_locked"])
def test_story_that_an_editor_keeps_outlives_its_articles(leave, kept):
    story = make.story(**({"is_named": False} | {kept: True}))
    leave(make.article(story=story))
    assert Story.objects.filter(pk=story.pk).exists()


def test_story_goes_when_all_its_articles_are_deleted_in_one():
    program_story(3)
    other, (stays, *_) = program_story(3)
    Article.objects.exclude(pk=stays.pk).delete()
    assert list(Story.objects.all()) == [other]


def test_story_goes_when_an_editor_moves_its_last_article_in_the_form():
    _, (article,) = program_story(1)
    mine, editor = make.story("The flood"), enter("Editor")
    page = url("articles_article_change", article.pk)
    editor.post(page, form_of(editor.get(page)) | {"story": mine.pk})
    assert list(Story.objects.values_list("pk", "articles")) == [(mine.pk, article.pk)]


def test_story_goes_when_its_last_article_waits_no_more():
    story = make.story(is_named=False)
    article = make.scheduled(story=story)
    article.unschedule(by=None, at=timezone.now())
    article.refresh_from_db()
    assert (article.story, Story.objects.count()) == (None, 0)


def test_article_whose_story_went_with_it_can_be_saved_and_published_again():
    _, (article,) = program_story(1, at=timezone.now() - make.HOUR)
    withdraw(article)
    article.save()
    article.publish(by=None, at=timezone.now())
    assert (article.story, Story.objects.count()) == (None, 0)


def test_withdrawn_article_keeps_its_place_in_a_story_that_goes_on():
    story, (article, _) = program_story(at=timezone.now() - make.HOUR)
    withdraw(article)
    article.refresh_from_db()
    assert article.story == story


def test_draft_that_an_editor_put_there_keeps_the_story():
    story, (article,) = program_story(1)
    make.draft(story=story, story_is_set=True)
    article.delete()
    assert list(Story.objects.all()) == [story]


def test_address_that_led_to_the_story_goes_with_it():
    story, (article,) = program_story(1)
    other = make.story()
    story.take_in(other)
    article.delete()
    assert (Story.objects.count(), OldAddress.objects.count()) == (0, 0)


def test_archive_related_anew_has_no_story_of_withdrawn_articles_alone():
    _, (article,) = program_story(1)
    Article.objects.filter(pk=article.pk).update(state="draft")
    related.relate_everything(at=timezone.now())
    assert not Story.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_last_article_that_goes_while_its_story_is_merged_locks_nobody_out():
    story, (article,) = program_story(1)
    mine = Article.objects.filter(pk=article.pk)
    begin = lambda: list(Story.objects.select_for_update().filter(pk=story.pk)) and None  # noqa: E731
    moved, (deleted, _) = crossing(begin, lambda: mine.update(story_is_set=True), article.delete)
    assert (moved in (0, 1), deleted > 0, Article.objects.count()) == (True, True, 0)


@pytest.mark.django_db(transaction=True)
def test_story_that_an_article_joins_at_that_moment_stays():
    story, (article,) = program_story(1)
    late, near = report(), [like(article, 0.9)]
    assert meanwhile(lambda: stories.join(late, near, among=MANY, at=LATER) and None, article.delete) is not None
    assert list(Story.objects.values_list("pk", "articles")) == [(story.pk, late.pk)]


@pytest.mark.django_db(transaction=True)
def test_article_moved_by_hand_into_a_story_that_takes_in_its_own_locks_nobody_out():
    story, (article, _) = program_story()
    whole = make.story("The flood")
    mine = Article.objects.filter(pk=article.pk)
    begin = lambda: mine.update(headline="Moved") and None  # noqa: E731
    moved, merged = crossing(begin, lambda: mine.update(story=whole), lambda: whole.take_in(story))
    assert (moved, merged) == (1, None)
    assert (list(Story.objects.all()), whole.articles.count()) == ([whole], 2)
