"""Whatever readers and moderators do to comments, in any order: the counts are what a count of the rows gives.

WALKS=100 in the environment takes more ways than the few of every run.
"""

import os
import random
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q

from articles.models import Article, Comment, CommentsClosed, CutQuotation, Report, StaleRecord
from articles.text import quotations
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db

WALKS, STEPS = int(os.environ.get("WALKS", "5")), 50
MOST_COMMENTS = 14  # few, so that they meet
REFUSED = (ValidationError, StaleRecord, CommentsClosed)


class Walk:
    """Does one thing after another to the comments of an article, as chance has it."""

    def __init__(self, seed):
        self.chance, self.at, self.said = random.Random(seed), NOON, []  # noqa: S311 - the same walk each time
        self.article = make.article(at=NOON - DAY)
        self.readers = [make.commenter(at=NOON) for _ in range(4)]
        self.moderator = make.user("Moderator")

    def step(self):
        self.at += timedelta(seconds=self.chance.choice([1, 20, 200]))
        name = self.chance.choice(DEEDS)
        if self.article.comments.count() < 3 or (name == "post" and self.article.comments.count() >= MOST_COMMENTS):
            name = "post" if self.article.comments.count() < MOST_COMMENTS else "approve"
        self.said.append(name)
        try:
            getattr(self, name)(self.one())
        except REFUSED as refused:
            self.said[-1] += f" (refused: {type(refused).__name__})"

    def one(self):
        """Return a comment, now and then as somebody saw it before it was changed."""
        rows = list(self.article.comments.order_by("pk"))
        found = self.chance.choice(rows) if rows else None
        if found and self.chance.random() < 0.1:
            found.version -= 1
        return found

    # readers

    def post(self, parent):
        parent = parent if self.chance.random() < 0.6 else None
        body = "Saw " + " ".join(f"{self.chance.getrandbits(40):x}" for _ in range(6))  # no words of another's
        if parent and parent.body and self.chance.random() < 0.7:
            body = f"{quotations.quote(parent.body)}\n\n{body}"
        Comment(
            article=Article.objects.get(pk=self.article.pk),
            parent=parent,
            name="Rosa",
            body=body,
            commenter=self.chance.choice(self.readers),
        ).post(at=self.at, state=self.chance.choice(["public", "public", "held"]))

    def edit(self, comment):
        state = self.chance.choice(["public", "held"])
        comment.edit(f"{comment.body}\n\nI mean it.", at=self.at, state=state)

    def delete(self, comment):
        comment.delete_text(at=self.at)

    def recommend(self, comment):
        comment.recommend(self.chance.choice(self.readers), at=self.at)

    def take_back(self, comment):
        comment.take_recommendation_back(self.chance.choice(self.readers))

    def report(self, comment):
        reader = self.chance.choice(self.readers)
        comment.report(Report(comment=comment, commenter=reader, kind="abuse", at=self.at))

    # moderators

    def approve(self, comment):
        comment.approve(by=self.moderator, at=self.at)

    def reject(self, comment):
        comment.reject(by=self.moderator, at=self.at, reason="Insult.")

    def spam(self, comment):
        comment.mark_as_spam(by=self.moderator, at=self.at)

    def hold(self, comment):
        comment.hold(by=self.moderator, at=self.at)

    def undo(self, comment):
        comment.undo(by=self.moderator, at=self.at)

    def pick(self, comment):
        comment.pick(by=self.moderator, at=self.at)

    def unpick(self, comment):
        comment.unpick()

    def pin(self, comment):
        comment.pin()

    def unpin(self, comment):
        comment.unpin()

    def ban(self, comment):
        if comment.commenter and self.chance.random() < 0.2:
            until = self.at + timedelta(minutes=5)
            comment.commenter.ban(by=self.moderator, at=self.at, reason="Insults.", until=until)


# What happens more often on a site happens more often here.
DEEDS = ["post"] * 6 + ["approve", "reject", "undo", "recommend", "report"] * 2
DEEDS += ["edit", "delete", "take_back", "spam", "hold", "pick", "unpick", "pin", "unpin", "ban"]


def faults(article):
    """Return what does not fit together in the rows, {} if all does."""
    comments, public = article.comments.all(), Q(state="public")
    voices = comments.annotate(voices=Count("recommendations")).exclude(recommendation_count=F("voices"))
    undecided = Count("reports", filter=Q(reports__outcome=""))
    reports = comments.annotate(open_ones=undecided).exclude(report_count=F("open_ones"))
    found = {
        "comment count": Article.objects.get(pk=article.pk).comment_count - comments.filter(public).count(),
        "recommendation count": list(voices.values_list("pk", flat=True)),
        "report count": list(reports.values_list("pk", flat=True)),
        "highlights": list(comments.exclude(public).exclude(picked_at=None, is_pinned=False)),
        "second pin": comments.filter(is_pinned=True).count() // 2,
        "root of another thread": list(comments.filter(parent__isnull=False).exclude(_same_thread())),
        "deleted text": list(comments.filter(state="deleted").exclude(body="", email="", gist="")),
        "quotes what is gone": _quotes_of_the_unseen(comments),
        "cut from what is public": list(CutQuotation.objects.filter(source__state="public")),
        "answer settled twice": list(Report.objects.filter(outcome="", decision__isnull=False)),
    }
    return {what: which for what, which in found.items() if which}


def _same_thread():
    return Q(root=F("parent")) | Q(root=F("parent__root"))


def _quotes_of_the_unseen(comments):
    """Return who quotes, in a public answer, the last line of a comment of the thread that readers may not see."""
    unseen = {}
    for comment in comments.exclude(state="public").exclude(body=""):
        own = [line for line in comment.body.split("\n") if line.startswith("Saw")]
        unseen.setdefault(comment.root_id or comment.pk, []).extend(own)
    return [
        comment.pk
        for comment in comments.filter(state="public", parent__isnull=False)
        if any(f"> {line}" in comment.body for line in unseen.get(comment.root_id, ()))
    ]


@pytest.mark.parametrize("seed", range(WALKS))
def test_counts_and_states_fit_together_after_every_step(seed):
    walk = Walk(seed)
    for _ in range(STEPS):
        walk.step()
        assert faults(walk.article) == {}, walk.said
    assert Article.objects.recount_comments() == 0
    assert sum("refused" not in said for said in walk.said) > STEPS / 5


def test_what_does_not_fit_is_found():
    article = make.article(at=NOON - DAY)
    first = make.comment(article, "Saw it.", at=NOON)
    answer = make.comment(article, "> Saw it.\n\nMe too.", at=NOON, parent=first)
    Comment.objects.filter(pk=first.pk).update(state="held", recommendation_count=1)
    Comment.objects.filter(pk=answer.pk).update(report_count=2)
    assert faults(article) == {
        "comment count": 1,
        "recommendation count": [first.pk],
        "report count": [answer.pk],
        "quotes what is gone": [answer.pk],
    }
