"""A second look by a service of the operator's choice, after a comment is stored: it can make it wait, nothing else."""

import json

from django.conf import settings

from articles import wire
from articles.models import RuleHit

PATIENCE = 10  # seconds that the service has to answer
LONGEST_ANSWER = 65_536  # bytes


class OddAnswer(ValueError):
    """The service did not answer as it was asked to."""


def second_look(comment, *, at):
    """Ask the service about a public comment on which nobody has decided, and hold it if it says so.

    What is sent: the words, the language of the article and the article's address; no name, address or network. Raise
    OSError or OddAnswer where there is no usable answer; the comment stays as it is.
    """
    if not comment.is_public or comment.decided_at:
        return
    answer = _ask({"text": comment.body, "language": comment.article.language, "article": _address(comment)})
    if answer["hold"]:
        says = f"The moderation service: {answer.get('reason') or 'no reason given'}"[:200]
        comment.hold_by_rule(at=at, hits=[RuleHit(rule="second_look", says=says)])


def _ask(told):
    asked = {"kind": "application/json", "key": settings.MODERATION_KEY}
    limits = {"seconds": PATIENCE, "most_bytes": LONGEST_ANSWER}
    said = wire.post(settings.MODERATION_URL, json.dumps(told).encode(), **asked, **limits)
    try:
        answer = json.loads(said.body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("hold"), bool):
        raise OddAnswer("The moderation service did not answer with a JSON object that holds true or false as `hold`.")
    if not isinstance(answer.get("reason", ""), str):
        raise OddAnswer("The moderation service gave a reason that is no text.")
    return answer


def _address(comment):
    return f"{settings.SITE_URL}{comment.article.get_absolute_url()}"
