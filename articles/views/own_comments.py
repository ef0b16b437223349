"""A reader's own comments: those that wait, and a slip of the pen mended, or all of it taken back."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from articles import caching, moderation
from articles.forms import EditForm
from articles.models import Comment, StaleRecord, may_be_appealed
from articles.views.comments import discussed, facts_of
from articles.views.origin import own_site_only
from articles.views.page import read_only, render_private
from articles.views.reader import commenter_of

MOST = 50  # comments on the page


@read_only
def own(request, pk):
    """Show a reader's own comments under an article, those that nobody else sees among them."""
    at = timezone.now()
    article = discussed(pk, at=at)
    commenter = commenter_of(request)
    found = _own_under(article, commenter) if commenter else []
    for comment in found:
        comment.is_editable = comment.can_be_edited(at=at)
        comment.is_appealable = not hasattr(comment, "appeal") and may_be_appealed(comment, at=at)
    return render_private(request, "articles/comments_own.html", {"article": article, "own": found})


@own_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    at = timezone.now()
    comment = own_comment(request, pk, at=at)
    if not comment.can_be_edited(at=at):
        return _refused(request, comment, gettext("It can no longer be changed."))
    form = EditForm(request.POST if request.method == "POST" else None, comment=comment)
    if request.method == "POST" and form.is_valid():
        try:
            _edit(request, comment, form.cleaned_data["body"], at=at)
        except ValidationError as refused:
            form.add_error(None, refused)
        except StaleRecord:
            return _refused(request, comment, gettext("A moderator has just decided on it."))
        else:
            return _back(comment)
    status = 422 if form.errors else 200
    return render_private(request, "articles/comment_edit.html", {"comment": comment, "form": form}, status=status)


@own_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    at = timezone.now()
    comment = own_comment(request, pk, at=at)
    if request.method != "POST":
        return render_private(request, "articles/comment_delete.html", {"comment": comment})
    try:
        comment.delete_text(at=at)
    except StaleRecord:  # a moderator was quicker; the text goes all the same
        Comment.objects.get(pk=comment.pk).delete_text(at=at)
    return _back(comment)


def _own_under(article, commenter):
    mine = (
        commenter.comments.filter(article=article)
        .not_deleted()
        .select_related("appeal", "watch__mailbox")
        .defer("watch__mailbox__email")
    )
    return list(mine.newest_first()[:MOST])


def own_comment(request, pk, *, at):
    """Return the comment if it is of the reader who asks; for others it is as if it did not exist."""
    commenter = commenter_of(request)
    mine = commenter.comments.not_deleted().filter(pk=pk).first() if commenter else None
    if mine is None:
        raise Http404("No such comment.")
    mine.article = discussed(mine.article_id, at=at)
    return mine


def _edit(request, comment, body, *, at):
    changed = Comment(pk=comment.pk, article=comment.article, name=comment.name, body=body)
    changed.tidy()
    verdict = moderation.judge(changed, facts_of(request, at=at, trap_filled=False))
    if verdict.refusals:
        raise ValidationError(list(verdict.refusals.values()))
    comment.edit(body, at=at, state=verdict.state, reason=verdict.reason, hits=verdict.hits)


def _back(comment):
    where = comment.get_absolute_url() if comment.is_public else reverse("comments-own", args=[comment.article_id])
    response = caching.keep_private(redirect(where))
    response.status_code = 303
    return response


def _refused(request, comment, why):
    context = {"comment": comment, "why": why}
    return render_private(request, "articles/comment_edit.html", context, status=409)
