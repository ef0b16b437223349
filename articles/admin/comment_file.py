"""All that the desk knows of one comment, for the page on which it is decided."""

from dataclasses import dataclass

from articles.admin.comment_queue import record_in_words
from articles.models import Comment

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


def file_on(comment, *, at):
    """Return the File on ``comment`` in a fixed number of queries."""
    return File(
        hits=list(comment.hits.order_by("pk")),
        revisions=list(comment.revisions.order_by("until", "pk")),
        reports=list(comment.reports.select_related("commenter__user", "decided_by").oldest_first()),
        decisions=list(comment.decisions.select_related("by").order_by("-at", "-pk")),
        **_on_writer(comment.commenter, comment=comment, at=at),
    )


def _on_writer(commenter, *, comment, at):
    if commenter is None:
        return {}
    return {
        "writer": commenter,
        "record": record_in_words(Comment.objects.records_of([commenter.pk]).get(commenter.pk)),
        "others": last_comments(commenter, besides=comment),
        "bans": bans_of(commenter, at=at),
    }


def last_comments(commenter, *, besides=None):
    others = commenter.comments.exclude(pk=besides.pk) if besides else commenter.comments.all()
    return list(others.select_related("article").defer("article__body", "email").newest_first()[:LAST])


def bans_of(commenter, *, at):
    """Return the commenter's bans, each with whether it is ``in_force``."""
    bans = list(commenter.bans.select_related("outlet", "by").order_by("-at", "-pk"))
    for ban in bans:
        ban.in_force = ban.is_in_force(at=at)
    return bans
