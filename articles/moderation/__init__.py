"""Moderation: what happens to a comment when it comes in."""

from articles.moderation.limits import count
from articles.moderation.pipeline import Facts, Verdict, judge, newcomer, receive
from articles.moderation.reports import after_report
from articles.moderation.retention import purge

__all__ = ["Facts", "Verdict", "after_report", "count", "judge", "newcomer", "purge", "receive"]
