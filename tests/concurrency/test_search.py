"""The index of the search says what the articles say, whoever writes at the same moment and whatever dies."""

import random
import signal

import pytest
from django.db import connection
from django.utils import timezone

from articles import search, work
from articles.models import Article, Progress, SearchEntry
from tests import make
from tests.concurrency.threads import at_once, kinds
from tests.processes import of_the_tests_database, start, wait_for
from tests.search.test_finding import find

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = ("zephyr", "monsoon", "mistral", "sirocco", "bora")
TABLES = {
    "sqlite": {"articles_searchentry": "article_id", "articles_search_text": "rowid", "articles_search_head": "rowid"},
    "postgresql": {"articles_searchentry": "article_id"},
}


def index():
    """Return all that is stored for the search, row by row."""
    stored = {}
    with connection.cursor() as cursor:
        for table, key in TABLES[connection.vendor].items():
            cursor.execute(f"SELECT {key}, {table}.* FROM {table} ORDER BY {key}")  # noqa: S608
            stored[table] = cursor.fetchall()
    return stored


def is_as_if_built_anew():
    kept = index()
    search.rebuild(restart=True)
    return kept == index()


def editor(articles, tags, seed):
    """Return a deed: an hour of an editor who changes what articles say and under what they are filed."""
    chance = random.Random(seed)  # noqa: S311 - the same deeds each time

    def edit():
        for _ in range(12):
            article = Article.objects.get(pk=chance.choice(articles).pk)
            deed = chance.randrange(5)
            if deed == 0:
                article.headline = f"{chance.choice(WORDS)} {chance.choice(WORDS)}".title()
                article.save()
            elif deed == 1:
                article.hashtags.set(chance.sample(tags, 2))
            elif deed == 2:
                article.bylines.all().delete()
            elif deed == 3:
                article.body = f"<p>{chance.choice(WORDS)} and rain.</p>" * 4
                article.save()
            else:
                SearchEntry.objects.filter(pk=article.pk).delete()  # as a loss would
                search.put(article.pk)

    return edit


def test_whoever_edits_at_once_the_index_says_what_the_articles_say():
    tags = [make.hashtag(word.title()) for word in WORDS]
    articles = [make.article("Sarn", authors=[make.author()], hashtags=tags[:2]) for _ in range(3)]
    results = at_once(*[editor(articles, tags, seed) for seed in range(6)])
    assert kinds(results) == ["done"] * 6, results
    assert is_as_if_built_anew()


def test_building_anew_while_editors_write_loses_no_change():
    tags = [make.hashtag(word.title()) for word in WORDS]
    articles = [make.article("Sarn", hashtags=tags[:2]) for _ in range(8)]
    gone, new = articles[:2], [make.draft("Sarn") for _ in range(2)]

    def come_and_go():
        for article in gone:
            Article.objects.get(pk=article.pk).withdraw(
                by=None, at=timezone.now(), outcome="gone", reason="It was wrong."
            )
        for article in new:
            Article.objects.get(pk=article.pk).publish(by=None, at=timezone.now())

    rebuilding = [lambda: search.rebuild(restart=True)] * 2
    results = at_once(*rebuilding, come_and_go, *[editor(articles[2:], tags, seed) for seed in range(3)])
    assert kinds(results) == ["done"] * 6, results
    work.do_all_due()
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == {each.pk for each in [*articles[2:], *new]}
    assert is_as_if_built_anew()


def test_killed_while_it_is_built_anew_everything_is_found_all_the_time(tmp_path):
    outlet, log = make.outlet("Harbour Post"), tmp_path / "log"
    drafts = [make.draft(f"Zephyr {number}", outlet=outlet) for number in range(450)]
    Article.objects.update(state="published", published_at=timezone.now())
    search.put(*[draft.pk for draft in drafts])
    whole, position = index(), 0
    for _ in range(2):
        process = start("reindex", log=log, env=of_the_tests_database())
        before = position
        wait_for(lambda before=before: _position() > before, process, log)
        process.kill()
        assert process.wait() == -signal.SIGKILL
        position = _position()
        assert len(find("zephyr")) == 450
    process = start("reindex", log=log, env=of_the_tests_database())
    assert process.wait(60) == 0, log.read_text()
    assert "450 articles can be searched." in log.read_text()
    assert Progress.objects.count() == 0
    assert index() == whole


def _position():
    return Progress.objects.filter(name="reindex").values_list("position", flat=True).first() or 0


def test_editors_who_file_one_article_at_once_wait_for_each_other():
    tags = [make.hashtag(word.title()) for word in WORDS]
    article = make.article("Sarn", hashtags=tags[:2])

    def filing(seed):
        chance = random.Random(seed)  # noqa: S311 - the same deeds each time

        def file():
            for _ in range(25):
                Article.objects.get(pk=article.pk).hashtags.set(chance.sample(tags, chance.randrange(1, 5)))

        return file

    results = at_once(*[filing(seed) for seed in range(4)])
    assert kinds(results) == ["done"] * 4, results
    assert is_as_if_built_anew()
