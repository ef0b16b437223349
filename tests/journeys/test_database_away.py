"""The database goes away and comes back: readers get a plain answer, and nobody has to start anything anew."""

import itertools
import os
import socket
import sqlite3
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.documents import parse
from tests.journeys.conftest import a_database, fill
from tests.journeys.test_bad_input import ask, post
from tests.processes import free_port, served

PAGES = [
    "/",
    "/latest/",
    "/articles/1/river-rises/",
    "/articles/999/x/",
    "/search/?q=river",
    "/articles/1/comments/",
    "/about/",
]
COUNT = itertools.count()


class Gate:
    """A door before a database server that can be shut: connections are cut and new ones refused."""

    def __init__(self, host, port):
        self.target, self.port, self.open_ends = (host, port), free_port(), set()
        self.open()

    def open(self):
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._let_in, args=[self.door], daemon=True).start()

    def shut(self):
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        for end in list(self.open_ends):
            _hang_up(end)

    def _let_in(self, door):
        with suppress(OSError):
            while True:
                threading.Thread(target=self._connect, args=[door, door.accept()[0]], daemon=True).start()

    def _connect(self, door, caller):
        """Carry what is said in both directions until one end hangs up."""
        with caller, suppress(OSError), socket.create_connection(self.target) as server:
            self.open_ends |= {caller, server}
            if door.fileno() == -1:  # shut while this one was coming in
                _hang_up(caller)
            answers = threading.Thread(target=_carry, args=[server, caller])
            answers.start()
            _carry(caller, server)
            answers.join()
            self.open_ends -= {caller, server}


def _carry(one, other):
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    for end in (one, other):
        _hang_up(end)


def _hang_up(end):
    with suppress(OSError):  # it may have hung up itself
        end.shutdown(socket.SHUT_RDWR)


class File:
    """The same for the file of an SQLite database."""

    def __init__(self, path):
        self.path, self.elsewhere = Path(path), Path(f"{path}.away")

    def shut(self):
        self.path.rename(self.elsewhere)

    def open(self):
        assert not self.path.exists()  # the web server makes no empty one in its place
        self.elsewhere.rename(self.path)


@contextmanager
def a_door(url):
    """Give a URL of the database that leads through a door, and the door."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        yield url, File(parts.path[1:])
    else:
        gate = Gate(parts.hostname, parts.port)
        netloc = parts.netloc.replace(f":{parts.port}", f":{gate.port}")
        yield urlunsplit(parts._replace(netloc=netloc)), gate
        gate.shut()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("away")
    (folder / "media").mkdir()
    with a_database(folder) as url:
        fill({"DATABASE_URL": url, "MEDIA_ROOT": str(folder / "media")})
        with a_door(url) as (through, door):
            # With marks of its own: the other tests purge all the time.
            given = {"DATABASE_URL": through, "MEDIA_ROOT": str(folder / "media"), "PAGE_CACHE_FOLDER": str(folder)}
            with served(folder / "log", **given) as running:
                running.door, running.path = door, url.removeprefix("sqlite:///")
                yield running


def anew(page):
    """Return the page's address with something added that no one asked for before, so that it is not a kept one."""
    return f"{page}{'&' if '?' in page else '?'}anew={next(COUNT)}"


def test_readers_get_a_plain_answer_while_the_database_is_away(site):
    assert [ask(site, "GET", page)[0] for page in PAGES] == [200, 200, 200, 404, 200, 200, 200]
    site.door.shut()
    try:
        assert [ask(site, "GET", page)[0] for page in PAGES] == [200, 200, 200, 503, 200, 200, 200]
        for page in map(anew, PAGES):
            started = time.monotonic()
            status, headers, text = ask(site, "GET", page)
            assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "10", "private, no-store"), page
            assert parse(text).one("h1").text
            assert "Traceback" not in text
            assert time.monotonic() - started < 5
        status, headers, _ = post(site, b"name=Rosa&body=Lost+in+the+outage")
        assert (status, headers["Retry-After"]) == (503, "10")
        assert [ask(site, "GET", page)[0] for page in ("/healthz", "/readyz")] == [200, 503]
    finally:
        site.door.open()
    assert [ask(site, "GET", page)[0] for page in PAGES] == [200, 200, 200, 404, 200, 200, 200]
    assert ask(site, "GET", "/readyz")[0] == 200
    assert "Lost in the outage" not in ask(site, "GET", "/articles/1/comments/")[2]
    assert post(site, b"name=Rosa&body=Back+again")[0] == 303
    assert site.process.poll() is None


def test_database_that_goes_away_often_does_not_wear_the_site_out(site):
    for _ in range(5):
        site.door.shut()
        assert ask(site, "GET", anew("/latest/"))[0] == 503
        site.door.open()
        assert ask(site, "GET", anew("/latest/"))[0] == 200


# SQLite has one writer at a time, and these lock its file from outside; PostgreSQL has no such lock to wait for. They
# run wherever the tests run on SQLite, which `make test` does.
needs_sqlite = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="PostgreSQL locks rows, not files"
)


@needs_sqlite
def test_reader_who_writes_waits_for_another_writer_and_readers_do_not(site):
    with closing(sqlite3.connect(site.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answers = []
        writer = threading.Thread(target=lambda: answers.append(post(site, b"name=Rosa&body=I+waited")))
        writer.start()
        time.sleep(1)
        started = time.monotonic()
        assert ask(site, "GET", anew("/latest/"))[0] == 200
        assert (answers, time.monotonic() - started < 5) == ([], True)
        other.execute("ROLLBACK")
        writer.join()
    assert [status for status, _, _ in answers] == [303]


@needs_sqlite
def test_reader_who_waited_too_long_is_told_to_come_back(site):
    with closing(sqlite3.connect(site.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, headers, text = post(site, b"name=Rosa&body=Never+stored")
        other.execute("ROLLBACK")
    assert (status, headers["Retry-After"]) == (503, "10")
    assert parse(text).one("h1").text
    assert "Never stored" not in ask(site, "GET", "/articles/1/comments/")[2]
