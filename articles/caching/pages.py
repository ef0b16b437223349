"""Finished pages, kept in the memory of one process."""

import gzip
import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import brotli
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

LIFETIME = re.compile(r"s-maxage=(\d+)")
# The best that takes about a millisecond for a page; browsers name both, and the first is smaller.
ENCODERS = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip.compress(body, 6, mtime=0)}
OVERHEAD = 2000  # bytes that a page takes beside its text, about


@dataclass(slots=True)
class Page:
    """A finished answer. ``made_after`` is the number of the last purge before it was made, ``until`` the second of the
    epoch at which it stops being fresh, ``bodies`` its text by the name of the encoding."""

    status: int
    headers: dict
    bodies: dict
    keys: list
    made_after: int
    until: float
    route: object

    @classmethod
    def of(cls, response, *, made_after, started, route):
        """Return the page that ``response`` holds; None if it is not one that shared caches may keep for everybody."""
        lifetime = LIFETIME.search(response.get("Cache-Control", ""))
        if lifetime is None or lifetime[1] == "0" or response.streaming or response.cookies:
            return None
        patch_vary_headers(response, ["Accept-Encoding"])
        if response["Vary"] != "Accept-Encoding" or response.has_header("Content-Encoding"):
            return None
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        return cls(
            status=response.status_code,
            headers=headers,
            bodies={"": response.content},
            keys=response["Surrogate-Key"].split(),
            made_after=made_after,
            until=started + int(lifetime[1]),
            route=route,
        )

    @property
    def size(self):
        """The bytes it takes at most, once it has been compressed both ways."""
        return 2 * len(self.bodies[""]) + OVERHEAD

    def answer(self, request, *, now):
        """Return the response for ``request``, compressed as it likes best."""
        response = self._whole(request)
        for name, value in self.headers.items():
            response.headers[name] = value
        left = max(0, int(self.until - now))
        response.headers["Cache-Control"] = LIFETIME.sub(f"s-maxage={left}", self.headers["Cache-Control"])
        request.resolver_match = self.route
        return response

    def _whole(self, request):
        encoding = _encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")) if self.bodies[""] else ""
        body = self.bodies.get(encoding)
        if body is None:
            body = self.bodies[encoding] = ENCODERS[encoding](self.bodies[""])
        response = HttpResponse(b"" if request.method == "HEAD" else body, status=self.status)
        response.headers["Content-Length"] = str(len(body))
        if encoding:
            response.headers["Content-Encoding"] = encoding
        return response


class Pages:
    """The pages that were asked for last, ``limit`` bytes of them."""

    def __init__(self, limit):
        self.limit, self.size, self.kept, self.lock = limit, 0, OrderedDict(), Lock()

    def get(self, address):
        """Return the page that was kept for ``address``, or None."""
        with self.lock:
            page = self.kept.get(address)
            if page is not None:
                self.kept.move_to_end(address)
            return page

    def keep(self, address, page):
        with self.lock:
            self._drop(address)
            self.kept[address] = page
            self.size += page.size
            while self.size > self.limit:
                self._drop(next(iter(self.kept)))

    def _drop(self, address):
        if page := self.kept.pop(address, None):
            self.size -= page.size


def _encoding(accepted):
    """Return the best encoding that the header Accept-Encoding names, RFC 9110 section 12.5.3, "" for none."""
    offers = (part.lower().replace(" ", "").partition(";q=") for part in accepted.split(","))
    good = {name for name, _, quality in offers if quality.strip("0.") or not quality}
    return next((encoding for encoding in ENCODERS if encoding in good), "")
