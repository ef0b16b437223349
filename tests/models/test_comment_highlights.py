"""What the newsroom puts forward among the comments, and what only its own accounts may say."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles.models import Comment, Report, StaleRecord
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article(at=NOON - DAY)


@pytest.fixture
def comment(article):
    return make.comment(article, at=NOON)


def highlights():
    return list(Comment.objects.order_by("pk").values_list("picked_at", "picked_by", "is_pinned"))


def test_picked_and_pinned_comment_says_who_picked_it_and_when(comment):
    mona = make.user("Moderator")
    comment.pick(by=mona, at=NOON)
    comment.pin()
    assert highlights() == [(NOON, mona.pk, True)]
    comment.unpick()
    comment.unpin()
    assert highlights() == [(None, None, False)]


def test_article_has_one_pin_and_the_last_one_stands(article, comment):
    other = make.comment(article, at=NOON)
    comment.pin()
    other.pin()
    assert [pinned for _, _, pinned in highlights()] == [False, True]
    with pytest.raises(StaleRecord):
        comment.unpin()


ENDS = {
    "reject": {"by": None, "at": NOON, "reason": "Rude."},
    "mark_as_spam": {"by": None, "at": NOON},
    "hold": {"by": None, "at": NOON},
    "delete_text": {"at": NOON},
}


@pytest.mark.parametrize("verb", ENDS)
def test_comment_that_is_no_longer_public_loses_pick_and_pin(comment, verb):
    comment.pick(by=None, at=NOON)
    comment.pin()
    getattr(comment, verb)(**ENDS[verb])
    assert highlights() == [(None, None, False)]
    if verb == "reject":
        comment.undo(by=None, at=NOON)
        assert highlights() == [(None, None, False)]


@pytest.mark.parametrize("verb", ["pick", "pin"])
@pytest.mark.parametrize("state", ["held", "rejected", "spam", "deleted"])
def test_only_what_readers_see_is_put_forward(article, verb, state):
    comment = make.comment(article, state=state, at=NOON)
    with pytest.raises(ValidationError):
        comment.pick(by=None, at=NOON) if verb == "pick" else comment.pin()


def test_answer_is_not_pinned(article, comment):
    with pytest.raises(ValidationError, match="answers no other"):
        make.comment(article, parent=comment, at=NOON).pin()


def test_what_was_picked_for_its_words_keeps_them(comment):
    seen = Comment.objects.get(pk=comment.pk)
    comment.pick(by=None, at=NOON)
    with pytest.raises(ValidationError, match="no longer be changed"):
        comment.edit("Buy my book.", at=NOON, state="public")
    with pytest.raises(StaleRecord):
        seen.edit("Buy my book.", at=NOON, state="public")


# --- the badge --------------------------------------------------------------------------------------------------------


WHO = {
    "a guest": lambda: make.commenter(),
    "nobody known": lambda: None,
    "a reader with an account": lambda: make.commenter(user=make.user()),
    "a colleague who does not answer readers": lambda: make.commenter(user=make.user("Reporter")),
    "an account that only has the group": lambda: make.commenter(user=make.user("Moderator", is_staff=False)),
    "one who left": lambda: make.commenter(user=make.user("Moderator", is_active=False)),
}


@pytest.mark.parametrize("who", WHO.values(), ids=WHO)
def test_nobody_else_gets_the_badge_of_an_author(article, who):
    comment = Comment(article=article, name="Ada", body="I am she.", author=make.author("Ada"), commenter=who())
    with pytest.raises(ValidationError, match="Only an account of the newsroom"):
        comment.post(at=NOON, state="public")
    assert Comment.objects.count() == 0


def test_account_of_the_newsroom_answers_with_the_badge(article):
    mona = make.commenter(user=make.user("Moderator"))
    comment = Comment(article=article, name="Ada", body="Thank you.", author=make.author("Ada"), commenter=mona)
    assert comment.post(at=NOON, state="public").author.name == "Ada"
    assert User.objects.get().is_staff


# --- undo -------------------------------------------------------------------------------------------------------------


def reports():
    return list(Report.objects.order_by("pk").values_list("outcome", "decided_by", "decided_at", "decision"))


def test_undoing_opens_the_reports_again_that_the_decision_settled(comment):
    mona, open_report = make.user("Moderator"), ("", None, None, None)
    make.report(comment)
    comment.approve(by=mona, at=NOON)
    dismissed = reports()[0]
    make.report(comment)
    make.report(comment)
    comment.reject(by=mona, at=NOON, reason="Rude.")
    assert [outcome for outcome, *_ in reports()] == ["dismissed", "upheld", "upheld"]
    comment.undo(by=mona, at=NOON + HOUR)
    assert reports() == [dismissed, open_report, open_report]
    assert (comment.report_count, Comment.objects.get().report_count, comment.state) == (2, 2, "public")


def test_undoing_an_undoing_settles_them_once_more(comment):
    make.report(comment)
    comment.reject(by=None, at=NOON, reason="Rude.")
    comment.undo(by=None, at=NOON)
    comment.undo(by=None, at=NOON)
    assert [outcome for outcome, *_ in reports()] == ["upheld"]
    assert (comment.report_count, Comment.objects.get().state) == (0, "rejected")


def test_undoing_a_dismissal_opens_the_report_of_a_comment_that_waits_again(article):
    comment = make.comment(article, at=NOON)
    make.report(comment)
    comment.hold(by=None, at=NOON)
    comment.approve(by=None, at=NOON)
    assert [outcome for outcome, *_ in reports()] == ["dismissed"]
    comment.undo(by=None, at=NOON)
    assert ([outcome for outcome, *_ in reports()], comment.report_count, comment.state) == ([""], 1, "held")
