"""Notices: letters to readers who asked for them, to addresses they have shown to be theirs."""

from articles.notices.letters import Letter
from articles.notices.links import again_token, digest_to_stop, digest_to_write_to_again, mailbox_to_confirm
from articles.notices.planning import ask, tell_of_answer, tell_of_decision
from articles.notices.post import send
from articles.notices.retention import purge

__all__ = [
    "Letter",
    "again_token",
    "ask",
    "digest_to_stop",
    "digest_to_write_to_again",
    "mailbox_to_confirm",
    "purge",
    "send",
    "tell_of_answer",
    "tell_of_decision",
]
