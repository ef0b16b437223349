"""The one ordered list of rules that every new or changed comment passes."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import transaction

from articles.models import Comment, Commenter, Outlet, RuleHit, WordRule
from articles.moderation import rules
from articles.moderation.limits import limits_of


@dataclass(frozen=True)
class Facts:
    """What is known of the one who writes. ``held_at_first`` is how many comments of a newcomer a moderator reads,
    ``seconds`` how long the page was open before a first word was sent, where that is known."""

    at: datetime
    commenter: Commenter | None = None
    network: str = ""
    trap_filled: bool = False
    seconds: int | None = None
    is_staff: bool = False
    held_at_first: int = 0

    @cached_property
    def names_taken(self):
        """The names of the site and of all outlets, asked for once."""
        return [settings.SITE_NAME, *Outlet.objects.values_list("name", flat=True)]

    def phrases(self, outlet_id):
        """Return ``{effect: phrases}`` of the lists of words for an outlet, asked for once."""
        if outlet_id not in self._lists:
            listed = self._lists[outlet_id] = {effect: [] for effect in WordRule.Effect}
            for effect, phrase in WordRule.objects.for_outlet(outlet_id).values_list("effect", "phrase"):
                listed[effect].append(phrase)
        return self._lists[outlet_id]

    @cached_property
    def _lists(self):
        return {}


@dataclass(frozen=True)
class Verdict:
    """``state`` that the comment gets, ``hits`` that held it, and ``refusals``: what its writer has to change first."""

    state: str
    hits: list = field(default_factory=list)
    refusals: dict = field(default_factory=dict)

    @property
    def reason(self):
        """The first reason in a sentence, for lists."""
        return self.hits[0].says if self.hits else ""


def judge(comment, facts):
    """Return the verdict on ``comment``.

    All rules are asked, so that a moderator sees everything that speaks against it. Whoever is on the staff is not
    held; words that are refused are refused to all.
    """
    refusals = {}
    for rule in rules.REFUSING:
        refusals |= rule(comment, facts) or {}
    if facts.is_staff:
        return Verdict(Comment.State.PUBLIC, refusals=refusals)
    hits = [
        RuleHit(rule=rule.__name__, words=words[:200], says=says)
        for rule in rules.HOLDING
        for words, says in rule(comment, facts)
    ]
    return Verdict(Comment.State.HELD if hits else Comment.State.PUBLIC, hits, refusals)


def newcomer(*, at, user=None):
    """Make a Commenter of a stranger; return it with the secret that its browser has to keep."""
    return Commenter.objects.make(at=at, user=user)


def receive(comment, facts, verdict, *, user, speed):
    """Store ``comment`` as the verdict says and return it with the secret that a newcomer's browser has to keep.

    A stranger becomes a Commenter by the first comment that is stored, and by nothing else. Raises what `post` does.
    """
    with transaction.atomic():
        comment.commenter, secret = facts.commenter, ""
        if comment.commenter is None:
            comment.commenter, secret = newcomer(at=facts.at, user=user)
        comment.network = facts.network
        limits = limits_of(comment.commenter, facts.network, faster=speed)
        given = {"state": verdict.state, "reason": verdict.reason, "hits": verdict.hits}
        stored = comment.post(at=facts.at, limits=limits, is_staff=facts.is_staff, **given)
        if secret and stored.commenter_id != comment.commenter.pk:  # it was here already: sent twice
            comment.commenter.delete()
            secret = ""
    return stored, secret
