"""Lists of articles: front page, latest, sections, outlets, hashtags, authors, stories."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from articles import caching
from articles.front import arrange
from articles.models import Article, Author, Hashtag, Outlet, Section, Story
from articles.related.coverage import coverage
from articles.views.page import paged, read_only, render_public


@read_only
def front(request):
    at = timezone.now()
    return render_public(request, "articles/front.html", {"front": arrange(at=at)}, at=at, keys=[caching.LISTS_KEY])


@read_only
def latest(request):
    at = timezone.now()
    page = paged(request, Article.objects.live(at=at).newest_first().for_cards())
    return _list(request, "articles/latest.html", {"page": page}, at=at)


@read_only
def section(request, slug):
    return _list_of(request, Section.objects, slug, lambda articles, found: articles.filter(section=found))


@read_only
def outlet(request, slug):
    return _list_of(request, Outlet.objects.active(), slug, lambda articles, found: articles.filter(outlet=found))


@read_only
def hashtag(request, slug):
    found = Hashtag.objects.select_related("alias_of")
    return _list_of(request, found, slug, lambda articles, found: articles.filter(hashtags=found), when_empty=_never)


@read_only
def author(request, slug):
    found = Author.objects.select_related("outlet")
    return _list_of(
        request, found, slug, lambda articles, found: articles.filter(bylines__author=found), when_empty=_comments_here
    )


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
    live = Article.objects.live(at=at)
    found = Story.objects.told_by(live).called(pk)
    if found is None:
        raise Http404("No public article tells this story.")
    if (pk, slug) != (found.pk, found.slug):
        return caching.share(redirect(found, permanent=True), at=at, keys=[caching.LISTS_KEY])
    articles = list(live.filter(story=found).first_report_first().for_cards())
    context = {"story": found, "articles": articles, "coverage": coverage(articles, at=at)}
    return render_public(request, "articles/story.html", context, at=at, keys=[caching.LISTS_KEY])


def _list_of(request, records, slug, narrow, *, when_empty=lambda found, at: True):
    """Render the list of the record that answers at ``slug``; lead on from a former address or an alias.

    Where no public article stands in it, ``when_empty`` is asked whether it is shown all the same. A record known from
    unpublished articles only is not: its very name would tell of them, here and in the address of a redirect.
    """
    at = timezone.now()
    try:
        found = records.at_address(slug)
    except records.model.DoesNotExist as error:
        raise Http404(str(error)) from None
    found = getattr(found, "alias_of", None) or found
    articles = narrow(Article.objects.live(at=at), found)
    page = paged(request, articles.newest_first().for_cards())
    if not (page.paginator.count or when_empty(found, at)):
        raise Http404("No public article stands here.")
    if found.slug != slug:  # shared for a minute only: a browser that kept it would loop after a second renaming
        return caching.share(redirect(found, permanent=True), at=at, keys=[caching.LISTS_KEY])
    name = found._meta.model_name
    return _list(request, f"articles/{name}.html", {"page": page, name: found}, at=at)


def _never(found, at):
    return False


def _comments_here(author, at):
    """Tell whether readers know the author from an answer to a comment, which links to the author's page."""
    return author.comments.public().filter(article__in=Article.objects.live(at=at)).exists()


def _list(request, template, context, *, at):
    return render_public(request, template, context, at=at, keys=[caching.LISTS_KEY])
