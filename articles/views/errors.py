"""Error pages in the site's look. None of them asks the database for anything."""

from articles.views.page import render_error


def bad_request(request, exception=None):
    return render_error(request, "400.html", 400)


def permission_denied(request, exception=None):
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
