"""Start the site's programs as an operator does: in processes of their own, with only the given environment."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from newsroom.settings import BASE_DIR

KEY = "kept-by-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABC"
# Readers whose comments appear at once, however fast they come.
KNOWN_READERS = {"COMMENTS_HELD_AT_FIRST": "0", "COMMENT_SPEED": "0"}
# What an operator of a public site sets at the least.
PRODUCTION = {"SITE_URL": "https://news.example", "SECRET_KEY": KEY}


def environment(**given):
    """Return an environment in which only what is given differs from an empty one."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_START") if name in os.environ}
    return kept | {"SECRET_KEY": KEY, "PYTHONWARNINGS": "error"} | given


def manage(*command, **given):
    """Run a command of manage.py to its end; the answer has returncode, stdout and stderr."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=BASE_DIR,
        env=environment(**given),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def of_the_tests_database():
    """Return an environment in which a process uses the database of the test that runs."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return environment(DATABASE_URL=f"sqlite:///{database['NAME']}")
    url = f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return environment(DATABASE_URL=url)


def start(*command, log, env):
    """Start a command of manage.py and return its process."""
    with log.open("w") as out:
        return subprocess.Popen([sys.executable, "manage.py", *command], cwd=BASE_DIR, env=env, stdout=out, stderr=out)


def wait_for(is_so, process, log):
    """Wait until ``is_so``, which has to come while the process runs."""
    end = time.monotonic() + 60
    while not is_so():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.01)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """A gunicorn that serves the site on a port of 127.0.0.1."""

    def __init__(self, log, given):
        self.port = free_port()
        self.log = Path(log)
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "newsroom/gunicorn.conf.py"],
                cwd=BASE_DIR,
                env=environment(PORT=str(self.port), WEB_CONCURRENCY="1") | KNOWN_READERS | given,
                stdout=out,
                stderr=out,
            )

    def get(self, path, **headers):
        """Return the status, the headers and the text of one answer; a redirect is not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(connection):
            connection.request("GET", path, headers={name.replace("_", "-"): headers[name] for name in headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def wait(self):
        """Wait until it answers."""
        end = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < end:
            try:
                return self.get("/healthz")
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"The site did not start:\n{self.log.read_text()}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)


@contextmanager
def served(log, **given):
    """Serve the site while the block runs."""
    site = Site(log, given)
    try:
        site.wait()
        yield site
    finally:
        site.stop()
