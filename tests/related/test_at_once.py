"""Processes that change the same of the index, of copies or of stories at one moment: one waits for the other."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, PostingList, TermCount, TermVector
from articles.related import copies, counts, index, postings
from tests import make
from tests.concurrency.threads import at_once, meanwhile
from tests.related.reports import flood
from tests.related.reports import postings as posted

pytestmark = pytest.mark.django_db(transaction=True)


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


def rising(hold, first, second):
    """Let ``first`` wait for what ``hold`` writes, then ``second``, which must not hold what ``first`` writes next."""
    held, waited_for = threading.Event(), threading.Event()

    def keep():
        with transaction.atomic():
            hold()
            held.set()
            waited_for.wait(10)
            threading.Event().wait(0.5)

    def follow():
        held.wait(10)
        threading.Timer(0.3, waited_for.set).start()
        with transaction.atomic():
            first()

    def cross():
        waited_for.wait(10)
        with transaction.atomic():
            if connection.vendor == "postgresql":  # else it reads a table so small in the order of its index
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
            second()

    return at_once(keep, follow, cross)


@pytest.mark.parametrize(
    ("before", "found_by", "left"),
    [({1: [9, 5]}, {}, []), ({}, {4: [(9, 40), (5, 40)]}, [(4, 40)])],
    ids=["leaves", "comes"],
)
def test_lists_are_locked_in_rising_order_wherever_they_are_stored(before, found_by, left):
    for term in (9, 5):
        postings.replace({}, {1: [(term, 10)]})
    hold, post = {2: [(5, 20)]}, {3: [(5, 30), (9, 30)]}
    done = rising(
        lambda: postings.replace({}, hold),
        lambda: postings.replace({}, post),
        lambda: postings.replace(before, found_by),
    )
    assert (done, entries(9)) == ([None] * 3, [*left, (3, 30), *([] if before else [(1, 10)])])


def test_counts_are_locked_in_rising_order():
    counts.add({9: 1, 5: 1})
    add = [lambda changes=changes: counts.add(changes) for changes in ({5: 1}, {5: 1, 9: 1}, {9: 1, 5: 1})]
    assert [result for result in rising(*add) if isinstance(result, Exception)] == []
    assert dict(TermCount.objects.values_list("term", "articles")) == {5: 4, 9: 3}


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


def test_prints_of_one_text_that_are_settled_at_once_name_the_first():
    wire = "".join(f"<p>{word} and the dyke of the Sarn at Ottery, and no more of it.</p>" for word in "abcdefghi")
    first, second, third = (
        flood(f"Paper {hours}", body=wire, at=timezone.now() - hours * make.HOUR) for hours in (3, 2, 1)
    )
    one, two, _ = (index.keep(article).vector for article in (first, second, third))
    meanwhile(
        lambda: copies.settle(two, {third.pk}, is_edited=False),
        lambda: copies.settle(one, {second.pk}, is_edited=False),
    )
    assert list(TermVector.objects.order_by("pk").values_list("copy_of", flat=True)) == [None, first.pk, first.pk]
