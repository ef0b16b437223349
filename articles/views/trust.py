"""Pages that say who we are and what we got wrong."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from articles import caching
from articles.models import Article, Correction, TrustPage
from articles.models.article_queries import NOT_ON_CARDS
from articles.views.page import paged, read_only, render_public


@read_only
def about(request):
    pages = TrustPage.objects.shown().in_order().defer("body")
    return render_public(request, "articles/about.html", {"pages": pages}, at=timezone.now())


@read_only
def trust_page(request, slug):
    at = timezone.now()
    try:
        found = TrustPage.objects.shown().at_address(slug)
    except TrustPage.DoesNotExist as error:
        raise Http404(str(error)) from None
    if found.slug != slug:
        return caching.share(redirect(found, permanent=True), at=at)
    return render_public(request, "articles/trust_page.html", {"trust_page": found}, at=at)


@read_only
def corrections(request):
    at = timezone.now()
    listed = Correction.objects.of(Article.objects.live(at=at)).newest_first()
    unseen = [f"article__{field}" for field in NOT_ON_CARDS]
    page = paged(request, listed.select_related("article__outlet").defer(*unseen), size=40)
    return render_public(request, "articles/corrections.html", {"page": page}, at=at, keys=[caching.LISTS_KEY])
