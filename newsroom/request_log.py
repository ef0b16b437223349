"""One line in the log for each request, and an id that ties it to the page and to whatever else it logged."""

import logging
import re
import secrets
import time
from urllib.parse import parse_qsl, quote

from newsroom.log_lines import REQUEST_ID

log = logging.getLogger("newsroom.request")

PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
# What a reader looks for and who they are is theirs: only these parameters are logged with their values.
OPEN_PARAMETERS = {"page", "sort", "outlet", "section", "hashtag", "author", "since", "until", "after"}
# What stands in an address in the place of a password.
PRIVATE_PARTS = {"token", "uidb64"}
PRIVATE_PATH = re.compile(r"^(/preview/)[^/]+")
LONGEST = 500


def request_log(get_response):
    """Give the request an id (`request.id`, X-Request-ID) and log its line when it has been answered."""

    def middleware(request):
        request.id = request_id(request)
        mark = REQUEST_ID.set(request.id)
        started = time.perf_counter()
        try:
            response = get_response(request)
            response["X-Request-ID"] = request.id
            milliseconds = round((time.perf_counter() - started) * 1000)
            level = logging.ERROR if response.status_code >= 500 else logging.INFO
            log.log(level, "request", extra={"facts": facts(request, response, milliseconds)})
            return response
        finally:
            REQUEST_ID.reset(mark)

    return middleware


def request_id(request):
    """Take over the id that a proxy gave the request if it is short and plain, else make one."""
    given = request.headers.get("X-Request-ID", "")
    return given if PLAIN_ID.fullmatch(given) else secrets.token_hex(8)


def facts(request, response, milliseconds):
    match = request.resolver_match
    user = getattr(request, "_cached_user", None)  # there only if something has asked for the user already
    return {
        "method": request.method,
        "path": (path(request, match) + query(request))[:LONGEST],
        "route": match.view_name if match else "",
        "status": response.status_code,
        "ms": milliseconds,
    } | ({"user": user.pk} if user is not None and user.pk else {})


def path(request, match):
    shown = PRIVATE_PATH.sub(r"\1...", request.path)
    for part in PRIVATE_PARTS & set(match.kwargs if match else ()):
        shown = shown.replace(str(match.kwargs[part]), "...")
    return shown


def query(request):
    """Return the query string with dots in the place of each value that is not known to be harmless."""
    given = request.META.get("QUERY_STRING", "")
    if not given:
        return ""
    pairs = parse_qsl(given[: 4 * LONGEST], keep_blank_values=True)
    return "?" + "&".join(f"{quote(n)}={quote(v) if n in OPEN_PARAMETERS else '...'}" for n, v in pairs)
