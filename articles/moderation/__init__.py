"""Moderation: what happens to a comment when it comes in."""

from articles.moderation.learning import learn
from articles.moderation.limits import count
from articles.moderation.pipeline import Facts, Verdict, judge, newcomer, receive
from articles.moderation.remote import OddAnswer, second_look
from articles.moderation.reports import after_report
from articles.moderation.retention import purge
from articles.moderation.transparency import median_wait, months_of
from articles.moderation.trial import Trial, try_text

__all__ = [
    "Facts",
    "OddAnswer",
    "Trial",
    "Verdict",
    "after_report",
    "count",
    "judge",
    "learn",
    "median_wait",
    "months_of",
    "newcomer",
    "purge",
    "receive",
    "second_look",
    "try_text",
]
