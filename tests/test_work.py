"""Due work: done once, off the request, by whoever comes first, and again if that one died."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import work
from articles.models import Article, Due, RelatedLink, TermVector
from articles.models.due import LEASE, MOST_ATTEMPTS, PATIENCE
from tests import make
from tests.concurrency.threads import at_once
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def done(monkeypatch):
    """Return the list of what was done, for a kind of work that only notes it."""
    noted = []
    monkeypatch.setitem(work.KINDS, "note", noted.append)
    return noted


def test_what_is_due_is_done_in_the_order_of_its_time_and_then_gone(done):
    now = timezone.now()
    for key, at in [(1, now - SECOND), (2, now - HOUR), (3, now + HOUR)]:
        Due.objects.plan("note", key, at=at)
    assert (work.do_all_due(), done) == (2, [2, 1])
    assert list(Due.objects.values_list("key", flat=True)) == [3]


def test_work_planned_twice_is_done_once(done):
    for _ in range(2):
        Due.objects.plan("note", 1, at=timezone.now() - SECOND)
    assert (work.do_all_due(), done) == (1, [1])


def test_work_planned_again_while_it_is_done_is_done_once_more(monkeypatch):
    done = []

    def note(key):
        done.append(key)
        if len(done) == 1:
            Due.objects.plan("note", key, at=timezone.now() - SECOND)

    monkeypatch.setitem(work.KINDS, "note", note)
    Due.objects.plan("note", 1, at=timezone.now() - SECOND)
    assert (work.do_all_due(), done, Due.objects.count()) == (2, [1, 1], 0)


def test_claimed_work_is_left_alone_until_its_lease_has_ended(done):
    Due.objects.plan("note", 1, at=NOON)
    assert Due.objects.claim(at=NOON).key == 1
    assert Due.objects.claim(at=NOON + LEASE - SECOND) is None
    assert Due.objects.claim(at=NOON + LEASE).attempts == 2


def test_work_that_fails_is_told_and_tried_again_ever_later_and_in_the_end_left(monkeypatch, caplog):
    def fail(key):
        raise ZeroDivisionError(f"number {key}")

    monkeypatch.setitem(work.KINDS, "fail", fail)
    Due.objects.plan("fail", 7, at=timezone.now() - SECOND)
    waits = []
    for _ in range(MOST_ATTEMPTS):
        now = timezone.now()
        assert work.do_all_due() == 1
        waits.append(round((Due.objects.get().due_at - now) / PATIENCE))
        Due.objects.update(due_at=now - SECOND)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]
    assert work.do_all_due() == 0
    assert caplog.text.count("fail 7 failed: number 7") == MOST_ATTEMPTS
    Due.objects.plan("fail", 7, at=timezone.now() - SECOND)
    assert work.do_all_due() == 1


def test_failing_work_does_not_hold_up_the_rest(monkeypatch, done):
    monkeypatch.setitem(work.KINDS, "fail", lambda key: 1 / 0)
    Due.objects.plan("fail", 1, at=timezone.now() - HOUR)
    Due.objects.plan("note", 2, at=timezone.now() - SECOND)
    assert (work.do_all_due(), done) == (2, [2])


@pytest.mark.django_db(transaction=True)
def test_several_at_once_do_each_piece_once(done):
    for key in range(20):
        Due.objects.plan("note", key, at=timezone.now() - SECOND)
    assert sum(at_once(*[work.do_all_due] * 4)) == 20
    assert sorted(done) == list(range(20))


def test_command_does_what_is_due_and_says_how_much(capsys):
    make.article("Sarn dyke breaks")
    make.article("Sarn dyke mended")
    call_command("work", "--once")
    assert capsys.readouterr().out == "2 pieces of work done.\n"
    assert RelatedLink.objects.count() == 2


def test_work_on_an_article_that_is_gone_is_no_error():
    article = make.article()
    Article.objects.filter(pk=article.pk).delete()
    assert work.do_all_due() == 1
    assert (Due.objects.count(), TermVector.objects.count()) == (0, 0)


@pytest.fixture
def workers():
    """Return a function that starts the threads of the web server; they end with the test."""
    started = []
    yield lambda: started.extend(work.start_workers())
    work.stop()
    for worker in started:
        worker.join(10)
    assert not any(worker.is_alive() for worker in started)
    work._stopped.clear()


@pytest.mark.django_db(transaction=True)
def test_slow_service_of_others_holds_up_no_work_of_our_own(workers, monkeypatch):
    asked, answered, done = threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setitem(work.KINDS, "hub", lambda key: asked.set() or answered.wait(20))
    monkeypatch.setitem(work.KINDS, "note", lambda key: done.set())
    now = timezone.now()
    Due.objects.plan("hub", 1, at=now - HOUR)
    Due.objects.plan("note", 1, at=now)
    workers()
    work.wake()
    assert (asked.wait(10), done.wait(10), Due.objects.filter(kind="hub").count()) == (True, True, 1)
    answered.set()
