import os
import shutil
import subprocess
import time

import pytest
from django.core.cache import caches

from articles import caching
from newsroom import connections
from tests.processes import free_port


@pytest.fixture
def cached(settings, tmp_path):
    """Turn the page cache on, with marks of the test's own."""
    settings.PAGE_CACHE_MEGABYTES = 8
    settings.PAGE_CACHE_MARKS = tmp_path / "marks"


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory):
    server = shutil.which("redis-server")
    if server is None and os.environ.get("CI"):
        pytest.fail("There is no redis-server, and in CI that is a mistake.")
    if server is None:
        pytest.skip("There is no redis-server on this machine.")
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    running = subprocess.Popen(
        [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    yield port
    running.terminate()
    running.wait()


@pytest.fixture
def in_redis(redis_port, settings):
    settings.CACHES = {"default": connections.cache("CACHE_URL", f"redis://127.0.0.1:{redis_port}/0")}
    end = time.monotonic() + 10
    while True:
        try:
            caches["default"].clear()
            break
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
    return caching.marks()
