"""One person's data: all of it in one piece, and none of it left behind."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F

from articles.models import Appeal, Comment, Commenter, Decision, Report, StaleRecord

NOBODY = "Deleted"  # the name on a stone; readers see neither
_OF_A_COMMENT = ("id", "article_id", "parent_id", "name", "email", "body", "created_at", "edited_at", "state")
_OF_A_COMMENT += ("state_reason", "decided_at", "recommendation_count", "network")


def export(commenter):
    """Return all that is stored of ``commenter`` as plain lists and dicts; times are datetimes."""
    return {
        "reader": {"id": commenter.pk, "account": str(commenter.user or ""), "known_since": commenter.created_at},
        "comments": [_export_comment(comment) for comment in commenter.comments.order_by("pk")],
        "recommended": _rows(commenter.recommendations, "comment_id", "at"),
        "reports": _rows(
            commenter.reports, "comment_id", "kind", "text", "email", "reference", "network", "at", "outcome"
        ),
        "bans": _rows(commenter.bans, "reason", "at", "until", "lifted_at"),
        "addresses": _rows(commenter.mailboxes, "email", "at", "confirmed_at"),
        "letters": [row for box in commenter.mailboxes.order_by("pk") for row in _letters(box)],
    }


def forget(commenter, *, at):
    """Delete all that is stored of ``commenter``; where others have answered, an empty stone stays.

    It can be stopped and run again: each comment goes in a transaction of its own, the reader last. A Silence stays: it
    is that of an address, which whoever is forgotten may only have typed.
    """
    pks = list(commenter.comments.order_by("-pk").values_list("pk", flat=True))  # answers before what they answer
    for pk in pks:
        _forget_comment(pk, at=at)
    with transaction.atomic():
        _take_voices_back(commenter)
        _blank_log(Commenter, [commenter.pk])
        Commenter.objects.filter(pk=commenter.pk).delete()  # with mailboxes, letters, bans, reports, recommendations
    transaction.on_commit(_empty_the_log_of_the_file)


def _export_comment(comment):
    said = {name: getattr(comment, name) for name in _OF_A_COMMENT}
    appeal = Appeal.objects.filter(comment=comment).values("text", "at", "outcome", "words", "decided_at").first()
    return said | {
        "said_before": _rows(comment.revisions, "body", "until"),
        "held_because": _rows(comment.hits, "rule", "words", "says"),
        "decisions": _rows(comment.decisions, "from_state", "to_state", "reason", "at"),
        "appeal": appeal,
    }


def _rows(records, *fields):
    return list(records.order_by("pk").values(*fields))


def _letters(mailbox):
    """Return what was sent to an address that is this reader's own; of another's it would say who wants no letters."""
    if mailbox.confirmed_at is None:
        return []
    return _rows(mailbox.notices, "kind", "comment_id", "at", "outcome", "settled_at")


def _forget_comment(pk, *, at):
    with transaction.atomic():
        comment = Comment.objects.get(pk=pk)
        _blank_log(Appeal, list(Appeal.objects.filter(comment=comment).values_list("pk", flat=True)))
        if not comment.is_deleted:
            _delete_text(comment, at=at)
        _blank_log(Comment, [pk])
        if not Comment.objects.filter(parent=pk).exists():
            comment.delete()
            return
        Comment.objects.filter(pk=pk).update(name=NOBODY, email="", network="", state_reason="", commenter=None)
        Decision.objects.filter(comment=pk).update(reason="")
        Report.objects.filter(comment=pk).update(text="")  # it may repeat what the comment said


def _delete_text(comment, *, at):
    try:
        comment.delete_text(at=at)
    except StaleRecord:  # a moderator was quicker
        Comment.objects.get(pk=comment.pk).delete_text(at=at)


def _take_voices_back(commenter):
    recommended = Comment.objects.filter(recommendations__commenter=commenter).values("pk")
    Comment.objects.filter(pk__in=recommended).update(recommendation_count=F("recommendation_count") - 1)
    reported = commenter.reports.undecided().values("comment")
    Comment.objects.filter(pk__in=reported, report_count__gt=0).update(report_count=F("report_count") - 1)


def _blank_log(model, pks):
    """The desk's history repeats the beginning of a comment."""
    of_them = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    of_them.filter(object_id__in=[str(pk) for pk in pks]).update(object_repr="", change_message="")


def _empty_the_log_of_the_file():
    """Have SQLite take its log over into the file, where deleted words are zeros: old pages stand there until then.

    PostgreSQL clears its files by vacuum, in its own time.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
