"""What is not needed any longer goes. Safe to run again, and to stop at any point."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from articles.models import Allowance, Comment, Report
from articles.moderation.transparency import keep_count

NETWORKS = timedelta(days=30)  # long enough to see who floods, too short to follow anybody
SPAM = timedelta(days=30)
TAKEN_DOWN = timedelta(days=180)  # a writer may still ask why
AT_ONCE = 500  # rows in one transaction: writers wait for none of them for long


def purge(*, at):
    """Delete what is past its time; return {what: how many}."""
    old = Comment.objects.filter(created_at__lt=at - NETWORKS)
    spam = Q(state=Comment.State.SPAM, created_at__lt=at - SPAM)
    rejected = Q(state=Comment.State.REJECTED, created_at__lt=at - TAKEN_DOWN)
    return {
        "limits": _delete(Allowance.objects.over(at=at)),
        "networks": _blank(old, "network") + _blank(Report.objects.filter(at__lt=at - NETWORKS), "network"),
        "addresses": _blank(Comment.objects.filter(created_at__lt=at - TAKEN_DOWN), "email"),
        "comments": _delete(Comment.objects.filter(spam | rejected, answers=None), before=keep_count),
    }


def _delete(rows, *, before=lambda these: None):
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        these = rows.model.objects.filter(pk__in=keys)
        with transaction.atomic():
            before(these)
            these.delete()
        count += len(keys)
    return count


def _blank(rows, field):
    count = 0
    while keys := list(rows.exclude(**{field: ""}).values_list("pk", flat=True)[:AT_ONCE]):
        count += rows.model.objects.filter(pk__in=keys).update(**{field: ""})
    return count
