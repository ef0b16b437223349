"""manage.py demo: a newsroom of today, whole after every run, and never on a site in use."""

import contextlib
import io
import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction

from articles import demo
from articles.models import Article, Outlet
from newsroom.settings import BASE_DIR
from tests import make
from tests.processes import environment, manage


def load(at=demo.FIXTURES_NOW):
    return demo.load(at=at)


# --- accounts ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_accounts_enter_the_desk_with_the_rights_of_their_role(client):
    accounts = demo.make_accounts()
    assert list(accounts) == ["reporter", "editor", "moderator", "chief"]
    for name, password in accounts.items():
        assert client.login(username=name, password=password)
        assert client.get("/admin/").status_code == 200
        user = User.objects.get(username=name)
        assert [group.name for group in user.groups.all()] == [name.capitalize()]
        assert (user.is_superuser, user.has_perm("articles.view_article")) == (False, True)
        assert user.has_perm("articles.publish_article") is (name in ("editor", "chief"))


@pytest.mark.django_db
def test_account_that_somebody_spoilt_is_put_back(client):
    demo.make_accounts()
    user = User.objects.get(username="editor")
    user.set_password("forgotten")
    user.is_active = False
    user.save()
    user.groups.clear()
    accounts = demo.make_accounts()
    assert client.login(username="editor", password=accounts["editor"])
    assert [group.name for group in User.objects.get(username="editor").groups.all()] == ["Editor"]
    assert User.objects.count() == 4


@pytest.mark.django_db
def test_passwords_stay_with_the_key_and_change_with_it(settings):
    first = demo.make_accounts()
    assert demo.make_accounts() == first
    settings.SECRET_KEY = "another key of another installation, long enough for its work"
    second = demo.make_accounts()
    assert [name for name in first if first[name] == second[name]] == []
    for accounts in (first, second):
        assert len(set(accounts.values())) == 4
        assert [word for word in accounts.values() if not re.fullmatch(r"(?:[a-z]{6}-){3}\d\d", word)] == []


# --- not on a site in use ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "in_use",
    [lambda: make.article("Ours"), lambda: make.draft("Ours"), lambda: make.user(username="editor")],
    ids=["an article", "a draft", "an account of that name"],
)
def test_database_in_use_is_refused_and_left_alone(in_use):
    in_use()
    before = Article.objects.count(), User.objects.count()
    with pytest.raises(CommandError, match="This database is in use"):
        call_command("demo", "--no-serve", stdout=io.StringIO())
    assert (Article.objects.count(), User.objects.count()) == before


@pytest.mark.django_db
def test_real_site_is_refused(settings):
    settings.SITE_URL = "https://news.example"
    with pytest.raises(CommandError, match="SITE_URL is https, so this is a real site"):
        call_command("demo", "--no-serve", stdout=io.StringIO())
    assert (Article.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match=f"--port has to lie between 1 and 65535, not {port}"):
        call_command("demo", f"--port={port}", stdout=io.StringIO())
    assert Article.objects.count() == 0


@pytest.mark.django_db
def test_fixture_that_is_broken_leaves_nothing_behind(monkeypatch):
    monkeypatch.setattr(demo, "FIXTURES", ["outlets", "comments"])
    with pytest.raises(Exception, match="comment"), transaction.atomic():
        load()
    assert (Outlet.objects.count(), User.objects.count()) == (0, 0)


# --- killed -----------------------------------------------------------------------------------------------------------


def whole(database, media):
    """Return what a demo consists of: its rows, what is wrong with them, its files, and what is wrong with those."""
    tables = ("outlet", "article", "comment", "image", "byline", "hashtag", "correction")
    with contextlib.closing(sqlite3.connect(database)) as connection:

        def ask(query):
            return connection.execute(query).fetchall()

        rows = {table: ask(f"SELECT count(*) FROM articles_{table}")[0][0] for table in tables}  # noqa: S608
        wrong = ask("PRAGMA foreign_key_check") + ask("SELECT id FROM articles_image WHERE rendition_widths = '[]'")
        health = ask("PRAGMA integrity_check")
        related = ask("SELECT count(*) FROM articles_relatedlink")[0][0]
    files = [path for path in media.rglob("*") if path.is_file()]
    wrong += [path.name for path in files if path.suffix == ".part" or not path.stat().st_size]
    return rows, health, wrong, len(files), related > 500


def promised():
    models = Counter(row["model"] for name in demo.FIXTURES for row in json.loads(fixture(name)))
    names = ("outlet", "article", "comment", "image", "byline", "hashtag", "correction")
    rows = {name: models[f"articles.{name}"] for name in names}
    return rows, [("ok",)], [], rows["image"] * 6 + rows["outlet"], True


def fixture(name):
    return (BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8")


def test_demo_that_is_killed_at_any_point_is_whole_after_the_next_run(tmp_path):
    database, media, log = tmp_path / "demo.sqlite3", tmp_path / "media", tmp_path / "log"
    media.mkdir()
    given = {"DATABASE_URL": f"sqlite:///{database}", "MEDIA_ROOT": str(media)}
    points = {
        "the database is begun": database.exists,
        "the fixtures are read": lambda: "Loading" in log.read_text(),
        "pictures come": lambda: any(media.rglob("*.webp")),
        "copies are made": lambda: len(list((media / "renditions").rglob("*.webp"))) > 5,
    }
    for point, is_reached in points.items():
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--no-serve"],
                cwd=BASE_DIR,
                env=environment(**given),
                stdout=out,
                stderr=out,
            )
        while not is_reached():
            assert process.poll() is None, (point, log.read_text())
            time.sleep(0.005)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert whole(database, media) != promised()
    done = manage("demo", "--no-serve", **given)
    assert (done.returncode, done.stderr) == (0, "")
    assert whole(database, media) == promised()
