"""A look at a comment before it is posted. Nothing is stored, counted or kept."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import moderation
from articles.forms import CommentForm
from articles.views.comments import again, discussed, facts_of
from articles.views.origin import own_site_only
from articles.views.page import render_private


@own_site_only
@require_POST
def preview(request, pk):
    """Show the reader's words as they would stand, and the form with them to go on or to post."""
    at = timezone.now()
    article = discussed(pk, at=at)
    form = CommentForm(request.POST, article=article)
    if not form.is_valid():
        return again(request, article, form, 422)
    comment = form.comment()
    # What is refused is better said now; whether it would wait is not said, here as elsewhere.
    refusals = moderation.judge(comment, facts_of(request, at=at, trap_filled=False)).refusals
    if refusals:
        return again(request, article, form, 422, ValidationError(refusals))
    comment.created_at = at
    context = {"article": article, "form": form, "parent": form.parent, "comment": comment}
    return render_private(request, "articles/comment_preview.html", context)
