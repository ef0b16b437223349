"""What a browser holds of the site, as tests ask for it."""

import pytest

PATHS = "name => caches.open(name).then(c => c.keys()).then(keys => keys.map(key => new URL(key.url).pathname))"


def held(page, cache):
    """Return the paths in one of the worker's caches, the oldest first."""
    return page.evaluate(PATHS, cache)


def wait_until(page, is_so, told):
    """Ask until ``is_so()`` is true. The page's policy lets no waiting script in."""
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"Not within ten seconds: {told}")


def stored(page, key):
    """Return what the device keeps under ``key``."""
    return page.evaluate("key => JSON.parse(localStorage.getItem(key) ?? '[]')", key)


def wait_for_worker(page):
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


# The worker lists a saved page's parts before it fetches them; its styles, scripts and pictures come in any order.
MISSING = """path => caches.open("parts-of-kept-pages").then(async cache => {
  const list = await cache.match(`/parts-of/${path}`);
  if (!list) return ["the list"];
  const parts = await list.json();
  const kept = await Promise.all(parts.map(part => cache.match(part, { ignoreVary: true })));
  return parts.filter((part, place) => !kept[place]);
})"""


def wait_until_whole(page, path):
    """Wait until the device keeps all that the saved page at ``path`` needs."""
    wait_until(page, lambda: page.evaluate(MISSING, path) == [], f"all parts of {path} are kept")
