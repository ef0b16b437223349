"""The budget of a day and the rest of a service that fails: one row for all processes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import AssistLedger, BudgetSpent, Resting
from articles.models.assist_ledger import FAILURES, REST, TRIAL
from tests.concurrency.threads import at_once, kinds
from tests.make import DAY, NOON

SECOND = timedelta(seconds=1)


@pytest.mark.django_db
def test_tokens_are_put_aside_before_and_reckoned_after():
    ledger = AssistLedger.objects.current(at=NOON)
    ledger.reserve(60, budget=100, at=NOON)
    with pytest.raises(BudgetSpent):
        AssistLedger.objects.current(at=NOON).reserve(41, budget=100, at=NOON)
    ledger.settle(60, 10)
    assert AssistLedger.objects.seen(at=NOON).spent == 10
    assert AssistLedger.objects.seen(at=NOON + DAY).spent == 0
    AssistLedger.objects.current(at=NOON + DAY).reserve(100, budget=100, at=NOON + DAY)
    ledger.settle(60, 10)  # of the day before, whose page is turned
    assert AssistLedger.objects.get().spent == 100


@pytest.mark.django_db
def test_looking_at_it_stores_nothing():
    assert AssistLedger.objects.seen(at=NOON).spent == 0
    assert not AssistLedger.objects.exists()


@pytest.mark.django_db
def test_service_rests_after_some_failures_and_one_question_tries_it():
    ledger = AssistLedger.objects.current(at=NOON)
    for _ in range(FAILURES):
        AssistLedger.objects.get().reserve(1, budget=100, at=NOON)
        ledger.note_failure(at=NOON)
    with pytest.raises(Resting) as resting:
        AssistLedger.objects.get().reserve(1, budget=100, at=NOON + REST - SECOND)
    assert resting.value.until == NOON + REST
    AssistLedger.objects.get().reserve(1, budget=100, at=NOON + REST)
    with pytest.raises(Resting) as resting:
        AssistLedger.objects.get().reserve(1, budget=100, at=NOON + REST + SECOND)
    assert resting.value.until == NOON + REST + TRIAL
    ledger.note_answer()
    AssistLedger.objects.get().reserve(1, budget=100, at=NOON + REST + SECOND)


@pytest.mark.django_db
def test_answer_in_between_starts_the_count_anew():
    ledger = AssistLedger.objects.current(at=NOON)
    for _ in range(FAILURES):
        ledger.note_failure(at=NOON)
        ledger.note_answer()
    assert AssistLedger.objects.get().rests_until is None


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_take_more_than_there_is():
    at = timezone.now()

    def take():
        for _ in range(40):  # one who was quicker is no refusal
            try:
                return AssistLedger.objects.current(at=at).reserve(10, budget=35, at=at)
            except Resting:
                pass
        return None

    assert kinds(at_once(*[take] * 6)) == ["BudgetSpent"] * 3 + ["done"] * 3
    assert AssistLedger.objects.get().spent == 30


@pytest.mark.django_db(transaction=True)
def test_after_a_rest_one_of_many_tries():
    at = timezone.now()
    AssistLedger.objects.create(pk=1, day=timezone.localdate(at), failures=FAILURES, rests_until=at)
    tries = [lambda: AssistLedger.objects.current(at=at).reserve(1, budget=100, at=at)] * 6
    assert kinds(at_once(*tries)) == ["Resting"] * 5 + ["done"]
