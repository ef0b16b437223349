"""Pages that say who we are and what we got wrong."""

from django.utils import timezone

from articles import caching
from articles.models import Article, Correction
from articles.models.article_queries import NOT_ON_CARDS
from articles.views.page import paged, read_only, render_public


@read_only
def about(request):
    return render_public(request, "articles/about.html", {}, at=timezone.now())


@read_only
def corrections(request):
    at = timezone.now()
    listed = Correction.objects.of(Article.objects.live(at=at)).newest_first()
    unseen = [f"article__{field}" for field in NOT_ON_CARDS]
    page = paged(request, listed.select_related("article__outlet").defer(*unseen), size=40)
    return render_public(request, "articles/corrections.html", {"page": page}, at=at, keys=[caching.LISTS_KEY])
