"""What the desk's own templates ask."""

from django import template
from django.utils import timezone

from articles import roles
from articles.admin.lists import count_each
from articles.admin.moderation_log import state_label
from articles.admin.moments import in_words
from articles.admin.scope import comments_for
from articles.admin.states import state_in_words
from articles.models import Article, Comment, Conversation

register = template.Library()

MOST_LISTED = 5
MOST_COUNTED = 99


@register.inclusion_tag("admin/articles/_tabs.html")
def desk_tabs(changelist):
    """Show the list's queues as tabs."""
    tabs = next((spec for spec in changelist.filter_specs if getattr(spec, "is_tabs", False)), None)
    return {"tabs": list(tabs.choices(changelist)) if tabs else []}


@register.filter
def unlocalized(number):
    """Return ``number`` as a form sends it, without marks between thousands."""
    return str(number)


@register.filter
def state_words(article):
    return state_in_words(article, at=timezone.now())


@register.filter
def moment(instant):
    return in_words(instant, at=timezone.now())


@register.filter
def comment_state(state):
    """Return the name of a comment's state in a word."""
    return state_label(state)


@register.inclusion_tag("admin/articles/_waiting.html", takes_context=True)
def waiting_for_you(context):
    """Show what waits for this person: comments, what is published next, drafts begun. One query each."""
    user = context["user"]
    at = timezone.now()
    articles = Article.objects.for_desk()
    waiting = {"held": None, "reported": None, "scheduled": [], "drafts": []}
    if user.has_perm("articles.moderate_comment"):
        comments = comments_for(user)
        queues = [comments.filter(state=Comment.State.HELD), comments.reported()]
        counts = count_each(queues, most=MOST_COUNTED + 1)
        waiting["held"], waiting["reported"] = (_in_words(count) for count in counts)
    if user.has_perm("articles.publish_article"):
        waiting["scheduled"] = articles.scheduled(at=at).order_by("published_at", "pk")[:MOST_LISTED]
    if user.has_perm("articles.change_article"):
        mine = articles.filter(created_by=user, state=Article.State.DRAFT)
        waiting["drafts"] = mine.order_by("-saved_at", "-pk")[:MOST_LISTED]
    return waiting


@register.inclusion_tag("admin/articles/_switch.html")
def commenting_switch(user):
    """Show whether commenting has stopped, with the button that stops it or lets it go on. One query."""
    may = user.has_perm("articles.halt_conversation") and roles.outlets_of(user) is None
    return {"site": Conversation.objects.select_related("halted_by").current(), "may": may}


def _in_words(count):
    return f"more than {MOST_COUNTED}" if count > MOST_COUNTED else count
