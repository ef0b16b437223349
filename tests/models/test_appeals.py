"""A writer appeals once, somebody else decides, and the log keeps it all."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Appeal, Decision, StaleRecord
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db
LATER = NOON + 3 * DAY


@pytest.fixture
def article():
    return make.article(at=NOON - DAY)


@pytest.fixture
def moderators():
    return make.user("Moderator"), make.user("Moderator")


def rejected(article, by):
    comment = make.comment(article, at=NOON)
    comment.reject(by=by, at=NOON, reason="Rude.")
    return comment


def log(comment):
    return list(Decision.objects.filter(comment=comment).order_by("pk").values_list("from_state", "to_state", "by"))


@pytest.mark.parametrize(
    ("state", "after", "may"),
    [
        ("rejected", HOUR, True),
        ("spam", HOUR, True),
        ("held", HOUR, False),
        ("held", 2 * DAY, True),
        ("public", 9 * DAY, False),
        ("deleted", 9 * DAY, False),
    ],
)
def test_appeal_is_against_what_was_taken_down_or_waits_too_long(article, state, after, may):
    comment = make.comment(article, state=state, at=NOON)
    with contextlib.suppress(ValidationError):
        make.appeal(comment, at=NOON + after)
    assert Appeal.objects.count() == may


def test_appeal_is_made_once(article):
    comment = rejected(article, None)
    first, second = make.appeal(comment, "First.", at=NOON), make.appeal(comment, "Second.", at=LATER)
    assert (first.pk, second.text, Appeal.objects.count()) == (second.pk, "First.", 1)


def test_overturned_decision_makes_the_comment_public_and_is_in_the_log(article, moderators):
    first, second = moderators
    comment = rejected(article, first)
    appeal = make.appeal(comment, at=NOON)
    appeal.overturn(by=second, at=LATER, words="You are right.")
    appeal.refresh_from_db()
    comment.refresh_from_db()
    assert (appeal.outcome, appeal.words, appeal.decided_by, appeal.decided_at) == (
        "overturned", "You are right.", second, LATER,
    )  # fmt: skip
    assert (comment.state, comment.decided_by) == ("public", second)
    assert log(comment) == [("public", "rejected", first.pk), ("rejected", "public", second.pk)]
    article.refresh_from_db()
    assert article.comment_count == 1


def test_decision_that_is_upheld_stands(article, moderators):
    first, second = moderators
    comment = rejected(article, first)
    appeal = make.appeal(comment, at=NOON)
    appeal.uphold(by=second, at=LATER, words="It insults a person.")
    comment.refresh_from_db()
    assert (appeal.outcome, comment.state, comment.decided_by) == ("upheld", "rejected", first)
    assert log(comment) == [("public", "rejected", first.pk)]


def test_comment_that_only_waited_is_rejected_when_its_appeal_fails(article, moderators):
    comment = make.comment(article, state="held", at=NOON)
    make.appeal(comment, at=LATER).uphold(by=moderators[0], at=LATER, words="It is advertising.")
    comment.refresh_from_db()
    assert (comment.state, comment.state_reason) == ("rejected", "It is advertising.")


@pytest.mark.parametrize("verb", ["uphold", "overturn"])
def test_who_decided_on_the_comment_does_not_decide_on_the_appeal(article, moderators, verb):
    first, second = moderators
    appeal = make.appeal(rejected(article, first), at=NOON)
    with pytest.raises(ValidationError, match="colleague"):
        getattr(appeal, verb)(by=first, at=LATER, words="No.")
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.comment.state) == ("", "rejected")
    getattr(appeal, verb)(by=second, at=LATER, words="No.")


def test_the_only_moderator_decides_on_the_appeal_too(article):
    alone = make.user("Moderator")
    make.user("Reporter")
    make.user("Moderator", is_active=False)
    appeal = make.appeal(rejected(article, alone), at=NOON)
    appeal.uphold(by=alone, at=LATER, words="No.")
    assert appeal.is_decided


def test_second_decision_on_an_appeal_is_refused(article, moderators):
    appeal = make.appeal(rejected(article, None), at=NOON)
    again = Appeal.objects.get(pk=appeal.pk)
    appeal.uphold(by=moderators[0], at=LATER, words="No.")
    with pytest.raises(StaleRecord):
        again.overturn(by=moderators[1], at=LATER, words="Yes.")
    assert Appeal.objects.get().comment.state == "rejected"


def test_comment_that_is_approved_meanwhile_settles_its_appeal(article, moderators):
    comment = rejected(article, moderators[0])
    make.appeal(comment, at=NOON)
    comment.approve(by=moderators[0], at=LATER)
    found = Appeal.objects.get()
    assert (found.outcome, found.decided_by, found.decided_at) == ("overturned", moderators[0], LATER)


def test_comment_that_its_author_deletes_takes_the_appeal_along(article):
    comment = rejected(article, None)
    make.appeal(comment, at=NOON)
    comment.delete_text(at=LATER)
    assert Appeal.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"outcome": "maybe", "decided_at": NOON},
        {"outcome": "upheld"},
        {"decided_at": NOON},
        {"words": "Decided?"},
    ],
)
def test_appeal_that_makes_no_sense_cannot_be_stored(article, fields):
    comment = rejected(article, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(**{"comment": comment, "text": "Why?", "at": NOON} | fields)
