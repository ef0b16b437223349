"""Files for programs: sitemaps, robots.txt, the list of outlets, search by the browser, embedding, rights."""

import re
from datetime import date
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from articles import caching
from articles.models import Article, Outlet, Section, TrustPage
from articles.syndication import absolute, rights_told, robots, shared_title, sitemaps
from articles.text import html
from articles.views.article import article as article_page
from articles.views.page import read_only

XML = "application/xml"
FIXED = ("front", "latest", "today", "outlets", "hashtags", "archive", "about", "corrections", "programs")
EMBED_WIDTH, EMBED_HEIGHT = 480, 240  # pixels


@read_only
def sitemap_index(request):
    at = timezone.now()
    files = [(_month_url(month, part), changed_at) for month, part, changed_at in sitemaps.months(at=at)]
    lists = [reverse("sitemap-lists"), *(reverse("sitemap-records", args=[name]) for name in sitemaps.RECORDS)]
    context = {"lists": [absolute(path) for path in lists], "files": files}
    return _shared(render(request, "machines/sitemap_index.xml", context, XML), at=at)


@read_only
def sitemap_of_month(request, year, month, part=1):
    at = timezone.now()
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        raise Http404("There is no such month.")
    rows = [
        (absolute(article.get_absolute_url()), article.changed_at)
        for article in sitemaps.articles_of(date(year, month, 1), part, at=at)
    ]
    if not rows:
        raise Http404("No article of that month may be listed.")
    return _shared(render(request, "machines/sitemap.xml", {"rows": rows}, XML), at=at)


@read_only
def sitemap_lists(request):
    at = timezone.now()
    records = [*Section.objects.in_order(), *Outlet.objects.active().by_name()]
    records += TrustPage.objects.listed().in_order().defer("body")
    months = sorted({(month.year, month.month) for month, *_ in sitemaps.months(at=at)}, reverse=True)
    paths = [reverse(name) for name in FIXED] + [record.get_absolute_url() for record in records]
    paths += [reverse("archive-month", args=month) for month in months]
    rows = [(absolute(path), None) for path in paths]
    return _shared(render(request, "machines/sitemap.xml", {"rows": rows}, XML), at=at)


@read_only
def sitemap_of_records(request, name):
    """List the pages of all records of one kind that something public stands under."""
    at = timezone.now()
    rows = [(absolute(record.get_absolute_url()), record.changed_at) for record in sitemaps.records(name, at=at)]
    return _shared(render(request, "machines/sitemap.xml", {"rows": rows}, XML), at=at)


@read_only
def sitemap_news(request):
    at = timezone.now()
    rows = [(absolute(article.get_absolute_url()), article) for article in sitemaps.news(at=at)]
    return _shared(render(request, "machines/sitemap_news.xml", {"rows": rows}, XML), at=at)


@read_only
def robots_txt(request):
    files = [absolute(reverse(name)) for name in ("sitemap", "sitemap-news")]
    text = robots.text(settings.ROBOTS, sitemaps=files)
    return _shared(HttpResponse(text, content_type="text/plain; charset=utf-8"), at=timezone.now())


@read_only
def opml(request):
    """List the feeds of all outlets in OPML 2.0, for a feed reader to subscribe to at once."""
    at = timezone.now()
    rows = [(outlet, absolute(outlet.get_absolute_url())) for outlet in Outlet.objects.active().by_name()]
    context = {"rows": rows, "site_name": settings.SITE_NAME}
    text = html.strip_forbidden(render_to_string("machines/outlets.opml", context, request))
    return _shared(HttpResponse(text, content_type="text/x-opml; charset=utf-8"), at=at)


@read_only
def opensearch(request):
    context = {"site_name": settings.SITE_NAME, "search": absolute(reverse("search"))}
    kind = "application/opensearchdescription+xml"
    return _shared(render(request, "machines/opensearch.xml", context, kind), at=timezone.now())


@read_only
def tdmrep(request):
    """Say whether rights to learn from texts are kept: of the outlets that we carry always, they are not ours."""
    carried = Outlet.objects.active().carried().by_name()
    rows = [(outlet.get_absolute_url(), rights_told(outlet)) for outlet in carried]
    told = [{"location": path} | rights for path, rights in [*rows, ("/", rights_told())]]
    return _shared(JsonResponse(told, safe=False), at=timezone.now())


@read_only
def oembed(request):
    """Answer with a card of the article whose address is asked for, by oEmbed 1.0, for others' pages to show."""
    at = timezone.now()
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON is given.\n", status=501, content_type="text/plain; charset=utf-8")
    article = _article_at(request.GET.get("url", ""), at=at)
    card = {"article": article, "url": absolute(article.get_absolute_url()), "site_name": settings.SITE_NAME}
    told = {
        "version": "1.0",
        "type": "rich",
        "title": shared_title(article, at=at),
        "author_name": article.outlet.name,
        "author_url": absolute(article.outlet.get_absolute_url()),
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute("/"),
        "cache_age": 60,
        "width": _within(request.GET.get("maxwidth", ""), EMBED_WIDTH),
        "height": _within(request.GET.get("maxheight", ""), EMBED_HEIGHT),
        "html": render(request, "machines/embed.html", card).content.decode(),
    }
    return _shared(JsonResponse(told), at=at)


def _article_at(address, *, at):
    """Return the live article to which the full ``address`` leads on this site; raise Http404 for any other."""
    try:
        parts = urlsplit(address)
        path = unquote(parts.path).removesuffix("/") + "/"
        match = resolve(path) if _host(parts) == _host(urlsplit(settings.SITE_URL)) else None
    except (ValueError, Resolver404):
        match = None
    if match is None or match.func is not article_page:
        raise Http404("There is no article at that address.")
    live, pk = Article.objects.live(at=at).for_cards(), match.kwargs["pk"]
    found = live.filter(pk=pk).first() or live.in_place_of(pk, at=at).first()
    if found is None:
        raise Http404("There is no article at that address.")
    return found


def _host(parts):
    """Return the host of an address, and its port unless that is the usual one; "" where it is not of the web."""
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme)
    return parts.netloc.lower().removesuffix(usual) if usual else ""


def _within(asked, most):
    return min(int(asked), most) if re.fullmatch(r"[1-9]\d{0,5}", asked, re.ASCII) else most


def _month_url(month, part):
    kwargs = {"year": month.year, "month": month.month} | ({"part": part} if part > 1 else {})
    return absolute(reverse("sitemap-month", kwargs=kwargs))


def _shared(response, *, at):
    return caching.share(response, at=at, keys=[caching.LISTS_KEY])
