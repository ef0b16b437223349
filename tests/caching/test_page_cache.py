"""What the page cache keeps, how it answers, and what it does when many ask or the marks are away."""

import gzip
import threading
import time
import zlib

import brotli
import pytest
from django.http import HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.test import RequestFactory

from articles import caching
from articles.middleware import PageCache


def shared_page(body="<p>Page</p>", **headers):
    """Return an answer that says it may be kept for everybody for a minute."""
    headers = {"Cache-Control": "public, max-age=0, s-maxage=60", "Surrogate-Key": "site article-1"} | headers
    headers["ETag"] = f'W/"{zlib.crc32(body.encode())}"'
    return HttpResponse(body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def ask(cache, path="/a/", method="get", **headers):
    request = getattr(RequestFactory(headers=headers), method)(path)
    request.resolver_match = None
    return cache(request)


def test_page_that_was_being_made_during_a_change_is_not_served_again(cached):
    made = []

    def page(request):
        made.append(len(made))
        if len(made) == 1:
            caching.purge("article-1")
        return shared_page(f"page {made[-1]}")

    cache = PageCache(page)
    assert [ask(cache).content for _ in range(3)] == [b"page 0", b"page 1", b"page 1"]


# --- not kept ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        lambda: HttpResponse("x"),
        lambda: shared_page(Cache_Control="private, no-store"),
        lambda: shared_page(Cache_Control="public, s-maxage=0"),
        lambda: shared_page(Vary="Cookie"),
        lambda: shared_page(Vary="Accept-Language"),
        lambda: shared_page(Content_Encoding="gzip"),
    ],
)
def test_answer_that_is_not_for_everybody_is_made_anew(cached, answer):
    made = []
    cache = PageCache(lambda request: made.append(1) or answer())
    for _ in range(2):
        ask(cache)
    assert len(made) == 2


def test_answer_with_a_cookie_is_made_anew(cached):
    made = []

    def page(request):
        made.append(1)
        answer = shared_page()
        answer.set_cookie("a", "b")
        return answer

    cache = PageCache(page)
    assert [ask(cache).cookies["a"].value for _ in range(2)] == ["b", "b"]
    assert len(made) == 2


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/admin/", "get", {}),
        ("/media/a.webp", "get", {}),
        ("/static/a.css", "get", {}),
        ("/a/", "post", {}),
        ("/a/?q=" + "x" * 500, "get", {}),
        ("/a/", "get", {"Cookie": "sessionid=abc"}),
    ],
)
def test_request_that_is_not_anybodys_is_passed_on(cached, path, method, headers):
    made = []
    cache = PageCache(lambda request: made.append(1) or shared_page())
    for _ in range(2):
        ask(cache, path, method, **headers)
    assert len(made) == 2


def test_each_address_has_a_page_of_its_own(cached, settings):
    settings.ALLOWED_HOSTS = ["*"]
    cache = PageCache(lambda request: shared_page(request.build_absolute_uri()))
    asked = [("/a/", {}), ("/b/", {}), ("/a/?page=2", {}), ("/a/", {"Host": "other.example"})]
    for _ in range(2):
        pages = {ask(cache, path, **headers).content for path, headers in asked}
        assert len(pages) == 4


# --- how it is answered -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "encoding", "open_it"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("GZIP;q=0.5", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=1.0", "gzip", gzip.decompress),
        ("br; q=0.000, gzip; q=0", None, bytes),
        ("identity", None, bytes),
        ("", None, bytes),
        (",;q=,\x00br", None, bytes),
    ],
)
def test_page_is_compressed_as_the_reader_can_take_it(cached, accepted, encoding, open_it):
    body = "<p>The river rises.</p>" * 50
    cache = PageCache(lambda request: shared_page(body))
    for _ in range(2):
        answer = ask(cache, **{"Accept-Encoding": accepted})
        assert (answer.get("Content-Encoding"), open_it(answer.content)) == (encoding, body.encode())
        assert (answer["Content-Length"], answer["Vary"]) == (str(len(answer.content)), "Accept-Encoding")


def test_reader_who_has_the_page_is_not_sent_it_again(cached):
    bodies = ["first", "second"]
    cache = ConditionalGetMiddleware(PageCache(lambda request: shared_page(bodies.pop(0))))
    mark = ask(cache)["ETag"]
    for known in (mark, f'"x", {mark}'):
        again = ask(cache, **{"If-None-Match": known})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
    assert ask(cache, **{"If-None-Match": '"x"'}).content == b"first"
    caching.purge("site")
    changed = ask(cache, **{"If-None-Match": mark})
    assert (changed.status_code, changed.content) == (200, b"second")


def test_head_tells_what_get_would(cached):
    cache = PageCache(lambda request: shared_page("four"))
    page = ask(cache)
    head = ask(cache, method="head")
    assert (head.content, head["Content-Length"], head["ETag"]) == (b"", "4", page["ETag"])


# --- under load -------------------------------------------------------------------------------------------------------


def test_many_readers_of_a_cold_page_have_it_made_once(cached):
    made, answers, ready = [], [], threading.Barrier(8)

    def page(request):
        made.append(1)
        time.sleep(0.3)
        return shared_page()

    cache = PageCache(page)

    def read():
        ready.wait()
        answers.append(ask(cache).content)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    assert (len(made), answers) == (1, [b"<p>Page</p>"] * 8)


def test_reader_does_not_wait_for_ever_for_one_who_makes_the_page(cached, monkeypatch):
    monkeypatch.setattr(PageCache, "LONGEST_WAIT", 0.05)
    go_on = threading.Event()
    slow = [True]

    def page(request):
        if slow.pop() if slow else False:
            go_on.wait(5)
        return shared_page()

    cache = PageCache(page)
    first = threading.Thread(target=ask, args=[cache])
    first.start()
    while not cache.being_made:
        time.sleep(0.001)
    assert ask(cache).content == b"<p>Page</p>"
    go_on.set()
    first.join()
    assert cache.being_made == {}


def test_failure_of_one_reader_does_not_block_the_page(cached):
    failures = [RuntimeError]

    def page(request):
        if failures:
            raise failures.pop()
        return shared_page()

    cache = PageCache(page)
    with pytest.raises(RuntimeError):
        ask(cache)
    assert ask(cache).content == b"<p>Page</p>"


def test_memory_has_a_limit_and_what_is_asked_for_stays():
    pages = caching.Pages(limit=10 * (2 * 1000 + 2000))

    def page():
        return caching.Page.of(shared_page("x" * 1000), made_after=0, started=0, route=None)

    pages.keep("hot", page())
    for number in range(50):
        pages.keep(number, page())
        assert pages.get("hot") is not None
        assert pages.size <= pages.limit
    assert (len(pages.kept), pages.get(0)) == (10, None)
    pages.keep("huge", caching.Page.of(shared_page("x" * 10**6), made_after=0, started=0, route=None))
    assert (pages.kept, pages.size) == ({}, 0)


# --- without marks ----------------------------------------------------------------------------------------------------


def test_pages_are_made_anew_where_the_marks_cannot_be_read(cached, settings, tmp_path, caplog):
    settings.PAGE_CACHE_MARKS = tmp_path / "no" / "such" / "folder"
    made = []
    cache = PageCache(lambda request: made.append(1) or shared_page())
    assert [ask(cache).content for _ in range(2)] == [b"<p>Page</p>"] * 2
    assert (len(made), "made anew for every reader" in caplog.text) == (2, True)


def test_change_stands_where_the_marks_cannot_be_written(cached, settings, tmp_path, caplog):
    settings.PAGE_CACHE_MARKS = tmp_path / "no" / "such" / "folder"
    caching.purge("site")
    assert "could not be purged" in caplog.text
