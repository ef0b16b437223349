"""Lists of articles: front page, latest, sections, outlets, hashtags, authors, stories."""

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import caching
from articles.front import arrange
from articles.models import Article, Author, Hashtag, Outlet, Section, Story
from articles.views.page import paged, render_public


@require_safe
def front(request):
    at = timezone.now()
    return render_public(request, "articles/front.html", {"front": arrange(at=at)}, at=at, keys=[caching.LISTS_KEY])


@require_safe
def latest(request):
    at = timezone.now()
    return _list(request, "articles/latest.html", Article.objects.live(at=at), {}, at=at)


@require_safe
def section(request, slug):
    return _list_of(request, Section.objects, slug, lambda articles, found: articles.filter(section=found))


@require_safe
def outlet(request, slug):
    return _list_of(request, Outlet.objects.active(), slug, lambda articles, found: articles.filter(outlet=found))


@require_safe
def hashtag(request, slug):
    found = Hashtag.objects.select_related("alias_of")
    return _list_of(request, found, slug, lambda articles, found: articles.filter(hashtags=found))


@require_safe
def author(request, slug):
    found = Author.objects.select_related("outlet")
    return _list_of(request, found, slug, lambda articles, found: articles.filter(bylines__author=found))


@require_safe
def outlets(request):
    at = timezone.now()
    counts = Article.objects.live(at=at).facet("outlet")
    rows = [(outlet, counts.get(outlet.pk, 0)) for outlet in Outlet.objects.active().by_name()]
    return render_public(request, "articles/outlets.html", {"outlets": rows}, at=at, keys=[caching.LISTS_KEY])


@require_safe
def hashtags(request):
    at = timezone.now()
    tags = Hashtag.objects.carried_by(Article.objects.live(at=at)).most_carried_first()
    context = {"page": paged(request, tags, size=120)}
    return render_public(request, "articles/hashtags.html", context, at=at, keys=[caching.LISTS_KEY])


@require_safe
def story(request, pk, slug=""):
    at = timezone.now()
    live = Article.objects.live(at=at)
    found = get_object_or_404(Story.objects.told_by(live), pk=pk)
    if slug != found.slug:
        return redirect(found, permanent=True)
    articles = live.filter(story=found).first_report_first().for_cards()
    context = {"story": found, "articles": list(articles)}
    return render_public(request, "articles/story.html", context, at=at, keys=[caching.LISTS_KEY])


def _list_of(request, records, slug, narrow):
    """Render the list of the record that answers at ``slug``; lead on from a former address."""
    at = timezone.now()
    try:
        found = records.at_address(slug)
    except records.model.DoesNotExist:
        return get_object_or_404(records.none())
    if found.get_absolute_url() != request.path:
        return redirect(found, permanent=True)
    name = found._meta.model_name
    return _list(request, f"articles/{name}.html", narrow(Article.objects.live(at=at), found), {name: found}, at=at)


def _list(request, template, articles, context, *, at):
    page = paged(request, articles.newest_first().for_cards())
    return render_public(request, template, {"page": page, **context}, at=at, keys=[caching.LISTS_KEY])
