"""Readers who do the same thing at the same moment, on the real database."""

import uuid

import pytest

from articles import moderation
from articles.models import Article, Comment, Commenter, Limit, Recommendation, Report
from tests import make
from tests.concurrency.threads import at_once, kinds
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article():
    return make.article(at=NOON - DAY)


@pytest.fixture
def comment(article):
    return make.comment(article, at=NOON)


def reader():
    return Commenter.objects.make(at=NOON)[0]


def counts(comment):
    comment.refresh_from_db()
    return comment.recommendation_count, Recommendation.objects.count()


def test_one_reader_who_recommends_sixteen_times_at_once_counts_once(comment):
    ann = reader()
    deeds = [lambda: Comment.objects.get(pk=comment.pk).recommend(ann, at=NOON)] * 16
    assert kinds(at_once(*deeds)) == ["done"] * 16
    assert counts(comment) == (1, 1)


def test_recommendations_given_and_taken_back_at_once_add_up(comment):
    readers = [reader() for _ in range(8)]
    for one in readers[:4]:
        Comment.objects.get(pk=comment.pk).recommend(one, at=NOON)
    deeds = [lambda one=one: Comment.objects.get(pk=comment.pk).take_recommendation_back(one) for one in readers[:4]]
    deeds += [lambda one=one: Comment.objects.get(pk=comment.pk).recommend(one, at=NOON) for one in readers[4:]]
    assert kinds(at_once(*deeds)) == ["done"] * 8
    assert counts(comment) == (4, 4)


def test_reports_at_once_are_all_counted(comment):
    def reporting(one):
        return lambda: Comment.objects.get(pk=comment.pk).report(Report(commenter=one, kind="spam", at=NOON))

    assert kinds(at_once(*[reporting(reader()) for _ in range(8)])) == ["done"] * 8
    comment.refresh_from_db()
    assert (comment.report_count, Report.objects.count()) == (8, 8)


def test_limit_holds_for_comments_posted_at_once_under_different_articles():
    articles = [make.article(at=NOON - DAY) for _ in range(4)]
    limits = [Limit("comment from n", number=5, seconds=60)]

    def posting(number):
        fields = {"article": articles[number % 4], "name": "Rosa", "body": f"I saw {number}.", "nonce": uuid.uuid4()}
        return lambda: Comment(**fields).post(at=NOON, state="public", limits=limits)

    assert kinds(at_once(*[posting(number) for number in range(16)])) == ["TooFast"] * 11 + ["done"] * 5
    assert Comment.objects.count() == 5
    assert sum(Article.objects.values_list("comment_count", flat=True)) == 5


def test_nothing_lands_after_the_commit_of_a_ban(article):
    for _ in range(10):
        ann, moments = reader(), []

        def posting(ann=ann):
            comment = Comment(article=article, name="Ann", body="I saw it.", nonce=uuid.uuid4(), commenter=ann)
            return comment.post(at=NOON, state="public")

        def banning(ann=ann, moments=moments):
            ann.ban(by=None, at=NOON - HOUR, reason="Insults.")
            moments.append(set(ann.comments.values_list("pk", flat=True)))

        at_once(posting, posting, banning, posting)
        (seen,) = moments
        assert set(ann.comments.values_list("pk", flat=True)) == seen


def test_comment_that_is_changed_and_answered_at_once_is_one_or_the_other(article):
    for _ in range(10):
        ann = reader()
        mine = make.comment(article, "I saw teh mud.", at=NOON, commenter=ann)

        def changing(mine=mine):
            Comment.objects.get(pk=mine.pk).edit("I saw the mud.", at=NOON, state="public")

        def answering(mine=mine):
            return Comment(article=article, name="Bo", body="Me too.", parent=mine).post(at=NOON + HOUR, state="public")

        results = kinds(at_once(changing, answering))
        mine.refresh_from_db()
        # Changed first and answered then is fine; answered first, it stays as it was answered.
        assert results in (["done", "done"], ["ValidationError", "done"])
        assert mine.body == ("I saw the mud." if results == ["done", "done"] else "I saw teh mud.")
        assert mine.answers.count() == 1


def test_stranger_who_sends_the_form_at_once_is_one_reader(article):
    nonce = uuid.uuid4()

    def sending():
        comment = Comment(article=Article.objects.get(pk=article.pk), name="Rosa", body="I saw it.", nonce=nonce)
        facts = moderation.Facts(at=NOON, network="n")
        return moderation.receive(comment, facts, moderation.judge(comment, facts), user=None, speed=0)

    results = at_once(*[sending] * 8)
    assert kinds(results) == ["done"] * 8
    assert len({stored.pk for stored, _ in results}) == 1
    assert [secret for _, secret in results if secret] != []
    assert (Comment.objects.count(), Commenter.objects.count()) == (1, 1)
