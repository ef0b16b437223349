"""A real server serves the site, says how it is, and survives being told to start anew."""

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from newsroom.settings import BASE_DIR
from tests.processes import PRODUCTION, environment, free_port, manage, served


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """Return the environment of a site with an empty, migrated database."""
    given = {"DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('site')}/site.sqlite3"}
    migrated = manage("migrate", "--verbosity", "0", **given)
    assert (migrated.returncode, migrated.stdout, migrated.stderr) == (0, "", "")
    return given


def test_site_without_its_tables_is_alive_and_not_ready(tmp_path):
    (tmp_path / "empty.sqlite3").touch()
    with served(tmp_path / "log", DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3") as site:
        assert site.get("/healthz")[::2] == (200, "alive\n")
        status, _, sentence = site.get("/readyz")
    assert status == 503
    assert sentence.startswith("The database lacks ")
    assert sentence.endswith(" migrations; run: python manage.py migrate\n")


def test_site_whose_file_is_missing_makes_no_empty_one(tmp_path):
    with served(tmp_path / "log", DATABASE_URL=f"sqlite:///{tmp_path}/missing.sqlite3") as site:
        assert site.get("/readyz")[::2] == (503, "The database cannot be reached.\n")
        assert site.get("/")[0] == 503
    assert not (tmp_path / "missing.sqlite3").exists()


def test_site_without_its_database_is_alive_and_not_ready(tmp_path):
    away = f"postgresql://newsroom@127.0.0.1:{free_port()}/newsroom"
    with served(tmp_path / "log", DATABASE_URL=away) as site:
        started = time.monotonic()
        assert site.get("/healthz")[::2] == (200, "alive\n")
        assert site.get("/readyz")[::2] == (503, "The database cannot be reached.\n")
        assert time.monotonic() - started < 5
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_site_is_ready_whatever_host_the_probe_names(tmp_path, database):
    with served(tmp_path / "log", **database) as site:
        status, headers, text = site.get("/readyz", Host="10.0.0.7")
        assert (status, headers["Cache-Control"], text) == (200, "no-store", "ready\n")
        assert site.get("/admin/login/", Host="evil.example")[0] == 400
        status, headers, _ = site.get("/admin/login/")
        assert (status, "Server" in headers and "gunicorn/" in headers["Server"]) == (200, False)
    lines = (tmp_path / "log").read_text().splitlines()
    assert [line.split(" ", 1)[1] for line in lines if "path=/readyz" in line] == []
    assert sum("path=/admin/login/" in line for line in lines) == 2


def test_content_type_that_django_cannot_read_is_refused(tmp_path, database):
    with served(tmp_path / "log", **database) as site:
        assert site.get("/", **{"Content-Type": "text/plain; charset*=foo'en'bar%41"})[0] == 400
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_public_site_is_reached_over_https_only(tmp_path, database):
    public = PRODUCTION | {"TRUSTED_PROXIES": "1"} | database
    with served(tmp_path / "log", **public) as site:
        plain = site.get("/admin/login/", Host="news.example")
        secure = site.get("/admin/login/", Host="news.example", X_Forwarded_Proto="https")
    assert (plain[0], plain[1]["Location"]) == (301, "https://news.example/admin/login/")
    assert secure[0] == 200
    assert secure[1]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert secure[1]["Set-Cookie"].startswith("__Host-csrftoken=")
    assert {"Secure", "Path=/"} < set(secure[1]["Set-Cookie"].split("; "))


def test_stranger_is_not_believed_about_https(tmp_path, database):
    with served(tmp_path / "log", **PRODUCTION | database) as site:
        assert site.get("/admin/login/", Host="news.example", X_Forwarded_Proto="https")[0] == 301


def test_site_stops_when_told_to(tmp_path, database):
    with served(tmp_path / "log", **database) as site:
        assert site.stop() == 0


def test_readers_notice_nothing_when_the_server_starts_anew(tmp_path, database):
    statuses, done = [], threading.Event()
    with served(tmp_path / "log", WEB_CONCURRENCY="2", **database) as site:

        def read():
            while not done.is_set():
                statuses.append(site.get("/healthz")[0])

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for _ in range(3):
            site.process.send_signal(signal.SIGHUP)
            time.sleep(1)
        done.set()
        for reader in readers:
            reader.join()
    assert len(statuses) > 50
    assert set(statuses) == {200}


def test_log_of_the_server_is_json_when_asked(tmp_path, database):
    with served(tmp_path / "log", LOG_FORMAT="json", **database) as site:
        site.get("/admin/login/")
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert {line["logger"] for line in lines} == {"gunicorn.error", "newsroom.request"}


DRAFT = """
from articles.models import *
from tests import make
for name in ("Sarn dyke breaks", "Sarn dyke mended"):
    make.article(name, outlet=name)
print(RelatedLink.objects.count())
"""


@pytest.mark.parametrize("embedded", ["1", "0"])
def test_server_does_due_work_by_itself_unless_told_to_leave_it(tmp_path, embedded):
    """Nothing else has to run: an article published in another process is related by the web server's own."""
    given = {"DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3"}
    assert manage("migrate", "--verbosity", "0", **given).returncode == 0
    with served(tmp_path / "log", WORK_IN_WEB=embedded, **given) as site:
        assert manage("shell", "-v", "0", "-c", DRAFT, **given).stdout == "0\n"
        end = time.monotonic() + 12
        while time.monotonic() < end and (left := due(tmp_path / "site.sqlite3")):
            time.sleep(0.1)
        assert site.get("/")[0] == 200
    assert left == (0 if embedded == "1" else 2)
    done = manage("work", "--once", **given)
    assert done.stdout == ("0 pieces of work done.\n" if embedded == "1" else "2 pieces of work done.\n")
    assert "Traceback" not in (tmp_path / "log").read_text()


def due(database):
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT count(*) FROM articles_due").fetchone()[0]


def test_worker_that_is_told_to_stop_ends_at_once(tmp_path, database):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=BASE_DIR, env=environment(**database), stderr=subprocess.PIPE
    )
    time.sleep(2)
    process.send_signal(signal.SIGTERM)
    assert (process.communicate(timeout=10)[1], process.returncode) == (b"", 0)
