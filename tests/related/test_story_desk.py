"""Editors keep stories: merge, split, name, lock. What they put together the program leaves together."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article, Due, OldAddress, StaleRecord, Story
from tests import make
from tests.related.reports import concert, flood, relate

pytestmark = pytest.mark.django_db


def reports(story, number=2):
    return [make.article(story=story, outlet=f"Outlet {n}") for n in range(number)]


def told(story):
    return set(Article.objects.filter(story=story).values_list("pk", flat=True))


def planned():
    return set(Due.objects.filter(kind="refresh").values_list("key", flat=True))


def test_merged_story_brings_its_articles_and_its_address():
    story, other = make.story("The flood"), make.story("Water in Ottery")
    own, brought = reports(story), reports(other)
    Due.objects.all().delete()
    gone = other.pk
    story.take_in(other)
    assert told(story) == {article.pk for article in own + brought}
    assert [Story.objects.called(gone), Story.objects.called(story.pk)] == [story, story]
    assert planned() == {article.pk for article in brought}


def test_program_leaves_articles_where_an_editor_put_them():
    story, other = make.story(), make.story()
    own, brought = reports(story, 1), reports(other, 1)
    story.take_in(other)
    split = story.split_off(Article.objects.filter(pk=own[0].pk), title="Another event")
    set_by_hand = dict(Article.objects.values_list("pk", "story_is_set"))
    assert (set_by_hand, told(split)) == ({own[0].pk: True, brought[0].pk: True}, {own[0].pk})
    assert split.is_named


def test_what_was_split_off_stays_apart_when_the_program_looks_again():
    relate(*[concert(f"Cellist {number} plays suite {number}") for number in range(30)])
    told_by = [flood(f"Sarn dyke breaks at Ottery {number}", outlet=f"Paper {number}") for number in range(6)]
    relate(*told_by)
    story = Story.objects.get(articles=told_by[0])
    assert told(story) == {article.pk for article in told_by}
    split = story.split_off(Article.objects.filter(pk__in=[told_by[4].pk, told_by[5].pk]), title="Another event")
    relate(*told_by, *told_by)
    assert (told(story), told(split)) == ({each.pk for each in told_by[:4]}, {each.pk for each in told_by[4:]})


def test_story_merged_twice_is_found_in_one_step():
    first, second, third = (make.story(f"Story {n}") for n in range(3))
    pks = [first.pk, second.pk, third.pk]
    second.take_in(first)
    third.take_in(second)
    assert [Story.objects.called(pk) for pk in pks] == [third] * 3
    assert set(OldAddress.objects.values_list("target_id", flat=True)) == {third.pk}


def test_deleted_story_leaves_no_address_behind():
    first, second = make.story(), make.story()
    gone = first.pk
    second.take_in(first)
    second.delete()
    assert (Story.objects.called(gone), OldAddress.objects.count()) == (None, 0)


def test_story_cannot_be_merged_with_itself():
    story = make.story()
    with pytest.raises(ValidationError, match="with itself"):
        story.take_in(story)


def test_story_that_somebody_merged_away_cannot_be_merged_again():
    one, two, three = make.story(), make.story(), make.story()
    seen = Story.objects.get(pk=three.pk)
    one.take_in(three)
    with pytest.raises(StaleRecord):
        two.take_in(seen)
    with pytest.raises(StaleRecord):
        seen.take_in(two)
    assert set(Story.objects.all()) == {one, two}


def test_editor_who_saw_an_older_story_is_told():
    story = make.story()
    seen = Story.objects.get(pk=story.pk)
    story.lock()
    with pytest.raises(StaleRecord):
        seen.unlock()
    assert Story.objects.get().is_locked


def test_writer_who_has_a_moved_article_open_is_told():
    story, other = make.story(), make.story()
    (article,) = reports(other, 1)
    seen = article.version
    story.take_in(other)
    with pytest.raises(StaleRecord):
        article.save_over(seen)


def test_split_moves_articles_of_the_story_only():
    story, other = make.story(), make.story()
    own, foreign = reports(story), reports(other, 1)
    new = story.split_off(Article.objects.filter(pk__in=[own[0].pk, foreign[0].pk]), title="Another event")
    assert (told(new), told(story), told(other)) == ({own[0].pk}, {own[1].pk}, {foreign[0].pk})


@pytest.mark.parametrize("chosen", ["none", "all"])
def test_split_leaves_no_empty_story(chosen):
    story = make.story()
    own = reports(story)
    articles = Article.objects.none() if chosen == "none" else Article.objects.all()
    with pytest.raises(ValidationError):
        story.split_off(articles, title="Another event")
    assert (told(story), Story.objects.count()) == ({article.pk for article in own}, 1)


def test_split_needs_a_name():
    story = make.story()
    own = reports(story)
    with pytest.raises(ValidationError):
        story.split_off(Article.objects.filter(pk=own[0].pk), title="")
    assert Story.objects.count() == 1


def test_saving_a_story_from_an_old_copy_does_not_turn_its_version_back():
    story = make.story()
    seen = Story.objects.get(pk=story.pk)
    story.lock()
    seen.title = "Renamed"
    seen.save(update_fields=["title"])
    story = Story.objects.get()
    assert (story.title, story.slug, story.version, story.is_locked) == ("Renamed", "renamed", 2, True)
