"""Drafts by a remote program: what is sent and when not, what is believed of its answers, and what they may cost.

The program is a real HTTP service on this machine, which each test has answer as it likes.
"""

import json
import logging
import traceback
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles import assist, work
from articles.assist.drafts import SPENT
from articles.models import Article, AssistDraft, AssistLedger, Due
from articles.models.assist_ledger import FAILURES, REST
from tests import make
from tests.listener import Drips, listener

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "sk-quokkaberry-a-key-for-tests"
BODY = "<p>The river rose two metres in one night.</p><p>Nobody was hurt, said Agnes Holt on Thursday.</p>"
GOOD = [("The river rose two metres.", [1]), ("Agnes Holt said nobody was hurt.", [2])]


def said(*rows, usage=None, **more):
    """Return the body of an answer in which the program wrote ``rows``."""
    lines = "\n".join(json.dumps({"text": text, "paragraphs": cited}) for text, cited in rows)
    told = {"choices": [{"message": {"role": "assistant", "content": lines}}]} | more
    return json.dumps(told | ({"usage": {"total_tokens": usage}} if usage is not None else {})).encode()


@pytest.fixture
def service(settings):
    with listener(200, said(*GOOD, usage=321), kind="application/json") as server:
        settings.ASSIST_URL, settings.ASSIST_MODEL, settings.ASSIST_KEY = f"{server.url}v1", "a-model", KEY
        settings.ASSIST_SECONDS, settings.ASSIST_BUDGET = 2, 100_000
        yield server


@pytest.fixture
def article():
    made = make.article("River rises", body=BODY, outlet=make.outlet(allows_remote_assist=True))
    work.do_all_due()
    return made


@pytest.fixture
def editor():
    return make.user("Editor", first_name="Edda", last_name="Editor")


def ask(article, kind="summary", language=None, *, by=None):
    return assist.ask_for_draft(article, kind, language or article.language, by=by, at=timezone.now())


def drafted(article, *args):
    """Ask for a draft, have what is due done, and return it as it is then."""
    draft = ask(article, *args)
    work.do_all_due()
    draft.refresh_from_db()
    return draft


def spent():
    return AssistLedger.objects.seen(at=timezone.now()).spent


def everything_stored():
    """Return all rows of all tables as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of ours
            rows += cursor.fetchall()
    return str(rows)


# --- a good answer ----------------------------------------------------------------------------------------------------


def test_answer_becomes_a_draft_that_no_reader_sees(service, article, editor):
    draft = drafted(article)
    rows = [{"text": text, "paragraphs": cited} for text, cited in GOOD]
    assert (draft.state, draft.sentences, draft.findings) == ("draft", rows, [])
    assert (draft.model, draft.tokens, spent(), draft.attempts) == ("a-model", 321, 321, 0)
    assert "The river rose two metres.<" not in Client().get(article.get_absolute_url()).content.decode()
    assert not Due.objects.exists()


def test_program_is_sent_the_text_and_nothing_else(service, article):
    author = make.author("Quokka Author")
    article.bylines.create(author=author, position=0)
    Article.objects.filter(pk=article.pk).update(embargo_note="quokka note", original_url="https://quokka.example/")
    make.comment(article, "A quokka says so.", email="quokka@reader.example")
    drafted(article)
    drafted(article, "translation", "fr")
    (body, headers), (second, _) = service.asked
    sent = json.loads(body)
    assert (headers["Authorization"], headers["Content-Type"]) == (f"Bearer {KEY}", "application/json")
    assert {name: sent[name] for name in sent if name != "messages"} == {
        "model": "a-model",
        "temperature": 0,
        "max_tokens": 800,
        "stream": False,
    }
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    paragraphs = {"1": "The river rose two metres in one night."}
    paragraphs |= {"2": "Nobody was hurt, said Agnes Holt on Thursday."}
    assert json.loads(sent["messages"][1]["content"]) == paragraphs
    told = json.loads(json.loads(second)["messages"][1]["content"])
    assert told == {"0": "River rises. What the water left behind."} | paragraphs
    assert "into French" in json.loads(second)["messages"][0]["content"]
    assert b"quokka" not in (body + second).lower().replace(KEY.encode(), b"")


@pytest.mark.parametrize(
    ("given", "path"),
    [("", "/chat/completions"), ("v1", "/v1/chat/completions"), ("x/chat/completions?v=1", "/x/chat/completions?v=1")],
)
def test_operator_names_the_base_or_the_whole_address(service, article, settings, given, path):
    settings.ASSIST_URL = f"{service.url}{given}".rstrip("/")
    assert (drafted(article).state, service.paths) == ("draft", [path])


def test_asked_for_twice_it_is_one(service, article):
    assert ask(article) == ask(article)
    work.do_all_due()
    assert (AssistDraft.objects.count(), len(service.asked)) == (1, 1)


# --- what is never sent -----------------------------------------------------------------------------------------------


def refusal(article, *args):
    with pytest.raises(ValidationError) as caught:
        ask(article, *args)
    return caught.value.messages[0]


def test_what_is_not_public_is_not_sent(service):
    outlet = {"outlet": make.outlet(allows_remote_assist=True)}
    makers = (make.draft, make.scheduled, make.embargoed, make.expired, make.withdrawn)
    assert {refusal(maker(**outlet))[:28] for maker in makers} == {"Only what is public now is s"}
    work.do_all_due()
    assert service.asked == []


def test_what_its_outlet_does_not_allow_is_not_sent(service, article):
    assert make.outlet("Another").allows_remote_assist is False
    assert "does not allow it" in refusal(make.article(outlet=make.outlet("Another")))
    carried = make.outlet("Third", text_shown="full", allows_remote_assist=True)
    assert "allows no derived texts" in refusal(make.article(outlet=carried))
    assert "allows no derived texts" in refusal(make.article(kind="interview", outlet=article.outlet))
    article.outlet.is_active = False
    assert "Only what is public" in refusal(article)
    work.do_all_due()
    assert service.asked == []


def test_nothing_is_asked_where_no_service_is_or_all_is_off(service, article, settings):
    settings.READING_AID = False
    assert refusal(article) == "This site has no remote program."
    settings.READING_AID, settings.ASSIST_URL = True, ""
    assert refusal(article) == "This site has no remote program."


def test_what_makes_no_sense_is_not_asked(service, article):
    assert "Choose a language" in refusal(article, "translation", "en")
    assert "Choose a language" in refusal(article, "summary", "fr")
    long = make.article(body=f"<p>{'word ' * 7000}</p>", outlet=article.outlet)
    assert "too long" in refusal(long)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda article: article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong."),
        lambda article: Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + make.DAY),
        lambda article: Article.objects.filter(pk=article.pk).update(expires_at=timezone.now()),
        lambda article: type(article.outlet).objects.update(allows_remote_assist=False),
        lambda article: type(article.outlet).objects.update(is_active=False),
    ],
    ids=["withdrawn", "embargoed", "expired", "not allowed", "outlet off"],
)
def test_it_is_asked_again_when_it_is_sent(service, article, meanwhile):
    draft = ask(article)
    meanwhile(article)
    work.do_all_due()
    draft.refresh_from_db()
    assert (draft.state, service.asked, spent()) == ("failed", [], 0)


def test_switched_off_meanwhile(service, article, settings):
    draft = ask(article)
    settings.ASSIST_URL = ""
    work.do_all_due()
    draft.refresh_from_db()
    assert (draft.state, draft.trouble, service.asked) == ("failed", "This site has no remote program.", [])


def test_older_text_is_not_sent(service, article):
    draft = ask(article)
    article.body += "<p>New.</p>"
    article.save()
    work.do_all_due()
    draft.refresh_from_db()
    assert (draft.state, service.asked) == ("stale", [])


def test_article_that_is_changed_or_deleted_while_the_program_writes(service, article):
    def edit(body):
        changed = Article.objects.get(pk=article.pk)
        changed.body += "<p>New.</p>"
        changed.save()
        connection.close()
        return 200, said(*GOOD)

    service.answer = edit
    draft = drafted(article)
    assert (draft.state, draft.sentences, len(service.asked)) == ("stale", [], 1)

    def delete(body):
        Article.objects.all().delete()
        connection.close()
        return 200, said(*GOOD)

    service.answer = delete
    article.refresh_from_db()
    ask(article)
    work.do_all_due()
    assert (AssistDraft.objects.count(), Due.objects.filter(kind="draft").count()) == (0, 0)


# --- down, slow, lying, rude ------------------------------------------------------------------------------------------

ODD = [
    (200, b"<html>rude</html>"),
    (200, b"[]"),
    (200, b"{}"),
    (200, b'{"choices": []}'),
    (200, b'{"choices": [{"message": {"content": ["rude"]}}]}'),
    (200, b'{"choices": [{"message": {"content": " "}}]}'),
    (200, json.dumps({"choices": [{"message": {"content": "Sure! Here is a rude summary."}}]}).encode()),
    (200, json.dumps({"choices": [{"message": {"content": '{"text": 7, "paragraphs": [1]}'}}]}).encode()),
    (200, json.dumps({"choices": [{"message": {"content": '{"text": "A.", "paragraphs": [true]}'}}]}).encode()),
    (200, json.dumps({"choices": [{"message": {"content": "[" * 9999}}]}).encode()),
    (200, said(*[("The river rose.", [1])] * 200)),
    (200, said(("x" * 300_000, [1]))),
    (500, KEY.encode()),
    (503, b""),
    (429, b""),
    (200, Drips("head")),
    (200, Drips("body")),
    (200, Drips("rubbish")),
]


@pytest.mark.parametrize("answer", ODD, ids=range(len(ODD)))
def test_odd_answer_is_told_in_our_words_and_asked_for_again(service, article, caplog, answer):
    service.answer = answer
    draft = drafted(article)
    due = Due.objects.get(kind="draft")
    assert (draft.state, draft.attempts, draft.sentences, due.key) == ("asked", 1, [], draft.pk)
    assert timedelta(seconds=50) < due.due_at - timezone.now() <= timedelta(seconds=60)
    assert (draft.trouble != "", "rude" in draft.trouble) == (True, False)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert Client().get(article.get_absolute_url()).status_code == 200


def test_service_that_is_down(service, article, settings):
    settings.ASSIST_URL = "http://127.0.0.1:9"
    draft = drafted(article)
    assert (draft.state, draft.trouble, spent()) == ("asked", "127.0.0.1 could not be reached.", 0)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 302])
def test_refusal_is_final(service, article, status):
    service.answer = (status, b"")
    draft = drafted(article)
    assert (draft.state, f"({status})" in draft.trouble, spent()) == ("failed", True, 0)
    assert not Due.objects.filter(kind="draft").exists()


def test_service_says_when_to_come_back(service, article):
    service.answer, service.headers = (429, b""), {"Retry-After": "1800"}
    drafted(article)
    assert Due.objects.get().due_at - timezone.now() > timedelta(minutes=29)


def test_it_is_given_up_after_some_attempts(service, article, monkeypatch):
    monkeypatch.setattr("articles.models.assist_ledger.FAILURES", 99)
    service.answer = (500, b"")
    draft, waits = ask(article), []
    for _ in range(6):
        now = timezone.now()
        work.do_all_due()
        waits += [round((due.due_at - now).total_seconds() / 60) for due in Due.objects.all()]
        Due.objects.update(due_at=now)
    draft.refresh_from_db()
    assert (waits, draft.state, draft.trouble) == ([1, 4, 16], "failed", "127.0.0.1 cannot answer now (500).")
    assert len(service.asked) == 4


def test_key_is_in_no_log_page_table_or_error(service, article, editor, caplog):
    caplog.set_level(logging.DEBUG)
    echo = f"Bad key: {KEY}".encode()
    seen = []
    named = said((f"It is {KEY}.", [1]))
    for answer in [(401, echo), (500, echo), (200, echo), (200, Drips("rubbish")), (200, named)]:
        service.answer = answer
        draft = drafted(article)
        seen.append(draft.trouble)
        assert KEY not in everything_stored()
        AssistDraft.objects.all().delete()
        AssistLedger.objects.all().delete()
    browser = Client()
    browser.force_login(editor)
    page = browser.get(f"/admin/articles/article/{article.pk}/drafts/").content.decode()
    told = f"{seen} {page} {browser.get(article.get_absolute_url()).content.decode()} {caplog.text}"
    assert KEY not in told
    assert seen[-1] == "The service repeated the key."


def test_bug_of_ours_does_not_log_the_key_either(service, article, monkeypatch, caplog):
    service.answer = lambda body: (200, said(*GOOD))
    monkeypatch.setattr("articles.assist.drafts._findings", lambda *_: 1 / 0)
    drafted(article)
    errors = [record for record in caplog.records if record.exc_info]
    assert len(errors) == 1
    assert KEY not in "".join(traceback.format_exception(*errors[0].exc_info)) + caplog.text


# --- what it costs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("usage", [-5, 0, 1, 10**12, "many", None, True, [1], 3.5])
def test_program_that_lies_about_its_usage_is_not_believed(service, article, usage):
    service.answer = (200, said(*GOOD) if usage is None else said(*GOOD, usage={"total_tokens": usage}))
    if usage is not None:
        service.answer = (200, said(*GOOD, usage=usage))
    body = drafted(article)
    assert 300 < spent() < 1500
    assert body.tokens == spent()


def test_budget_of_a_day_is_kept_and_said(service, article, settings):
    drafted(article)
    settings.ASSIST_BUDGET = 2000
    AssistLedger.objects.update(spent=1900)
    assert refusal(article, "easy") == SPENT
    AssistLedger.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert drafted(article, "easy").state == "draft"


def test_budget_that_is_spent_when_it_is_sent(service, article, settings):
    draft = ask(article)
    settings.ASSIST_BUDGET = 10
    work.do_all_due()
    draft.refresh_from_db()
    assert (draft.state, draft.trouble, service.asked) == ("failed", SPENT, [])


def test_slow_answer_is_reckoned_in_full(service, article):
    service.answer = (200, Drips("body"))
    drafted(article)
    assert spent() > 800


# --- the circuit breaker ----------------------------------------------------------------------------------------------


def test_service_that_fails_is_left_alone_and_tried_by_one_after_a_while(service, article):
    service.answer = (500, b"")
    drafts = [ask(article, "translation", code) for code in ("fr", "de", "it", "es", "pt")]
    work.do_all_due()
    assert len(service.asked) == FAILURES
    ledger = AssistLedger.objects.get()
    assert timedelta(0) < ledger.rests_until - timezone.now() <= REST
    rested = [draft for draft in AssistDraft.objects.order_by("pk") if "after a pause" in draft.trouble]
    assert ([draft.attempts for draft in rested], len(drafts)) == ([0, 0], 5)
    assert {due.due_at for due in Due.objects.filter(key__in=[draft.pk for draft in rested])} == {ledger.rests_until}
    AssistLedger.objects.update(rests_until=timezone.now() - timedelta(seconds=1))
    Due.objects.update(due_at=timezone.now())
    work.do_all_due()
    assert len(service.asked) == FAILURES + 1  # one try, and all the others wait again
    service.answer = (200, said(*GOOD))
    AssistLedger.objects.update(rests_until=timezone.now() - timedelta(seconds=1))
    Due.objects.update(due_at=timezone.now())
    work.do_all_due()
    ledger.refresh_from_db()
    assert (ledger.failures, ledger.rests_until, len(service.asked)) == (0, None, FAILURES + 1 + 5)
