"""Stories, hashtags and related articles at the desk, with what nobody should send: nothing breaks, nothing is lost."""

import pytest
from django.test import Client

from articles.models import RelatedChoice, Story
from tests import make
from tests.admin.desk import article_url, enter, form_of, messages, text, url
from tests.concurrency.threads import at_once

pytestmark = pytest.mark.django_db
TOO_LARGE = ["9" * 19, "9" * 30, "9" * 5000]  # for a column, for any column, for Python
UNREADABLE = {"controls": "\x01\x02", "zero width": "\u200b\u200b", "filler": "\u3164", "spaces": "   "}


@pytest.fixture
def editor():
    return enter("Editor")


def a_story(title="The flood", *, number=3):
    story = make.story(title)
    for n in range(number):
        make.article(story=story, outlet=f"Outlet {n}")
    return story


def page_of(story, verb):
    return url(f"articles_story_{verb}", story.pk)


def split(browser, story, articles, title="The bridge", version=1):
    sent = {"seen_version": version, "articles": [article.pk for article in articles], "title": title}
    return browser.post(page_of(story, "split"), sent)


# names


@pytest.mark.parametrize("name", [*UNREADABLE.values(), "x" * 10_000, "a\x00b"], ids=[*UNREADABLE, "long", "null"])
def test_story_that_is_split_off_needs_a_name_that_can_be_read(editor, name):
    story = a_story()
    assert split(editor, story, story.articles.all()[:1], name).status_code == 422
    assert (Story.objects.count(), story.articles.count()) == (1, 3)


@pytest.mark.parametrize("name", ["\x01\x02", "\u200b\u200b", "\u3164", "x" * 10_000])
def test_story_keeps_its_name_where_the_new_one_cannot_be_read(editor, name):
    story = a_story()
    page = page_of(story, "change")
    assert editor.post(page, form_of(editor.get(page)) | {"title": name}).status_code == 200
    assert Story.objects.get().title == "The flood"


def test_signs_that_nobody_sees_are_taken_out_of_what_is_told_of_a_story(editor):
    page = page_of(a_story(), "change")
    told = {"title": "The \u202eflood\x07 \n of  May", "summary": "What\u2028it\x07 took."}
    assert editor.post(page, form_of(editor.get(page)) | told).status_code == 302
    story = Story.objects.get()
    assert (story.title, story.slug, story.summary) == ("The flood of May", "the-flood-of-may", "What it took.")


# keys


@pytest.mark.parametrize("key", [*TOO_LARGE, "-1", "0", "x", "1.5", ""])
def test_numbers_that_no_record_has_are_refused_in_words(editor, key):
    story = a_story()
    article = story.articles.first()
    posts = [
        (page_of(story, "merge"), {"seen_version": 1, "other": key}),
        (page_of(story, "split"), {"seen_version": 1, "articles": [key], "title": "The bridge"}),
        (page_of(story, "lock"), {"seen_version": f"{key}x"}),
        (article_url(article, "related"), {"other": key, "choice": "pin"}),
    ]
    assert [editor.post(address, sent).status_code for address, sent in posts] == [422] * 4
    assert (Story.objects.count(), RelatedChoice.objects.count()) == (1, 0)


# what makes no sense


@pytest.mark.parametrize("kind", ["story", "hashtag"])
def test_merging_one_with_itself_is_refused(editor, kind):
    record = a_story() if kind == "story" else make.hashtag("Floods")
    sent = {"action": "merge", "_selected_action": [record.pk], "target": record.pk}
    response = editor.post(url(f"articles_{kind}_changelist"), sent)
    assert "It is the only one you have chosen." in text(response)
    assert type(record).objects.filter(pk=record.pk).exists()


def test_locked_stories_are_merged_all_the_same_and_stay_locked(editor):
    story, other = a_story("The flood"), a_story("Water in Ottery")
    story.lock()
    other.lock()
    response = editor.post(page_of(story, "merge"), {"seen_version": 2, "other": other.pk}, follow=True)
    assert messages(response) == ["“The flood” has taken in the other story."]
    assert (story.articles.count(), Story.objects.get().is_locked) == (6, True)


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_split_at_once_one_is_told():
    story, browsers = a_story(number=4), [enter("Editor", username=name) for name in ("one", "other")]
    first, second, *_ = story.articles.order_by("pk")
    deeds = [
        lambda browser=browser, article=article: split(browser, story, [article]).status_code
        for browser, article in zip(browsers, (first, second), strict=True)
    ]
    assert sorted(at_once(*deeds)) == [302, 422]
    assert (Story.objects.count(), story.articles.count()) == (2, 3)


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_decide_on_one_pair_at_once_are_both_heard():
    article, other = make.article(), make.article()
    browsers = [enter("Editor", username=name) for name in ("one", "other")]
    deeds = [
        lambda browser=browser, choice=choice: (
            browser.post(article_url(article, "related"), {"other": other.pk, "choice": choice}).status_code
        )
        for browser, choice in zip(browsers, ("pin", "block"), strict=True)
    ]
    assert at_once(*deeds) == [302, 302]
    assert RelatedChoice.objects.count() == 1


# ways in


def ways_in():
    """Return (address, what is sent) of all that an editor does to stories and related articles."""
    story, other = a_story("The flood"), a_story("Water in Ottery")
    article, far = story.articles.first(), other.articles.first()
    RelatedChoice.objects.decide(article, story.articles.last(), RelatedChoice.Choice.PIN)
    return [
        (page_of(story, "merge"), {"seen_version": 1, "other": other.pk}),
        (page_of(story, "split"), {"seen_version": 1, "articles": [article.pk], "title": "The bridge"}),
        (page_of(story, "lock"), {"seen_version": 1}),
        (article_url(article, "related"), {"other": far.pk, "choice": "pin"}),
        (article_url(article, "related_move"), {"other": far.pk, "to": "up"}),
    ]


def state():
    stories = list(Story.objects.order_by("pk").values_list("title", "is_locked", "version", "articles"))
    return stories, list(RelatedChoice.objects.values_list("other", "choice", "position"))


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_only_a_post_changes_anything(editor, method):
    ways = ways_in()
    before = state()
    found = {getattr(editor, method)(address, query_params=sent).status_code for address, sent in ways}
    assert found <= ({200, 302} if method in ("get", "head") else {405})
    assert state() == before


def test_post_from_another_site_changes_nothing(editor):
    ways, browser = ways_in(), Client(enforce_csrf_checks=True)
    browser.cookies = editor.cookies
    before = state()
    assert {browser.post(*way).status_code for way in ways} == {403}
    assert state() == before


@pytest.mark.parametrize("role", ["Reporter", "Moderator"])
def test_who_may_only_look_changes_nothing(role):
    ways = ways_in()
    before, browser = state(), enter(role)
    assert {browser.post(*way).status_code for way in ways} == {403}
    assert state() == before


@pytest.mark.parametrize("kind", ["story", "hashtag"])
@pytest.mark.parametrize("key", [*TOO_LARGE, "x", ""])
def test_list_leaves_out_what_no_record_can_be(editor, kind, key):
    record, other = (a_story(), a_story()) if kind == "story" else (make.hashtag("Floods"), make.hashtag("Deluge"))
    sent = {"action": "merge", "_selected_action": [key, record.pk], "target": other.pk}
    response = editor.post(url(f"articles_{kind}_changelist"), sent, follow=True)
    assert len(messages(response)) == 1
    assert messages(response)[0].startswith(f"1 {kind} merged into ")
    nothing = editor.post(url(f"articles_{kind}_changelist"), sent | {"_selected_action": [key]}, follow=True)
    assert messages(nothing)[0].startswith("Items must be selected")


def test_article_whose_story_went_while_the_form_was_open_is_saved_without_it(editor):
    story = make.story(is_named=False)
    article = make.article(story=story)
    page = article_url(article)
    written = form_of(editor.get(page)) | {"initial-story": story.pk, "headline": "The water falls"}
    story.delete()
    assert editor.post(page, written).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.story, article.story_is_set) == ("The water falls", None, False)
