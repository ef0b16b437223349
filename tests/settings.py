"""The site's settings as the tests want them.

Nothing is taken from the environment but the database and the cache to test on, so that a test says the same on every
machine.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from newsroom import env

for _name in env.NAMES - {"DATABASE_URL", "CACHE_URL"}:
    os.environ.pop(_name, None)
    os.environ.pop(f"{_name}_FILE", None)
os.environ["SECRET_KEY"] = "the tests' own key, which signs nothing that leaves this process"

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import DATABASES, STORAGES  # noqa: E402

# Each process of a test run has a folder of its own, so that two runs in one checkout do not meet.
SCRATCH = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

# A test's changes are not committed, and the next test has other records at an address: pages are made anew. The page
# cache's own tests turn it on, and a site that a test serves in a process of its own has it.
PAGE_CACHE_MEGABYTES = 0
# As for a reader who is known well and is in no hurry; the tests of newcomers and of limits set these.
COMMENTS_HELD_AT_FIRST = COMMENT_SPEED = 0
PAGE_CACHE_MARKS = SCRATCH / "page-marks"
MEDIA_ROOT = SCRATCH / "media"
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A real file: what holds in memory (one writer, no log) need not hold on a disk.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and guards nothing here
