"""What every public page has in common."""

import re

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import caching
from articles.models import Section

_NUMBER = re.compile("[1-9][0-9]{0,8}")  # as links write it: "01" and "１" would be second addresses of one page
PAGE_SIZE = 24  # cards on a page of a list: whole rows in two, three and four columns


def read_only(view):
    """Let the view answer GET and HEAD only. There is nothing to forge, and a 405 shall not hide behind a 403."""
    return csrf_exempt(require_safe(view))


def render_public(request, template, context, *, at, keys=(), until=None, status=200):
    """Render a page that is the same for every reader, and let shared caches keep it, no longer than ``until``."""
    return caching.share(_render(request, template, context, status), at=at, keys=keys, until=until)


def render_private(request, template, context, *, status=200):
    """Render a page that is one reader's own: a form with errors, a question."""
    return caching.keep_private(_render(request, template, context, status))


def render_error(request, template, status, **context):
    """Render an error page without a single query, so that it can be shown when the database is the error."""
    response = render(request, template, {"site_name": settings.SITE_NAME, **context}, status=status)
    return caching.keep_private(response)


def paged(request, articles, *, size=PAGE_SIZE):
    """Return the page of ``articles`` that ``?page=`` asks for, the first where it says nothing.

    Raise Http404 where there is no such page: under one address would stand what belongs under another.
    """
    asked = request.GET.get("page") or "1"
    if not _NUMBER.fullmatch(asked):
        raise Http404("Pages are numbered from 1.")
    try:
        page = Paginator(articles, size).page(asked)
    except EmptyPage as error:
        raise Http404(str(error)) from None
    page.object_list = list(page.object_list)  # a template may look at it twice
    page.range = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return page


def _render(request, template, context, status):
    shared = {
        "site_name": settings.SITE_NAME,
        "around": SimpleLazyObject(Section.objects.with_trust_pages),
        "canonical": f"{settings.SITE_URL}{request.path}",
    }
    return render(request, template, shared | context, status=status)
