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
from articles.text import shingles, terms
from tests import make
from tests.make import DAY
from tests.related.reports import concert, flood, relate, shown


def entries(term):
    return list(PostingList.ENTRY.iter_unpack(PostingList.objects.get(term=term).entries))


@pytest.mark.django_db
def test_list_of_a_common_term_keeps_the_newest_only():
    for article_id in range(1, 156):
        postings.replace({}, {article_id: [(7, article_id)]})
    assert entries(7) == [(number, number) for number in range(155, 5, -1)]
    postings.replace({1: [7]}, {1: [(7, 1)]})
    assert entries(7) == [(1, 1)] + [(number, number) for number in range(155, 6, -1)]


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
def test_term_that_is_anothers_number_in_the_language_is_counted_once():
    article = make.article("Ett", language="sv")
    vector = index.vector_of(article)
    vector.numbers, vector.weights = TermVector.pack({5: 1, 5 ^ vector.apart: 1})
    assert index._together([vector.counted()]) == dict.fromkeys(vector.counted(), 1)


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


def weighed(*, shared, alone=0, article_id=None):
    """Return a text Weighed among 100 articles, the first of its terms, 1, 2, 3, ..., the heaviest."""
    numbers = range(1, shared + alone + 1)
    weights, signature = {number: 6 - number / 20 for number in numbers}, shingles.sign(" ".join(map(str, range(99))))
    vector = TermVector(article_id=article_id, source_hash=index.METHOD, signature=signature)
    vector.numbers, vector.weights = TermVector.pack(weights)
    counts.add({TermCount.ARTICLES: 100} | dict.fromkeys(numbers, 1) | dict.fromkeys(range(1, shared + 1), 2))
    return index.weigh(vector)


@pytest.mark.django_db
def test_search_asks_for_the_32_heaviest_terms():
    postings.replace({}, {1000 + term: [(term, 500)] for term in range(1, 41)})
    assert postings.find(weighed(shared=40)) == (set(range(1001, 1033)), set())


@pytest.mark.django_db
def test_search_takes_the_80_articles_that_share_most_and_never_the_article_itself():
    posted = {article_id: [(1, 500)] for article_id in range(1, 101)}
    posted |= {article_id: [(1, 500), (2, 500)] for article_id in range(1, 11)}
    postings.replace({}, posted)
    assert postings.find(weighed(shared=3, article_id=99)) == ({*range(1, 11), *range(30, 101)} - {99}, set())


@pytest.mark.django_db
def test_of_texts_with_the_same_bands_the_16_that_agree_in_most_are_taken_then_the_oldest():
    mine = weighed(shared=1, article_id=5)
    bands = postings.bands(mine.vector.signature)
    posted = dict.fromkeys(range(1, 21), bands[:2]) | {40: bands, 41: bands[:1]}
    postings.replace({}, posted | {42: [(term, check ^ 1) for term, check in bands]})
    assert postings.find(mine) == (set(), {*range(1, 17), 40} - {5})


@pytest.mark.parametrize(
    ("shared", "alone", "found"),
    [(40, 10, [*range(1, 21), *range(41, 45)]), (10, 50, range(1, 25)), (30, 2, [*range(1, 23), 31, 32])],
)
@pytest.mark.django_db
def test_article_is_found_by_24_terms_of_which_4_may_be_its_own(shared, alone, found):
    mine = weighed(shared=shared, alone=alone)
    assert [term for term, _ in index.found_by(mine) if term < PostingList.BANDS] == list(found)
    assert mine.vector.posted() == tuple(found)


@pytest.mark.django_db
def test_192_terms_of_a_text_are_stored_those_that_come_first():
    words = [f"zw{chr(97 + n % 26)}{chr(97 + n // 26)}q" for n in range(300)]
    article = make.article("One", standfirst="", body=f"<p>{' '.join(words)}</p>")
    numbers = list(index.vector_of(article).unpack())
    assert (len(numbers), numbers[-1]) == (192, terms.number(words[191]))


@pytest.mark.parametrize(
    ("then", "now", "is_other"), [(10, 20, False), (10, 21, True), (10, 5, False), (10, 4, True), (0, 1, True)]
)
@pytest.mark.django_db
def test_rarities_are_others_when_the_site_has_doubled_or_halved(then, now, is_other):
    mine = weighed(shared=1)
    mine.articles = now
    assert mine.has_outgrown(then) is is_other


@pytest.mark.parametrize(
    ("then", "now", "has_matured"), [(2, 27, False), (2, 28, True), (28, 106, False), (28, 107, True)]
)
@pytest.mark.django_db
def test_what_is_known_of_rarity_matures_in_steps(then, now, has_matured):
    mine = weighed(shared=1)
    mine.articles = now
    assert mine.has_matured_since(then) is has_matured


@pytest.mark.django_db
def test_one_of_those_that_the_site_has_outgrown_is_weighed_anew_at_a_time():
    relate(*[flood(f"Sarn dyke, part {number}") for number in range(5)])
    TermVector.objects.update(weighed_among=1)
    relate(flood("Sarn dyke breaks"))
    assert sorted(TermVector.objects.values_list("weighed_among", flat=True)) == [1, 1, 1, 1, 6, 6]


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
