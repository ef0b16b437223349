"""An outlet's moderation in numbers: the same before and after old comments are purged, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest

from articles import moderation
from articles.models import Comment, RuleHit, Tally
from tests import make
from tests.make import DAY, HOUR

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 4, 12, tzinfo=UTC)
APRIL = datetime(2026, 4, 30, 23, 59, tzinfo=UTC)


@pytest.fixture
def courier():
    return make.outlet("The Courier")


@pytest.fixture
def article(courier):
    return make.article(outlet=courier, at=APRIL - 400 * DAY)


def numbers(outlet, at=MAY + DAY):
    months = moderation.months_of(outlet, at=at)
    return {f"{month.first:%Y-%m}": dict(month.numbers) for month in months if month.numbers}


def a_busy_month(article):
    """One of each fate in May, and one comment at the end of April that was decided in May."""
    mona = make.user("Moderator")
    make.comment(article, "Yes.", at=MAY)
    make.comment(article, "Gone.", at=MAY, state="deleted")
    held = Comment(article=article, name="Rosa", body="Look!")
    held.post(at=MAY, state="held", hits=[RuleHit(rule="links", says="A link.")])
    spam = make.comment(article, "Buy!", state="held", at=MAY)
    spam.mark_as_spam(by=mona, at=MAY + HOUR)
    bad = make.comment(article, "Bad.", at=MAY)
    make.report(bad, at=MAY)
    bad.reject(by=mona, at=MAY + 2 * HOUR, reason="Rude.", kind="abuse")
    late = make.comment(article, "Late.", at=APRIL)
    make.report(late, at=MAY)
    late.approve(by=mona, at=MAY)


IN_MAY = {"received": 5, "public": 1, "deleted": 1, "held": 1, "spam": 1, "rejected": 1}
IN_MAY |= {"held by a program": 1, "decided by a person": 3, "rejected: abuse": 1}
IN_MAY |= {"reported": 2, "upheld": 1, "dismissed": 1}
EVERYTHING = {"2026-05": IN_MAY, "2026-04": {"received": 1, "public": 1}}


def test_everything_is_counted_in_its_month_and_only_for_its_outlet(article, courier):
    a_busy_month(article)
    a_busy_month(make.article(outlet=make.outlet("Another"), at=APRIL - DAY))
    assert numbers(courier) == EVERYTHING


def test_numbers_stay_when_what_they_count_is_purged(article, courier):
    a_busy_month(article)
    later = MAY + 200 * DAY
    for _ in range(2):  # to purge again counts nothing twice
        moderation.purge(at=later)
        assert set(Comment.objects.values_list("body", flat=True)) == {"Yes.", "", "Look!", "Late."}
        assert numbers(courier, at=later) == EVERYTHING
    assert Tally.objects.filter(outlet=courier).count() > 0


def test_last_twelve_months_are_told_and_no_more(article, courier):
    for months in range(14):
        make.comment(article, at=datetime(2025 + (3 + months) // 12, (3 + months) % 12 + 1, 15, tzinfo=UTC))
    found = moderation.months_of(courier, at=datetime(2026, 5, 31, tzinfo=UTC))
    assert [f"{month.first:%Y-%m}" for month in found][::11] == ["2026-05", "2025-06"]
    assert [month.numbers["received"] for month in found] == [1] * 12


def test_median_is_what_half_had_waited_at_most(article, courier):
    assert moderation.median_wait(courier, at=MAY) is None
    mona = make.user("Moderator")
    for minutes in (1, 50, 3000, 10):
        comment = make.comment(article, state="held", at=MAY - 10 * DAY)
        comment.approve(by=mona, at=MAY - 10 * DAY + timedelta(minutes=minutes))
    make.comment(article, state="deleted", at=MAY - DAY)
    assert moderation.median_wait(courier, at=MAY) == timedelta(minutes=10)
    assert moderation.median_wait(courier, at=MAY + 90 * DAY) is None
