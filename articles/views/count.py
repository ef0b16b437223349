"""How many comments there are: a few bytes that an open page asks for again and again."""

from django.db.models import Max
from django.http import JsonResponse
from django.utils import timezone

from articles import caching
from articles.views.comments import discussed
from articles.views.page import read_only


@read_only
def count(request, pk):
    """Return {"count": public comments, "newest": the id of the newest, 0 for none}; kept until one comes or goes."""
    at = timezone.now()
    article = discussed(pk, at=at)
    newest = article.comments.public().aggregate(newest=Max("pk"))["newest"] or 0
    answer = JsonResponse({"count": article.comment_count, "newest": newest})
    return caching.share(answer, at=at, keys=[caching.article_key(article.pk)])
