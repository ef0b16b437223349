"""The index follows the articles, within the same transaction or as due work, and can be built anew."""

import importlib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from articles import search, work
from articles.models import Article, Due, Progress, SearchEntry, SearchWord
from tests import make
from tests.concurrency.test_search import index as stored
from tests.concurrency.threads import crossing
from tests.search.test_finding import find

pytestmark = pytest.mark.django_db


def test_article_is_found_by_what_it_says_now():
    article = make.article("Zephyr")
    article.headline = "Monsoon"
    article.save()
    assert (find("zephyr"), find("monsoon")) == ([], ["Monsoon"])


@pytest.mark.django_db(transaction=True)
def test_change_that_is_rolled_back_leaves_the_index_alone():
    article = make.article("Zephyr")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        article.headline = "Monsoon"
        article.save()
        raise ZeroDivisionError
    assert (find("zephyr"), find("monsoon")) == (["Zephyr"], [])


def test_withdrawn_deleted_and_unpublished_articles_leave_the_index():
    gone, deleted, put_back = make.article(), make.article(authors=[make.author()]), make.scheduled()
    gone.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
    deleted.delete()
    put_back.unschedule(by=None, at=timezone.now())
    make.draft()
    assert list(SearchEntry.objects.all()) == []


def test_hashtags_and_bylines_are_found_as_soon_as_they_are_set():
    article, tag = make.article("Sarn"), make.hashtag("Floods")
    article.hashtags.add(tag)
    byline = article.bylines.create(author=make.author("Ada Lind"))
    assert (find("floods"), find("lind")) == (["Sarn"], ["Sarn"])
    article.hashtags.remove(tag)
    byline.delete()
    assert (find("floods"), find("lind")) == ([], [])


def test_new_name_is_found_once_the_due_work_is_done():
    tag, author = make.hashtag("Floods"), make.author("Ada Lind")
    make.article("Sarn", hashtags=[tag], authors=[author])
    tag.name, author.name = "Deluge", "Ada Marwick"
    tag.save()
    author.save()
    work.do_all_due()
    assert [find(word) for word in ("#deluge", "marwick", "#floods", "lind")] == [["Sarn"], ["Sarn"], [], []]


def test_merged_hashtag_takes_its_articles_along():
    tag, other = make.hashtag("Floods"), make.hashtag("Deluge")
    make.article("Sarn", hashtags=[tag])
    tag.merge_into(other)
    work.do_all_due()
    assert (find("#deluge"), find("#floods")) == (["Sarn"], ["Sarn"])


def test_what_was_loaded_past_the_models_is_put_in_as_due_work():
    make.article("Sarn")
    search.remove(*Article.objects.values_list("pk", flat=True))
    assert find("sarn") == []
    Due.objects.plan("reindex", 0, at=timezone.now())
    work.do_all_due()
    assert (find("sarn"), search.missing().count()) == (["Sarn"], 0)


def test_words_of_an_article_are_learnt_as_due_work():
    make.article("Zephyrine")
    assert not SearchWord.objects.filter(word="zephyrine").exists()
    work.do_all_due()
    assert SearchWord.objects.filter(word="zephyrine").exists()


def test_unchanged_article_is_not_written_again():
    article = make.article()
    assert (search.put(article.pk), search.put(article.pk, anew=True)) == (0, 1)


def test_reindex_puts_right_what_is_wrong_and_goes_on_where_it_was_killed(monkeypatch, capsys):
    articles = [make.article(f"Dam {number}") for number in range(4)]
    make.draft()
    SearchEntry.objects.update(headline=" nonsense ")
    SearchWord.objects.create(word="obsolete", head="obs", tail="ete", length=8)
    monkeypatch.setattr("articles.search.index.STEP", 2)

    def killed(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search.rebuild(report=killed)
    assert Progress.objects.get(name="reindex").position == articles[1].pk
    written = []
    monkeypatch.setattr("articles.search.index.put", lambda *keys, anew: written.append(keys))
    search.rebuild()
    assert (written, Progress.objects.count()) == ([(articles[2].pk, articles[3].pk)], 0)
    monkeypatch.undo()
    call_command("reindex", restart=True)
    assert capsys.readouterr().out == "100 % (4 of 4 articles)\n4 articles can be searched.\n"
    written = {f" dam {number} ¦ «dam «{number} " for number in range(4)}
    assert set(SearchEntry.objects.values_list("headline", flat=True)) == written
    assert not SearchWord.objects.filter(word="obsolete").exists()


def test_long_text_is_indexed_up_to_the_length_of_a_book():
    make.article("Long", body=f"<p>{'river ' * 30_000}</p><p>zephyr</p>")
    assert (find("river"), find("zephyr")) == (["Long"], [])


def test_words_of_one_letter_of_odd_scripts_and_with_quotes_are_stored():
    make.article("O'Neil's \\ 'quoted' \"x\" ¦ 🌊 न्यूज़ ǅ")
    assert find('"o neil s"') == find("न्यूज़") == find("quoted") == [Article.objects.get().headline]
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.django_db(transaction=True)
def test_update_carries_the_index_over_with_the_facts():
    """Articles that were indexed before are found among an outlet's as if they had been indexed anew."""
    migration = importlib.import_module("articles.migrations.0026_facts_of_search")
    outlet, section = make.outlet("Harbour Post"), make.section("Local")
    one = make.article("Zephyr", outlet=outlet, section=section, language="pt-br")
    keys = {one.pk, make.article("Zephyr", kind="opinion").pk}
    whole = stored_of(keys)
    forget_facts(migration)
    assert stored_of(keys) != whole
    with connection.schema_editor() as editor:
        migration.add_facts(None, editor)
    assert stored_of(keys) == whole


def test_update_has_words_as_they_are_written_put_in_as_due_work(monkeypatch):
    """As many articles as take two steps; an operator who cannot wait runs `reindex`, which does what is left."""
    monkeypatch.setattr("articles.work.STEP", 2)
    for number in range(3):
        make.article(f"The flooded bridges {number}")
    work.do_all_due()
    whole = stored()
    SearchEntry.objects.update(source_hash="of an older form", headline=" flood bridg ")
    importlib.import_module("articles.migrations.0030_words_as_written").plan_to_write_it_anew(apps, None)
    work.do_all_due()
    assert stored() == whole
    assert (Due.objects.count(), Progress.objects.count()) == (0, 0)


def test_update_that_brings_the_index_has_it_filled_as_due_work():
    """The time of the work is one that Python wrote: SQLite's own has three digits less, and nobody could claim it."""
    make.article("Sarn")
    work.do_all_due()
    search.remove(*Article.objects.values_list("pk", flat=True))
    importlib.import_module("articles.migrations.0016_search_index").plan_to_fill_it(apps, None)
    assert (work.do_all_due(most=9), find("sarn")) == (2, ["Sarn"])


def test_update_fills_the_index_whose_work_was_never_claimed():
    """So the update that brought the index left it on SQLite, where no article has been stored since."""
    make.article("Sarn")
    work.do_all_due()
    search.remove(*Article.objects.values_list("pk", flat=True))
    Due.objects.create(kind="reindex", key=0, due_at=timezone.now())
    if connection.vendor == "sqlite":
        Due.objects.update(due_at=Now())
    migration = importlib.import_module("articles.migrations.0030_words_as_written")
    migration.plan_to_write_it_anew(apps, None)
    assert Due.objects.get().due_at == migration.AT_ONCE  # where it stays as it was, looking for work never ends
    assert (work.do_all_due(most=9), find("sarn")) == (2, ["Sarn"])


@pytest.mark.django_db(transaction=True)
def test_reindex_and_due_work_at_once_lock_nobody_out(monkeypatch):
    articles = [make.article(f"Dam {number}") for number in range(4)]
    monkeypatch.setattr("articles.search.index.STEP", 2)
    Progress.objects.create(name="reindex", position=articles[1].pk)
    begin = lambda: Progress.objects.select_for_update().get(name="reindex") and None  # noqa: E731
    done = crossing(begin, lambda: search.put(articles[2].pk, anew=True), search.rebuild)
    assert done == [1, 4]


def test_empty_index_has_nothing_to_be_written_anew():
    importlib.import_module("articles.migrations.0030_words_as_written").plan_to_write_it_anew(apps, None)
    assert (Due.objects.count(), Progress.objects.count()) == (0, 0)


def stored_of(keys):
    return {table: [row for row in rows if row[0] in keys] for table, rows in stored().items()}


def forget_facts(migration):
    if connection.vendor == "sqlite":
        with connection.schema_editor() as editor:
            migration.drop_facts(None, editor)
        return
    with connection.cursor() as cursor:
        for column in migration.INDEXES.values():
            words = f"SELECT array_agg(lexeme) FROM unnest({column}) WHERE lexeme LIKE '¦_%%' AND lexeme <> '¦'"  # noqa: S608
            cursor.execute(f"UPDATE articles_searchentry SET {column} = ts_delete({column}, ({words}))")  # noqa: S608
