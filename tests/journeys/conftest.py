"""A real server with a database of its own, on SQLite or PostgreSQL as the tests run."""

import os
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.processes import manage, served

CONTENT = """
from django.utils import timezone
from tests import make
ada, tag, story = make.author("Ada Author"), make.hashtag("Rivers"), make.story("Flood")
first = make.article("River rises", authors=[ada], hashtags=[tag], story=story)
make.article("Boats stay in port", hashtags=[tag])
make.comment(make.comment(first, "I live there.").article, "So do I.", parent=first.comments.get())
make.many_comments(first, 30)
make.article("Marked zz<z\\"z'z>", hashtags=[tag])
make.draft("Draft")
make.withdrawn("Gone")
make.withdrawn("Noted", outcome="notice")
"""


@contextmanager
def a_database(folder):
    """Give the URL of an empty database; a PostgreSQL one goes when the block is done."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder}/site.sqlite3"
        return
    import psycopg

    name = f"site_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def fill(given):
    # What is due is done here, so that the site's worker changes nothing while a test looks.
    for command in (["migrate", "--verbosity", "0"], ["shell", "--verbosity", "0", "-c", CONTENT], ["work", "--once"]):
        done = manage(*command, **given)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve a small newsroom; ``site.given`` is the environment of its programs."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "media").mkdir()
    with a_database(folder) as url:
        given = {"DATABASE_URL": url, "MEDIA_ROOT": str(folder / "media")}
        fill(given)
        with served(folder / "log", **given) as running:
            running.given = given
            yield running
