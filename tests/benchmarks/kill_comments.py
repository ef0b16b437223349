"""Readers post comments while the site's processes are killed: none may be lost, none stored twice.

    python -m tests.benchmarks.kill_comments [--seconds 60] [--posters 32] [--database postgresql://...]

Gunicorn serves the site with several processes, as an operator runs it, and once a second one of them gets SIGKILL.
Each poster writes comments one after the other, some in answer to its own, and sends one again, with the same nonce,
until it is told that the comment is stored, as a browser does whose connection broke. Exit status 1 if what the
database holds in the end is not exactly what readers were told, or if anybody saw an error page.
"""

import argparse
import http.client
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.journeys.conftest import a_database
from tests.journeys.wire import FORM
from tests.processes import manage, served

WORKERS = 3  # one that dies leaves others that answer
BETWEEN_KILLS = 1.0  # seconds
PATIENCE = 60  # seconds for which a poster sends one comment again before it gives up
LONGEST_LOG = 20_000  # characters
FEW = 12  # comments, in turn alone and in answer to the one before

MAKE_ARTICLE = 'from tests import make; print("article", make.article("River rises").pk)'
LOOK = """
import json
from django.db.models import Count
from articles.models import Article, Comment, Commenter
print("found", json.dumps({
    "bodies": list(Comment.objects.values_list("body", flat=True)),
    "answers": Comment.objects.filter(parent__isnull=False).count(),
    "strangers": Commenter.objects.filter(comments=None).count(),
    "wrong": Article.objects.recount_comments(),
}))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long they post (60)")
    parser.add_argument("--posters", type=int, default=32, help="how many readers post at once (32)")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make the scratch database on")
    asked = parser.parse_args()
    if asked.database:
        os.environ["DATABASE_URL"] = asked.database
    with tempfile.TemporaryDirectory(prefix="newsroom-killed-") as folder:
        outcome = run(Path(folder), seconds=asked.seconds, posters=asked.posters)
    for what, figure in outcome.figures.items():
        print(f"{what:<44}{figure:>12,}")
    if outcome.violations:
        print(outcome.log[-LONGEST_LOG:])
        sys.exit("\n".join(f"WRONG: {number} {what}" for what, number in outcome.violations.items()))


@dataclass
class Outcome:
    """``figures`` of the run, of them as ``violations`` what should have been none and was not, and the site's log."""

    figures: dict
    violations: dict
    log: str


def run(folder, *, seconds, posters):
    """Let ``posters`` post for so many ``seconds`` while processes die; return the Outcome."""
    (folder / "media").mkdir()
    with a_database(folder) as url:
        given = {"DATABASE_URL": url, "MEDIA_ROOT": str(folder / "media"), "PAGE_CACHE_FOLDER": str(folder)}
        _managed("migrate", "--verbosity", "0", **given)
        article = int(_told("article", _managed("shell", "--verbosity", "0", "-c", MAKE_ARTICLE, **given)))
        # A thread that ends with its process leaves its connection to the server to close: no warning is due.
        quiet = {"WEB_CONCURRENCY": str(WORKERS), "PYTHONWARNINGS": ""}
        with served(folder / "log", **given, **quiet) as site:
            crowd = Crowd(site, article)
            crowd.post(posters, seconds=seconds)
        found = json.loads(_told("found", _managed("shell", "--verbosity", "0", "-c", LOOK, **given)))
        log = (folder / "log").read_text()
    return judge(crowd, found, log)


def judge(crowd, found, log):
    """Hold what the posters were told against what the database and the log hold."""
    stored, acknowledged = Counter(found["bodies"]), set(crowd.acknowledged)
    wrong = {
        "lost": len(acknowledged - set(stored)),
        "doubled": sum(number - 1 for number in stored.values()),
        "stored, and nobody wrote them": len(set(stored) - acknowledged - set(crowd.given_up)),
        "given up by their posters": len(crowd.given_up),
        "answers other than 303": sum(number for status, number in crowd.statuses.items() if status != 303),
        "articles with a wrong count": found["wrong"],
        "commenters without a comment": found["strangers"],
        "'database is locked' in the log": log.count("database is locked"),
        "tracebacks in the log": log.count("Traceback"),
    }
    waits = sorted(crowd.waits) or [0.0]
    figures = {
        "processes killed": crowd.killed,
        "acknowledged comments": len(crowd.acknowledged),
        "answers among them": found["answers"],
        "sent again after a broken connection": crowd.broken,
        "ms until acknowledged, median": round(1000 * statistics.median(waits)),
        "ms until acknowledged, longest": round(1000 * waits[-1]),
        **wrong,
    }
    return Outcome(figures, {what: number for what, number in wrong.items() if number}, log)


@dataclass
class Crowd:
    """Readers who post to one article of ``site``, and what they were told."""

    site: object
    article: int
    acknowledged: list = field(default_factory=list)  # bodies, each its own
    given_up: list = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    waits: list = field(default_factory=list)
    broken: int = 0
    killed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, posters, *, seconds):
        self.end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._reader, args=[number]) for number in range(posters)]
        for thread in threads:
            thread.start()
        while time.monotonic() + BETWEEN_KILLS < self.end:
            time.sleep(BETWEEN_KILLS)
            self._kill_one()
        for thread in threads:
            thread.join()

    def _kill_one(self):
        """Kill one process that answers readers; the one that minds them all starts another."""
        minder = self.site.process.pid
        children = Path(f"/proc/{minder}/task/{minder}/children").read_text().split()
        if children:
            os.kill(int(random.choice(children)), signal.SIGKILL)  # noqa: S311 - which one is no secret
            self.killed += 1

    def _reader(self, number):
        cookie, before = "", None
        for turn in range(1_000_000):
            if time.monotonic() >= self.end:
                return
            nonce = uuid.uuid4()
            fields = {"name": f"Reader {number}", "body": f"Comment {nonce}", "nonce": nonce}
            if before and turn % FEW:
                fields["parent"] = before
            headers = self._send_until_told(fields, cookie)
            if headers is None:
                return
            before = headers["Location"].rstrip("/").rpartition("/")[2]
            # Every other reader's browser keeps no cookie, and is a newcomer each time.
            cookie = (headers["Set-Cookie"] or "").split(";")[0] or cookie if number % 2 else ""

    def _send_until_told(self, fields, cookie):
        """Return the headers of the answer that told that it is stored; None where none came in time."""
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            try:
                status, headers = self._send(fields, cookie)
            except (OSError, http.client.HTTPException):
                with self.lock:
                    self.broken += 1
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311
                continue
            with self.lock:
                self.statuses[status] += 1
                if status == 303:
                    self.acknowledged.append(fields["body"])
                    self.waits.append(time.monotonic() - started)
                    return headers
        with self.lock:
            self.given_up.append(fields["body"])
        return None

    def _send(self, fields, cookie):
        origin = f"http://127.0.0.1:{self.site.port}"
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        with closing(connection):
            headers = FORM | {"Origin": origin, "Connection": "close"} | ({"Cookie": cookie} if cookie else {})
            connection.request("POST", f"/articles/{self.article}/comments/", urlencode(fields), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers


def _managed(*command, **given):
    done = manage(*command, **given)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def _told(word, said):
    """Return what a command said after ``word``."""
    return next(line for line in said.splitlines() if line.startswith(f"{word} ")).partition(" ")[2]


if __name__ == "__main__":
    main()
