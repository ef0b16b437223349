"""Notices: letters to readers who asked for them, to addresses they have shown to be theirs."""

from articles.notices.letters import Letter
from articles.notices.links import mailbox_to_confirm, mailbox_to_stop
from articles.notices.planning import ask, tell_of_answer, tell_of_decision
from articles.notices.post import send
from articles.notices.retention import purge

__all__ = [
    "Letter",
    "ask",
    "mailbox_to_confirm",
    "mailbox_to_stop",
    "purge",
    "send",
    "tell_of_answer",
    "tell_of_decision",
]
