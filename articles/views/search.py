"""Search."""

from django.utils import timezone

from articles import caching
from articles.filters import ArticleFilter
from articles.models import Article
from articles.views.page import paged, read_only, render_public


@read_only
def search(request):
    at = timezone.now()
    chosen = ArticleFilter(request.GET, Article.objects.live(at=at).newest_first())
    page = paged(request, chosen.qs.for_cards())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page": page,
        "words": chosen.words,
        "query": query.urlencode(),
        "feeds": request.path,
        "feeds_query": f"?{query.urlencode()}" if query else "",
    }
    return render_public(request, "articles/search.html", context, at=at, keys=[caching.LISTS_KEY])
