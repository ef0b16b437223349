"""Feeds: every list of articles, to be followed."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import caching, digest, syndication
from articles.filters import ArticleFilter
from articles.front import arrange
from articles.models import Article, Correction
from articles.text import calendar
from articles.views import narrowing
from articles.views.archive import of_day, of_month, start_of
from articles.views.listed import find, find_story
from articles.views.page import read_only

MOST = 50  # items in a feed


@read_only
def everything(request, form):
    """Answer at the front page and at the latest articles: it is the same list, which a front page only arranges."""
    at = timezone.now()
    page = request.path.removesuffix(f"feed.{form}")
    title, told = settings.SITE_NAME, gettext("Everything from every outlet, the newest first.")
    return _feed(request, form, Article.objects.live(at=at), at=at, title=title, description=told, page=page)


@read_only
def today(request, form):
    """Answer with what the page of today shows, in its order; each item says under which heading it stands there."""
    at = timezone.now()
    front_page = arrange(at=at)
    shown = digest.today(at=at, leading=front_page.top)
    parts = {article.pk: part.heading for part in shown for article in part.articles}
    articles = Article.objects.live(at=at).filter(pk__in=parts)
    title = gettext("Today in brief") + f" – {settings.SITE_NAME}"
    told = gettext("Widely covered, new, long and argued: the day in brief.")
    place = {"page": reverse("today"), "until": front_page.until}
    return _feed(request, form, articles, at=at, parts=parts, title=title, description=told, **place)


@read_only
def listed(request, name, slug, form):
    at = timezone.now()
    found = find(name, slug, at=at)
    if not (found.articles.exists() or found.is_shown_empty):
        raise Http404("No public article stands here.")
    if found.record.slug != slug:
        return _led_on(found.record, form, at=at)
    return _feed_of(request, form, found.articles, name, found.record, at=at)


@read_only
def story(request, pk, slug, form):
    at = timezone.now()
    found, articles = find_story(pk, at=at)
    if (pk, slug) != (found.pk, found.slug):
        return _led_on(found, form, at=at)
    return _feed_of(request, form, articles, "story", found, at=at)


@read_only
def archive_month(request, year, month, form):
    at = timezone.now()
    told = gettext("Everything from every outlet in %(month)s.") % {
        "month": (title := calendar.written(start_of(year, month, 1), "month"))
    }
    page = reverse("archive-month", args=[year, month])
    return _archived(request, form, of_month(year, month, at=at), at=at, title=title, description=told, page=page)


@read_only
def archive_day(request, year, month, day, form):
    at = timezone.now()
    title = calendar.written(start_of(year, month, day), "day")
    told = gettext("Everything from every outlet on %(day)s.") % {"day": title}
    page = reverse("archive-day", args=[year, month, day])
    return _archived(request, form, of_day(year, month, day, at=at), at=at, title=title, description=told, page=page)


@read_only
def corrections(request, form):
    """Answer with what was corrected, each correction an item of its own, the last first."""
    at = timezone.now()
    listed = Correction.objects.of(Article.objects.live(at=at)).newest_first().for_list()[:MOST]
    items = [syndication.Item.of_correction(correction) for correction in listed]
    title = gettext("Corrections") + f" – {settings.SITE_NAME}"
    told = gettext("What we and the outlets we carry got wrong, and what is right.")
    return _written(request, form, items, at=at, title=title, description=told, page=reverse("corrections"))


@read_only
def search(request, form):
    """Answer any search as a feed, the newest first; others shall not find it."""
    at = timezone.now()
    live = Article.objects.live(at=at)
    chosen = ArticleFilter(request.GET, live)
    articles = live.filter(pk__in=chosen.find(order="newest").keys[:MOST])
    asked = request.GET.copy()
    asked.pop("brief", None)
    if "q" in asked:
        asked["q"] = chosen.words  # without what no key writes
    query = f"?{asked.urlencode()}" if asked else ""
    title = f"{narrowing.named(chosen.words, narrowing.chips(chosen, asked))} – {settings.SITE_NAME}"
    told = gettext("What a search finds on %s, the newest first.") % settings.SITE_NAME
    place = {"page": reverse("search"), "query": query, "hub": ""}  # nobody can tell a hub of every search there may be
    response = _feed(request, form, articles, at=at, title=title, description=told, **place)
    response["X-Robots-Tag"] = "noindex"
    return response


def _archived(request, form, articles, *, at, title, **told):
    if not articles.exists():
        raise Http404("Nothing public came out then.")
    return _feed(request, form, articles, at=at, title=f"{title} – {settings.SITE_NAME}", **told)


def _feed_of(request, form, articles, name, record, *, at):
    title = f"{'#' if name == 'hashtag' else ''}{record} – {settings.SITE_NAME}"
    told = syndication.described(name, record)
    return _feed(request, form, articles, at=at, title=title, description=told, page=record.get_absolute_url())


def _feed(request, form, articles, *, at, parts=None, **told):
    """Answer with the newest of ``articles``, or in the order of ``parts``, {key: the heading it stands under}."""
    is_brief = form == "json" and request.GET.get("brief") == "1"  # the page of what is followed shows no texts
    articles = articles.newest_first().for_feed()
    articles = articles.defer("body") if is_brief else articles
    articles = articles[:MOST]
    if parts:
        found = {article.pk: article for article in articles}
        articles = [found[pk] for pk in parts if pk in found]
    items = [
        syndication.Item.of(article.see_terms(at=at), is_brief=is_brief, part=(parts or {}).get(article.pk, ""))
        for article in articles
    ]
    return _written(request, form, items, at=at, **told)


def _written(request, form, items, *, at, title, description, page, query="", hub=None, until=None):
    """Write ``items`` down; ``hub`` is the address of the hub that is told of the list, by default the site's."""
    media_type, write = syndication.FORMATS[form]
    channel = syndication.Channel(
        title=title,
        description=description,
        page=f"{page}{query}",
        feed=f"{page}feed.{form}{query}",
        language=_language(items),
        hub=settings.WEBSUB_HUB if hub is None else hub,
    )
    response = HttpResponse(write(channel, items), content_type=f"{media_type}; charset=utf-8")
    response["Link"] = f'<{channel.feed_url}>; rel="self"'
    if channel.hub:
        response["Link"] += f', <{channel.hub}>; rel="hub"'
    syndication.reserve(response, *(item.outlet for item in items))
    caching.share(response, at=at, keys=[caching.LISTS_KEY], until=until)
    return caching.date(response, channel.feed, at=at)


def _language(items):
    """Return the language that all ``items`` are in; the site's where they are in several, or there are none."""
    languages = {item.language for item in items}
    return languages.pop() if len(languages) == 1 else settings.SITE_LANGUAGE


def _led_on(record, form, *, at):
    address = f"{record.get_absolute_url()}feed.{form}"
    return caching.share(redirect(address, permanent=True), at=at, keys=[caching.LISTS_KEY])
