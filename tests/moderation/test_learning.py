"""What the site learns from its moderators, what it then holds, and that it forgets with the one who wrote."""

import pytest
from django.utils import timezone

from articles import erasure, moderation
from articles.models import Comment, Lesson, WordCount
from articles.models.lesson import ALL
from tests import make

pytestmark = pytest.mark.django_db

GOOD = "The bridge at Lower Sarn was closed in the morning and the school bus went round by the mill, {}."
BAD = "Earn crowns from home with the winning casino bonus and register today at the lucky wheel, {}."
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@pytest.fixture
def article():
    return make.article()


@pytest.fixture
def moderator():
    return make.user("Moderator")


def decide(article, moderator, number, *, approve=True, reject=True):
    """Have the moderator decide on ``number`` comments of either kind; return the last good and the last bad one."""
    for n in range(number):
        at, word = timezone.now(), NUMBERS[n % 12]
        good = make.comment(article, GOOD.format(word), state="held")
        good.approve(by=moderator, at=at)
        bad = make.comment(article, BAD.format(word), state="held")
        bad.reject(by=moderator, at=at, reason="Advertising.")
    return good, bad


def hits(article, body):
    comment = Comment(article=article, name="Rosa", body=body)
    comment.tidy()
    verdict = moderation.judge(comment, moderation.Facts(at=timezone.now()))
    return [(hit.rule, hit.words) for hit in verdict.hits]


def test_comment_that_reads_like_what_was_taken_down_waits(article, moderator):
    decide(article, moderator, 30)
    ((rule, words),) = hits(article, "A casino bonus! Register for the lucky wheel and earn crowns at home.")
    assert rule == "learned"
    assert {"casino", "bonus"} & set(words.split(", "))
    assert hits(article, "The school bus took the long way by the mill this morning.") == []
    assert hits(article, "Nobody has said anything like this before.") == []


def test_site_says_nothing_before_it_has_learned_enough(article, moderator):
    decide(article, moderator, 29)
    assert hits(article, BAD.format("one")) == []


def test_decision_of_a_program_teaches_nothing(article):
    make.comment(article, BAD.format("one"), state="spam")
    assert (Lesson.objects.count(), WordCount.objects.count()) == (0, 0)


def totals():
    row = WordCount.objects.get(pk=ALL)
    return row.good, row.bad


def test_lesson_follows_the_last_decision(article, moderator):
    comment = make.comment(article, BAD.format("one"), state="held")
    comment.approve(by=moderator, at=timezone.now())
    assert totals() == (1, 0)
    comment.mark_as_spam(by=moderator, at=timezone.now())
    assert totals() == (0, 1)
    comment.hold(by=moderator, at=timezone.now())
    assert totals() == (0, 0)
    assert not WordCount.objects.exclude(good=0, bad=0).exists()


def test_writer_who_deletes_a_comment_or_is_forgotten_leaves_no_lesson(article, moderator):
    reader = make.commenter()
    for word in ("one", "two"):
        comment = make.comment(article, BAD.format(word), state="held", commenter=reader)
        comment.approve(by=moderator, at=timezone.now())
    assert totals() == (2, 0)
    comment.delete_text(at=timezone.now())
    assert totals() == (1, 0)
    erasure.forget(reader, at=timezone.now())
    assert totals() == (0, 0)
    assert not Lesson.objects.exists()


def test_comment_that_retention_deletes_stays_counted_without_its_words(article, moderator):
    comment = make.comment(article, BAD.format("one"), state="held")
    comment.mark_as_spam(by=moderator, at=timezone.now())
    comment.delete()
    assert (Lesson.objects.count(), totals()) == (0, (0, 1))


def test_counts_hold_digests_and_no_words(article, moderator):
    decide(article, moderator, 1)
    stored = " ".join(str(row) for row in [*Lesson.objects.values_list("keys", flat=True), *WordCount.objects.all()])
    assert "casino" not in stored
