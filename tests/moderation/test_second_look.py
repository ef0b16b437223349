"""The operator's service: asked after the commit, believed only when it says to hold, and never in the way."""

import json

import pytest
from django.utils import timezone

from articles import work
from articles.models import Due, RuleHit
from tests import make
from tests.listener import listener

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(settings):
    with listener(200, b'{"hold": false}') as server:
        settings.MODERATION_URL, settings.MODERATION_KEY = f"{server.url}look", "a key for tests"
        yield server


def asked(service):
    """Return what the service was told, and by what key."""
    return [(json.loads(body), headers.get("Authorization")) for body, headers in service.asked]


@pytest.fixture
def article():
    made = make.article(language="en")
    work.do_all_due()
    return made


def test_service_is_told_the_words_and_nothing_of_the_writer(service, article):
    make.comment(article, "Thank you.", name="Rosa", email="rosa@reader.example", network="a network")
    work.do_all_due()
    told = {"text": "Thank you.", "language": "en", "article": f"http://127.0.0.1:8000{article.get_absolute_url()}"}
    assert asked(service) == [(told, "Bearer a key for tests")]


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


def test_service_leads_the_words_and_the_key_to_nobody_else(service, article):
    with listener(200, b'{"hold": true}') as other:
        service.answer, service.headers = (302, b""), {"Location": other.url}
        comment = make.comment(article)
        work.do_all_due()
        comment.refresh_from_db()
        assert (comment.state, other.asked, len(service.asked)) == ("public", [], 1)


def test_moderators_decision_stands(service, article):
    service.answer = (200, b'{"hold": true}')
    comment = make.comment(article)
    comment.approve(by=make.user("Moderator"), at=timezone.now())
    work.do_all_due()
    comment.refresh_from_db()
    assert (comment.state, asked(service)) == ("public", [])


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
    assert [told["text"] for told, _ in asked(service)] == ["One.", "Two."]
