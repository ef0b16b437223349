"""Moderators at work together: what one has decided is not undone by what another still sees; picks, pins, undo."""

import pytest
from django.utils import timezone

from articles.admin.comment import CommentAdmin
from articles.models import Comment
from tests import make
from tests.admin.desk import comment_url, enter, messages, url
from tests.documents import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return enter("Moderator", username="mona")


@pytest.fixture
def article():
    return make.article("The river rises")


def queue(name="held"):
    return url("articles_comment_changelist") + f"?queue={name}"


def as_shown(browser, tab="held"):
    """Return what the list's form would send: all rows chosen as they were seen."""
    form = page(browser.get(queue(tab))).one(id="changelist-form")
    fields = {name: [node["value"] for node in form.all("input", name=name)] for name in ("seen", "_selected_action")}
    assert len(fields["seen"]) == len(fields["_selected_action"])
    return fields


def states():
    return dict(Comment.objects.values_list("body", "state"))


def test_one_that_a_colleague_has_decided_is_named_and_the_others_are_done(article, moderator):
    for words in ("One.", "Two.", "Three."):
        comment = make.comment(article, words, state="held")
    seen = as_shown(moderator)
    comment.reject(by=make.user("Moderator", username="ida"), at=timezone.now(), reason="Rude.")
    answer = moderator.post(queue(), {"action": "approve_selected", **seen}, follow=True)
    [said] = messages(answer)
    assert said.startswith("2 comments approved. 1 was not: another moderator has decided on this comment.")
    assert said.endswith("rejected (Rude.).")
    assert "ida" in said
    assert states() == {"One.": "public", "Two.": "public", "Three.": "rejected"}


def test_one_that_was_decided_and_put_back_meanwhile_is_not_decided_unseen(article, moderator):
    comment = make.comment(article, "One.", state="held")
    seen = as_shown(moderator)
    comment.approve(by=None, at=timezone.now())
    comment.hold(by=None, at=timezone.now())
    moderator.post(queue(), {"action": "spam_selected", **seen}, follow=True)
    assert states() == {"One.": "held"}


def test_what_was_seen_goes_along_through_the_page_that_asks(article, moderator):
    comment = make.comment(article, "One.", state="held")
    make.comment(article, "Two.", state="held")
    asked = page(moderator.post(queue(), {"action": "reject_selected", **as_shown(moderator)}))
    fields = {name: [node["value"] for node in asked.all("input", name=name)] for name in ("seen", "_selected_action")}
    comment.approve(by=None, at=timezone.now())
    moderator.post(queue(), {"action": "reject_selected", "reason": "Rude.", **fields}, follow=True)
    assert states() == {"One.": "public", "Two.": "rejected"}


ON_ANOTHER_PAGE = {
    "decided": lambda comment: comment.reject(by=make.user("Moderator"), at=timezone.now(), reason="Rude."),
    "decided and put back": lambda comment: (
        comment.approve(by=None, at=timezone.now()),
        comment.hold(by=None, at=timezone.now()),
    ),
    "in other words": lambda comment: comment.edit("Buy this.", at=timezone.now(), state="held"),
}


def all_pages(browser, tab="held"):
    """Return what the list's form would send for all rows of all pages, of which it shows two."""
    form = page(browser.get(queue(tab))).one(id="changelist-form")
    names = ("listed_at", "seen", "_selected_action")
    return {"select_across": "1"} | {name: [node["value"] for node in form.all("input", name=name)] for name in names}


@pytest.fixture
def pages(article, monkeypatch):
    """Hold three comments; the list shows two of them at a time, so the third stands on another page."""
    monkeypatch.setattr(CommentAdmin, "list_per_page", 2)
    return [make.comment(article, words, state="held") for words in ("One.", "Two.", "Three.")]


@pytest.mark.parametrize("tab", ["held", "all"])
@pytest.mark.parametrize("what", ON_ANOTHER_PAGE)
def test_what_changed_on_another_page_is_left_alone(pages, article, moderator, tab, what):
    seen = all_pages(moderator, tab)
    hidden = pages[2] if tab == "held" else pages[0]  # of all the newest stand first
    assert str(hidden.pk) not in seen["_selected_action"]
    ON_ANOTHER_PAGE[what](hidden)
    make.comment(article, "It came later.", state="held")
    now = states()
    moderator.post(queue(tab), {"action": "approve_selected", **seen}, follow=True)
    others = {comment.body: "public" for comment in pages if comment != hidden}
    assert states() == now | others


def test_all_pages_stay_chosen_through_the_page_that_asks(pages, article, moderator):
    asked = page(moderator.post(queue(), {"action": "reject_selected", **all_pages(moderator)}))
    names = ("select_across", "listed_at", "seen", "_selected_action")
    fields = {name: [node["value"] for node in asked.all("input", name=name)] for name in names}
    pages[2].approve(by=None, at=timezone.now())
    make.comment(article, "It came later.", state="held")
    moderator.post(queue(), {"action": "reject_selected", "reason": "Rude.", **fields}, follow=True)
    assert states() == {"One.": "rejected", "Two.": "rejected", "Three.": "public", "It came later.": "held"}


@pytest.mark.parametrize("listed_at", ["", "x", "2026-99-99T00:00", "2126-01-01T00:00", "9999999999"])
def test_all_pages_of_a_list_that_does_not_say_when_it_was_read_are_left_alone(pages, moderator, listed_at):
    data = all_pages(moderator) | {"action": "approve_selected", "listed_at": listed_at, "seen": []}
    assert messages(moderator.post(queue(), data, follow=True)) == ["Nothing was changed: open the list again."]
    assert set(states().values()) == {"held"}


@pytest.mark.parametrize("seen", ["", "x", "1", "1:x", ":", "9" * 30 + ":1", "٣:1"])
def test_what_no_list_would_send_is_passed_over(article, moderator, seen):
    comment = make.comment(article, "One.", state="held")
    data = {"action": "approve_selected", "_selected_action": [comment.pk], "seen": seen}
    assert moderator.post(queue(), data).status_code in (200, 302)


def test_picks_and_pins_are_made_from_the_row_and_taken_back(article, moderator):
    comment = make.comment(article)
    rows = page(moderator.get(queue("public"))).all("button", data_key=None)
    assert {button["data-key"] for button in rows} == {"a", "s", "e", "p"}
    for verb in ("pick", "pin"):
        comment.refresh_from_db()
        moderator.post(comment_url(comment, verb), {"seen_version": comment.version})
    comment.refresh_from_db()
    assert (comment.is_picked, comment.picked_by, comment.is_pinned) == (True, moderator.person, True)
    assert "Editors’ pick" in page(moderator.get(queue("public"))).one(id="result_list").text
    for verb in ("unpick", "unpin"):
        comment.refresh_from_db()
        answer = moderator.post(comment_url(comment, verb), {"seen_version": comment.version}, follow=True)
        assert "Undo" not in messages(answer)[0]
    comment.refresh_from_db()
    assert (comment.is_picked, comment.is_pinned) == (False, False)


def test_answer_as_an_author_is_kept_as_that_of_the_account_that_wrote_it(article, moderator):
    comment = make.comment(article)
    asked = {"author": make.author("Ada").pk, "body": "Thank you.", "nonce": "6f1d3f0e-6a56-4c43-9a6f-2f9f4a0f7c11"}
    moderator.post(comment_url(comment, "answer"), {"seen_version": comment.version, **asked})
    assert Comment.objects.get(parent=comment).commenter.user == moderator.person
