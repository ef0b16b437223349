"""What a reader wrote is kept until a page shows that it arrived."""

import pytest

from articles.models import Comment
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY, NAME, SEND = (f"#comment-form {part}" for part in ("[name=body]", "[name=name]", "button:not([type=button])"))
WORDS = "Three lines\n\nof mine."


@pytest.fixture
def writer(page, live_server):
    """Return a page on which a reader has written a comment and not sent it."""
    article = make.article("River rises")
    make.comment(article, "I live there.")
    page.address = live_server.url + article.get_absolute_url()
    page.posted_to = f"{live_server.url}/articles/{article.pk}/comments/"
    page.goto(page.address)
    write(page, WORDS)
    return page


def write(page, words):
    page.fill(NAME, "Rosa Reader")
    page.fill(BODY, words)


def fail(page, how):
    """Send the comment into a connection that breaks, or to a server that answers with ``how``."""
    break_it = (lambda route: route.abort()) if how == "lost" else (lambda route: route.fulfill(status=how, body="No."))
    page.route(page.posted_to, break_it)
    page.click(SEND)
    page.wait_for_url("chrome-error://**" if how == "lost" else page.posted_to)
    page.unroute(page.posted_to)


@pytest.mark.parametrize("how", ["lost", 403, 503])
def test_words_that_did_not_arrive_are_still_in_the_form(writer, how):
    fail(writer, how)
    writer.goto(writer.address)
    assert writer.input_value(BODY) == WORDS
    writer.reload()
    assert writer.input_value(BODY) == WORDS
    assert not Comment.objects.filter(body=WORDS).exists()


@pytest.mark.parametrize("how", ["lost", 503])
def test_words_that_did_not_arrive_are_there_when_the_reader_goes_back(writer, how):
    fail(writer, how)
    if not writer.url.startswith(writer.address):
        writer.go_back()
    assert writer.input_value(BODY) == WORDS
    writer.goto(writer.address)
    assert writer.input_value(BODY) == WORDS


def test_link_to_another_comment_does_not_lose_words_that_did_not_arrive(writer):
    other = Comment.objects.get()
    writer.goto(f"{writer.address}#comment-{other.pk}")
    writer.reload()
    write(writer, WORDS)
    fail(writer, 503)
    writer.goto(f"{writer.address}#comment-{other.pk}")
    assert writer.input_value(BODY) == WORDS


def test_words_that_arrived_leave_the_form(writer):
    writer.click(SEND)
    writer.wait_for_url("**#comment-*")
    assert writer.input_value(BODY) == ""
    writer.reload()
    assert writer.input_value(BODY) == ""
    assert Comment.objects.get(body=WORDS).is_public


def test_words_that_wait_for_a_moderator_leave_the_form(writer):
    write(writer, "See https://a.example/ https://b.example/ https://c.example/ https://d.example/ https://e.example/")
    writer.click(SEND)
    writer.wait_for_url("**/own/")
    writer.goto(writer.address)
    assert writer.input_value(BODY) == ""


def test_words_written_since_survive_a_look_back_at_the_page_that_said_wait(writer):
    held = f"{writer.posted_to}own/"
    writer.goto(held)
    writer.goto(writer.address)
    assert writer.input_value(BODY) == WORDS


def test_words_sent_again_after_a_lost_connection_arrive_once(writer):
    fail(writer, "lost")
    writer.goto(writer.address)
    writer.fill(NAME, "Rosa Reader")
    writer.click(SEND)
    writer.wait_for_url("**#comment-*")
    assert writer.input_value(BODY) == ""
    assert Comment.objects.filter(body=WORDS).count() == 1
