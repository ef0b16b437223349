"""Limits count exactly: what is refused is not counted, and a new window begins anew."""

from datetime import timedelta

import pytest
from django.db import transaction

from articles.models import Allowance, Limit, TooFast
from tests.concurrency.threads import at_once, kinds
from tests.make import DAY, NOON

LIMIT = Limit("comment by 1", number=3, seconds=60)
SECOND = timedelta(seconds=1)


def take(*limits, at=NOON):
    with transaction.atomic():
        Allowance.objects.take(limits or [LIMIT], at=at)


@pytest.mark.django_db
def test_so_many_are_allowed_and_the_next_is_told_how_long_to_wait():
    for _ in range(3):
        take(at=NOON + 10 * SECOND)
    with pytest.raises(TooFast) as refused:
        take(at=NOON + 25 * SECOND)
    assert refused.value.seconds == 35
    take(at=NOON + 60 * SECOND)
    assert sorted(Allowance.objects.values_list("used", flat=True)) == [1, 3]


@pytest.mark.django_db
def test_each_key_and_length_is_counted_by_itself():
    other = Limit("comment by 2", number=1, seconds=60)
    hourly = Limit("comment by 1", number=1, seconds=3600)
    take(LIMIT, other, hourly)
    with pytest.raises(TooFast):
        take(LIMIT, hourly)
    assert dict(Allowance.objects.values_list("key", "used").filter(seconds=60)) == {
        "comment by 1": 1,
        "comment by 2": 1,
    }


@pytest.mark.django_db(transaction=True)
def test_limit_holds_for_many_at_once():
    assert kinds(at_once(*[take] * 16)) == ["TooFast"] * 13 + ["done"] * 3
    assert Allowance.objects.get().used == 3


@pytest.mark.django_db
def test_what_is_long_over_can_go():
    take(at=NOON - DAY - SECOND * 60)
    take(at=NOON)
    assert list(Allowance.objects.over(at=NOON).values_list("opened_at", flat=True)) == [NOON - DAY - SECOND * 60]
