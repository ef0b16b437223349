"""What changed in an article: what readers saw, and nothing that they never saw or shall not see again."""

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Edition
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db


def changed(client, article):
    """Return what the page shows of each change: (what went, what came)."""
    document = page(client.get(f"/articles/{article.pk}/changes/"))
    return [
        ([node.text for node in section.all("del")], [node.text for node in section.all("ins")])
        for section in document.one("main").all("section")
    ]


def rewrite(article, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return article


def test_page_shows_every_change_the_newest_first(client):
    article = make.article("The dam is 14 metres high", body="<p>It is old.</p><p>It holds.</p>")
    rewrite(article, headline="The dam is 40 metres high")
    rewrite(article, body="<p>It is old.</p><p>It leaks.</p>")
    assert changed(client, article) == [(["holds"], ["leaks"]), (["14"], ["40"])]
    link = page(client.get(article.get_absolute_url())).one("a", href=f"/articles/{article.pk}/changes/")
    assert link.text == "What changed"


def test_article_that_stayed_as_it_was_has_no_such_page(client):
    article = rewrite(make.article(), language="fr")
    assert client.get(f"/articles/{article.pk}/changes/").status_code == 404
    assert "What changed" not in client.get(article.get_absolute_url()).content.decode()
    assert Edition.objects.count() == 0


@pytest.mark.parametrize("kind", [make.draft, make.scheduled, make.embargoed])
def test_words_that_readers_never_saw_are_never_shown(client, kind):
    article = rewrite(kind("Secret words"), headline="Public words")
    with time_machine.travel(timezone.now() + 3 * make.DAY):
        if article.state == "draft":
            article.publish(by=None, at=timezone.now())
        assert client.get(article.get_absolute_url()).status_code == 200
        assert "What changed" not in client.get(article.get_absolute_url()).content.decode()
        assert client.get(f"/articles/{article.pk}/changes/").status_code == 404


def test_changes_go_with_a_withdrawal_and_do_not_come_back(client):
    article = rewrite(make.article("Wrong words"), headline="Other words")
    article.withdraw(by=None, at=timezone.now(), outcome=Article.Outcome.GONE, reason="It was wrong.")
    assert Edition.objects.count() == 0
    article.publish(by=None, at=timezone.now())
    assert client.get(f"/articles/{article.pk}/changes/").status_code == 404


@pytest.mark.parametrize(
    ("text_shown", "words"), [("own", {"one", "two", "three"}), ("summary", {"one", "two"}), ("link", {"one"})]
)
def test_changes_show_no_more_than_the_outlet_allows(client, text_shown, words):
    outlet = make.outlet("Another", text_shown=text_shown)
    article = make.article("Head one", standfirst="Stand two.", body="<p>Body three.</p>", outlet=outlet)
    rewrite(article, headline="Head", standfirst="Stand.", body="<p>Body.</p>")
    ((gone, _),) = changed(client, article)
    assert {word.strip() for word in gone} == words


def test_text_of_an_edition_is_shown_as_text(client):
    article = rewrite(make.article("A <b>bold</b> dam"), headline="A <i>bold</i> dam")
    assert changed(client, article) != []
    assert "<b>bold" not in client.get(f"/articles/{article.pk}/changes/").content.decode()


def test_change_of_parts_that_the_outlet_keeps_is_told_and_not_shown(client):
    outlet = make.outlet("Another", text_shown="summary")
    article = rewrite(make.article(body="<p>Body three.</p>", outlet=outlet), body="<p>Body four.</p>")
    address = page(client.get(article.get_absolute_url())).one("a", href=f"/articles/{article.pk}/changes/")["href"]
    main = page(client.get(address)).one("main")
    assert "in parts that our agreement with the outlet does not let us show" in main.text
    assert "three" not in main.text and main.all("section") == []


def test_text_that_only_looks_otherwise_has_not_changed(client):
    article = rewrite(make.article(body="<p>The dam holds.</p>"), body="<p>The <strong>dam</strong> holds.</p>")
    assert Edition.objects.count() == 0
    rewrite(article, body="<p>The <strong>dam</strong> held.</p>")
    assert changed(client, article) == [(["holds"], ["held"])]
