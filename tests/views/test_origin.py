"""A form that another site sends is refused; one of unknown origin asks for one more click, with a token."""

import pytest
from django.test import Client, override_settings

from articles.models import Comment
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

TYPED = {"name": "Rosa Reader", "body": "\n  I saw it <b>all</b> & more.\n", "email": "r@reader.example", "website": ""}


@pytest.fixture
def reader():
    """Return a browser for which Django's own check of tokens is switched on, as it is on the site."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def address():
    return f"/articles/{make.article().pk}/comments/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://testserver"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://news.example"},
    ],
)
@override_settings(SITE_URL="https://news.example")
def test_form_of_this_site_is_taken(reader, address, headers):
    assert reader.post(address, TYPED, headers=headers).status_code == 303
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:81"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver/"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://evil.example", "Referer": "http://testserver/"},
    ],
)
def test_form_of_another_site_is_refused(reader, address, headers):
    answer = reader.post(address, TYPED, headers=headers)
    assert (answer.status_code, Comment.objects.count()) == (403, 0)
    assert page(answer).one("h1").text


def confirmation(reader, address, typed=TYPED, **headers):
    """Send the form without a word on where it comes from; return the fields of the page that asks."""
    answer = reader.post(address, typed, headers=headers)
    assert (answer.status_code, Comment.objects.count()) == (200, 0)
    assert answer["Cache-Control"] == "private, no-store"
    forms = [form for form in page(answer).all("form") if form.get("method") == "post"]
    assert [form["action"] for form in forms] == [address]
    fields = {node["name"]: node.get("value", "") for node in forms[0].all("input") if node.get("name")}
    # A browser drops the first line break inside a textarea.
    return fields | {node["name"]: node.raw_text.removeprefix("\n") for node in forms[0].all("textarea")}


def test_form_of_unknown_origin_asks_for_one_more_click_and_loses_nothing(reader, address):
    fields = confirmation(reader, address)
    token = fields.pop("csrfmiddlewaretoken")
    assert fields == TYPED
    assert reader.post(address, fields | {"csrfmiddlewaretoken": token}).status_code == 303
    assert Comment.objects.get().body == "I saw it <b>all</b> & more."


def test_referer_alone_says_nothing(reader, address):
    assert confirmation(reader, address, Referer="http://testserver/")


def test_field_given_twice_is_asked_for_twice(reader, address):
    answer = reader.post(address, {"name": ["One", "Two"], "body": "Words."})
    assert [node["value"] for node in page(answer).one("main").all("input", name="name")] == ["One", "Two"]


@pytest.mark.parametrize("token", ["", "x", "a" * 32, "a" * 64, "é" * 32])
def test_token_that_is_wrong_does_not_post(reader, address, token):
    fields = confirmation(reader, address)
    answer = reader.post(address, fields | {"csrfmiddlewaretoken": token})
    assert Comment.objects.count() == 0
    assert answer.status_code in (200, 403)


def test_token_of_another_reader_does_not_post(reader, address):
    fields = confirmation(reader, address)
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(address, fields).status_code != 303
    confirmation(stranger, address)
    assert stranger.post(address, fields).status_code != 303
    assert Comment.objects.count() == 0


def test_token_does_not_help_a_form_that_says_it_comes_from_elsewhere(reader, address):
    fields = confirmation(reader, address)
    answer = reader.post(address, fields, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, Comment.objects.count()) == (403, 0)


def test_field_with_a_hostile_name_stays_a_name(reader, address):
    name = '"><script>alert(1)</script>'
    answer = reader.post(address, {name: name, "body": "</textarea><script>alert(1)</script>"})
    document = page(answer)
    assert [node for node in document.all("script") if not node.get("src")] == []
    assert name in [node.get("name") for node in document.one("main").all("input")]


def test_get_changes_nothing(reader, address):
    assert reader.get(address, TYPED, headers={"Origin": "http://testserver"}).status_code == 200
    assert Comment.objects.count() == 0


def test_no_parameter_leads_a_reader_off_the_site(reader, address):
    elsewhere = dict.fromkeys(("next", "url", "redirect", "return", "continue"), "https://evil.example/")
    answers = [reader.post(address, TYPED | elsewhere, headers={"Origin": "http://testserver"})]
    answers += [reader.get(answers[0]["Location"], elsewhere, headers={"Referer": "https://evil.example/"})]
    assert [answer["Location"][0:2] for answer in answers] == ["/c", "/a"]
