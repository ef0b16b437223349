"""The operator's service: asked after the commit, believed only when it says to hold, and never in the way."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from articles import work
from articles.models import Due, RuleHit
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(settings):
    """Start a service on this machine; ``asked`` is what it got, ``answer`` what it says (status, body)."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append((json.loads(body), self.headers.get("Authorization")))
            status, said = server.answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args):
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answer = [], (200, b'{"hold": false}')
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.MODERATION_URL = f"http://127.0.0.1:{server.server_port}/look"
    settings.MODERATION_KEY = "a key for tests"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def article():
    made = make.article(language="en")
    work.do_all_due()
    return made


def test_service_is_told_the_words_and_nothing_of_the_writer(service, article):
    make.comment(article, "Thank you.", name="Rosa", email="rosa@reader.example", network="a network")
    work.do_all_due()
    told = {"text": "Thank you.", "language": "en", "article": f"http://127.0.0.1:8000{article.get_absolute_url()}"}
    assert service.asked == [(told, "Bearer a key for tests")]


def test_comment_waits_if_the_service_says_so_and_the_moderator_sees_why(service, article):
    service.answer = (200, b'{"hold": true, "reason": "An insult."}')
    comment = make.comment(article)
    work.do_all_due()
    comment.refresh_from_db()
    assert (comment.state, comment.decided_at) == ("held", None)
    assert list(RuleHit.objects.values_list("rule", "says")) == [("second_look", "The moderation service: An insult.")]


@pytest.mark.parametrize(
    "answer",
    [
        (500, b""),
        (200, b""),
        (200, b"[]"),
        (200, b'{"hold": "yes"}'),
        (200, b'{"hold": true, "reason": 7}'),
        (200, b'{"hold": true, "reason": "' + b"x" * 70_000 + b'"}'),
        (200, b"\xff\xfe"),
    ],
)
def test_odd_answer_changes_nothing_and_it_is_asked_again(service, article, answer):
    service.answer = answer
    comment = make.comment(article)
    work.do_all_due()
    comment.refresh_from_db()
    due = Due.objects.get(kind="second_look")
    assert (comment.state, due.key, due.attempts) == ("public", comment.pk, 1)
    assert due.due_at > timezone.now()


def test_service_that_is_away_is_in_nobodys_way(service, article, settings):
    settings.MODERATION_URL = "http://127.0.0.1:9/"
    comment = make.comment(article)
    work.do_all_due()
    comment.refresh_from_db()
    assert (comment.state, Due.objects.get(kind="second_look").attempts) == ("public", 1)


def test_moderators_decision_stands(service, article):
    service.answer = (200, b'{"hold": true}')
    comment = make.comment(article)
    comment.approve(by=make.user("Moderator"), at=timezone.now())
    work.do_all_due()
    comment.refresh_from_db()
    assert (comment.state, service.asked) == ("public", [])


def test_nothing_is_planned_where_there_is_no_service_or_nothing_to_hold(service, article, settings):
    make.comment(article, state="held")
    settings.MODERATION_URL = ""
    make.comment(article)
    assert not Due.objects.filter(kind="second_look").exists()


def test_comment_in_other_words_is_looked_at_again(service, article):
    comment = make.comment(article, "One.")
    work.do_all_due()
    comment.refresh_from_db()
    comment.edit("Two.", at=timezone.now(), state="public")
    work.do_all_due()
    assert [told["text"] for told, _ in service.asked] == ["One.", "Two."]
