"""Comments posted and decided at the same moment, on the real database."""

import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from articles.models import Article, Comment, CommentsClosed
from tests import make
from tests.concurrency.threads import at_once, kinds
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article():
    return make.article(at=NOON - DAY)


def posting(article, **fields):
    """Return a deed that posts a comment as a request does: from a fresh look at the article."""

    def post():
        found = Article.objects.get(pk=article.pk)
        return Comment(article=found, **{"name": "Rosa", "body": "I saw it."} | fields).post(at=NOON, state="public").pk

    return post


def counted(article):
    return Article.objects.get(pk=article.pk).comment_count, article.comments.public().count()


def test_form_sent_sixteen_times_at_once_is_one_comment(article):
    nonce = uuid.uuid4()
    pks = at_once(*[posting(article, nonce=nonce)] * 16)
    assert (len(set(pks)), kinds(pks)) == (1, ["done"] * 16)
    assert (Comment.objects.count(), counted(article)) == (1, (1, 1))


def test_sixteen_comments_at_once_are_all_kept_and_counted(article):
    pks = at_once(*[posting(article, body=f"Comment {number}.") for number in range(16)])
    assert (len(set(pks)), kinds(pks)) == (16, ["done"] * 16)
    assert counted(article) == (16, 16)


def test_answers_at_once_hang_on_the_same_root(article):
    root = make.comment(article, at=NOON)
    pks = at_once(*[posting(article, body=f"Answer {number}.", parent=root) for number in range(8)])
    assert kinds(pks) == ["done"] * 8
    assert set(Comment.objects.exclude(pk=root.pk).values_list("parent", "root")) == {(root.pk, root.pk)}
    assert counted(article) == (9, 9)


CLOSINGS = {
    "closed": lambda article: Article.objects.filter(pk=article.pk).update(comments_policy="closed"),
    "withdrawn": lambda article: Article.objects.get(pk=article.pk).withdraw(
        by=None, at=NOON, outcome="notice", reason="Wrong."
    ),
}


@pytest.mark.parametrize("close", CLOSINGS.values(), ids=CLOSINGS)
def test_nothing_lands_after_the_commit_of_a_closing(article, close):
    """Posters keep posting while an editor closes; what each saw at the commit tells whether a comment came later."""
    closed = threading.Event()
    late = []

    def poster(number):
        def post():
            for turn in range(12):
                already = closed.is_set()
                try:
                    posting(article, body=f"{number}.{turn}")()
                except CommentsClosed:
                    return turn
                if already:
                    late.append((number, turn))
            return 12

        return post

    def editor():
        while Comment.objects.count() < 8:
            pass
        close(article)
        closed.set()
        return Comment.objects.count()

    *posted, at_the_closing = at_once(*[poster(number) for number in range(6)], editor)
    assert (late, kinds([*posted, at_the_closing])) == ([], ["done"] * 7)
    assert Comment.objects.count() == sum(posted) == at_the_closing
    assert counted(article) == (at_the_closing, at_the_closing)


def test_comment_that_waits_for_a_closing_in_progress_is_refused(article):
    """The closing has begun and is not committed: the poster waits for it and then finds the article closed."""
    begun, results = threading.Event(), []

    def post():
        begun.wait(30)
        try:
            results.append(posting(article)())
        except CommentsClosed:
            results.append("closed")
        finally:
            connection.close()

    thread = threading.Thread(target=post)
    thread.start()
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(comments_policy="closed")
        begun.set()
        thread.join(0.5)
        assert (results, thread.is_alive()) == ([], True)
    thread.join(30)
    assert (results, Comment.objects.count(), counted(article)) == (["closed"], 0, (0, 0))


def test_answer_to_a_comment_that_is_being_removed_is_refused_or_came_before(article):
    for _ in range(5):
        parent = make.comment(article, at=NOON)
        as_seen = Comment.objects.get(pk=parent.pk)

        def remove(comment=as_seen):
            comment.reject(by=None, at=NOON, reason="Insult.")

        removed, answer = at_once(remove, posting(article, parent=parent, body=str(parent.pk)))
        assert removed is None
        assert isinstance(answer, (int, ValidationError))
        assert parent.answers.count() == isinstance(answer, int)
        assert counted(article)[0] == counted(article)[1]


# --- decisions --------------------------------------------------------------------------------------------------------


def deciding(comment, method, **how):
    """Return a deed that decides on the comment as it stood in the queue."""
    as_seen = Comment.objects.get(pk=comment.pk)
    return lambda: getattr(as_seen, method)(at=NOON, **how)


def test_one_of_many_moderators_wins_and_the_others_are_told(article):
    moderators = [make.user("Moderator") for _ in range(8)]
    comment = make.comment(article, state="held", at=NOON)
    deeds = [
        deciding(comment, "approve", by=by) if place % 2 else deciding(comment, "mark_as_spam", by=by)
        for place, by in enumerate(moderators)
    ]
    results = at_once(*deeds)
    assert kinds(results) == ["StaleRecord"] * 7 + ["done"]
    comment.refresh_from_db()
    winner = results.index(None)
    assert (comment.decided_by, comment.state) == (moderators[winner], "public" if winner % 2 else "spam")
    assert counted(article) == (winner % 2, winner % 2)


def test_author_deletes_while_a_moderator_approves(article):
    for _ in range(5):
        comment = make.comment(article, state="held", at=NOON)
        results = at_once(deciding(comment, "approve", by=None), deciding(comment, "delete_text"))
        comment.refresh_from_db()
        assert kinds(results) == ["StaleRecord", "done"]
        assert comment.state == ("public" if results[0] is None else "deleted")
        assert counted(article)[0] == counted(article)[1]


def test_counters_are_exact_after_a_busy_minute(article):
    """Posting, answering, approving, rejecting and deleting at once: the counter is the count."""
    comments = [make.comment(article, at=NOON, state=state) for state in ["held", "public"] * 6]
    deeds = [posting(article, body=f"New {number}.") for number in range(4)]
    deeds += [posting(article, body=f"Answer {number}.", parent=comments[1]) for number in range(2)]
    deeds += [deciding(comment, "approve", by=None) for comment in comments[::2]]
    deeds += [deciding(comment, "reject", by=None, reason="Insult.") for comment in comments[3::4]]
    deeds += [deciding(comment, "delete_text") for comment in comments[5::4]]
    results = at_once(*deeds)
    assert kinds(results) == ["done"] * len(deeds)
    assert counted(article) == (4 + 2 + 6 + 6 - 3 - 2, 4 + 2 + 6 + 6 - 3 - 2)
    assert Article.objects.recount_comments() == 0
