"""Processes that change the same of the index, of copies or of stories at one moment: one waits for the other."""

import random

import pytest
from django.db import transaction
from django.utils import timezone

from articles.models import Article, PostingList, TermCount, TermVector
from articles.related import copies, counts, index, postings
from tests import make
from tests.concurrency.threads import at_once, crossing, meanwhile
from tests.related.reports import flood, relate
from tests.related.reports import postings as posted

pytestmark = pytest.mark.django_db(transaction=True)
WIRE = "".join(f"<p>{word} and the dyke of the Sarn at Ottery, and no more of it.</p>" for word in "abcdefghi")


def entries(term):
    return list(PostingList.ENTRY.iter_unpack(PostingList.objects.get(term=term).entries))


def counted():
    """Return how often each term is counted, and how often it has to be."""
    expected = {}
    for vector in TermVector.objects.all():
        for number in vector.counted():
            expected[number] = expected.get(number, 0) + 1
    return dict(TermCount.objects.exclude(articles=0).values_list("term", "articles")), expected


def rewritten(article, headline):
    """Return ``article`` as it is with other words, not stored."""
    changed = Article.objects.get(pk=article.pk)
    changed.headline, changed.body = headline, f"<p>{headline} in the evening.</p>"
    return changed


# --- the index --------------------------------------------------------------------------------------------------------


def test_article_that_leaves_a_list_is_not_brought_back_by_another_that_leaves_it():
    postings.replace({}, {1: [(7, 10)], 2: [(7, 10)], 3: [(7, 10)]})
    take_out = transaction.atomic(postings.replace)
    meanwhile(lambda: take_out({1: [7]}, {}), lambda: take_out({2: [7]}, {}))
    assert entries(7) == [(3, 10)]


@pytest.mark.parametrize(
    ("before", "found_by", "left"),
    [({1: [9, 5]}, {}, []), ({}, {4: [(9, 40), (5, 40)]}, [(4, 40)])],
    ids=["leaves", "comes"],
)
def test_lists_are_locked_in_rising_order_wherever_they_are_stored(before, found_by, left):
    for term in (9, 5):
        postings.replace({}, {1: [(term, 10)]})
    begin, end = (lambda term=term: postings.replace({}, {3: [(term, 30)]}) for term in (5, 9))
    assert crossing(begin, end, lambda: postings.replace(before, found_by)) == [None, None]
    assert [entries(term) for term in (5, 9)] == [[*left, (3, 30), *([] if before else [(1, 10)])]] * 2


def test_counts_are_locked_in_rising_order():
    def add(*terms):
        counts.add(dict.fromkeys(terms, 1))

    assert crossing(lambda: add(5), lambda: add(9), lambda: add(9, 5)) == [None, None]
    assert dict(TermCount.objects.values_list("term", "articles")) == {5: 2, 9: 2}


def test_article_that_is_edited_while_it_goes_is_counted_off_as_it_then_is():
    article = flood()
    index.keep(article)
    meanwhile(lambda: index.keep(rewritten(article, "Cellist plays Bach")), lambda: index.remove(article.pk))
    assert (*counted(), posted(), TermVector.objects.count()) == ({}, {}, set(), 0)


def test_article_that_is_edited_twice_at_once_is_counted_once():
    article = flood()
    index.keep(article)
    one, other = rewritten(article, "Cellist plays Bach"), rewritten(article, "Council chooses a mayor")
    meanwhile(lambda: index.keep(one), lambda: index.keep(other))
    found, expected = counted()
    assert (found, {term for term, *_ in posted()}) == (expected, set(TermVector.objects.get().posted()))


def test_article_that_is_edited_while_it_is_weighed_anew_keeps_its_new_words():
    article = flood()
    index.keep(article)
    other = rewritten(article, "Cellist plays Bach")
    meanwhile(lambda: index.keep(other), lambda: index.renew([article.pk]))
    vector = TermVector.objects.get()
    assert set(vector.unpack()) == set(index.vector_of(other).unpack())
    assert {term for term, *_ in posted()} == set(vector.posted())


# --- copies -----------------------------------------------------------------------------------------------------------


def test_prints_are_locked_in_rising_order():
    first, *others = (index.keep(flood(f"Paper {place}", body=WIRE)).vector for place in range(3))
    begin, end = (lambda each=each: each.save(update_fields=["norm"]) for each in others)
    begin()  # it is stored behind the other now
    settle = lambda: copies.settle(first, {each.pk for each in others}, is_edited=False)  # noqa: E731
    assert crossing(begin, end, settle) == [None, None]
    assert list(TermVector.objects.order_by("pk").values_list("copy_of", flat=True)) == [None, first.pk, first.pk]


def test_prints_of_one_text_that_are_settled_at_once_name_the_first():
    first, second, third = (
        flood(f"Paper {hours}", body=WIRE, at=timezone.now() - hours * make.HOUR) for hours in (3, 2, 1)
    )
    one, two, _ = (index.keep(article).vector for article in (first, second, third))
    meanwhile(
        lambda: copies.settle(two, {third.pk}, is_edited=False),
        lambda: copies.settle(one, {second.pk}, is_edited=False),
    )
    assert list(TermVector.objects.order_by("pk").values_list("copy_of", flat=True)) == [None, first.pk, first.pk]


# --- links ------------------------------------------------------------------------------------------------------------


def test_what_is_edited_related_and_withdrawn_at_once_locks_nobody_out():
    articles = [flood(f"Sarn dyke {number} breaks at Ottery", outlet=f"Paper {number % 7}") for number in range(24)]
    relate(*articles)
    words = "river dyke flood bridge school mill church market harbour ferry".split()

    def edit(rng, article):
        Article.objects.filter(pk=article.pk).update(body=f"<p>{' '.join(rng.choices(words, k=40))}</p>")
        relate(article)

    def withdraw_for_a_moment(rng, article):
        article.refresh_from_db()
        article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
        article.publish(by=None, at=timezone.now())

    def often(seed, deed, those):
        rng = random.Random(seed)  # noqa: S311 - the same in every run
        return lambda: [deed(rng, rng.choice(those)) for _ in range(60)] and None

    deeds = [(edit, articles[:12]), (lambda _, article: relate(article), articles)]
    deeds += [(withdraw_for_a_moment, articles[12:])]
    assert at_once(*[often(seed, *pair) for seed, pair in enumerate(deeds)]) == [None] * 3
    relate(*articles)
    now, expected = counted()
    assert now == expected
