"""What the site tells a browser it may do with a page, and requests that no honest program sends.

The policy is the same text for every visitor and every request, without a nonce, so pages stay the same bytes and may
be cached.
"""

import base64
import hashlib
import re
from functools import cache
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
# The one style block that the article editor's script (Tiptap) writes into its page; it changes only with that package.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
KNOWN_CHARSETS = {"", "utf-8", "utf8"}


def security_headers(get_response):
    """Put the policies on every response that does not bring its own."""
    from articles.syndication import reserve

    desk = reverse("admin:index")

    def middleware(request):
        response = get_response(request)
        if not (settings.DEBUG and response.status_code >= 400):  # Django's debugging page needs its inline styles
            policy = desk_policy() if request.path_info.startswith(desk) else POLICY
            response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if "tdm-reservation" not in response.headers:
            reserve(response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


@cache
def desk_policy():
    """Return the policy of the editors' desk: two inline blocks of the article editor are let through by hash."""
    policy = POLICY.replace("script-src 'self'", f"script-src 'self' {import_map_hash()}")
    policy = policy.replace("style-src 'self'", f"style-src 'self' {EDITOR_STYLE}")
    return policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'; frame-src 'self'")


def import_map_hash():
    """Hash the import map as pages show it; it holds the names that collectstatic gave the editor's scripts."""
    from django_prose_editor.widgets import prose_editor_admin_media

    shown = re.search(r'<script type="importmap"[^>]*>(.*?)</script>', str(prose_editor_admin_media), re.DOTALL)
    return f"'sha256-{base64.b64encode(hashlib.sha256(shown[1].encode()).digest()).decode()}'"


def refuse_odd_requests(get_response):
    """Answer 400, before anything reads them, to bodies in a charset that is not UTF-8 and to NUL in an address.

    In a question of a reader's it is a space, as all that no key writes is there.
    """
    search = reverse("search")

    def middleware(request):
        if request.content_params.get("charset", "").strip().lower() not in KNOWN_CHARSETS:
            raise BadRequest(gettext("Send text as UTF-8."))
        if request.path_info.startswith(search):
            request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "%20").replace("\0", " ")
        if "\0" in request.path_info or b"\0" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            raise BadRequest(gettext("An address cannot hold the character NUL."))
        return get_response(request)

    return middleware


def well_formed(application):
    """Wrap the WSGI application: a Content-Type that Django cannot take apart would fail before any middleware runs."""

    def wrapped(environ, start_response):
        try:
            parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        except (ValueError, LookupError):
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"The header Content-Type cannot be read.\n"]
        return application(environ, start_response)

    return wrapped
