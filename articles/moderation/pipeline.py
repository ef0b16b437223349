"""The one ordered list of rules that every new comment passes."""

from dataclasses import dataclass

from articles.models import Comment
from articles.text import comment as comment_text

MOST_LINKS = 0  # a guest's comment with a link waits for a moderator
SHOUTING_LETTERS = 24  # a text of at least so many letters, nearly all capitals, waits


@dataclass(frozen=True)
class Verdict:
    """``state`` that the comment gets and, where it is held, ``reason`` for the moderator."""

    state: str
    reason: str = ""


def judge(comment, *, trap_filled):
    """Return the verdict on a new ``comment``; ``trap_filled`` tells that the field no person sees was filled in."""
    for rule in (_trap, _links, _shouting):
        reason = rule(comment, trap_filled)
        if reason:
            return Verdict(Comment.State.HELD, reason)
    return Verdict(Comment.State.PUBLIC)


def _trap(comment, trap_filled):
    return "The hidden field was filled in, as programs do." if trap_filled else ""


def _links(comment, trap_filled):
    count = len(comment_text.links(comment.body))
    return f"{count} link{'s' if count > 1 else ''} in a guest's comment." if count > MOST_LINKS else ""


def _shouting(comment, trap_filled):
    letters = [
        character for character in comment.body if character.isalpha() and character.lower() != character.upper()
    ]
    loud = sum(character.isupper() for character in letters)
    return "Nearly all capitals." if len(letters) >= SHOUTING_LETTERS and loud > 0.7 * len(letters) else ""
