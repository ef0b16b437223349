"""The comments area: pages of comments, posting, permalinks."""

from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from articles import caching, moderation, notices
from articles.forms import CommentForm, CommentsPageForm
from articles.models import Article, Comment, CommentsClosed, TooFast, is_of_the_newsroom
from articles.models.prepared import INSTANT, PK, Prepared
from articles.views.origin import own_site_only
from articles.views.page import read_only, render_private, render_public
from articles.views.reader import commenter_of, network_of, remember
from articles.views.threads import Threads, place_of, threads_of, whole_thread


@own_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request, pk):
    at = timezone.now()
    article = discussed(pk, at=at)
    if request.method == "POST":
        return _post(request, article, at=at)
    asked = CommentsPageForm(request.GET).asked()
    threads = _asked_threads(article, asked)
    parent = article.comments.public().for_thread().filter(pk=asked["parent"]).first() if asked["parent"] else None
    context = {
        "article": article,
        "threads": threads,
        "asked": asked,
        "parent": parent,
        "form": CommentForm(article=article, parent=parent, is_quoting=asked["quote"]),
    }
    keys, until = [caching.article_key(article.pk)], article.terms.next_change(at=at)
    return render_public(request, "articles/comments.html", context, at=at, keys=keys, until=until)


@read_only
def comment(request, pk):
    at = timezone.now()
    shown = Comment.objects.public().filter(article__in=Article.objects.discussed(at=at).values("pk"))
    needed = ("created_at", "is_pinned", "article__slug", "root__created_at", "root__is_pinned")
    found = get_object_or_404(shown.select_related("article", "root").only(*needed), pk=pk)
    page, place = found.article.get_absolute_url(), place_of(found)
    if place:
        page = f"{reverse('comments', args=[found.article_id])}?{urlencode(place)}"
    return caching.keep_private(redirect(f"{page}#comment-{found.pk}"))


def discussed(pk, *, at):
    article = _discussed_articles().one({PK: pk, INSTANT: at})
    if article is None:
        raise Http404("There is no such conversation.")
    return article.see_terms(at=at)


@lru_cache
def _discussed_articles():
    return Prepared(Article.objects.discussed(at=INSTANT).for_comments().filter(pk=PK))


def _asked_threads(article, asked):
    if asked["thread"]:
        return whole_thread(article, asked["thread"], after=asked["after"])
    return threads_of(article, sort=asked["sort"], after=asked["after"])


def _post(request, article, *, at):
    form = CommentForm(request.POST, article=article)
    if not form.is_valid():
        return again(request, article, form, 422)
    comment = form.comment()
    facts = facts_of(request, at=at, trap_filled=form.trap_filled, seconds=form.seconds)
    verdict = moderation.judge(comment, facts)
    if verdict.refusals:
        return again(request, article, form, 422, ValidationError(verdict.refusals))
    user = request.user if request.user.is_authenticated else None
    try:
        stored, secret = moderation.receive(comment, facts, verdict, user=user, speed=settings.COMMENT_SPEED)
    except CommentsClosed as closed:
        article.see_terms(at=at)
        return again(request, article, form, 422, ValidationError(str(closed)))
    except TooFast as refused:
        response = again(request, article, form, 429, ValidationError(_wait(refused.seconds)))
        response["Retry-After"] = str(refused.seconds)
        return response
    except ValidationError as refused:
        form.stand_alone()
        return again(request, article, form, 422, refused)
    if form.cleaned_data["tell_me"] and stored.commenter_id == comment.commenter_id:  # not another reader's same words
        notices.ask(stored, email=comment.email, network=facts.network, at=at)
    where = reverse("comment", args=[stored.pk]) if stored.is_public else reverse("comments-own", args=[article.pk])
    response = caching.keep_private(redirect(where))
    response.status_code = 303
    return remember(response, secret)


def facts_of(request, *, at, trap_filled, seconds=None):
    """Return what the rules want to know of who asks."""
    return moderation.Facts(
        at=at,
        commenter=commenter_of(request),
        network=network_of(request, at=at),
        trap_filled=trap_filled,
        seconds=seconds if settings.COMMENT_SPEED else None,
        is_staff=is_of_the_newsroom(request.user),
        held_at_first=settings.COMMENTS_HELD_AT_FIRST,
    )


def _wait(seconds):
    if seconds < 60:
        said = ngettext(
            "You are writing faster than we can read. Post this in %(number)s second.",
            "You are writing faster than we can read. Post this in %(number)s seconds.",
            seconds,
        )
        return said % {"number": seconds}
    minutes = -(-seconds // 60)
    said = ngettext(
        "You are writing faster than we can read. Post this in %(number)s minute.",
        "You are writing faster than we can read. Post this in %(number)s minutes.",
        minutes,
    )
    return said % {"number": minutes}


def again(request, article, form, status, error=None):
    """Give the reader's words back, with what is wrong with them."""
    if error is not None:
        form.add_error(None, error)
    context = {"article": article, "form": form, "parent": form.parent, "threads": Threads([])}
    return render_private(request, "articles/comment_again.html", context, status=status)
