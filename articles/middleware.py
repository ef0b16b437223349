"""What the site answers before a view is asked, and when a view cannot."""

import logging
import time
from threading import Event, Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError
from django.middleware.http import ConditionalGetMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from articles import caching
from articles.views import errors

log = logging.getLogger("articles.errors")


class PageCache:
    """Answer with the finished page where one is kept, before sessions, users or the database are touched.

    Kept are pages that say so (see `caching.share`), which are the same for every reader. The address is the whole of
    what they depend on. While a page is being made, others who ask for it wait for that one.
    """

    LONGEST_WAIT = 5  # seconds; then one makes the page for oneself
    LONGEST_ADDRESS = 500  # characters

    def __init__(self, get_response):
        if not settings.PAGE_CACHE_MEGABYTES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages = caching.Pages(settings.PAGE_CACHE_MEGABYTES << 20)
        self.not_pages = (reverse("admin:index"), settings.STATIC_URL, settings.MEDIA_URL)
        self.being_made, self.lock = {}, Lock()

    def __call__(self, request):
        if not self._is_anybodys(request):
            return self.get_response(request)
        address = (request.scheme, request.META.get("HTTP_HOST"), request.path, request.META.get("QUERY_STRING"))
        try:
            return self._kept(request, address) or self._made(request, address)
        except caching.Unreachable as error:
            log.warning("Pages are made anew for every reader: %s", error)
            return self.get_response(request)

    def _is_anybodys(self, request):
        """Tell whether it may be a page for every reader. Who is logged in gets it made anew, to see what is now."""
        if request.method not in ("GET", "HEAD") or request.path.startswith(self.not_pages):
            return False
        return len(request.get_full_path()) <= self.LONGEST_ADDRESS and not (
            "HTTP_COOKIE" in request.META and settings.SESSION_COOKIE_NAME in request.COOKIES
        )

    def _kept(self, request, address):
        page, now = self.pages.get(address), time.time()
        if page is None or page.until <= now or caching.marks().last(page.keys) > page.made_after:
            return None
        return page.answer(request, now=now)

    def _made(self, request, address):
        with self.lock:
            other = self.being_made.get(address)
            if other is None:
                mine = self.being_made[address] = Event()
        if other is not None:
            other.wait(self.LONGEST_WAIT)
            return self._kept(request, address) or self.get_response(request)
        try:
            return self._make(request, address)
        finally:
            with self.lock:
                del self.being_made[address]
            mine.set()

    def _make(self, request, address):
        made_after, started = caching.marks().now(), time.time()
        response = self.get_response(request)
        page = caching.Page.of(response, made_after=made_after, started=started, route=request.resolver_match)
        if page is None or request.method == "HEAD":
            return response
        self.pages.keep(address, page)
        return page.answer(request, now=started)


class ConditionalAnswers(ConditionalGetMiddleware):
    """Answer 304 where a program has the page already, to HEAD as to GET: RFC 9110, sections 9.3.2 and 13.1."""

    def process_response(self, request, response):
        if request.method != "HEAD" or not response.has_header("ETag"):
            return super().process_response(request, response)
        changed = parse_http_date_safe(response.get("Last-Modified", ""))
        return get_conditional_response(request, etag=response["ETag"], last_modified=changed, response=response)


def desk_in_english(get_response):
    """Answer at the editors' desk in English: its own words are not translated, and Django's would stand among them."""
    desk = reverse("admin:index")

    def answer(request):
        if not request.path.startswith(desk):
            return get_response(request)
        with translation.override("en"):
            return get_response(request)

    return answer


class PlainAnswers:
    """Turn a database that cannot be reached into a 503, and a bare 405 into a page; keep cookies off public pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "public" in response.get("Cache-Control", ""):
            # One reader's damaged cookies would be replaced or deleted by an answer that a cache keeps for everybody.
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        if response.status_code == 405 and not getattr(response, "content", b"-") and request.method != "HEAD":
            return errors.method_not_allowed(request, response["Allow"])
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, (OperationalError, InterfaceError)):
            log.error("The database did not answer: %s", exception, exc_info=exception)
            return errors.unavailable(request)
        return None
