"""The article page, and what its address answers when the article was taken back."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import assist, caching, related
from articles.forms import CommentForm
from articles.models import Article
from articles.views.page import render_error, render_public
from articles.views.threads import first_threads


@require_safe
def article(request, pk, slug=""):
    at = timezone.now()
    found = Article.objects.live(at=at).for_page().filter(pk=pk).first()
    if found is None:
        return _withdrawn(request, pk, at=at)
    if slug != found.slug:
        return redirect(found, permanent=True)
    context = {
        "article": found,
        "key_points": assist.key_points_of(found),
        "related": related.links_for(found, at=at),
        "threads": first_threads(found),
        "form": CommentForm(article=found),
    }
    keys = [caching.article_key(found), caching.outlet_key(found.outlet)]
    return render_public(request, "articles/article.html", context, at=at, keys=keys)


def _withdrawn(request, pk, *, at):
    """Answer as the editor chose for a withdrawn article; as if it did not exist for any other."""
    found = Article.objects.withdrawn(at=at).select_related("outlet", "redirect_to").filter(pk=pk).first()
    if found is None:
        raise Http404("No such article.")
    if found.withdrawal_outcome == Article.Outcome.NOTICE:
        return render_public(request, "articles/withdrawn.html", {"article": found}, at=at)
    if found.withdrawal_outcome == Article.Outcome.LEGAL:
        return render_error(request, "451.html", 451)
    if found.withdrawal_outcome == Article.Outcome.REDIRECT:
        return redirect(found.redirect_to, permanent=True)
    return render_error(request, "410.html", 410)
