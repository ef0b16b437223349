"""Stories at the desk: the list, merging, splitting off, naming and locking."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Story
from tests import make
from tests.admin.desk import enter, form_of, messages, text, url

pytestmark = pytest.mark.django_db
LIST = "articles_story_changelist"


@pytest.fixture
def editor():
    return enter("Editor")


def a_story(title=None, *, number=2, **fields):
    story = make.story(title, **fields)
    for n in range(number):
        make.article(story=story, outlet=f"Outlet {n}")
    return story


def page_of(story, verb="change"):
    return url(f"articles_story_{verb}", story.pk)


def test_list_says_how_widely_each_is_told(editor):
    story = a_story("The flood", number=3)
    make.article(story=story, outlet="Outlet 0")
    make.draft(story=story, outlet="Outlet 9")
    row = editor.get(url(LIST)).context["cl"].result_list[0]
    assert (row.outlets_telling, row.articles_told) == (3, 4)
    assert "The flood" in text(editor.get(url(LIST) + "?is_named__exact=1&is_locked__exact=0"))


def test_story_takes_another_in(editor):
    story, other = a_story("The flood"), a_story("Water in Ottery")
    data = {"seen_version": 1, "other": other.pk}
    response = editor.post(page_of(story, "merge"), data, follow=True)
    assert messages(response) == ["“The flood” has taken in the other story."]
    assert (story.articles.count(), Story.objects.count()) == (4, 1)


def test_stories_are_merged_into_one_from_the_list(editor):
    stories = [a_story(f"Story {n}") for n in range(3)]
    asked = {"action": "merge", "_selected_action": [story.pk for story in stories]}
    assert "Merge into" in text(editor.post(url(LIST), asked))
    response = editor.post(url(LIST), asked | {"target": stories[1].pk}, follow=True)
    assert messages(response) == ["2 stories merged into “Story 1”."]
    assert list(Story.objects.all()) == [stories[1]]
    assert stories[1].articles.filter(story_is_set=True).count() == 4


def test_articles_are_split_off(editor):
    story = a_story("The flood", number=3)
    leaving = story.articles.order_by("pk").first()
    assert leaving.headline in text(editor.get(page_of(story, "split")))
    data = {"seen_version": 1, "articles": [leaving.pk], "title": "The bridge"}
    assert editor.post(page_of(story, "split"), data).status_code == 302
    leaving.refresh_from_db()
    assert (leaving.story.title, leaving.story_is_set, story.articles.count()) == ("The bridge", True, 2)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"title": "The bridge"}, "This field is required."),
        ({"articles": "ALL", "title": "The bridge"}, "Leave an article in this story."),
        ({"articles": "ONE", "title": ""}, "This field is required."),
        ({"articles": "FOREIGN", "title": "The bridge"}, "is not one of the available choices"),
    ],
)
def test_split_that_makes_no_sense_is_refused_in_words(editor, data, complaint):
    story = a_story()
    pks = list(story.articles.values_list("pk", flat=True))
    named = {"ALL": pks, "ONE": pks[:1], "FOREIGN": [make.article().pk]}
    sent = {key: named.get(value, value) for key, value in data.items()} | {"seen_version": 1}
    response = editor.post(page_of(story, "split"), sent)
    assert (response.status_code, Story.objects.count(), story.articles.count()) == (422, 1, 2)
    assert complaint in text(response)


@pytest.mark.parametrize("other", ["", "SELF", "x", "999999"])
def test_merge_that_makes_no_sense_is_refused(editor, other):
    story = a_story()
    sent = {"seen_version": 1, "other": story.pk if other == "SELF" else other}
    assert editor.post(page_of(story, "merge"), sent).status_code == 422
    assert Story.objects.count() == 1


def test_story_is_locked_and_unlocked(editor):
    story = a_story()
    assert editor.post(page_of(story, "lock"), {"seen_version": 1}).status_code == 302
    assert Story.objects.get().is_locked
    assert editor.post(page_of(story, "lock"), {"seen_version": 2}).status_code == 422
    assert editor.post(page_of(story, "unlock"), {"seen_version": 2}).status_code == 302
    assert not Story.objects.get().is_locked


def test_stories_are_locked_from_the_list(editor):
    stories = [a_story(), a_story()]
    asked = {"action": "lock_selected", "_selected_action": [story.pk for story in stories]}
    assert messages(editor.post(url(LIST), asked, follow=True)) == ["2 stories locked."]
    assert Story.objects.filter(is_locked=True).count() == 2


def test_editor_who_was_slower_is_told(editor):
    story = a_story()
    Story.objects.get(pk=story.pk).lock()
    response = editor.post(page_of(story, "merge"), {"seen_version": 1, "other": a_story().pk})
    assert response.status_code == 422
    assert "was changed by somebody else" in text(response)


def test_story_that_is_renamed_counts_as_named(editor):
    story = a_story("Sarn dyke breaks at Ottery", is_named=False)
    assert "Grouped by a program" in text(editor.get(page_of(story)))
    data = form_of(editor.get(page_of(story))) | {"title": "The Lower Sarn flood"}
    assert editor.post(page_of(story), data).status_code == 302
    story = Story.objects.get()
    assert (story.title, story.is_named) == ("The Lower Sarn flood", True)


@pytest.mark.parametrize("role", ["Reporter", "Moderator"])
def test_others_look_and_change_nothing(role):
    browser, story = enter(role), a_story()
    response = browser.get(page_of(story))
    assert (response.status_code, response.context["verb_buttons"]) == (200, [])
    asked = {"action": "merge", "_selected_action": [story.pk], "target": a_story().pk}
    browser.post(url(LIST), asked)
    assert Story.objects.count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_a_fixed_number_of_queries(editor, rows):
    story, *_ = [a_story(number=rows * 2) for _ in range(rows)]
    costs, pages = {}, (url(LIST), page_of(story), page_of(story, "split"), page_of(story, "merge"))
    for name in pages:  # what Django remembers of content types from one page to the next
        editor.get(name)
    for name in pages:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(name).status_code == 200
        costs[name] = len(captured)
    assert list(costs.values()) == [6, 8, 7, 5]
    assert Article.objects.count() == rows * rows * 2
