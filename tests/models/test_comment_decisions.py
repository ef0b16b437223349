"""What moderators and authors do with a comment, and what the counters and threads show of it."""

import random

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article, Comment, StaleRecord
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article(at=NOON - DAY)


@pytest.fixture
def moderator():
    return make.user("Moderator")


DECISIONS = {
    "approve": (lambda comment, by: comment.approve(by=by, at=NOON), "public", ""),
    "reject": (lambda comment, by: comment.reject(by=by, at=NOON, reason="Insult."), "rejected", "Insult."),
    "mark as spam": (lambda comment, by: comment.mark_as_spam(by=by, at=NOON), "spam", "Spam."),
    "hold": (lambda comment, by: comment.hold(by=by, at=NOON, reason="Ask the desk."), "held", "Ask the desk."),
}


@pytest.mark.parametrize("before", ["public", "held", "rejected", "spam"])
@pytest.mark.parametrize(("decide", "state", "reason"), DECISIONS.values(), ids=DECISIONS)
def test_decision_is_written_down_and_counted(article, moderator, before, decide, state, reason):
    comment = make.comment(article, state=before, at=NOON - HOUR)
    seen = comment.version
    decide(comment, moderator)
    fields = ("state", "state_reason", "decided_by", "decided_at", "version", "body")
    assert Comment.objects.values_list(*fields).get() == (
        state,
        reason,
        moderator.pk,
        NOON,
        seen + 1,
        "Thank you for this.",
    )
    assert (comment.state, comment.version, comment.decided_by) == (state, seen + 1, moderator)
    assert Article.objects.get().comment_count == (state == "public")


def test_comment_that_its_author_deletes_keeps_no_word_of_it(article):
    comment = make.comment(article, "My address is 4 Mill Lane.", at=NOON - HOUR, email="rosa@news.example")
    comment.delete_text(at=NOON)
    row = Comment.objects.values("body", "email", "state", "state_reason", "decided_by", "decided_at").get()
    assert row == {
        "body": "",
        "email": "",
        "state": "deleted",
        "state_reason": "Deleted by its author.",
        "decided_by": None,
        "decided_at": NOON,
    }
    assert Article.objects.get().comment_count == 0


@pytest.mark.parametrize(("decide", "state", "reason"), DECISIONS.values(), ids=DECISIONS)
def test_nothing_is_left_to_decide_on_a_deleted_comment(article, moderator, decide, state, reason):
    comment = make.comment(article, state="deleted", at=NOON - HOUR)
    with pytest.raises(ValidationError, match="nothing left to decide on"):
        decide(comment, moderator)
    assert Comment.objects.values_list("state", "body").get() == ("deleted", "")


@pytest.mark.parametrize(("decide", "state", "reason"), DECISIONS.values(), ids=DECISIONS)
@pytest.mark.parametrize("first", ["approve", "reject"])
def test_second_of_two_moderators_is_told(article, moderator, first, decide, state, reason):
    mine = make.comment(article, state="held", at=NOON - HOUR)
    theirs = Comment.objects.get(pk=mine.pk)
    DECISIONS[first][0](mine, moderator)
    with pytest.raises(StaleRecord, match="Another moderator has decided"):
        decide(theirs, None)
    after = Comment.objects.get()
    assert (after.state, after.decided_by) == (mine.state, moderator)
    assert Article.objects.get().comment_count == (first == "approve")


def test_moderator_who_decides_after_the_author_deleted_it_is_told(article, moderator):
    comment = make.comment(article, at=NOON - HOUR)
    as_seen_in_the_queue = Comment.objects.get(pk=comment.pk)
    comment.delete_text(at=NOON)
    with pytest.raises(StaleRecord):
        as_seen_in_the_queue.approve(by=moderator, at=NOON)
    assert Comment.objects.values_list("state", "body").get() == ("deleted", "")
    assert Article.objects.get().comment_count == 0


@pytest.mark.parametrize("method", ["reject", "hold"])
def test_reason_longer_than_its_column_is_refused_on_every_database(article, moderator, method):
    comment = make.comment(article, state="held", at=NOON - HOUR)
    with pytest.raises(ValidationError) as refused:
        getattr(comment, method)(by=moderator, at=NOON, reason="r" * 201)
    assert refused.value.message_dict == {"reason": ["Say it in at most 200 characters."]}
    assert Comment.objects.get().state == "held"


@pytest.mark.parametrize(("decide", "queries"), [("approve", 7), ("mark_as_spam", 4)])
def test_decision_costs_the_same_however_many_comments_there_are(article, django_assert_num_queries, decide, queries):
    make.many_comments(article, 3)
    comment = make.comment(article, state="held", at=NOON)
    with django_assert_num_queries(queries):
        getattr(comment, decide)(by=None, at=NOON)


# --- counters ---------------------------------------------------------------------------------------------------------


def step(dice, articles, at):
    """Do one thing that a reader or moderator may do, or fail as they would."""
    article = dice.choice(articles)
    comments = list(article.comments.order_by("pk"))
    deed = dice.choice(["post", "post", "answer", "decide", "decide", "decide", "delete", "stale"])
    if deed == "post" or not comments:
        make.comment(article, at=at, state=dice.choice(["public", "held"]))
        return
    comment = dice.choice(comments)
    try:
        if deed == "answer":
            make.comment(article, at=at, parent=comment, state=dice.choice(["public", "held"]))
        elif deed == "delete":
            comment.delete_text(at=at)
        else:
            if deed == "stale":
                comment.version += 1
            dice.choice(list(DECISIONS.values()))[0](comment, None)
    except (ValidationError, StaleRecord):
        pass


@pytest.mark.parametrize("seed", range(200))
def test_counters_tell_the_number_of_public_comments_after_any_walk(seed):
    dice = random.Random(seed)  # noqa: S311 - the same walks at every run
    articles = [make.article(at=NOON - DAY) for _ in range(2)]
    for minute in range(12):
        step(dice, articles, NOON + minute * make.HOUR / 60)
    kept = dict(Article.objects.values_list("pk", "comment_count"))
    assert kept == {article.pk: article.comments.filter(state="public").count() for article in articles}
    assert Article.objects.recount_comments() == 0


def test_recount_mends_what_is_wrong_and_nothing_else():
    right, too_many, too_few = (make.article(at=NOON - DAY) for _ in range(3))
    for article in (right, too_few):
        make.comment(article, at=NOON)
        make.comment(article, at=NOON, state="held")
    Article.objects.filter(pk=too_many.pk).update(comment_count=7)
    Article.objects.filter(pk=too_few.pk).update(comment_count=0)
    assert Article.objects.recount_comments() == 2
    assert dict(Article.objects.values_list("pk", "comment_count")) == {right.pk: 1, too_many.pk: 0, too_few.pk: 1}


# --- what a thread shows ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["held", "rejected", "spam", "deleted"])
def test_comment_that_is_not_public_leaves_a_stone_only_where_public_answers_hang_on_it(article, state):
    alone = make.comment(article, "Alone.", at=NOON)
    answered = make.comment(article, "Answered.", at=NOON)
    answer = make.comment(article, "Answer.", at=NOON, parent=answered)
    middle = make.comment(article, "Middle.", at=NOON, parent=answer)
    under_middle = make.comment(article, "Under the middle.", at=NOON, parent=middle)
    leaf = make.comment(article, "Leaf.", at=NOON, parent=answer)
    Comment.objects.filter(pk__in=[row.pk for row in (alone, answered, middle, leaf)]).update(state=state)
    assert list(article.comments.shown().oldest_first()) == [answered, answer, middle, under_middle]
    assert list(article.comments.public().oldest_first()) == [answer, under_middle]
    assert list(article.comments.shown().threads().oldest_first()) == [answered]


def test_stone_goes_when_the_last_answer_goes(article):
    root = make.comment(article, at=NOON)
    answer = make.comment(article, at=NOON, parent=root)
    root.reject(by=None, at=NOON, reason="Insult.")
    assert list(article.comments.shown().oldest_first()) == [root, answer]
    answer.delete_text(at=NOON)
    assert list(article.comments.shown()) == []


def test_comments_of_the_same_second_stand_in_the_order_of_their_posting(article):
    made = [make.comment(article, f"{number}", at=NOON) for number in range(3)]
    assert list(article.comments.oldest_first()) == made
    assert list(article.comments.newest_first()) == made[::-1]


@pytest.mark.parametrize(
    ("number", "wanted"), [(1, ["a1", "b1"]), (2, ["a1", "a2", "b1"]), (9, ["a1", "a2", "a3", "b1"])]
)
def test_each_thread_shows_its_oldest_answers_first(article, number, wanted):
    first, second = make.comment(article, "a", at=NOON), make.comment(article, "b", at=NOON)
    for place, (root, body) in enumerate([(first, "a1"), (second, "b1"), (first, "a2"), (first, "a3")]):
        make.comment(article, body, at=NOON + place * HOUR, parent=root)
    threads = article.comments.threads().first_of_each_thread(number)
    bodies = dict(article.comments.values_list("pk", "body"))
    assert sorted(bodies[pk] for _, _, answers in threads for pk in answers) == wanted
    assert {(root, in_all) for root, in_all, _ in threads} == {(first.pk, 3), (second.pk, 1)}


@pytest.mark.parametrize("number", [1, 3])
def test_thread_is_loaded_in_one_query_without_what_it_does_not_show(article, django_assert_num_queries, number):
    root = make.comment(article, at=NOON, author=make.author(outlet=make.outlet()))
    for _ in range(number):
        make.comment(article, at=NOON, parent=root, author=make.author(outlet=make.outlet()))
    with django_assert_num_queries(1):
        rows = list(article.comments.for_thread().oldest_first())
        seen = [(row.name, row.body, row.author.outlet.name, row.parent and row.parent.name) for row in rows]
    assert len(seen) == number + 1
    unseen = {"email", "nonce", "commenter_id", "network", "gist", "report_count", "state_reason", "decided_at"}
    unseen |= {"decided_by_id", "picked_by_id", "version"}
    assert {frozenset(row.get_deferred_fields()) for row in rows} == {frozenset(unseen)}


@pytest.mark.parametrize("number", [1, 3])
def test_queue_is_loaded_in_one_query_without_bodies_of_articles(django_assert_num_queries, number):
    for _ in range(number):
        article = make.article(at=NOON - DAY)
        make.comment(article, at=NOON, parent=make.comment(article, at=NOON))
    with django_assert_num_queries(1):
        rows = list(Comment.objects.for_queue().newest_first())
        seen = [(row.article.headline, row.article.outlet.name, row.parent and row.parent.name) for row in rows]
    assert len(seen) == number * 2
    assert {tuple(row.article.get_deferred_fields()) for row in rows} == {("body",)}


def test_comment_knows_its_address_and_itself_in_a_word(article):
    comment = make.comment(article, "The water came at four. " * 9, at=NOON)
    assert comment.get_absolute_url() == f"/comments/{comment.pk}/"
    assert str(comment) == f"Rosa Reader: {comment.body[:60]}"
    assert Comment.objects.get_by_natural_key(*comment.natural_key()) == comment
