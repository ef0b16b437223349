"""Moderation: what happens to a comment when it comes in."""

from articles.moderation.pipeline import Verdict, judge

__all__ = ["Verdict", "judge"]
