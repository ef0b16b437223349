"""With a model, what articles mean counts beside their words; without one nothing of it is there."""

import pytest

from articles import related
from articles.models import Embedding, RelatedLink
from articles.related import embeddings, index, links
from articles.text import encoder
from tests import make
from tests.admin.desk import enter
from tests.make import NOON
from tests.related import tiny_model
from tests.related.reports import relate

pytestmark = pytest.mark.django_db
HEADLINE = "Bridge closed"


@pytest.fixture
def model(settings, tmp_path):
    """Have a model to which flood and water are one word; return its folder."""
    settings.RELATED_MODEL = tiny_model.write(tmp_path, layers=0, alike=[("flood", "water"), ("tax", "budget")])
    settings.RELATED_MODEL_LANGUAGES = {"en"}
    return settings.RELATED_MODEL


def report(outlet, words, **fields):
    """Return an article that shares no more than its headline's words with others."""
    fields = {"at": NOON, "body": f"<p>{words}</p>", "standfirst": ""} | fields
    return make.article(f"{HEADLINE} {outlet}", outlet=f"Outlet {outlet}", **fields)


def three():
    """Return a report, one in other words on other things, and one in other words on the same."""
    return report("A", "flood flood flood"), report("B", "budget vote tax"), report("C", "water water water")


def scores(article):
    return dict(article.related_links.values_list("related__headline", "score"))


def parts(article):
    return {link.related.headline[-1]: link.parts for link in article.related_links.select_related("related")}


def test_same_meaning_in_other_words_comes_first(model, settings):
    one, tax, water = three()
    for settings.RELATED_MODEL, first in ((None, tax), (model, water)):
        related.relate_everything(at=NOON)
        assert related.links_for(one, at=NOON).more[0] == first
    found = parts(one)["C"]
    assert 0.05 < found["meaning"] < 0.22 * 0.8 + 1e-6
    assert scores(one)[water.headline] == pytest.approx(
        (found["terms"] + found["meaning"]) * found["freshness"], abs=1e-3
    )


def test_without_a_model_words_alone_count(settings, django_assert_num_queries):
    assert settings.RELATED_MODEL is None
    one, tax, water = three()
    relate(one, tax, water, one, at=NOON)
    assert not Embedding.objects.exists()
    assert all("meaning" not in each for each in parts(one).values())
    with django_assert_num_queries(0):
        embeddings.keep(one)
        assert embeddings.likenesses(one, [tax.pk, water.pk]) == {}


def test_both_ends_of_a_link_have_the_same_score(model):
    one, tax, water = three()
    relate(one, tax, water, one, at=NOON)
    assert scores(one)[water.headline] == scores(water)[one.headline]


def test_what_an_article_means_is_made_once_and_anew_when_it_is_edited(model, monkeypatch):
    made = []
    encode = encoder.Encoder.encode
    monkeypatch.setattr(encoder.Encoder, "encode", lambda self, text: made.append(text) or encode(self, text))
    one = report("A", "flood")
    relate(one, one, at=NOON)
    before = bytes(one.embedding.vector)
    assert made == [f"{one.headline}.  flood"]
    one.body = "<p>tax</p>"
    one.save()
    relate(one, at=NOON)
    assert len(made) == 2
    assert bytes(Embedding.objects.get().vector) != before


def test_two_queries_of_its_own_and_one_for_a_new_text(model, django_assert_num_queries):
    one, tax, water = three()
    relate(tax, water, at=NOON)
    with django_assert_num_queries(2):
        embeddings.keep(one)
    with django_assert_num_queries(1):
        embeddings.keep(one)
    with django_assert_num_queries(1):
        assert set(embeddings.likenesses(one, [tax.pk, water.pk])) == {tax.pk, water.pk}


def test_language_that_the_model_does_not_know_is_left_to_its_words(model):
    one, other = report("A", "flood", language="de"), report("B", "water")
    relate(one, other, at=NOON)
    assert list(Embedding.objects.values_list("article", flat=True)) == [other.pk]
    assert embeddings.likenesses(other, [one.pk]) == embeddings.likenesses(one, [other.pk]) == {}
    british = report("C", "water", language="en-GB")
    embeddings.keep(british)
    assert embeddings.likenesses(british, [other.pk])[other.pk] > 0.9


def test_article_put_into_another_language_means_what_it_said_no_more(model):
    one, other = report("A", "flood"), report("B", "water")
    relate(one, other, at=NOON)
    one.language, one.body = "de", "<p>Steuern</p>"
    one.save()
    relate(one, at=NOON)
    assert list(Embedding.objects.values_list("article", flat=True)) == [other.pk]


def test_withdrawn_article_leaves_no_meaning_behind(model):
    one, other = report("A", "flood"), report("B", "water")
    relate(one, other, at=NOON)
    one.withdraw(by=None, at=NOON, outcome="gone", reason="Wrong.")
    assert list(Embedding.objects.values_list("article", flat=True)) == [other.pk]


def test_draft_is_looked_at_and_nothing_is_stored(model):
    other = report("B", "water")
    relate(other, at=NOON)
    draft = report("A", "flood", state="draft")
    (found,) = links.compare(draft, index.look(draft), at=NOON)
    assert found.meaning > 0.1
    assert not Embedding.objects.filter(article=draft).exists()


def test_edited_text_is_looked_at_as_it_is_now(model):
    one, other = report("A", "flood flood flood flood"), report("B", "water water water water")
    relate(one, other, at=NOON)
    near = embeddings.likenesses(one, [other.pk])[other.pk]
    one.body = "<p>tax vote minister parliament</p>"
    assert embeddings.likenesses(one, [other.pk])[other.pk] < near - 0.2


def test_another_model_counts_only_what_it_said_itself(model, settings, tmp_path):
    one, tax, water = three()
    relate(one, tax, water, at=NOON)
    settings.RELATED_MODEL = tiny_model.write(tmp_path / "another", layers=1)
    assert embeddings.likenesses(one, [tax.pk, water.pk]) == {}
    related.relate_everything(at=NOON)
    name = encoder.load(settings.RELATED_MODEL).name
    assert set(Embedding.objects.values_list("model", flat=True)) == {name}
    assert set(embeddings.likenesses(one, [tax.pk, water.pk])) == {tax.pk, water.pk}


def test_whole_archive_knows_all_meanings_before_it_links(model):
    three()
    known = {}
    related.relate_everything(at=NOON, report=lambda done, of: known.setdefault(done, Embedding.objects.count()))
    assert known[3] == 3  # the first of three rounds


def test_whole_archive_related_again_stays_as_it_is(model):
    three()
    related.relate_everything(at=NOON)
    before = set(RelatedLink.objects.values_list("article", "related", "score"))
    related.relate_everything(at=NOON)
    assert set(RelatedLink.objects.values_list("article", "related", "score")) == before


def test_desk_shows_what_the_meaning_adds(model):
    one, tax, water = three()
    relate(one, tax, water, one, at=NOON)
    page = enter("Editor").get(f"/admin/articles/article/{one.pk}/related/").content.decode()
    assert '<th scope="col">Meaning</th>' in page
    assert "terms + " in page
