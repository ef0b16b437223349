"""Lists of articles: front page, latest, sections, outlets, hashtags, authors, stories."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import assist, caching, digest
from articles.front import arrange
from articles.models import Article, Hashtag, Outlet, TrustPage
from articles.related.coverage import coverage
from articles.syndication import Place, first_pictured, place_of
from articles.views.listed import find, find_story
from articles.views.page import paged, read_only, render_public


@read_only
def front(request):
    at = timezone.now()
    arranged = arrange(at=at)
    told = gettext("The news of many outlets on one page: what happened, who tells it, and how their accounts differ.")
    leading = first_pictured(arranged.top)
    place = Place(settings.SITE_NAME, told, reverse("front"), kind="WebSite", pictured=leading)
    context = {"front": arranged, "place": place}
    return render_public(request, "articles/front.html", context, at=at, keys=[caching.LISTS_KEY], until=arranged.until)


@read_only
def latest(request):
    at = timezone.now()
    page = paged(request, Article.objects.live(at=at).newest_first().for_cards())
    told = gettext("Everything from every outlet, the newest first.")
    place = Place(gettext("Latest"), told, reverse("latest"), pictured=first_pictured(page))
    return _list(request, "articles/latest.html", {"page": page, "place": place}, at=at)


@read_only
def today(request):
    at = timezone.now()
    front_page = arrange(at=at)
    parts = digest.today(at=at, leading=front_page.top)
    told = gettext("What many outlets tell, what is new, what is long and what is argued: the day on one page.")
    pictured = first_pictured(article for part in parts for article in part.articles)
    place = Place(gettext("Today in brief"), told, reverse("today"), pictured=pictured)
    return _list(request, "articles/today.html", {"parts": parts, "place": place}, at=at, until=front_page.until)


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
    told = gettext("Who publishes what stands here, who owns them, and how much of their work we may show.")
    context = {"outlets": rows, "place": Place(gettext("Outlets"), told, reverse("outlets"))}
    return render_public(request, "articles/outlets.html", context, at=at, keys=[caching.LISTS_KEY])


@read_only
def hashtags(request):
    at = timezone.now()
    tags = Hashtag.objects.carried_by(Article.objects.live(at=at)).most_carried_first()
    told = gettext("Every hashtag that articles carry, the most carried first.")
    place = Place(gettext("Hashtags"), told, reverse("hashtags"))
    context = {"page": paged(request, tags, size=120), "place": place}
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
        "place": place_of("story", found, articles=articles),
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
    pages = TrustPage.objects.answers() if name == "outlet" else None
    place = place_of(name, listed.record, articles=page, pages=pages)
    return _list(request, f"articles/{name}.html", {"page": page, name: listed.record, "place": place}, at=at)


def _list(request, template, context, *, at, until=None):
    context = {"feeds": request.path} | context
    return render_public(request, template, context, at=at, keys=[caching.LISTS_KEY], until=until)
