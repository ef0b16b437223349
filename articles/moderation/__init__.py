"""Moderation: what happens to a comment when it comes in."""

from articles.moderation.limits import limits_of
from articles.moderation.pipeline import Facts, Verdict, judge, receive

__all__ = ["Facts", "Verdict", "judge", "limits_of", "receive"]
