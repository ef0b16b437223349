"""Drafts by a program while several processes work and several editors decide: asked once, approved once, never old."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from articles import assist, work
from articles.models import Article, AssistDraft, ReadingAid
from tests import make
from tests.assist.test_drafts import GOOD, said
from tests.concurrency.threads import at_once, kinds
from tests.listener import listener

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article():
    made = make.article("River rises", body=make.BODY, outlet=make.outlet(allows_remote_assist=True))
    work.do_all_due()
    return made


@pytest.fixture
def editor():
    return make.user("Editor", first_name="Edda", last_name="Editor")


@pytest.fixture
def service(settings):
    with listener(200, said(*GOOD, usage=300), kind="application/json") as server:
        settings.ASSIST_URL, settings.ASSIST_MODEL = server.url, "a-model"
        yield server


def test_asked_for_by_many_at_once_it_is_one_and_asked_of_the_service_once(article, service):
    def ask():
        return assist.ask_for_draft(article, "summary", "en", by=None, at=timezone.now()).pk

    assert len(set(at_once(*[ask] * 6))) == 1
    at_once(*[work.do_all_due] * 4)
    assert (len(service.asked), AssistDraft.objects.get().state) == (1, "draft")


def test_several_drafts_are_asked_for_by_several_workers_each_once(article, service):
    for code in ("fr", "de", "it", "es", "pt", "nl"):
        assist.ask_for_draft(article, "translation", code, by=None, at=timezone.now())
    at_once(*[work.do_all_due] * 4)
    work.do_all_due()
    assert len(service.asked) == 6
    assert set(AssistDraft.objects.values_list("state", flat=True)) == {"draft"}


def test_of_two_who_approve_and_reject_at_once_one_is_told(article, editor):
    draft = make.assist_draft(article)
    seen = [AssistDraft.objects.get(pk=draft.pk) for _ in range(4)]
    deeds = [lambda seen=each: assist.approve_draft(seen, by=editor, at=timezone.now()) for each in seen[:2]]
    deeds += [lambda seen=each: assist.reject_draft(seen, by=editor, at=timezone.now()) for each in seen[2:]]
    results = at_once(*deeds)
    assert kinds(results) == ["StaleRecord"] * 3 + ["done"]
    shown = [row["kind"] for row in ReadingAid.objects.get().written]
    approved = AssistDraft.objects.get().state == "approved"
    assert (shown, approved) == (["summary"] * approved, None in results[:2])


def test_texts_that_are_approved_at_once_are_all_shown(article, editor):
    drafts = [make.assist_draft(article, kind="summary"), make.assist_draft(article, kind="easy")]
    rows = ("La rivière monte.", [1])
    drafts += [make.assist_draft(article, rows, kind="translation", language=code) for code in ("fr", "it")]
    deeds = [lambda draft=each: assist.approve_draft(draft, by=editor, at=timezone.now()) for each in drafts]
    assert kinds(at_once(*deeds)) == ["done"] * 4
    assert [(row["kind"], row["language"]) for row in ReadingAid.objects.get().written] == [
        ("easy", "en"),
        ("summary", "en"),
        ("translation", "fr"),
        ("translation", "it"),
    ]


def test_two_drafts_of_one_kind_that_are_approved_at_once_leave_one(article, editor):
    drafts = [make.assist_draft(article) for _ in range(3)]
    deeds = [lambda draft=each: assist.approve_draft(draft, by=editor, at=timezone.now()) for each in drafts]
    assert kinds(at_once(*deeds)) == ["done"] * 3
    assert sorted(AssistDraft.objects.values_list("state", flat=True)) == ["approved", "stale", "stale"]
    assert len(ReadingAid.objects.get().written) == 1


@pytest.mark.parametrize("turn", range(3))
def test_approval_and_edit_at_once_never_show_the_older_text(article, editor, turn):
    draft = make.assist_draft(article)

    def edit():
        changed = Article.objects.get(pk=article.pk)
        changed.body += "<p>New.</p>"
        changed.save()

    def approve():
        assist.approve_draft(draft, by=editor, at=timezone.now())

    results = at_once(edit, approve)
    assert kinds(results)[0] in ("StaleRecord", "done")
    assert AssistDraft.objects.get().state == "stale"
    found = Article.objects.for_page().get(pk=article.pk)
    assert assist.written_for(assist.aid_of(found), found) == (None, [])


def test_answer_that_comes_while_the_article_is_being_saved_is_no_draft(article, service):
    """The edit has noted what is stale and not yet committed when the answer comes."""
    assist.ask_for_draft(article, "summary", "en", by=None, at=timezone.now())
    answering, saved = threading.Event(), threading.Event()

    def answer(body):
        answering.set()
        saved.wait(10)
        return 200, said(*GOOD)

    service.answer = answer

    def edit():
        answering.wait(10)
        changed = Article.objects.get(pk=article.pk)
        changed.body += "<p>New.</p>"
        changed.save()
        saved.set()
        connection.close()

    at_once(edit, work.do_all_due)
    draft = AssistDraft.objects.get()
    assert (draft.state, draft.sentences) == ("stale", [])
