"""A site of several processes keeps its pages, and all of them learn at once what has changed."""

from urllib.parse import urlencode

import pytest

from tests.journeys.conftest import a_database, fill
from tests.journeys.test_bad_input import post
from tests.processes import manage, served

WITHDRAW = """
from django.utils import timezone
from articles.models import Article
Article.objects.get(headline="River rises").withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
"""
ADDRESS = "/articles/1/river-rises/"
READERS = 30  # enough that each process answers some of them


@pytest.fixture
def site(tmp_path):
    (tmp_path / "media").mkdir()
    with a_database(tmp_path) as url:
        given = {"DATABASE_URL": url, "MEDIA_ROOT": str(tmp_path / "media"), "PAGE_CACHE_FOLDER": str(tmp_path)}
        fill(given)
        with served(tmp_path / "log", **given, WEB_CONCURRENCY="2") as running:
            running.given = given
            yield running


def seen_by_many(site, path):
    """Return what many readers get, each over a connection of their own: status and text."""
    return {(status, text) for status, _, text in (site.get(path) for _ in range(READERS))}


def test_readers_of_all_processes_see_a_change_at_once(site):
    ((status, before),) = seen_by_many(site, ADDRESS)
    assert status == 200
    assert post(site, urlencode({"name": "Rosa", "body": "New words here"}).encode())[0] == 303
    ((status, after),) = seen_by_many(site, ADDRESS)
    assert (status, "New words here" in before, "New words here" in after) == (200, False, True)
    done = manage("shell", "--verbosity", "0", "-c", WITHDRAW, **site.given)
    assert (done.returncode, done.stderr) == (0, "")
    assert {status for status, _ in seen_by_many(site, ADDRESS)} == {410}
    assert not any("River rises" in text for _, text in seen_by_many(site, "/latest/"))


def test_kept_page_comes_compressed_and_is_not_sent_twice(site):
    site.get(ADDRESS)
    status, headers, text = site.get(ADDRESS)
    assert (status, int(headers["Content-Length"])) == (200, len(text.encode()))
    again = site.get(ADDRESS, If_None_Match=headers["ETag"])
    assert (again[0], again[2], again[1]["ETag"]) == (304, "", headers["ETag"])
    assert again[1]["Content-Security-Policy"] == headers["Content-Security-Policy"]
    assert {again[1]["X-Request-ID"], headers["X-Request-ID"]} != {again[1]["X-Request-ID"]}
