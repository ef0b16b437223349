"""What answers quote of a comment that readers may no longer see goes with it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from articles.models import Comment, CutQuotation, Revision, StaleRecord
from articles.text.quotations import REMOVED
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

WORDS = "The mayor lied about the dam."
ANSWER = f"> {WORDS}\n\nHe did not."
CUT = f"{REMOVED}\n\nHe did not."

TAKE_DOWN = {
    "rejected": lambda comment: comment.reject(by=None, at=timezone.now(), reason="Libel."),
    "spam": lambda comment: comment.mark_as_spam(by=None, at=timezone.now()),
    "held": lambda comment: comment.hold(by=None, at=timezone.now()),
    "deleted": lambda comment: comment.delete_text(at=timezone.now()),
}


@pytest.fixture
def source():
    return make.comment(make.article(), WORDS)


@pytest.fixture
def answer(source):
    return make.comment(source.article, ANSWER, parent=source)


def body(comment):
    return Comment.objects.values_list("body", flat=True).get(pk=comment.pk)


@pytest.mark.parametrize("how", TAKE_DOWN)
def test_quotation_goes_with_the_comment_from_every_page(client, source, answer, how):
    TAKE_DOWN[how](source)
    assert body(answer) == CUT
    for address in (source.article.get_absolute_url(), f"/articles/{source.article_id}/comments/?thread={source.pk}"):
        shown = client.get(address).content.decode()
        assert ("He did not." in shown, "quotation removed" in shown, "mayor lied" in shown) == (True, True, False)


@pytest.mark.parametrize("how", ["rejected", "spam", "held"])
def test_quotation_comes_back_with_the_comment(source, answer, how):
    TAKE_DOWN[how](source)
    source.approve(by=None, at=timezone.now())
    assert (body(answer), CutQuotation.objects.count()) == (ANSWER, 0)


def test_quotation_does_not_come_back_into_an_answer_that_was_changed_meanwhile(source, answer):
    TAKE_DOWN["held"](source)
    Comment.objects.filter(pk=answer.pk).update(body="Other words.")
    source.approve(by=None, at=timezone.now())
    assert (body(answer), CutQuotation.objects.count()) == ("Other words.", 0)


@pytest.mark.parametrize("first", [None, "rejected", "held"])
def test_nothing_of_a_deleted_comment_is_left_anywhere(source, answer, first):
    make.comment(source.article, f"> {WORDS}\n\nMe neither.", parent=answer)
    Revision.objects.create(comment=answer, body=f"> {WORDS}\n\nHe did nt.", until=timezone.now())
    if first:
        TAKE_DOWN[first](source)
    source.delete_text(at=timezone.now())
    with connection.cursor() as cursor:
        for table in ("comment", "revision", "cutquotation", "rulehit", "decision"):
            cursor.execute(f"SELECT * FROM articles_{table}")  # noqa: S608 - names of ours
            assert "mayor" not in str(cursor.fetchall()), table
    assert Revision.objects.get().body == f"{REMOVED}\n\nHe did nt."


def test_what_one_cut_keeps_does_not_outlive_another_source(source, answer):
    """The kept text of an answer that quotes two comments holds both."""
    second = make.comment(source.article, "The bridge was never safe at all.", parent=source)
    both = make.comment(
        source.article, f"> {WORDS}\n\nNo.\n\n> The bridge was never safe at all.\n\nIt was.", parent=second
    )
    TAKE_DOWN["held"](second)
    source.delete_text(at=timezone.now())
    second.refresh_from_db()
    second.approve(by=None, at=timezone.now())
    assert body(both) == f"{REMOVED}\n\nNo.\n\n> The bridge was never safe at all.\n\nIt was."


def test_quotation_of_another_comment_or_thread_stays(source, answer):
    other = make.comment(source.article, "The bridge was closed at noon, said the office.")
    beside = make.comment(source.article, "> The bridge was closed at noon\n\nYes.", parent=source)
    elsewhere = make.comment(other.article, ANSWER, parent=other)
    TAKE_DOWN["rejected"](source)
    assert (body(beside), body(elsewhere)) == ("> The bridge was closed at noon\n\nYes.", ANSWER)


def test_author_who_is_changing_an_answer_meanwhile_does_not_bring_the_quotation_back(source, answer):
    mine = Comment.objects.get(pk=answer.pk)
    TAKE_DOWN["rejected"](source)
    with pytest.raises(StaleRecord):
        mine.edit(f"{ANSWER} Never.", at=timezone.now(), state="public")
    assert body(answer) == CUT


def test_change_that_is_refused_cuts_nothing(source, answer):
    before = body(answer)
    with pytest.raises(ValidationError):
        source.edit("THE MAYOR", at=timezone.now(), state="held")
    assert (body(answer), CutQuotation.objects.count()) == (before, 0)


def test_link_of_a_comment_leads_to_a_form_that_begins_with_its_words(client, source):
    links = page(client.get(source.article.get_absolute_url())).all("a", rel="nofollow")
    [link] = [link["href"] for link in links if "quote" in link["href"]]
    assert link == f"/articles/{source.article_id}/comments/?parent={source.pk}&quote=1#comment-form"
    answer = client.get(link.partition("#")[0])
    form = page(answer).one("form", id="comment-form")
    assert form.one("textarea", name="body").raw_text == f"\n> {WORDS}\n\n"
    assert form.one("input", name="parent")["value"] == str(source.pk)
    assert "s-maxage=60" in answer["Cache-Control"]


@pytest.mark.parametrize("state", ["held", "rejected", "spam", "deleted"])
def test_hidden_comment_cannot_be_quoted(client, source, state):
    hidden = make.comment(source.article, "Zephyrine", state=state)
    asked = [client.get(f"/articles/{source.article_id}/comments/?parent={pk}&quote=1") for pk in (hidden.pk, 999999)]
    assert asked[0].content == asked[1].content
