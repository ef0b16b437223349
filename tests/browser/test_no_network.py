"""What a browser shows without a network: saved articles, the list of them, and a page that says there is none."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders

from tests import make
from tests.browser.device import held, wait_for_worker, wait_until, wait_until_whole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOK = (
    "[getComputedStyle(document.querySelector('h1')).fontFamily.split(',')[0], getComputedStyle(document.body).margin]"
)
FACES = "document.fonts.ready.then(faces => [...faces].filter(f => f.status === 'loaded').map(f => f.family))"


def wait_for_picture(page):
    wait_until(page, lambda: page.evaluate("document.querySelector('.lead-image img').naturalWidth") > 0, "a picture")


def cut_off(page):
    """Take the network away, and what the browser keeps for itself."""
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.context.set_offline(True)


def test_article_saved_at_the_first_visit_is_whole_without_a_network(page, live_server):
    article = make.article("River rises", lead_image=make.image())
    address = live_server.url + article.get_absolute_url()
    page.goto(address)
    page.click("[data-tools] >> text=Save")
    wait_until_whole(page, article.get_absolute_url())
    parts = held(page, "parts-of-kept-pages")
    assert [any(name in path for path in parts) for name in ("newsreader-latin.woff2", "/media/")] == [True, True]
    cut_off(page)
    page.goto(address)
    assert (page.inner_text("h1"), page.evaluate(LOOK)) == ("River rises", ["Newsreader", "0px"])
    assert "Newsreader" in page.evaluate(FACES)
    wait_for_picture(page)
    page.goto(f"{live_server.url}/latest/")
    assert (page.inner_text("h1"), page.evaluate(LOOK)) == ("There is no network", ["Newsreader", "0px"])


def test_page_for_readers_without_a_network_is_whole_when_nothing_is_kept(page, live_server):
    page.goto(f"{live_server.url}/latest/")
    wait_for_worker(page)
    names = [path.rpartition("/")[2] for path in held(page, "offline-page")]
    assert {"base.css", "newsroom.js", "newsreader-latin.woff2", "libre-franklin-latin.woff2"} <= set(names)
    cut_off(page)
    page.goto(f"{live_server.url}/outlets/")
    assert (page.inner_text("h1"), page.evaluate(LOOK)) == ("There is no network", ["Newsreader", "0px"])
    assert "Newsreader" in page.evaluate(FACES)


def test_list_of_saved_articles_is_whole_without_a_network_though_never_visited_before(page, live_server):
    address = make.article("River rises").get_absolute_url()
    page.goto(live_server.url + address)
    page.click("[data-tools] >> text=Save")
    wait_until_whole(page, address)
    cut_off(page)
    page.goto(f"{live_server.url}/saved/")
    item = page.locator("[data-kept=saved] .kept-item")
    assert (item.locator(".kept-headline").inner_text(), page.evaluate(LOOK)) == ("River rises", ["Newsreader", "0px"])
    assert item.evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"
    item.locator("text=Remove").click()
    page.wait_for_selector("text=Nothing is saved yet")
    wait_until(page, lambda: held(page, "kept-pages") == [], "the page went with its place in the list")


def test_reader_who_wants_no_history_has_the_list_of_saved_articles_and_nothing_else(page, live_server):
    page.goto(f"{live_server.url}/settings/")
    wait_for_worker(page)
    page.check("[name=history][value=off]")
    wait_until(page, lambda: "/no-history/" in held(page, "offline-page"), "the worker has noted that it keeps none")
    page.goto(live_server.url + make.article().get_absolute_url())
    page.goto(f"{live_server.url}/saved/")
    names = page.evaluate("caches.keys()")
    pages = [path for name in names for path in held(page, name) if not path.startswith(("/static/", "/media/"))]
    assert sorted(pages) == ["/no-history/", "/offline/", "/saved/"]
    cut_off(page)
    page.goto(f"{live_server.url}/saved/")
    page.wait_for_selector("[data-kept=saved] >> text=Nothing is saved yet")
    assert page.locator(".kept-item").count() == 0


def test_new_worker_renews_what_the_one_before_it_laid_in(page, live_server, tmp_path, monkeypatch):
    new = Path(finders.find("articles/js/service_worker.js")).read_text(encoding="utf-8")
    old = tmp_path / "service_worker.js"
    old.write_text(new.replace('[OFFLINE, "/saved/"]', "[OFFLINE]"), encoding="utf-8")
    with monkeypatch.context() as before:
        before.setattr("articles.views.reading.finders", SimpleNamespace(find=lambda path: old))
        page.goto(f"{live_server.url}/latest/")
        wait_for_worker(page)
    assert "/saved/" not in held(page, "offline-page")
    page.evaluate("""caches.open("offline-page").then(cache => Promise.all(
        ["/offline/", "/static/old.css", "/no-history/"].map(path => cache.put(path, new Response("Old")))))""")
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update()).then(() => true)")
    wait_until(page, lambda: "/static/old.css" not in held(page, "offline-page"), "a part that nothing needs is gone")
    assert {"/offline/", "/saved/", "/no-history/"} <= set(held(page, "offline-page"))
    cut_off(page)
    page.goto(f"{live_server.url}/outlets/")
    assert page.inner_text("h1") == "There is no network"


KEPT_TEXT = "path => caches.open('offline-page').then(c => c.match(path)).then(answer => answer.text())"


def test_pages_at_hand_are_renewed_when_the_site_has_changed(page, live_server):
    page.goto(f"{live_server.url}/latest/")
    wait_for_worker(page)
    assert "Tides" not in page.evaluate(KEPT_TEXT, "/offline/")
    make.section("Tides")
    page.goto(f"{live_server.url}/outlets/")
    for path in ("/offline/", "/saved/"):
        wait_until(page, lambda path=path: "Tides" in page.evaluate(KEPT_TEXT, path), f"{path} is the one of now")
    cut_off(page)
    page.goto(f"{live_server.url}/hashtags/")
    assert page.locator(".sections >> text=Tides").count() == 1


def test_list_of_saved_articles_is_laid_in_anew_when_it_is_shown(page, live_server):
    page.goto(f"{live_server.url}/latest/")
    wait_for_worker(page)
    page.evaluate("caches.open('offline-page').then(cache => cache.put('/saved/', new Response('Old')))")
    page.goto(f"{live_server.url}/saved/")
    wait_until(page, lambda: page.evaluate(KEPT_TEXT, "/saved/") != "Old", "the list is the one of now")


def test_picture_of_another_width_stands_in_where_the_screen_was_turned(page, live_server):
    article = make.article("River rises", lead_image=make.image())
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(live_server.url + article.get_absolute_url())
    page.click("[data-tools] >> text=Save")
    wait_until_whole(page, article.get_absolute_url())
    assert any("/media/" in path for path in held(page, "parts-of-kept-pages"))
    cut_off(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + article.get_absolute_url())
    wait_for_picture(page)


def test_parts_go_with_the_last_article_that_needs_them(page, live_server):
    first, second = (make.article(name, lead_image=make.image()) for name in ("First", "Second"))
    for article in (first, second):
        page.goto(live_server.url + article.get_absolute_url())
        page.click("[data-tools] >> text=Save")
        wait_until_whole(page, article.get_absolute_url())
    both = held(page, "parts-of-kept-pages")
    page.goto(f"{live_server.url}/saved/")
    page.click("[data-kept=saved] button >> text=Remove")
    wait_until(page, lambda: len(held(page, "kept-pages")) == 1, "one is removed")
    wait_until(page, lambda: len(held(page, "parts-of-kept-pages")) < len(both), "its own parts are gone")
    assert any("base" in path for path in held(page, "parts-of-kept-pages"))
    page.click("[data-kept=saved] button >> text=Remove")
    wait_until(page, lambda: held(page, "parts-of-kept-pages") == [], "nothing is left")
