"""The moderators' queue."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.models import Article, Comment
from tests import make
from tests.admin.desk import comment_url, enter, messages, text, url

pytestmark = pytest.mark.django_db

LIST = "articles_comment_changelist"


def do(browser, comment, verb, **asked):
    return browser.post(comment_url(comment, verb), {"seen_version": comment.version} | asked, follow=True)


def act(browser, action, *comments, queue="held", **asked):
    chosen = {"action": action, "_selected_action": [comment.pk for comment in comments]}
    return browser.post(url(LIST) + f"?queue={queue}", chosen | asked, follow=True)


def states():
    return dict(Comment.objects.values_list("body", "state"))


@pytest.fixture
def article():
    return make.article("The river rises")


def test_queue_opens_on_what_waits(article):
    for state in ("public", "held", "rejected", "spam", "deleted"):
        make.comment(article, f"It is {state}.", state=state, at=timezone.now())
    browser = enter("Moderator")

    def listed(address):
        return [comment.state for comment in browser.get(address).context["cl"].result_list]

    tabs = ("held", "public", "rejected", "spam", "deleted")
    assert listed(url(LIST)) == ["held"]
    assert [listed(url(LIST) + f"?queue={tab}") for tab in tabs] == [[tab] for tab in tabs]
    assert sorted(listed(url(LIST) + "?queue=all")) == sorted(tabs)
    assert listed(url(LIST) + "?queue=nonsense") == ["held"]


def test_row_of_the_queue_shows_what_a_moderator_needs(article):
    make.comment(article, "Buy here.", state="held", name="Bob Buyer")
    words = text(enter("Moderator").get(url(LIST)))
    assert [
        each for each in ("Buy here.", "Bob Buyer", "The river rises", "A rule held it.") if each not in words
    ] == []


def test_comment_is_shown_as_text_never_as_markup(article):
    comment = make.comment(article, "<script>alert(1)</script>", state="held")
    page = enter("Moderator").get(comment_url(comment)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_approved_comment_is_public_and_counted(article):
    browser, comment = enter("Moderator"), make.comment(article, state="held")
    page = do(browser, comment, "approve")
    comment.refresh_from_db()
    assert (comment.state, comment.decided_by) == ("public", browser.person)
    assert Article.objects.get().comment_count == 1
    undo = f'<a href="{comment_url(comment, "undo")}">Undo…</a>'
    assert messages(page) == [f"The comment “Rosa Reader: Thank you for this.” is public. {undo}"]
    assert LogEntry.objects.get().user == browser.person


def test_rejection_asks_for_a_reason_first(article):
    browser, comment = enter("Moderator"), make.comment(article)
    assert do(browser, comment, "reject").context["form"].errors == {"reason": ["This field is required."]}
    do(browser, comment, "reject", reason="It insults a neighbour.")
    comment.refresh_from_db()
    assert (comment.state, comment.state_reason) == ("rejected", "It insults a neighbour.")
    assert Article.objects.get().comment_count == 0


@pytest.mark.parametrize(("verb", "state"), [("spam", "spam"), ("hold", "held")])
def test_public_comment_can_be_taken_back(article, verb, state):
    comment = make.comment(article)
    do(enter("Moderator"), comment, verb)
    assert states() == {"Thank you for this.": state}
    assert Article.objects.get().comment_count == 0


def test_second_moderator_hears_that_the_first_has_decided(article):
    comment = make.comment(article, state="held")
    with time_machine.travel(datetime(2031, 5, 4, 12, 30, tzinfo=UTC), tick=False):
        do(enter("Moderator", username="mona"), comment, "spam")
        page = do(enter("Moderator"), comment, "approve")
    told = "Another moderator has decided on this comment. Load it again. mona, 12:30 UTC: spam (Spam.)."
    assert (page.status_code, page.context["form"].non_field_errors()) == (422, [told])
    assert states() == {"Thank you for this.": "spam"}


def test_buttons_are_those_that_make_sense_now(article):
    browser = enter("Chief")
    buttons = {}
    for state in ("held", "public", "rejected", "spam", "deleted"):
        page = browser.get(comment_url(make.comment(article, f"It is {state}.", state=state)))
        buttons[state] = [button["verb"].name for button in page.context["verb_buttons"]]
    assert buttons == {
        "held": ["approve", "reject", "spam", "erase"],
        "public": ["approve", "reject", "spam", "hold", "pick", "pin", "answer", "erase"],
        "rejected": ["approve", "spam", "hold", "undo", "erase"],
        "spam": ["approve", "reject", "hold", "undo", "erase"],
        "deleted": [],
    }


def test_author_answers_in_public(article):
    author = make.author("Ada Author", outlet=article.outlet)
    comment = make.comment(article)
    browser = enter("Moderator")
    form = browser.get(comment_url(comment, "answer")).context["form"]
    asked = {"author": author.pk, "body": "Thank you, Rosa.", "nonce": form["nonce"].value()}
    do(browser, comment, "answer", **asked)
    do(browser, comment, "answer", **asked)  # a second click
    answer = Comment.objects.get(parent=comment)
    assert (answer.author, answer.name, answer.body, answer.state) == (
        author,
        "Ada Author",
        "Thank you, Rosa.",
        "public",
    )
    assert Article.objects.get().comment_count == 2


def test_answer_that_comes_too_late_keeps_its_text(article):
    comment = make.comment(article)
    Article.objects.update(comments_policy="closed")
    asked = {"author": make.author().pk, "body": "Thank you, Rosa.", "nonce": "6f1d3f0e-6a56-4c43-9a6f-2f9f4a0f7c11"}
    page = do(enter("Moderator"), comment, "answer", **asked)
    assert page.context["form"].non_field_errors() == ["Comments on this article are closed."]
    assert page.context["form"]["body"].value() == "Thank you, Rosa."


def test_erased_comment_keeps_its_place_and_nothing_else(article):
    comment = make.comment(article, email="rosa@reader.example")
    do(enter("Chief"), comment, "erase")
    comment.refresh_from_db()
    assert (comment.state, comment.body, comment.email) == ("deleted", "", "")


# several at once


@pytest.mark.parametrize(
    ("action", "asked", "said", "state"),
    [
        ("approve_selected", {}, "2 comments approved.", "public"),
        ("reject_selected", {"reason": "Off topic."}, "2 comments rejected.", "rejected"),
        ("spam_selected", {}, "2 comments marked as spam.", "spam"),
    ],
)
def test_queue_is_worked_off_several_at_once(article, action, asked, said, state):
    comments = [make.comment(article, f"Number {number}", state="held") for number in range(2)]
    page = act(enter("Moderator"), action, *comments, **asked)
    assert messages(page) == [said]
    assert states() == {"Number 0": state, "Number 1": state}


def test_list_asks_for_a_reason_before_it_rejects(article):
    comment = make.comment(article, state="held")
    page = act(enter("Moderator"), "reject_selected", comment)
    assert page.context["title"] == "Reject"
    assert states() == {comment.body: "held"}


def test_queue_leaves_alone_what_another_moderator_has_decided(article):
    mine = make.comment(article, "Mine", state="held")
    theirs = make.comment(article, "Theirs", state="held")
    theirs.reject(by=None, at=timezone.now(), reason="Off topic.")
    act(enter("Moderator"), "approve_selected", mine, theirs)
    assert states() == {"Mine": "public", "Theirs": "rejected"}


def test_deleted_comment_is_not_brought_back(article):
    comment = make.comment(article, state="deleted")
    page = act(enter("Moderator"), "approve_selected", comment, queue="deleted")
    assert messages(page) == ["Nothing was changed: its author has deleted it; there is nothing left to decide on."]
    assert states() == {"": "deleted"}
