"""Error pages in the site's look. None of them asks the database for anything."""

from django.core.exceptions import BadRequest

from articles.views.page import render_error


def bad_request(request, exception=None):
    said = str(exception) if isinstance(exception, BadRequest) else ""  # others quote what the client sent
    return render_error(request, "400.html", 400, said=said)


def permission_denied(request, exception=None):
    """Say that the form may be forged; at the desk, which only staff enter, that it is not theirs to do."""
    is_desk = getattr(request.resolver_match, "namespace", "") == "admin"
    return render_error(request, "admin/403.html" if is_desk else "403.html", 403)


def forged_form(request, reason=""):
    """Answer a form whose token does not fit; ``reason`` is for the log, which has it already."""
    return render_error(request, "403.html", 403)


def page_not_found(request, exception=None):
    return render_error(request, "404.html", 404)


def method_not_allowed(request, allowed):
    response = render_error(request, "405.html", 405)
    response["Allow"] = allowed
    return response


def server_error(request):
    return render_error(request, "500.html", 500)


def unavailable(request):
    """Say that the site is back soon; browsers and caches may ask again after ten seconds."""
    response = render_error(request, "503.html", 503)
    response["Retry-After"] = "10"
    return response
