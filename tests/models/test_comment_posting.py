"""Posting a comment: once, under an article that takes comments, as an answer to what readers can see."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article, Comment, CommentsClosed
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article(at=NOON - DAY)


def unposted(article, **fields):
    return Comment(article=article, **{"name": "Rosa", "body": "I saw it."} | fields)


def post(article, *, at=NOON, state="public", **fields):
    return unposted(article, **fields).post(at=at, state=state)


def stored(article):
    """Return what the database holds of the article's comments: their rows, and their number on the article."""
    article.refresh_from_db(fields=["comment_count"])
    return list(article.comments.order_by("pk").values_list("body", "state")), article.comment_count


def test_comment_is_stored_as_it_was_written(article):
    made = unposted(article, name=" Rosa \n Lind ", email="rosa@news.example", body=" One.\r\n\r\n\r\n\r\nTwo.  ")
    assert made.post(at=NOON, state="held", reason="1 link.") is made
    row = Comment.objects.values("name", "email", "body", "created_at", "state", "state_reason", "parent", "root").get()
    assert row == {
        "name": "Rosa Lind",
        "email": "rosa@news.example",
        "body": "One.\n\nTwo.",
        "created_at": NOON,
        "state": "held",
        "state_reason": "1 link.",
        "parent": None,
        "root": None,
    }


@pytest.mark.parametrize(("state", "counted"), [("public", 1), ("held", 0)])
def test_only_a_public_comment_is_counted(article, state, counted):
    post(article, state=state)
    assert stored(article) == ([("I saw it.", state)], counted)


def test_same_form_sent_twice_is_one_comment(article):
    nonce = uuid.uuid4()
    first = post(article, nonce=nonce)
    again = post(article, nonce=nonce, at=NOON + HOUR, body="Changed on the way.")
    assert again == first
    assert stored(article) == ([("I saw it.", "public")], 1)


def test_form_sent_again_after_the_closing_leads_to_the_comment_that_it_became(article):
    nonce = uuid.uuid4()
    first = post(article, nonce=nonce)
    Article.objects.filter(pk=article.pk).update(comments_policy="closed")
    assert post(article, nonce=nonce) == first
    assert stored(article) == ([("I saw it.", "public")], 1)


def test_answer_sent_again_after_its_parent_was_removed_leads_to_the_answer(article):
    parent, nonce = post(article, body="First."), uuid.uuid4()
    answer = post(article, nonce=nonce, parent=parent)
    Comment.objects.get(pk=parent.pk).mark_as_spam(by=None, at=NOON)
    assert post(article, nonce=nonce, parent=parent) == answer


def test_same_nonce_under_another_article_is_another_comment(article):
    other, nonce = make.article(at=NOON - DAY), uuid.uuid4()
    assert post(article, nonce=nonce) != post(other, nonce=nonce)
    assert (stored(article), stored(other)) == (([("I saw it.", "public")], 1),) * 2


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "\u200b\u2060", "Give a name that can be read."),
        ("name", "n" * 61, "Ensure this value has at most 60 characters (it has 61)."),
        ("body", "\n \u3164 \n", "Write something first."),
        ("body", "b" * 5001, "Ensure this value has at most 5000 characters (it has 5001)."),
        ("email", "rosa", "Enter a valid email address."),
    ],
)
def test_comment_that_nobody_could_read_or_answer_is_refused(article, field, value, told):
    with pytest.raises(ValidationError) as refused:
        post(article, **{field: value})
    assert refused.value.message_dict == {field: [told]}
    assert stored(article) == ([], 0)


CLOSINGS = {
    "closed": {"comments_policy": "closed"},
    "off": {"comments_policy": "off"},
    "a draft": {"state": "draft"},
    "scheduled": {"published_at": NOON + make.MICROSECOND},
    "embargoed": {"embargo_until": NOON + make.MICROSECOND},
    "expired": {"expires_at": NOON},
    "withdrawn": {
        "state": "withdrawn",
        "withdrawn_at": NOON,
        "withdrawal_outcome": "notice",
        "withdrawal_reason": "Wrong.",
    },
}


@pytest.mark.parametrize("fields", CLOSINGS.values(), ids=CLOSINGS)
@pytest.mark.parametrize("state", ["public", "held"])
def test_article_that_takes_no_comments_gets_none(article, fields, state):
    Article.objects.filter(pk=article.pk).update(**fields)
    with pytest.raises(CommentsClosed, match=r"takes no comments|are closed"):
        post(article, state=state)
    assert stored(article) == ([], 0)


def test_article_of_an_outlet_that_was_taken_off_gets_no_comment(article):
    article.outlet.is_active = False
    article.outlet.save()
    with pytest.raises(CommentsClosed):
        post(article)
    assert stored(article) == ([], 0)


def test_answers_at_every_depth_hang_on_one_root(article):
    root = post(article)
    answer = post(article, parent=root)
    deeper = post(article, parent=answer)
    assert list(Comment.objects.order_by("pk").values_list("pk", "parent", "root")) == [
        (root.pk, None, None),
        (answer.pk, root.pk, root.pk),
        (deeper.pk, answer.pk, root.pk),
    ]
    assert [made.answers_an_answer for made in (root, answer, deeper)] == [False, False, True]


@pytest.mark.parametrize("state", ["held", "rejected", "spam", "deleted"])
def test_comment_that_readers_cannot_see_gets_no_answer(article, state):
    parent = make.comment(article, "First.", state=state, at=NOON)
    with pytest.raises(ValidationError, match="no longer there"):
        post(article, parent=parent)
    assert Comment.objects.count() == 1


def test_answer_to_a_comment_that_was_just_removed_is_refused(article):
    parent = make.comment(article, at=NOON)
    as_the_form_saw_it = Comment.objects.get(pk=parent.pk)
    parent.reject(by=None, at=NOON, reason="Insult.")
    with pytest.raises(ValidationError, match="no longer there"):
        post(article, parent=as_the_form_saw_it)
    assert stored(article) == ([("Thank you for this.", "rejected")], 0)


def test_answer_under_another_article_is_refused(article):
    elsewhere = make.comment(make.article(at=NOON - DAY), at=NOON)
    with pytest.raises(ValidationError, match="belongs to another article"):
        post(article, parent=elsewhere)
    assert stored(article) == ([], 0)


@pytest.mark.parametrize(("with_parent", "queries"), [(False, 7), (True, 9)])
def test_posting_costs_the_same_however_many_comments_there_are(
    article, django_assert_num_queries, with_parent, queries
):
    make.many_comments(article, 3)
    parent = article.comments.first() if with_parent else None
    with django_assert_num_queries(queries):
        post(article, parent=parent)
