"""Lists of articles: front page, latest, sections, outlets, hashtags, authors, stories."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from articles import assist, caching, digest
from articles.front import arrange
from articles.models import Article, Hashtag, Outlet
from articles.related.coverage import coverage
from articles.views.listed import find, find_story
from articles.views.page import paged, read_only, render_public


@read_only
def front(request):
    at = timezone.now()
    arranged = arrange(at=at)
    context = {"front": arranged}
    return render_public(request, "articles/front.html", context, at=at, keys=[caching.LISTS_KEY], until=arranged.until)


@read_only
def latest(request):
    at = timezone.now()
    page = paged(request, Article.objects.live(at=at).newest_first().for_cards())
    return _list(request, "articles/latest.html", {"page": page}, at=at)


@read_only
def today(request):
    at = timezone.now()
    return _list(request, "articles/today.html", {"parts": digest.today(at=at)}, at=at)


@read_only
def section(request, slug):
    return _list_of(request, "section", slug)


@read_only
def outlet(request, slug):
    return _list_of(request, "outlet", slug)


@read_only
def hashtag(request, slug):
    return _list_of(request, "hashtag", slug)


@read_only
def author(request, slug):
    return _list_of(request, "author", slug)


@read_only
def outlets(request):
    at = timezone.now()
    counts = Article.objects.live(at=at).facet("outlet")
    rows = [(outlet, counts.get(outlet.pk, 0)) for outlet in Outlet.objects.active().by_name()]
    return render_public(request, "articles/outlets.html", {"outlets": rows}, at=at, keys=[caching.LISTS_KEY])


@read_only
def hashtags(request):
    at = timezone.now()
    tags = Hashtag.objects.carried_by(Article.objects.live(at=at)).most_carried_first()
    context = {"page": paged(request, tags, size=120)}
    return render_public(request, "articles/hashtags.html", context, at=at, keys=[caching.LISTS_KEY])


@read_only
def story(request, pk, slug=""):
    at = timezone.now()
    found, articles = find_story(pk, at=at)
    if (pk, slug) != (found.pk, found.slug):
        return caching.share(redirect(found, permanent=True), at=at, keys=[caching.LISTS_KEY])
    articles = list(articles.first_report_first().for_cards().select_related("reading_aid"))
    context = {
        "story": found,
        "articles": articles,
        "coverage": coverage(articles, at=at),
        "timeline": assist.timeline(articles),
        "comparison": assist.compare(articles),
        "feeds": request.path,
    }
    return render_public(request, "articles/story.html", context, at=at, keys=[caching.LISTS_KEY])


def _list_of(request, name, slug):
    """Render the list of the record of kind ``name`` at ``slug``; lead on from a former address or an alias."""
    at = timezone.now()
    listed = find(name, slug, at=at)
    page = paged(request, listed.articles.newest_first().for_cards())
    if not (page.paginator.count or listed.is_shown_empty):
        raise Http404("No public article stands here.")
    if (
        listed.record.slug != slug
    ):  # shared for a minute only: a browser that kept it would loop after a second renaming
        return caching.share(redirect(listed.record, permanent=True), at=at, keys=[caching.LISTS_KEY])
    return _list(request, f"articles/{name}.html", {"page": page, name: listed.record}, at=at)


def _list(request, template, context, *, at):
    return render_public(request, template, {"feeds": request.path} | context, at=at, keys=[caching.LISTS_KEY])
