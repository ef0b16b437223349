"""What changed in an article since readers first saw it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles import caching
from articles.models import Article, Edition
from articles.text import diff, plain
from articles.views.page import read_only, render_public

MOST = 20  # changes that a page shows, the newest


@dataclass(frozen=True)
class Change:
    """``paragraphs`` are what `text.diff` found between one edition and the next, the headline's first."""

    at: datetime
    paragraphs: list


@read_only
def changes(request, pk):
    at = timezone.now()
    live = Article.objects.live(at=at).select_related("outlet", "section").prefetch_related("corrections")
    article = get_object_or_404(live.defer("embargo_note", "withdrawal_reason"), pk=pk)
    editions = Edition.objects.seen(article).newest_first()[:MOST]
    if not editions:
        raise Http404("Nothing has changed in this article.")
    keys = [caching.article_key(article.pk)]
    shown = {"article": article, "changes": _changes(article, editions)}
    return render_public(request, "articles/changes.html", shown, at=at, keys=keys)


def _changes(article, editions):
    """Return the Changes of what the outlet's agreement lets us show, the newest first."""
    found, newer = [], _told(article, article)
    for edition in editions:
        older = _told(edition, article)
        if paragraphs := diff.paragraphs(older, newer):
            found.append(Change(edition.replaced_at, paragraphs))
        newer = older
    return found


def _told(edition, article):
    """Return what an edition said, one paragraph a line, within the agreement with the outlet."""
    lines = [edition.headline]
    lines += [edition.standfirst] if article.outlet.shows_standfirst else []
    lines += [plain.from_html(edition.body)] if article.outlet.shows_body else []
    return "\n".join(lines)
