"""Reading settings: kept on the device, never in a public page, and nothing odd in a cookie does harm."""

import pytest

from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver"}


def post(client, **choices):
    return client.post("/settings/", choices, headers=HERE)


def styles(client):
    answer = client.get("/settings/reader.css")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/css; charset=utf-8", "private, no-store")
    return answer.content.decode()


def test_choices_are_kept_in_a_cookie_and_nowhere_else(client):
    answer = post(client, theme="dark", text="larger", ai="off", history="")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    cookie = answer.cookies["reading"]
    assert (cookie.value, cookie["samesite"], bool(cookie["httponly"])) == (
        "theme-dark.text-larger.ai-off",
        "Lax",
        False,
    )
    assert styles(client) == (
        ":root { color-scheme: dark; }\n:root { font-size: 131.25%; }\n.module-assist { display: none; }"
    )


def marked(answer):
    """Return the choices that a form shows as made."""
    return {
        field["name"]: field["value"] for field in page(answer).all("input", type="radio") if "checked" in field.attrs
    }


def test_form_that_everybody_gets_marks_nobodys_choices_and_ones_own_all(client):
    client.cookies["reading"] = "theme-dark.ai-off"
    assert marked(client.get("/settings/")) == {}
    own = client.get("/settings/own/")
    assert (marked(own), own["Cache-Control"]) == (
        {"theme": "dark", "text": "", "ai": "off", "history": ""},
        "private, no-store",
    )


def test_answer_to_choices_shows_them_and_says_that_they_are_kept(client):
    answer = post(client, theme="dark", history="off")
    assert marked(answer) == {"theme": "dark", "text": "", "ai": "", "history": "off"}
    assert page(answer).one("p", role="status").text == "Kept."
    assert page(client.get("/settings/own/")).one("p", role="status").text == ""


def test_later_choices_add_to_those_that_are_kept(client):
    post(client, theme="dark", ai="off")
    assert post(client, text="large").cookies["reading"].value == "theme-dark.text-large.ai-off"
    assert post(client, theme="", text="huge").cookies["reading"].value == "text-large.ai-off"


def test_pages_are_the_same_whatever_was_chosen(client):
    article = make.article()
    addresses = ["/", article.get_absolute_url(), "/settings/", "/saved/", "/following/"]
    before = [client.get(address).content for address in addresses]
    post(client, theme="dark", text="large", ai="off")
    answers = [client.get(address) for address in addresses]
    assert [answer.content for answer in answers] == before
    assert not any(answer.cookies for answer in answers)
    assert all("public" in answer["Cache-Control"] for answer in answers)


@pytest.mark.parametrize(
    "cookie",
    ["", "-", "theme", "theme-", "theme-pink", "text-larger;x", "theme-dark}body{display:none", "a-b.c-d", "x" * 4000],
)
def test_odd_cookie_is_as_good_as_none(client, cookie):
    client.cookies["reading"] = cookie
    assert styles(client) in ("", ":root { font-size: 131.25%; }")


def test_odd_choices_are_left_out(client):
    answer = post(client, theme="pink", text="large", ai="maybe", other="dark")
    assert answer.cookies["reading"].value == "text-large"


def test_another_site_cannot_change_the_settings(client):
    answer = client.post("/settings/", {"theme": "dark"}, headers={"Origin": "https://else.example"})
    assert (answer.status_code, "reading" in answer.cookies) == (403, False)


def test_reader_without_script_gets_the_styles_by_a_link(client):
    text = client.get("/").content.decode()
    assert '<noscript><link rel="stylesheet" href="/settings/reader.css"></noscript>' in text


def test_service_worker_may_serve_every_page(client):
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert b'const OFFLINE = "/offline/"' in answer.content
    assert client.get("/offline/").status_code == 200


def test_service_worker_is_another_when_a_page_that_it_lays_in_is(client, monkeypatch):
    make.article()
    at_first = client.get("/service-worker.js").content
    make.article()
    assert client.get("/service-worker.js").content == at_first
    make.section("Tides")
    with_section = client.get("/service-worker.js").content
    monkeypatch.setattr("django.templatetags.static.StaticNode.handle_simple", lambda node, path: f"/other/{path}")
    with_other_styles = client.get("/service-worker.js").content
    assert len({at_first, with_section, with_other_styles}) == 3


def test_article_can_be_sent_by_mail_without_script(client):
    article = make.article("Rivers & dams?")
    link = page(client.get(article.get_absolute_url())).one("p", class_="tools").one("a")
    url = f"http%3A%2F%2F127.0.0.1%3A8000%2Farticles%2F{article.pk}%2Frivers-dams%2F"
    assert link["href"] == f"mailto:?subject=Rivers%20%26%20dams%3F&body={url}"
