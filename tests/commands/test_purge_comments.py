"""What is no longer needed of readers goes, and nothing else."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import moderation
from articles.models import Allowance, Comment, Commenter, Report
from articles.moderation import retention
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article(at=NOON - 400 * DAY)


def written(article, days, **fields):
    return make.comment(article, f"{days} {fields}", at=NOON - timedelta(days=days), **fields)


def test_networks_and_addresses_go_after_their_time(article):
    young = written(article, 29, network="n", email="a@b.example")
    old = written(article, 31, network="n", email="a@b.example")
    ancient = written(article, 181, network="n", email="a@b.example")
    reporter = Commenter.objects.make(at=NOON)[0]
    Report.objects.create(comment=young, commenter=reporter, network="n", kind="spam", at=NOON - 31 * DAY)
    counts = moderation.purge(at=NOON)
    assert (counts["networks"], counts["addresses"]) == (3, 1)
    kept = dict(Comment.objects.values_list("pk", "network")), dict(Comment.objects.values_list("pk", "email"))
    assert kept == (
        {young.pk: "n", old.pk: "", ancient.pk: ""},
        {young.pk: "a@b.example", old.pk: "a@b.example", ancient.pk: ""},
    )
    assert Report.objects.get().network == ""


def test_purge_that_is_killed_half_way_is_finished_by_the_next(article, monkeypatch):
    """What was done before stands, in transactions of two rows each; what is left is done later, and then nothing."""
    for number in range(7):
        written(article, 40 + number, state="spam")
    whole, steps = Comment.objects.count(), []
    monkeypatch.setattr(retention, "AT_ONCE", 2)

    def killed(these):
        steps.append(these)
        if len(steps) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(retention, "keep_count", killed)
    with pytest.raises(KeyboardInterrupt):
        moderation.purge(at=NOON)
    assert (whole, Comment.objects.count()) == (7, 3)
    monkeypatch.undo()
    assert [moderation.purge(at=NOON)["comments"] for _ in range(2)] == [3, 0]


def test_spam_and_what_was_rejected_go_unless_somebody_answered(article, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    stay = [
        written(article, 29, state="spam"), written(article, 179, state="rejected"), written(article, 399),
        written(article, 399, state="held"), written(article, 399, state="deleted"),
    ]  # fmt: skip
    for number in range(5):
        written(article, 31 + number, state="spam")
        written(article, 181 + number, state="rejected")
    answered = written(article, 200)
    stay += [answered, make.comment(article, "Answer", at=NOON - 199 * DAY, parent=answered)]
    answered.reject(by=None, at=NOON - 198 * DAY, reason="Rude.")
    assert moderation.purge(at=NOON)["comments"] == 10
    assert set(Comment.objects.values_list("pk", flat=True)) == {comment.pk for comment in stay}
    assert moderation.purge(at=NOON)["comments"] == 0
    article.refresh_from_db()
    assert article.comment_count == article.comments.public().count()


def test_command_says_what_it_did(article):
    Allowance.objects.create(key="a", seconds=60, opened_at=timezone.now() - 2 * DAY, used=1)
    Allowance.objects.create(key="a", seconds=60, opened_at=timezone.now(), used=1)
    said = StringIO()
    call_command("purge_comments", stdout=said)
    nothing = ["networks: 0", "addresses: 0", "comments: 0", "mailboxes: 0", "notices: 0"]
    assert said.getvalue().splitlines() == ["limits: 1", *nothing]
    assert Allowance.objects.count() == 1
