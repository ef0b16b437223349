"""How a page of comments is put together."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from articles.models import Comment
from articles.text import comment as comment_text

register = template.Library()
RENDERED = 4000  # comments kept, of about two kilobytes each


class Shown(NamedTuple):
    """All that a page shows of a comment. Two that are equal look the same, and the second needs no rendering."""

    pk: int
    name: str
    body: str
    state: str
    created_at: datetime
    is_edited: bool
    is_picked: bool
    is_pinned: bool
    recommendation_count: int
    author: str  # the slug of a member of the staff, ...
    badge: str  # ... and the outlet that is written for; "" where that is none of ours any more
    answers: int | None  # the comment that is answered, where the page has to say so, ...
    answers_name: str  # ... and who wrote that; "" where it is gone
    article: int
    outlet: str
    takes_comments: bool
    time_zone: str
    language: str

    @property
    def is_public(self):
        return self.state == Comment.State.PUBLIC


@register.filter
def comment_in_thread(text):
    """Return a reader's plain text as HTML for a page that is about something else."""
    return comment_text.set_apart(comment_text.render(text))


@register.simple_tag
def shown_comment(comment, article):
    """Return a comment as HTML, as a thread below ``article`` shows it; a stone for one that is not public."""
    author, parent = comment.author, comment.parent if comment.answers_an_answer else None
    outlet = author.outlet if author else None
    shown = Shown(
        pk=comment.pk,
        name=comment.name,
        body=comment.body if comment.is_public else "",
        state=comment.state,
        created_at=comment.created_at,
        is_edited=comment.edited_at is not None,
        is_picked=comment.is_picked,
        is_pinned=comment.is_pinned,
        recommendation_count=comment.recommendation_count,
        author=author.slug if author else "",
        badge=outlet.name if outlet and outlet.is_active else "",
        answers=parent and parent.pk,
        answers_name=parent.name if parent and parent.is_public else "",
        article=article.pk,
        outlet=article.outlet.name,
        takes_comments=article.takes_comments,
        time_zone=get_current_timezone_name(),
        language=get_language(),
    )
    return _rendered(shown)


@lru_cache(RENDERED)
def _rendered(shown):
    # Finished pages are kept as well, but every new comment, vote and decision has its page made anew. What is gone
    # from the page cannot be asked for here any more, and falls out.
    return render_to_string("articles/_comment.html", {"comment": shown})
