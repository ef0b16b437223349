"""Editors who pin and block while the program writes links: one waits for the other, and none is locked out."""

import random

import pytest
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Due, RelatedChoice, RelatedLink
from tests.concurrency.threads import at_once, crossing, meanwhile
from tests.related.reports import flood, relate

pytestmark = pytest.mark.django_db(transaction=True)
PIN, BLOCK = RelatedChoice.Choice.PIN, RelatedChoice.Choice.BLOCK


@pytest.fixture
def four():
    """Return four articles that are related to each other, the first with a computed link to each."""
    articles = [flood(f"Sarn dyke breaks, part {number}") for number in range(4)]
    relate(*articles, *articles)
    Due.objects.all().delete()
    return articles


def pins(article):
    links = RelatedLink.objects.filter(article=article, is_pinned=True).order_by("position")
    return list(links.values_list("related", flat=True))


def chosen(article):
    rows = RelatedChoice.objects.filter(article=article, choice=PIN).order_by("position", "pk")
    return list(rows.values_list("other", flat=True))


def test_pin_that_is_taken_back_while_the_article_is_related_does_not_come_back(four):
    article, other, *_ = four
    RelatedChoice.objects.decide(article, other, PIN)
    meanwhile(lambda: RelatedChoice.objects.take_back(article, other) and None, lambda: relate(article))
    assert pins(article) == []


def test_two_editors_who_pin_at_once_lose_no_pin(four):
    article, one, other, _ = four
    pin = RelatedChoice.objects.decide
    meanwhile(lambda: pin(article, one, PIN) and None, lambda: pin(article, other, PIN))
    assert pins(article) == chosen(article) == [one.pk, other.pk]


def test_editor_who_pins_while_links_are_written_locks_nobody_out(four):
    article, one, other, _ = four
    for each in (other, one):  # so the pins are written in falling order, links in rising order
        RelatedChoice.objects.decide(article, each, PIN)
    begin, end = (lambda each=each: touch(article, each) for each in (one, other))
    deed = lambda: RelatedChoice.objects.decide(article, one, PIN, position=9).pk  # noqa: E731
    assert not any(isinstance(each, Exception) for each in crossing(begin, end, deed))


def touch(article, other):
    """Write a link as the program does."""
    RelatedLink.objects.write_alone()
    return RelatedLink.objects.filter(article=article, related=other).update(score=0.5)


def test_article_that_is_withdrawn_while_an_editor_pins_to_it_locks_nobody_out(four):
    article, other, *_ = four
    begin = lambda: RelatedLink.objects.write_alone()  # noqa: E731
    end = lambda: RelatedChoice.objects.decide(article, other, PIN).pk  # noqa: E731
    deed = lambda: article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")  # noqa: E731
    assert not any(isinstance(each, Exception) for each in crossing(begin, end, deed))


def test_article_that_is_deleted_while_an_editor_pins_it_locks_nobody_out(four):
    article, other, *_ = four
    begin = lambda: RelatedLink.objects.write_alone()  # noqa: E731
    end = lambda: RelatedChoice.objects.decide(article, other, PIN).pk  # noqa: E731
    assert not any(isinstance(each, Exception) for each in crossing(begin, end, other.delete))
    assert not RelatedChoice.objects.exists()


def test_editors_and_programs_at_once_lose_nothing(four):
    article, *others = four

    def often(seed, deed):
        rng = random.Random(seed)  # noqa: S311 - the same in every run
        return lambda: [deed(rng) for _ in range(25)] and None

    def choose(rng):
        with transaction.atomic():
            RelatedChoice.objects.decide(article, rng.choice(others), rng.choice([PIN, PIN, BLOCK]))
            RelatedChoice.objects.decide(rng.choice(others), article, PIN)

    def move(rng):
        RelatedChoice.objects.move(article, rng.choice(others), by=rng.choice([-1, 1]))

    def work(rng):
        relate(rng.choice(four))

    def withdraw_for_a_moment(rng):
        other = Article.objects.get(pk=others[2].pk)
        other.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
        other.publish(by=None, at=timezone.now())

    deeds = [choose, choose, move, work, withdraw_for_a_moment]
    assert at_once(*[often(seed, deed) for seed, deed in enumerate(deeds)]) == [None] * 5
    assert [pins(each) for each in four] == [chosen(each) for each in four]
