"""What every test may use."""

import os
import shutil

import pytest

# The longest take a minute and more: they begin first, so that no process is left alone with one at the end.
LONGEST = (
    "test_canaries",
    "test_demo",
    "test_demo_loaded",
    "test_fixtures",
    "test_fuzz",
    "test_hostile_text",
    "test_database_away",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.module.__name__.rpartition(".")[2] not in LONGEST)


@pytest.fixture(scope="session")
def chromium():
    """Return the path of the system's Chromium, or skip the test where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail("There is no Chromium, and in CI that is a mistake.")
    pytest.skip("There is no Chromium on this machine.")


@pytest.fixture(scope="session")
def browser(chromium):
    """Start Chromium once for all tests that need a browser."""
    # The synchronous client runs an event loop, where Django would refuse to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    playwright = pytest.importorskip("playwright.sync_api")
    # Without the flags it looks for its maker's servers at every start; as root there is no sandbox.
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=[*quiet, *sandbox])
        yield started
        started.close()


@pytest.fixture
def page(browser):
    """Return an empty page with cookies of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
