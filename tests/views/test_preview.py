"""A look at one's own words before they are posted: nothing of it is stored."""

import uuid

import pytest
from django.test import Client

from articles.models import Article, Comment, Commenter
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
WORDS = "> The river rose.\n\nI <b>saw</b> it & more."


@pytest.fixture
def article():
    return make.article()


def look(client, article, headers=HERE, **fields):
    fields = {"name": "Rosa Reader", "body": WORDS, "website": ""} | fields
    return client.post(f"/articles/{article.pk}/comments/preview/", fields, headers=headers)


def test_preview_shows_the_words_as_they_will_stand_and_stores_nothing(client, article):
    nonce = str(uuid.uuid4())
    answer = look(client, article, email="rosa@reader.example", nonce=nonce)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert not answer.cookies
    shown = page(answer).one(data_comment_body=None)
    assert [shown.one("blockquote").text, shown.text] == ["The river rose.", "The river rose.I <b>saw</b> it & more."]
    form = page(answer).one("form", id="comment-form")
    kept = {field["name"]: field.get("value", "") for field in form.all("input")}
    assert (kept["name"], kept["email"], kept["nonce"]) == ("Rosa Reader", "rosa@reader.example", nonce)
    assert form.one("textarea", name="body").raw_text == f"\n{WORDS}"
    assert (Comment.objects.count(), Commenter.objects.count()) == (0, 0)


def test_what_was_looked_at_can_be_posted_and_looks_the_same(client, article):
    form = page(look(client, article)).one("form", id="comment-form")
    assert form["action"] == f"/articles/{article.pk}/comments/"
    previewed = page(look(client, article)).one(data_comment_body=None)
    client.post(form["action"], {"name": "Rosa Reader", "body": WORDS}, headers=HERE)
    stored = page(client.get(article.get_absolute_url())).one(data_comment_body=None)
    assert stored.raw_text == previewed.raw_text


def test_every_comment_form_has_a_button_for_a_preview_after_the_one_that_posts(client, article):
    for address in (article.get_absolute_url(), f"/articles/{article.pk}/comments/"):
        buttons = page(client.get(address)).one("form", id="comment-form").all("button")
        assert [button.get("formaction") for button in buttons] == [None, f"/articles/{article.pk}/comments/preview/"]


def test_preview_of_an_answer_keeps_whom_it_answers(client, article):
    parent = make.comment(article, "I live there.")
    document = page(look(client, article, parent=parent.pk))
    assert document.one("form", id="comment-form").one("input", name="parent")["value"] == str(parent.pk)
    assert "I live there." in document.one("blockquote", class_="comment-quote").text


@pytest.mark.parametrize("wrong", [{"name": ""}, {"body": "\u200b"}, {"body": "x" * 5001}, {"parent": "999999"}])
def test_preview_of_what_cannot_be_posted_says_so_and_loses_nothing(client, article, wrong):
    answer = look(client, article, **wrong)
    assert answer.status_code == 422
    assert page(answer).one("textarea", name="body").raw_text == "\n" + wrong.get("body", WORDS)


def test_words_that_are_refused_are_refused_at_the_preview(client, article):
    make.word_rule("mud", "refuse")
    answer = look(client, article, body="Nothing but mud.")
    assert (answer.status_code, "We do not publish “mud”" in page(answer).text) == (422, True)


def test_preview_does_not_tell_what_the_rules_would_hold(client, article):
    make.word_rule("mud", "hold")
    assert look(client, article, body="Nothing but mud.").status_code == 200
    assert look(client, article, website="filled").status_code == 200


def test_preview_under_an_article_that_was_closed_meanwhile_keeps_the_words(client, article):
    Article.objects.filter(pk=article.pk).update(comments_policy="closed")
    document = page(look(client, article))
    assert document.one("textarea", name="body").raw_text == f"\n{WORDS}"
    assert "Comments on this article have been closed" in document.text


def test_preview_is_for_forms_of_this_site_and_for_posts_alone(article):
    reader = Client(enforce_csrf_checks=True)
    assert look(reader, article, headers={"Origin": "https://evil.example"}).status_code == 403
    assert page(look(reader, article, headers={})).one("h1").text == "One more click"
    assert reader.get(f"/articles/{article.pk}/comments/preview/").status_code == 405


def test_preview_under_an_article_that_nobody_sees_answers_as_if_there_were_none(client):
    assert [look(client, hidden).status_code for hidden in (make.draft(), make.embargoed(), make.withdrawn())] == [
        404
    ] * 3
