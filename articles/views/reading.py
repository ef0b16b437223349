"""How a reader likes to read: settings, what was saved and what is followed, all of it kept on the reader's device.

The pages are the same for everybody. A script shows on them what the device keeps; see static/articles/js/reading.js.
"""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from articles import caching
from articles.forms import ReadingForm
from articles.syndication import Place
from articles.views.origin import own_site_only
from articles.views.page import read_only, render_private, render_public

COOKIE = "reading"  # not http-only: the script on public pages reads it, and no server but this view's ever does
COOKIE_AGE = 400 * 24 * 3600  # seconds; browsers keep a cookie no longer
TEXT_SIZES = {"small": "93.75%", "large": "112.5%", "larger": "131.25%"}


@own_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def reading_settings(request):
    """Answer with the form as everybody gets it. What is sent is kept and shown: to send it twice does no harm."""
    if request.method == "POST":
        chosen = ReadingForm(request.POST).chosen(request.COOKIES.get(COOKIE, ""))
        response = _own_settings(request, chosen, is_kept=True)
        response.set_cookie(COOKIE, chosen, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure())
        return response
    context = {"form": ReadingForm(initial=ReadingForm.OPEN), "place": _place_of_settings()}
    return render_public(request, "articles/settings.html", context, at=timezone.now())


@read_only
def own_settings(request):
    """Answer with what this reader's browser holds, for those whose browser runs no script to show it."""
    return _own_settings(request, request.COOKIES.get(COOKIE, ""), is_kept=False)


@read_only
def reading_styles(request):
    """Answer with the styles that a reader without script has chosen; public pages ask for them in a noscript."""
    chosen = ReadingForm.read(request.COOKIES.get(COOKIE, ""))
    rules = [f":root {{ color-scheme: {chosen['theme']}; }}"] if chosen["theme"] else []
    rules += [f":root {{ font-size: {TEXT_SIZES[chosen['text']]}; }}"] if chosen["text"] else []
    rules += [".module-assist { display: none; }"] if chosen["ai"] else []
    return caching.keep_private(HttpResponse("\n".join(rules), content_type="text/css; charset=utf-8"))


@read_only
def saved(request):
    told = gettext("Kept on this device, to be read again without a network too. Nobody else sees this list.")
    context = {"place": Place(gettext("Saved articles"), told, reverse("saved"), kind="")}
    return render_public(request, "articles/saved.html", context, at=timezone.now())


@read_only
def following(request):
    told = gettext("The newest from what you follow on this device.")
    context = {"place": Place(gettext("Following"), told, reverse("following"), kind="")}
    return render_public(request, "articles/following.html", context, at=timezone.now())


@read_only
def offline(request):
    """Answer with the page that the service worker shows where there is neither a network nor a kept page."""
    return render_public(request, "articles/offline.html", {}, at=timezone.now())


@read_only
def service_worker(request):
    """Answer with the service worker at the top, from where it may serve every page.

    A browser takes a worker for a new one when a byte of it differs. This one differs when a page does that it lays in,
    which names its styles and scripts by their content: a deploy, a new section or the day renews what is laid in.
    """
    text = Path(finders.find("articles/js/service_worker.js")).read_text(encoding="utf-8")
    for name in ("offline", "saved"):
        text = text.replace(f"/{name}/", reverse(name))
    text += f"// {offline(request)['ETag']} {saved(request)['ETag']}\n"
    return caching.share(HttpResponse(text, content_type="text/javascript; charset=utf-8"), at=timezone.now())


def _own_settings(request, chosen, *, is_kept):
    form = ReadingForm(initial=ReadingForm.read(chosen))
    context = {"form": form, "place": _place_of_settings(), "is_own": True, "is_kept": is_kept}
    return render_private(request, "articles/settings.html", context)


def _place_of_settings():
    told = gettext("They are kept in this browser, in a cookie that holds nothing else. We do not know who you are.")
    return Place(gettext("Reading settings"), told, reverse("settings"), kind="")
