"""Pages of texts that a program wrote from an article and an editor approved: easy-read versions and translations."""

from itertools import groupby

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles import assist, caching
from articles.views.page import read_only, render_public


@read_only
def written(request, pk, place):
    """Show the text at ``place``, "easy" or a language, as long as it was made from the article's present text."""
    at = timezone.now()
    article = get_object_or_404(assist.askable(at=at).select_related("outlet", "section"), pk=pk)
    draft = assist.written_at(article, place)
    if draft is None:
        raise Http404("There is no such text of this article.")
    context = {
        "article": article,
        "draft": draft,
        "told": {"draft": draft, "by": draft.decided_name, "at": draft.decided_at},
        "paragraphs": [(cited, list(rows)) for cited, rows in groupby(draft.sentences, key=_first_cited)],
        "original": f"{settings.SITE_URL}{article.get_absolute_url()}",
    }
    keys = [caching.article_key(article.pk), caching.outlet_key(article.outlet)]
    return render_public(request, "articles/written.html", context, at=at, keys=keys)


def _first_cited(sentence):
    return sentence["paragraphs"][0]
