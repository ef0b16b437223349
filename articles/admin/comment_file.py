"""All that the desk knows of one comment, for the page on which it is decided."""

from dataclasses import dataclass

from articles.admin.comment_queue import record_in_words
from articles.admin.scope import bans_for, comments_for

LAST = 10  # comments of the same writer


@dataclass(frozen=True)
class File:
    hits: list
    revisions: list
    reports: list
    decisions: list
    writer: object = None
    record: str = ""
    others: list = ()
    bans: list = ()


def file_on(comment, *, at, user):
    """Return the File on ``comment`` in a fixed number of queries; of its writer, what ``user`` moderates."""
    return File(
        hits=list(comment.hits.order_by("pk")),
        revisions=list(comment.revisions.order_by("until", "pk")),
        reports=list(comment.reports.select_related("commenter__user", "decided_by").oldest_first()),
        decisions=list(comment.decisions.select_related("by").order_by("-at", "-pk")),
        **_on_writer(comment.commenter, comment=comment, at=at, user=user),
    )


def _on_writer(commenter, *, comment, at, user):
    if commenter is None:
        return {}
    return {
        "writer": commenter,
        "record": record_in_words(comments_for(user).records_of([commenter.pk]).get(commenter.pk)),
        "others": last_comments(commenter, besides=comment, user=user),
        "bans": bans_of(commenter, at=at, user=user),
    }


def last_comments(commenter, *, user, besides=None):
    others = comments_for(user).filter(commenter=commenter)
    others = others.exclude(pk=besides.pk) if besides else others
    return list(others.select_related("article").defer("article__body", "email").newest_first()[:LAST])


def bans_of(commenter, *, at, user):
    """Return the commenter's bans, each with whether it is ``in_force``."""
    bans = list(bans_for(user).filter(commenter=commenter).select_related("outlet", "by").order_by("-at", "-pk"))
    for ban in bans:
        ban.in_force = ban.is_in_force(at=at)
    return bans
