"""What readers say about a comment without writing one: recommendations and reports."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from articles import caching, moderation
from articles.forms import ReportForm
from articles.models import Article, Comment, Report, TooFast
from articles.views.origin import own_site_only
from articles.views.page import render_private
from articles.views.reader import commenter_of, network_of, remember


@own_site_only
@require_POST
def recommend(request, pk):
    """Count the reader's recommendation, once; with ``undo`` take it back. Then lead back to the comment."""
    at = timezone.now()
    comment = _public(pk, at=at)
    if not comment.article.takes_comments:
        stays = gettext("What is recommended stays as it is.")
        return _said(request, comment, f"{comment.article.terms.reason} {stays}", 409)
    try:
        with transaction.atomic():
            commenter, secret = _voice(request, at=at)
            _count(commenter, network_of(request, at=at), comment, at=at)
            if "undo" in request.POST:
                comment.take_recommendation_back(commenter)
            else:
                comment.recommend(commenter, at=at)
    except ValidationError as refused:
        return _said(request, comment, refused.messages[0], 409)
    except TooFast as refused:
        return _too_fast(request, comment, refused)
    response = caching.keep_private(redirect(comment))
    response.status_code = 303
    return remember(response, secret)


@own_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    at = timezone.now()
    comment = _public(pk, at=at)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"comment": comment, "form": form}
        return render_private(request, "articles/report.html", context, status=422 if form.errors else 200)
    try:
        kept, secret = _report(request, comment, form, at=at)
    except ValidationError as refused:
        return _said(request, comment, refused.messages[0], 409)
    except TooFast as refused:
        return _too_fast(request, comment, refused)
    response = render_private(request, "articles/reported.html", {"comment": comment, "report": kept})
    return remember(response, secret)


def _report(request, comment, form, *, at):
    network = network_of(request, at=at)
    with transaction.atomic():
        commenter, secret = _voice(request, at=at)
        _count(commenter, network, comment, at=at)
        is_illegal = form.cleaned_data["kind"] == Report.Kind.ILLEGAL
        reference = f"{at:%Y%m%d}-{secrets.token_hex(4).upper()}" if is_illegal else ""
        report = Report(commenter=commenter, network=network, reference=reference, at=at, **form.cleaned_data)
        kept = comment.report(report)
        moderation.after_report(comment, at=at)
    return kept, secret


def _count(commenter, network, comment, *, at):
    speed = settings.COMMENT_SPEED
    moderation.count(commenter, network, what="voice", about=comment.pk, at=at, speed=speed)


def _voice(request, *, at):
    known = commenter_of(request)
    if known is not None:
        return known, ""
    return moderation.newcomer(user=request.user if request.user.is_authenticated else None, at=at)


def _public(pk, *, at):
    found = Comment.objects.public().filter(pk=pk).first()
    article = Article.objects.discussed(at=at).for_comments().filter(pk=found.article_id).first() if found else None
    if article is None:
        raise Http404("No such comment.")
    found.article = article.see_terms(at=at)
    return found


def _too_fast(request, comment, refused):
    response = _said(request, comment, gettext("That was a lot from one place. Try again later."), 429)
    response["Retry-After"] = str(refused.seconds)
    return response


def _said(request, comment, words, status):
    return render_private(request, "articles/comment_said.html", {"comment": comment, "words": words}, status=status)
