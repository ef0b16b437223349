"""A writer asks that somebody else look at what was decided."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles import caching
from articles.forms import AppealForm
from articles.models import Appeal, may_be_appealed
from articles.views.origin import own_site_only
from articles.views.own_comments import own_comment
from articles.views.page import render_private


@own_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request, pk):
    at = timezone.now()
    comment = own_comment(request, pk, at=at)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            Appeal.objects.lodge(comment, text=form.cleaned_data["text"], at=at)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return _back(comment)
    elif request.method != "POST" and (hasattr(comment, "appeal") or not may_be_appealed(comment, at=at)):
        raise Http404("There is nothing to appeal against.")
    context = {"comment": comment, "form": form}
    return render_private(request, "articles/comment_appeal.html", context, status=422 if form.errors else 200)


def _back(comment):
    response = caching.keep_private(redirect(reverse("comments-own", args=[comment.article_id])))
    response.status_code = 303
    return response
