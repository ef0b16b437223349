"""What manage.py demo loads and says. It is loaded once for all these tests: each of them undoes what it did."""

import io
import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from articles import demo, related
from articles.management.commands import demo as command
from articles.models import Article, Comment, Correction, Edition, Outlet, TrustPage
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

COUNTED = (Article, Comment, Correction, Edition, Outlet, User)


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """Run the command; return what it ``said``, how it ``started`` the site, on which ``port``, and when it was loaded.

    The transaction around it is each test's outer one, so that the demo stays from test to test and goes with the last.
    """
    told, load = SimpleNamespace(started=[]), demo.load

    def noted(*, at):
        told.at = at
        return load(at=at)

    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(command.os, "execv", lambda program, line: told.started.append((program, line)))
            patch.setattr(demo, "load", noted)
            patch.setenv("PORT", "1")
            out = io.StringIO()
            call_command("demo", "--port=8123", stdout=out)
            told.said, told.port = out.getvalue(), os.environ["PORT"]
        yield told
        transaction.set_rollback(True)


def times(articles):
    return list(
        articles.order_by("uuid").values_list(
            "published_at", "updated_at", "embargo_until", "expires_at", "withdrawn_at"
        )
    )


# --- a newsroom of today ----------------------------------------------------------------------------------------------


def test_newest_article_is_minutes_old_and_the_oldest_weeks(loaded):
    now = loaded.at
    ages = [now - at for at in Article.objects.live(at=now).values_list("published_at", flat=True)]
    assert timedelta(0) < min(ages) < timedelta(minutes=30)
    assert max(ages) > timedelta(weeks=2)
    assert len(ages) >= 60
    assert Article.objects.scheduled(at=now).exists()
    assert not Comment.objects.filter(created_at__gt=now).exists()
    assert not Correction.objects.filter(at__gt=now).exists()


def test_second_run_puts_the_demo_back_moves_every_time_by_the_same_and_leaves_the_rest_alone(loaded):
    counts = [model.objects.count() for model in COUNTED]
    then = times(Article.objects)
    article = Article.objects.live(at=loaded.at).newest_first().first()
    headline, number = article.headline, article.comment_count
    mine = make.article("Ours", at=loaded.at - make.HOUR)
    visitor = make.comment(article, "A visitor's.", at=loaded.at)
    outlet = Outlet.objects.by_name().first()
    slug, outlet.slug = outlet.slug, "elsewhere"
    outlet.save()
    Article.objects.filter(pk=article.pk).update(headline="Spoilt", comment_count=99)
    article.refresh_from_db()
    article.headline = "Spoilt again"
    article.save()
    article.withdraw(by=None, at=loaded.at, outcome="gone", reason="Tried it.")
    editor = User.objects.get(username="editor")
    mine.correct(by=editor, at=loaded.at, text="Ours, by an editor.")
    later = timedelta(days=3, hours=5, minutes=7)
    demo.load(at=loaded.at + later)
    article.refresh_from_db()
    assert (article.headline, article.state, article.comment_count) == (headline, "published", number + 1)
    assert Article.objects.live(at=loaded.at + later).filter(pk__in=[article.pk, mine.pk]).count() == 2
    assert Comment.objects.filter(pk=visitor.pk).exists()
    assert Outlet.objects.get(pk=outlet.pk).slug == slug
    assert times(Article.objects.exclude(pk=mine.pk)) == [tuple(at and at + later for at in row) for row in then]
    after = [model.objects.count() for model in COUNTED]
    assert after == [number + more for number, more in zip(counts, (1, 1, 1, 0, 0, 0), strict=True)]


def test_readers_of_todays_stories_meet_earlier_chapters(loaded, client):
    now = loaded.at
    live = Article.objects.live(at=now)
    old = list(live.filter(published_at__lt=now - timedelta(days=60)).order_by("published_at"))
    ages = [page(client.get(article.get_absolute_url())).one("p", class_="age-warning").text for article in old]
    assert ages == ["This article is more than 1 year old.", "This article is more than 4 months old."]
    today = live.filter(published_at__gt=now - timedelta(days=4)).exclude(story=None)
    met = {link.pk for article in today for link in related.links_for(article, at=now)}
    assert [article.headline for article in old if article.pk not in met] == []


def test_drafts_are_the_reporters(loaded):
    drafts = Article.objects.filter(state="draft")
    assert set(drafts.values_list("created_by__username", flat=True)) == {"reporter"}
    assert not Article.objects.exclude(state="draft").exclude(created_by=None).exists()


# --- what it says -----------------------------------------------------------------------------------------------------


def test_demo_says_what_there_is_to_see_and_then_serves(loaded, client):
    paths = re.findall(r"http://127\.0\.0\.1:8123(/\S*)", loaded.said)
    answers = [client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 302]
    assert page(answers[3]).all("del") and page(answers[3]).all("ins")
    assert page(answers[4]).one("p", class_="age-warning").text == "This article is more than 1 year old."
    assert re.search(r"\n\d+ articles are public\.", loaded.said)
    assert re.findall(r"^  (\w+) +[a-z]{6}-[a-z]{6}-[a-z]{6}-\d\d$", loaded.said, re.MULTILINE) == [
        "reporter",
        "editor",
        "moderator",
        "chief",
    ]
    [(program, line)] = loaded.started
    assert (program, line[1:4], loaded.port) == (sys.executable, ["-m", "gunicorn", "-c"], "8123")
    assert Path(line[4]).is_file()


def test_demo_that_shall_not_serve_does_not(monkeypatch):
    monkeypatch.setattr(command.os, "execv", lambda *line: pytest.fail("it serves"))
    monkeypatch.setattr(demo, "load", lambda *, at: demo.make_accounts())  # it is loaded
    monkeypatch.setattr(related, "relate_everything", lambda *, at: None)
    out = io.StringIO()
    call_command("demo", "--no-serve", stdout=out)
    assert "articles are public" in out.getvalue()


def test_drafts_of_pages_that_the_demo_has_written_are_gone():
    assert list(TrustPage.objects.in_order().values_list("position", "is_shown")) == [(n, True) for n in range(5)]
