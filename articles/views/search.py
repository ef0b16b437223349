"""Search."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import caching, search
from articles.filters import ArticleFilter
from articles.models import Article
from articles.models.prepared import INSTANT, Prepared
from articles.syndication import Place
from articles.views import narrowing
from articles.views.page import PAGE_SIZE, paged, read_only, render_public

KINDS = {
    "Hashtag": _("Hashtag"),
    "Outlet": _("Outlet"),
    "Author": _("Author"),
    "Section": _("Section"),
    "Story": _("Story"),
    "Article": _("Article"),
}
TOLD = {
    "best": _("What a search finds on %s, the best match first."),
    "newest": _("What a search finds on %s, the newest first."),
    "oldest": _("What a search finds on %s, the oldest first."),
}
_STAND_INS = range(-PAGE_SIZE, 0)


@dataclass(frozen=True)
class Result:
    """An article that was found, and the Excerpt that shows why, where words were looked for."""

    article: Article
    excerpt: search.Excerpt = None


@read_only
def results(request):
    at = timezone.now()
    live = Article.objects.live(at=at)
    chosen = ArticleFilter(request.GET, live)
    query = request.GET.copy()
    if "q" in query:
        query["q"] = chosen.words  # cut where it was too long
    for name in [name for name, values in query.lists() if name == "page" or not any(values)]:
        del query[name]  # fields that were left empty
    chips = narrowing.chips(chosen, query)
    found = chosen.find()
    facets, periods = narrowing.facets(chosen, chosen.find_all() if chips else found, at=at)
    page = paged(request, found.keys)
    page.object_list = _with_excerpts(page.object_list, chosen.question.terms, at=at)
    context = {
        "place": _place(chosen, query.urlencode()),
        "filter": chosen,
        "found": found,
        "page": page,
        "chips": chips,
        "facets": facets,
        "periods": periods,
        "words": chosen.words,
        "suggestion": not chosen.unknown and search.did_you_mean(chosen.question, found, chosen.qs, chosen.house),
        "query": query.urlencode(),
        "feeds": request.path,
        "feeds_query": f"?{query.urlencode()}" if query else "",
        "follow_name": narrowing.named(chosen.words, chips) if query else "",
    }
    return render_public(request, "articles/search.html", context, at=at, keys=[caching.LISTS_KEY])


def _place(chosen, query):
    title = gettext("“%s”") % chosen.words if chosen.words else gettext("Search")
    told = TOLD[chosen.order] % settings.SITE_NAME
    path = f"{reverse('search')}?{query}" if query else reverse("search")
    above = [(gettext("Search"), reverse("search"))] if chosen.words else []
    return Place(title, told, path, above, kind="")


@read_only
def suggestions(request):
    """Say what a reader may mean who has typed the first letters of a question; the same to everybody.

    With ``format=opensearch`` as browsers read it that search from their own address bar: OpenSearch Suggestions 1.0.
    """
    at = timezone.now()
    typed = search.clean(request.GET.get("q", ""))[: search.MOST_LETTERS]
    found = search.suggest(typed, Article.objects.live(at=at), search.House.today())
    if request.GET.get("format") == "opensearch":
        names = list(dict.fromkeys(one.text for one in found))
        response = JsonResponse([typed, names], safe=False, content_type="application/x-suggestions+json")
        return caching.share(response, at=at, keys=[caching.LISTS_KEY])
    told = [{"kind": str(KINDS[one.kind]), "text": one.text, "url": one.url, "lang": one.language} for one in found]
    response = JsonResponse({"suggestions": told}, json_dumps_params={"ensure_ascii": False})
    return caching.share(response, at=at, keys=[caching.LISTS_KEY])


def _with_excerpts(keys, terms, *, at):
    """Return the Results for the articles ``keys``, in their order."""
    given = dict(zip(_STAND_INS, keys, strict=False)) | {INSTANT: at}
    found = {article.pk: article for article in _cards(bool(terms)).records(given)} if keys else {}
    shown = [found[key] for key in keys if key in found]
    excerpts = search.excerpts(shown, terms) if terms else [None] * len(shown)
    return list(map(Result, shown, excerpts))


@lru_cache
def _cards(with_texts):
    cards = Article.objects.live(at=INSTANT).filter(pk__in=_STAND_INS).for_cards()
    # What matched is looked for in the text and among the names.
    texts = cards.defer(None).defer("embargo_note", "withdrawal_reason").prefetch_related("hashtags__aliases")
    return Prepared(texts if with_texts else cards)
