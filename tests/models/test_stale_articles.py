"""An editor who saw an older article: told so, and nothing of what the quicker one did is undone."""

import pytest
from django.db import connection

from articles.models import Article, Correction, StaleRecord, article_changed
from tests import make
from tests.make import BODY, DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


def standing(article):
    """Return how the article stands in the database, and its log."""
    row = Article.objects.values().get(pk=article.pk)
    return row, list(article.transitions.order_by("pk").values())


CHANGES = {
    "publish": lambda article: article.publish(by=None, at=NOON + HOUR),
    "schedule": lambda article: article.schedule(by=None, at=NOON + HOUR, publish_at=NOON + DAY),
    "unschedule": lambda article: article.unschedule(by=None, at=NOON + HOUR),
    "withdraw": lambda article: article.withdraw(by=None, at=NOON + HOUR, outcome="gone", reason="Wrong."),
    "correct": lambda article: article.correct(by=None, at=NOON + HOUR, text="It was the Sarn."),
    "update": lambda article: article.update_in_substance(at=NOON + HOUR),
}
BEFORE = {
    "publish": make.draft,
    "schedule": make.draft,
    "unschedule": lambda: make.article(at=NOON + 2 * DAY),
    "withdraw": lambda: make.article(at=NOON),
    "correct": lambda: make.article(at=NOON),
    "update": lambda: make.article(at=NOON),
}


@pytest.mark.parametrize("change", CHANGES)
def test_editor_who_saw_an_older_article_is_told_and_changes_nothing(change):
    article = BEFORE[change]()
    as_seen = Article.objects.get(pk=article.pk)
    article.save_over(article.version)
    before = standing(article)
    with pytest.raises(StaleRecord, match="was changed by somebody else"):
        CHANGES[change](as_seen)
    assert (standing(article), Correction.objects.count()) == (before, 0)


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_announced_once_inside_its_transaction(change):
    article, heard = BEFORE[change](), []

    def listen(article, **kwargs):
        heard.append((article.pk, article.state))

    article_changed.connect(listen)
    try:
        CHANGES[change](article)
    finally:
        article_changed.disconnect(listen)
    assert heard == [(article.pk, article.state)]


# On SQLite and on PostgreSQL, whose search writes an article's words in fewer statements; the last is asked for a lock.
COSTS = {
    "publish": (21, 18),
    "schedule": (21, 18),
    "unschedule": (23, 22),
    "withdraw": (24, 23),
    "correct": (16, 16),
    "update": (13, 13),
}


@pytest.mark.parametrize("change", COSTS)
def test_change_costs_a_few_queries(django_assert_num_queries, change):
    article = BEFORE[change]()
    with django_assert_num_queries(COSTS[change][connection.vendor == "postgresql"]):
        CHANGES[change](article)


# --- an edit and a change of state ------------------------------------------------------------------------------------


def test_editor_who_saves_an_older_text_is_told():
    article = make.draft()
    mine, theirs = Article.objects.get(pk=article.pk), Article.objects.get(pk=article.pk)
    mine.headline = "Mine"
    mine.save_over(1)
    theirs.headline = "Theirs"
    with pytest.raises(StaleRecord):
        theirs.save_over(1)
    assert Article.objects.values_list("headline", "slug", "version").get() == ("Mine", "mine", 2)


@pytest.mark.parametrize("save", [lambda article: article.save(), lambda article: article.save_over(article.version)])
def test_text_saved_by_one_who_has_not_seen_it_leaves_state_and_counts(save):
    article = make.article(at=NOON)
    as_seen = Article.objects.get(pk=article.pk)
    make.comment(article, at=NOON)
    as_seen.headline = "Water falls"
    save(as_seen)
    as_seen.refresh_from_db()
    assert (as_seen.state, as_seen.comment_count, as_seen.slug) == ("published", 1, "water-falls")


def test_text_saved_after_a_withdrawal_does_not_bring_the_article_back():
    article = make.article(at=NOON)
    as_seen = Article.objects.get(pk=article.pk)
    article.withdraw(by=None, at=NOON + HOUR, outcome="gone", reason="Wrong.")
    as_seen.headline = "Water falls"
    as_seen.save()
    assert Article.objects.values_list("state", "headline", "version").get() == ("withdrawn", "Water falls", 3)


def test_article_that_somebody_deleted_does_not_come_back_with_a_save():
    article = make.draft()
    as_seen = Article.objects.get(pk=article.pk)
    article.delete()
    with pytest.raises(Exception, match="did not affect any rows"):
        as_seen.save()
    assert Article.objects.count() == 0


def test_saving_some_fields_keeps_what_follows_from_them_in_step():
    Article.objects.update_or_create(headline="River rises", defaults={"outlet": make.outlet()})
    Article.objects.update_or_create(headline="River rises", defaults={"headline": "River falls", "body": BODY})
    assert Article.objects.values_list("slug", "summary").get() == (
        "river-falls",
        "The river rose two metres in one night. Nobody was hurt.",
    )
