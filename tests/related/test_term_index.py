"""The index: lists that stay short, counts by language, scores that stay current."""

import importlib
import math
import threading

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from articles import related
from articles.models import PostingList, RelatedLink, TermCount, TermVector
from articles.related import counts, index, postings
from articles.text import terms
from tests import make
from tests.make import DAY
from tests.related.reports import concert, flood, relate, shown


def entries(term):
    return list(PostingList.ENTRY.iter_unpack(PostingList.objects.get(term=term).entries))


@pytest.mark.django_db
def test_list_of_a_common_term_keeps_the_newest_only():
    for article_id in range(1, PostingList.MOST + 6):
        postings.replace({}, {article_id: [(7, article_id)]})
    assert entries(7) == [(number, number) for number in range(PostingList.MOST + 5, 5, -1)]


@pytest.mark.django_db
def test_article_that_is_posted_anew_is_in_its_lists_once_and_in_no_other():
    postings.replace({}, {0x01000001: [(7, 10), (8, 10)], 2: [(7, 20)]})
    postings.replace({0x01000001: [7, 8, 9]}, {0x01000001: [(7, 30), (9, 40)]})
    assert [entries(term) for term in (7, 8, 9)] == [[(0x01000001, 30), (2, 20)], [], [(0x01000001, 40)]]


@pytest.mark.django_db(transaction=True)
def test_two_that_add_to_one_list_at_once_are_both_in_it():
    def post(article_ids):
        for article_id in article_ids:
            with transaction.atomic():
                postings.replace({article_id: [7, 8]} if article_id % 3 else {}, {article_id: [(8, 1), (7, 1)]})
        connection.close()

    threads = [threading.Thread(target=post, args=[range(first, 60, 2)]) for first in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [{article_id for article_id, _ in entries(term)} for term in (7, 8)] == [set(range(60))] * 2


@pytest.mark.django_db
def test_ordinary_words_of_a_language_that_is_rare_on_the_site_count_as_ordinary():
    relate(*[concert(f"Cellist {number} plays Bach") for number in range(30)])
    words = {"body": "<p>Regeringen sade igen att beslutet dröjer.</p>", "standfirst": "", "language": "sv"}
    swedish = [make.article(f"Nyhet {name}", outlet=f"Tidning {name}", **words) for name in "ABCDEF"]
    relate(*swedish)
    related.relate_everything(at=timezone.now())
    weighed = index.weigh(TermVector.objects.get(article=swedish[0]))
    rarity = {number: share for number, share in weighed.rarity.items() if weighed.common[number] == len(swedish)}
    everywhere = index.weigh(TermVector(numbers=weighed.vector.numbers, weights=weighed.vector.weights))
    assert len(rarity) >= 4
    assert all(rarity[number] < 0.9 * everywhere.rarity[number] for number in rarity)


@pytest.mark.django_db
def test_article_that_goes_is_counted_off_in_its_language_too():
    relate(concert())
    before = dict(TermCount.objects.filter(articles__gt=0).values_list("term", "articles"))
    swedish = make.article("Regeringen dröjer", language="sv")
    relate(swedish)
    related.forget(swedish.pk)
    assert dict(TermCount.objects.filter(articles__gt=0).values_list("term", "articles")) == before


@pytest.mark.django_db
def test_links_to_an_article_take_the_score_that_it_has_now():
    old = timezone.now() - 20 * DAY
    others = [flood(f"Sarn dyke {place}", outlet=f"Paper {place}", at=old) for place in range(20)]
    article = flood("Sarn dyke breaks", at=old)
    related.relate_everything(at=timezone.now())
    RelatedLink.objects.filter(related=article).update(score=9)
    others_that_have_it = RelatedLink.objects.filter(related=article).count()
    relate(article)
    scores = dict(RelatedLink.objects.filter(related=article).values_list("article", "score"))
    assert (len(scores), max(scores.values()) < 1, len(others)) == (others_that_have_it, True, 20)


@pytest.mark.django_db
def test_article_that_shares_only_what_all_have_is_found_by_its_own_words_all_the_same():
    """Its length is nearly nothing then, and its own words are more than 65 times as heavy."""
    counts.add({TermCount.ARTICLES: 2000, terms.number("lantern"): 2000})
    one, other = (
        make.article(name, standfirst="", body=f"<p>Zworkle, {name}. Lantern.</p>", outlet=name) for name in "AB"
    )
    relate(one)
    assert dict(index.found_by(index.weigh(TermVector.objects.get())))[terms.number("zworkl")] == 65535
    relate(other)
    assert shown(other)[0] == "A"


@pytest.mark.django_db
def test_terms_that_share_a_number_are_in_no_more_articles_than_there_are():
    swedish = make.article("Regeringen dröjer", language="sv", outlet="Tidning")
    vector = index.vector_of(swedish)
    counts.add({number ^ vector.apart: 500 for number in vector.unpack()})
    counts.add({TermCount.ARTICLES: 1000})
    relate(swedish)
    rarity = index.weigh(TermVector.objects.get()).rarity
    assert {round(share, 3) for share in rarity.values()} == {round(math.log(21) ** 0.75, 3)}


@pytest.mark.django_db(transaction=True)
def test_postings_are_carried_over_into_lists():
    migration = importlib.import_module("articles.migrations.0005_leaner_term_index")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE old_postings (term integer, article_id integer, weight integer)")
        rows = [(term, article_id, article_id % 7) for article_id in range(1, 200) for term in (5, 6)][:-1]
        cursor.executemany("INSERT INTO old_postings VALUES (%s, %s, %s)", rows)
    try:
        with connection.schema_editor() as editor:
            migration.carry_over(Before(), editor)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE old_postings")
    assert entries(5) == [(number, number % 7) for number in range(199, 49, -1)]
    assert entries(6) == [(number, number % 7) for number in range(198, 48, -1)]


class Before:
    """The models as the migration finds them."""

    def get_model(self, app, name):
        if name == "PostingList":
            return apps.get_model(app, name)
        return _old_postings()


def _old_postings():
    from django.db import models

    class OldPosting(models.Model):
        pk = models.CompositePrimaryKey("term", "article_id")
        term = models.IntegerField()
        article_id = models.IntegerField()
        weight = models.IntegerField()

        class Meta:
            app_label = "before"
            db_table = "old_postings"

        def __str__(self):
            return f"{self.term} in article {self.article_id}"

    return OldPosting
