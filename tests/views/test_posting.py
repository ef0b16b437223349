"""A reader posts a comment: what is kept, what is refused, and that no typed word is lost."""

import uuid
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Comment
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def article():
    return make.article()


def post(client, article, headers=HERE, **fields):
    fields = {"name": "Rosa Reader", "body": "I saw the water.", "website": ""} | fields
    return client.post(f"/articles/{article.pk}/comments/", fields, headers=headers)


def stored():
    return list(Comment.objects.order_by("pk").values_list("name", "email", "body", "state"))


def test_comment_is_public_at_once_and_its_link_leads_to_it(client, article):
    answer = post(client, article, email="rosa@reader.example", nonce=uuid.uuid4())
    comment = Comment.objects.get()
    assert stored() == [("Rosa Reader", "rosa@reader.example", "I saw the water.", "public")]
    assert (answer.status_code, answer["Location"]) == (303, f"/comments/{comment.pk}/")
    onward = client.get(answer["Location"])
    target = f"{article.get_absolute_url()}#comment-{comment.pk}"
    assert (onward.status_code, onward["Location"]) == (302, target)
    document = page(client.get(article.get_absolute_url()))
    assert document.one(id=f"comment-{comment.pk}").one(data_comment_body=None).text == "I saw the water."
    assert "rosa@reader.example" not in client.get(article.get_absolute_url()).content.decode()


def test_comment_is_counted(client, article):
    post(client, article)
    post(client, article, body="And the mud.")
    article.refresh_from_db()
    assert article.comment_count == 2


def test_comment_that_waits_leads_to_a_page_that_says_so(client, article):
    answer = post(client, article, body="Look at https://spam.example/now")
    held = f"/articles/{article.pk}/comments/own/"
    assert (answer.status_code, answer["Location"]) == (303, held)
    assert [row[3] for row in stored()] == ["held"]
    document = page(client.get(held))
    assert document.one("h1").text
    assert "spam.example" in document.text
    assert "spam.example" not in Client().get(held).content.decode()
    assert "spam.example" not in client.get(article.get_absolute_url()).content.decode()
    article.refresh_from_db()
    assert article.comment_count == 0


def test_trap_that_no_person_sees_holds_the_comment_and_loses_nothing(client, article):
    answer = post(client, article, website="https://spam.example/")
    assert (answer.status_code, answer["Location"]) == (303, f"/articles/{article.pk}/comments/own/")
    assert stored() == [("Rosa Reader", "", "I saw the water.", "held")]


def test_shouting_waits(client, article):
    post(client, article, body="THE WATER WAS EVERYWHERE AND NOBODY CAME")
    assert [row[3] for row in stored()] == ["held"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "\u200b\u3164"},
        {"name": "x" * 61},
        {"email": "no address"},
        {"body": ""},
        {"body": "\u2060 \ufeff\n\u2800"},
        {"body": "x" * 5001},
        {"parent": "999999"},
        {"parent": "x"},
        {"parent": "9" * 40},
        {"nonce": "not one"},
    ],
)
def test_form_with_an_error_keeps_every_typed_text(client, article, wrong):
    typed = {
        "name": "Rosa <b>Reader</b>",
        "email": "rosa@reader.example",
        "body": "  First line\n\n  second & last",
    } | wrong
    answer = post(client, article, **typed)
    assert answer.status_code == 422
    assert stored() == []
    form = page(answer).one("form", id="comment-form")
    kept = {node["name"]: node.get("value", "") for node in form.all("input")}
    assert kept["name"] == typed["name"]
    assert kept["email"] == typed["email"]
    # A browser drops the line break after the tag; a reader's own first line break comes after it.
    assert form.one("textarea", name="body").raw_text.replace("\r", "") == "\n" + typed["body"]
    alerts = [*form.all(role="alert"), *form.all(class_="field-error")]
    assert any(alert.text for alert in alerts), wrong


def test_form_with_an_error_keeps_whom_it_answers(client, article):
    parent = make.comment(article, name="Bo Reader")
    form = page(post(client, article, body="", parent=parent.pk)).one("form", id="comment-form")
    assert form.one("input", name="parent")["value"] == str(parent.pk)


def test_answer_hangs_under_the_comment_it_answers(client, article):
    first = make.comment(article)
    second = make.comment(article, parent=first)
    post(client, article, body="To the second.", parent=second.pk)
    made = Comment.objects.get(body="To the second.")
    assert (made.parent, made.root) == (second, first)
    form = page(client.get(f"/articles/{article.pk}/comments/?parent={second.pk}")).one("form", id="comment-form")
    assert form.one("input", name="parent")["value"] == str(second.pk)


@pytest.mark.parametrize("state", ["held", "rejected", "spam", "deleted"])
def test_nobody_learns_that_a_hidden_comment_exists_by_answering_it(client, article, state):
    hidden = make.comment(article, "Zephyrine", state=state, name="Hidden Name")
    known, unknown = post(client, article, parent=hidden.pk), post(client, article, parent=999999)
    assert (known.status_code, unknown.status_code) == (422, 422)
    plain = [
        answer.content.decode().replace(f'value="{pk}"', "-") for answer, pk in [(known, hidden.pk), (unknown, 999999)]
    ]
    assert plain[0] == plain[1]
    asked = client.get(f"/articles/{article.pk}/comments/?parent={hidden.pk}").content
    assert asked == client.get(f"/articles/{article.pk}/comments/?parent=999999").content


def test_comment_of_another_article_cannot_be_answered_here(client, article):
    elsewhere = make.comment(make.article())
    assert post(client, article, parent=elsewhere.pk).status_code == 422
    assert Comment.objects.count() == 1


def test_fields_that_the_form_does_not_have_change_nothing(client, article):
    author, other = make.author(), make.article()
    before = timezone.now()
    extra = {"id": 77, "pk": 77, "state": "public", "picked": 1, "author": author.pk, "article": other.pk, "root": 1}
    extra |= {"created_at": "2001-01-01", "decided_by": 1, "version": 9, "state_reason": "x"}
    fields = {"name": "Rosa", "body": "https://spam.example"} | extra
    client.post(f"/articles/{article.pk}/comments/", fields, headers=HERE)
    made = Comment.objects.get()
    assert (made.article, made.state, made.author, made.root, made.version) == (article, "held", None, None, 1)
    assert (made.pk != 77, made.created_at >= before, made.decided_by) == (True, True, None)


def test_same_form_sent_twice_is_one_comment(client, article):
    nonce = uuid.uuid4()
    answers = [post(client, article, nonce=nonce) for _ in range(3)]
    assert len(stored()) == 1
    assert {answer["Location"] for answer in answers} == {f"/comments/{Comment.objects.get().pk}/"}
    article.refresh_from_db()
    assert article.comment_count == 1


def test_same_words_sent_twice_without_script_are_one_comment(client, article):
    for _ in range(2):
        assert post(client, article, nonce="").status_code == 303
    post(client, article, nonce="", body="Other words.")
    post(client, make.article(), nonce="")
    assert len(stored()) == 3


def test_nonce_of_somebody_elses_comment_does_not_show_it(client, article):
    held = make.comment(article, "Zephyrine", state="held")
    answer = post(client, article, nonce=held.nonce)
    assert (answer.status_code, answer["Location"]) == (303, f"/articles/{article.pk}/comments/own/")


def test_closed_article_takes_no_comment_and_gives_the_words_back(client, article):
    Article.objects.filter(pk=article.pk).update(comments_policy="closed")
    answer = post(client, article, body="Too late?")
    assert (answer.status_code, stored()) == (422, [])
    document = page(answer)
    assert "Comments on this article are closed." in document.text
    assert document.one("textarea", name="body").raw_text == "\nToo late?"


def test_article_without_comments_answers_as_if_there_were_no_such_address(client, article):
    Article.objects.filter(pk=article.pk).update(comments_policy="off")
    assert (post(client, article).status_code, stored()) == (404, [])
    assert client.get(f"/articles/{article.pk}/comments/").status_code == 404
    assert client.get(f"/articles/{article.pk}/comments/own/").status_code == 404


def test_comment_under_an_article_whose_comments_are_off_is_not_reached_by_its_link(client, article):
    comment = make.comment(article)
    Article.objects.filter(pk=article.pk).update(comments_policy="off")
    assert client.get(comment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["\ufb2c" * 60, "\u0958" * 60])
def test_name_that_grows_when_it_is_composed_is_refused_not_a_fault(client, article, name):
    assert post(client, article, name=name).status_code == 422


@pytest.mark.parametrize("value", ["\x00", "a\x00b", "\ud800", "\x1b[31m", "\u2028", "\u0085"])
@pytest.mark.parametrize("field", ["name", "email", "body", "parent", "nonce", "website"])
def test_characters_that_no_text_holds_are_refused_or_dropped(client, article, field, value):
    fields = {"name": "Rosa", "body": "Words.", field: f"Ab{value}c"}
    data = "&".join(f"{key}={quote_from_bytes(text.encode('utf-8', 'surrogatepass'))}" for key, text in fields.items())
    answer = client.post(
        f"/articles/{article.pk}/comments/", data, content_type="application/x-www-form-urlencoded", headers=HERE
    )
    assert answer.status_code in (303, 422)
    for name, _, body, _ in stored():
        assert not set(name + body) & set("\x00\x1b\x85\u2028\ud800")


def test_answer_to_a_comment_that_has_gone_becomes_a_comment_of_its_own_at_the_next_try(client, article):
    gone = make.comment(article)
    gone.reject(by=None, at=timezone.now(), reason="Rude.")
    answer = post(client, article, parent=gone.pk)
    assert answer.status_code == 422
    again = {field.get("name"): field.get("value") for field in page(answer).all("input", type="hidden")}
    assert again.get("parent") in (None, "")
    assert post(client, article, parent=again.get("parent") or "").status_code == 303
    assert Comment.objects.latest("pk").parent_id is None
