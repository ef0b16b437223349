"""Addresses go when nothing is watched for them any longer."""

from datetime import timedelta

from django.db.models import Q

from articles.models import Mailbox, Notice, Watch
from articles.notices.links import CONFIRMED_WITHIN

WATCHED = timedelta(days=180)  # of a comment's life: few answer later
SETTLED = timedelta(days=30)
AT_ONCE = 500  # rows in one transaction: writers wait for none of them for long


def purge(*, at):
    """Delete what is past its time; return {what: how many}."""
    _delete(Watch.objects.filter(comment__created_at__lt=at - WATCHED))
    never = Mailbox.objects.filter(confirmed_at=None, at__lt=at - CONFIRMED_WITHIN)
    told = Q(settled_at__lt=at - SETTLED) & ~Q(kind=Notice.Kind.ANSWER)  # that one was told, no second letter may say
    return {
        "mailboxes": _delete(never) + _delete(Mailbox.objects.filter(watches=None)),
        "notices": _delete(Notice.objects.filter(told | Q(settled_at__lt=at - WATCHED))),
    }


def _delete(rows):
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        rows.model.objects.filter(pk__in=keys).delete()
        count += len(keys)
    return count
