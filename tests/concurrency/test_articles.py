"""Editors and records meeting at the same moment, on the real database."""

import pytest

from articles import related
from articles.models import Article, Author, Hashtag, Outlet, RelatedLink, Transition
from tests import make
from tests.concurrency.threads import at_once, kinds
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db(transaction=True)


def seen(article):
    return Article.objects.get(pk=article.pk)


def test_two_editors_publish_and_one_transition_is_written():
    article = make.draft()
    views = [seen(article) for _ in range(8)]
    results = at_once(*[lambda view=view: view.publish(by=None, at=NOON) for view in views])
    assert kinds(results) == ["StaleRecord"] * 7 + ["done"]
    assert list(Transition.objects.values_list("from_state", "to_state")) == [("draft", "published")]
    assert Article.objects.values_list("state", "version").get() == ("published", 2)


def test_publishing_and_scheduling_at_once_is_one_of_both():
    article = make.draft()
    one, other = seen(article), seen(article)
    results = at_once(
        lambda: one.publish(by=None, at=NOON), lambda: other.schedule(by=None, at=NOON, publish_at=NOON + DAY)
    )
    assert kinds(results) == ["StaleRecord", "done"]
    assert Article.objects.get().published_at == (NOON if results[0] is None else NOON + DAY)
    assert Transition.objects.count() == 1


def test_text_saved_while_another_withdraws_never_brings_the_article_back():
    for _ in range(4):
        article = make.article(at=NOON)
        editor, other = seen(article), seen(article)
        editor.headline = "Water falls"
        results = at_once(
            editor.save, lambda other=other: other.withdraw(by=None, at=NOON + HOUR, outcome="gone", reason="Wrong.")
        )
        assert kinds(results) == ["done", "done"]
        article.refresh_from_db()
        assert (article.state, article.headline) == ("withdrawn", "Water falls")


def test_one_of_two_texts_of_the_same_version_is_kept():
    article = make.draft()
    texts = [seen(article) for _ in range(6)]
    for number, text in enumerate(texts):
        text.headline = f"Text {number}"
    results = at_once(*[lambda text=text: text.save_over(1) for text in texts])
    assert kinds(results) == ["StaleRecord"] * 5 + ["done"]
    assert Article.objects.values_list("headline", "version").get() == (f"Text {results.index(None)}", 2)


def test_correction_of_an_article_that_changed_meanwhile_leaves_no_trace():
    article = make.article(at=NOON)
    one, other = seen(article), seen(article)
    results = at_once(
        lambda: one.correct(by=None, at=NOON + HOUR, text="It was the Sarn."),
        lambda: other.correct(by=None, at=NOON + 2 * HOUR, text="It was the Orr."),
    )
    assert [type(result).__name__ for result in results].count("StaleRecord") == 1
    assert article.corrections.count() == 1


def test_hashtag_that_eight_editors_make_at_once_is_one():
    results = at_once(*[lambda: Hashtag.objects.named("LowerSarn").pk] * 8)
    assert (len(set(results)), kinds(results)) == (1, ["done"] * 8)
    assert list(Hashtag.objects.values_list("name", "slug")) == [("LowerSarn", "lowersarn")]


@pytest.mark.parametrize("model", [Outlet, Author, Hashtag])
def test_records_made_at_once_get_addresses_of_their_own(model):
    """Their names differ, what an address keeps of them does not."""
    marks = ["", "!", "?", ".", ",", ";", ":", "…"]
    names = (
        [f"Sarn{mark}" for mark in marks] if model is not Hashtag else [f"Sa{'_' * place}rn" for place in range(1, 9)]
    )
    results = at_once(*[lambda name=name: model.objects.create(name=name).slug for name in names])
    assert kinds(results) == ["done"] * 8
    assert len(set(results)) == 8
    if model is not Hashtag:
        assert set(results) == {"sarn", *(f"sarn-{number}" for number in range(2, 9))}


def test_relating_at_once_leaves_each_link_once():
    articles = [make.article(f"Sarn dyke {number}", at=NOON - HOUR, outlet=f"Paper {number}") for number in range(5)]
    RelatedLink.objects.all().delete()
    results = at_once(*[lambda article=article: related.relate(article, at=NOON) and None for article in articles * 2])
    assert kinds(results) == ["done"] * 10
    pairs = list(RelatedLink.objects.values_list("article", "related"))
    assert len(pairs) == len(set(pairs)) == 20
    assert [len(related.links_for(article, at=NOON)) for article in articles] == [4] * 5


def test_merging_two_hashtags_into_one_another_at_once_makes_no_loop():
    one, other = make.hashtag("One"), make.hashtag("Other")
    article = make.article(at=NOON, hashtags=[one, other])
    views = [(Hashtag.objects.get(pk=a.pk), Hashtag.objects.get(pk=b.pk)) for a, b in [(one, other), (other, one)]]
    results = at_once(*[lambda pair=pair: pair[0].merge_into(pair[1]) for pair in views])
    assert kinds(results) == ["StaleRecord", "done"]
    assert Hashtag.objects.canonical().count() == 1
    assert article.hashtags.count() == 1
