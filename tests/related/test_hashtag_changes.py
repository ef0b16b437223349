"""What becomes of the articles that carry a hashtag when it is merged, renamed, set free or deleted."""

import pytest

from articles import work
from articles.models import Due, Hashtag, SearchEntry, TermVector
from articles.related import index
from tests import make
from tests.admin.desk import enter, url
from tests.related.reports import flood

pytestmark = pytest.mark.django_db


def done():
    work.do_all_due()
    assert not Due.objects.exists()


def is_related_by_its_words(article):
    """Tell whether what is stored of the article's terms is what it says now."""
    return set(TermVector.objects.get(article=article).unpack()) == set(index.vector_of(reloaded(article)).unpack())


def reloaded(article):
    return type(article).objects.get(pk=article.pk)


def found_by(article):
    return {"floods", "deluge", "water", "inundation"} & set(SearchEntry.objects.get(article=article).hashtags.split())


@pytest.fixture
def tagged():
    """Return a hashtag, an article that carries it, and another hashtag."""
    tag, other = make.hashtag("Floods"), make.hashtag("Deluge")
    article = flood(hashtags=[tag])
    done()
    assert (is_related_by_its_words(article), found_by(article)) == (True, {"floods"})
    return tag, article, other


def test_merged_hashtag_has_its_articles_related_by_the_other_name(tagged):
    tag, article, other = tagged
    tag.merge_into(other)
    assert not is_related_by_its_words(article)  # not within the request
    done()
    assert (is_related_by_its_words(article), found_by(article)) == (True, {"deluge", "floods"})


def test_hashtags_merged_from_the_list_have_their_articles_related_anew(tagged):
    tag, article, other = tagged
    asked = {"action": "merge", "_selected_action": [tag.pk], "target": other.pk}
    assert enter("Editor").post(url("articles_hashtag_changelist"), asked).status_code == 302
    done()
    assert (is_related_by_its_words(article), found_by(article)) == (True, {"deluge", "floods"})


def test_renamed_hashtag_has_its_articles_related_by_the_new_name(tagged):
    tag, article, _ = tagged
    tag.name = "HighWater"
    tag.save()
    done()
    assert (is_related_by_its_words(article), found_by(article)) == (True, {"water"})


@pytest.mark.parametrize("delete", [Hashtag.delete, lambda tag: Hashtag.objects.filter(pk=tag.pk).delete()])
def test_deleted_hashtag_leaves_no_words_behind(tagged, delete):
    tag, article, _ = tagged
    delete(tag)
    assert set(Due.objects.values_list("kind", "key")) == {("refresh", article.pk)}
    done()
    assert (is_related_by_its_words(article), found_by(article)) == (True, set())


@pytest.mark.parametrize("gone", ["deleted", "set free", "given to another"])
def test_article_is_found_no_more_by_what_was_another_word_for_its_hashtag(tagged, gone):
    tag, article, other = tagged
    word = make.hashtag("Inundation", alias_of=tag)
    done()
    assert found_by(article) == {"floods", "inundation"}
    if gone == "deleted":
        word.delete()
    else:
        word.alias_of = other if gone == "given to another" else None
        word.save()
    done()
    assert found_by(article) == {"floods"}


def test_hashtag_whose_description_changes_has_nothing_related_anew(tagged):
    tag, _, _ = tagged
    tag.description = "All on the floods."
    tag.save()
    work.do_all_due(most=1)
    assert not Due.objects.exists()


def test_draft_that_carries_a_hashtag_is_left_alone(tagged):
    tag, article, other = tagged
    make.draft(hashtags=[tag])
    done()
    tag.merge_into(other)
    work.do_all_due(most=1)
    assert list(Due.objects.values_list("kind", "key")) == [("relate", article.pk)]
