"""Guard forms on pages that every reader gets alike: no token, but the browser's word on where a POST comes from."""

from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from articles.views.page import render_private


def own_site_only(view):
    """Refuse a POST that another site sent. Where the browser says nothing, ask the reader to confirm, with a token.

    The view itself refuses the methods that it does not know.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method != "POST" or _is_from_here(request) or _has_valid_token(request):
            return view(request, *args, **kwargs)
        if _says_nothing(request):
            fields = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
            fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
            return render_private(request, "articles/confirm.html", {"fields": fields})
        raise PermissionDenied("This form was sent from another site.")

    return guarded


def _is_from_here(request):
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return origin in {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    return site == "same-origin"


def _says_nothing(request):
    return "Sec-Fetch-Site" not in request.headers and "Origin" not in request.headers


def _has_valid_token(request):
    """Ask Django's own check, which a view marked as exempt otherwise skips."""
    if not _says_nothing(request) or "csrfmiddlewaretoken" not in request.POST:
        return False
    check = CsrfViewMiddleware(lambda request: None)
    check.process_request(request)
    return check.process_view(request, _not_exempt, (), {}) is None


def _not_exempt(request):
    """Stand for a view that is not exempt."""
