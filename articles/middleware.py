"""What the site answers when a view cannot."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError

from articles.views import errors

log = logging.getLogger("articles.errors")


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
