"""The article page, and what its address answers when the article was taken back."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from articles import assist, caching, related
from articles.forms import CommentForm
from articles.models import Article
from articles.related.coverage import also_covered_by, reports_beside
from articles.syndication import reserve
from articles.views.page import read_only, render_error, render_public
from articles.views.threads import first_threads


@read_only
def article(request, pk, slug=""):
    at = timezone.now()
    found = Article.objects.live(at=at).for_page().filter(pk=pk).first()
    if found is None:
        return _withdrawn(request, pk, slug, at=at)
    keys = [caching.article_key(found.pk), caching.outlet_key(found.outlet)]
    if slug != found.slug:
        return caching.share(redirect(found, permanent=True), at=at, keys=keys)
    found.see_terms(at=at)
    aid, reports = assist.aid_of(found), reports_beside(found, at=at)
    context = {
        "article": found,
        "at": at,
        "aid": aid,
        "related": related.links_for(found, at=at),
        "also_covered_by": also_covered_by(found, reports),
        "story_parts": assist.story_parts(reports) if aid else [],
        "threads": first_threads(found),
        "form": CommentForm(article=found),
    }
    until = found.terms.next_change(at=at)
    response = render_public(request, "articles/article.html", context, at=at, keys=keys, until=until)
    return reserve(response, found.outlet)


def _withdrawn(request, pk, slug, *, at):
    """Answer as the editor chose for a withdrawn article; as if it did not exist for any other."""
    found = (
        Article.objects.withdrawn(at=at)
        .select_related("outlet", "section")
        .defer("body", "embargo_note")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404("No such article.")
    if found.withdrawal_outcome == Article.Outcome.NOTICE:
        return _notice(request, found, slug, at=at)
    if found.withdrawal_outcome == Article.Outcome.LEGAL:
        return render_error(request, "451.html", 451)
    if found.withdrawal_outcome == Article.Outcome.REDIRECT:
        return _led_on(request, found, at=at)
    return render_error(request, "410.html", 410)


def _notice(request, article, slug, *, at):
    keys = [caching.article_key(article.pk), caching.outlet_key(article.outlet)]
    if slug != article.slug:
        return caching.share(redirect(article, permanent=True), at=at, keys=keys)
    return render_public(request, "articles/withdrawn.html", {"article": article}, at=at, keys=keys)


def _led_on(request, article, *, at):
    """Lead to the article that took its place, as long as that one is public: an address alone tells a headline."""
    target = Article.objects.live(at=at).in_place_of(article.pk, at=at).only("slug").first()
    if target is None:
        return render_error(request, "410.html", 410)
    return caching.share(redirect(target, permanent=True), at=at, keys=[caching.article_key(article.pk)])
