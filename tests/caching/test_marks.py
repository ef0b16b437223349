"""Every process learns at once which kept pages are out of date: by a file on one machine, by Redis on several."""

import subprocess
import sys

import pytest
from django.core.cache import caches

from articles import caching
from articles.caching.marks import FileMarks
from newsroom import connections
from tests.processes import environment, free_port

SITE = environment(DJANGO_SETTINGS_MODULE="newsroom.settings")
PURGE_OFTEN = """
import django, os, sys
django.setup()
from articles.caching.marks import FileMarks
marks = FileMarks(sys.argv[1])
for _ in range(300):
    marks.purge(["site", f"article-{os.getpid()}"])
"""


@pytest.fixture
def in_a_file(tmp_path):
    return FileMarks(tmp_path / "marks")


@pytest.fixture(params=["in_a_file", "in_redis"])
def marks(request):
    return request.getfixturevalue(request.param)


def test_purge_marks_its_keys_and_no_others(marks):
    before = marks.now()
    assert marks.last(["site", "article-1"]) <= before
    marks.purge(["article-1", "lists"])
    assert marks.last(["article-1"]) == marks.last(["lists"]) == marks.last(["site", "article-1"]) > before
    assert marks.last(["site", "article-2"]) <= before
    assert marks.now() >= marks.last(["article-1"])


def test_later_purge_has_the_higher_number(marks):
    numbers = []
    for key in ("a", "b", "a"):
        marks.purge([key])
        numbers.append(marks.last([key]))
    assert numbers == sorted(set(numbers))


def test_other_process_sees_the_purge(in_a_file):
    before = in_a_file.now()
    done = subprocess.run([sys.executable, "-c", PURGE_OFTEN, in_a_file.path], env=SITE, check=True)
    assert (done.returncode, in_a_file.last(["site"]) > before) == (0, True)


def test_processes_that_purge_at_the_same_time_do_not_lose_a_number(in_a_file):
    running = [subprocess.Popen([sys.executable, "-c", PURGE_OFTEN, in_a_file.path], env=SITE) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    assert in_a_file.now() == in_a_file.last(["site"]) == 4 * 300


def test_file_is_the_owners_alone(in_a_file):
    assert in_a_file.path.stat().st_mode & 0o777 == 0o600


def test_redis_that_lost_everything_does_not_make_old_pages_good_again(in_redis):
    in_redis.purge(["site"])
    made_after = in_redis.now()
    caches["default"].clear()
    in_redis.purge(["site"])
    assert in_redis.last(["site"]) > made_after


def test_redis_that_is_away_is_told_as_such(settings):
    settings.CACHES = {"default": connections.cache("CACHE_URL", f"redis://127.0.0.1:{free_port()}/0")}
    with pytest.raises(caching.Unreachable):
        caching.marks().now()
    with pytest.raises(caching.Unreachable):
        caching.marks().last(["site"])
    caching.purge("site")
