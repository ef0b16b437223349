"""A feed reader as Debian has it: newsboat, in a home of its own."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest


class Newsboat:
    """A reader who follows ``feeds``. What newsboat knows lies in ``home``, a new folder."""

    def __init__(self, home, feeds):
        self.home = home
        (home / "config").write_text("download-retries 1\ndownload-timeout 20\n")
        (home / "urls").write_text("".join(f"{feed}\n" for feed in feeds))

    def reload(self):
        """Ask all feeds for news, as a reader does who presses "R", and return what is there now, the oldest first."""
        program = shutil.which("newsboat")
        if program is None:
            pytest.fail("There is no newsboat on this machine: `apt-get install newsboat` brings it.")
        known = ["-C", self.home / "config", "-u", self.home / "urls", "-c", self.home / "cache.db"]
        subprocess.run(
            [program, *known, "-x", "reload"],
            env={"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=True,
        )
        return self.items()

    def items(self):
        with closing(sqlite3.connect(self.home / "cache.db")) as cache:
            cache.row_factory = sqlite3.Row
            return [dict(row) for row in cache.execute("SELECT * FROM rss_item WHERE deleted = 0 ORDER BY pubDate, id")]
