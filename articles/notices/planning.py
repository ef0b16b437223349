"""What letters are due. Each is planned in the transaction of what it tells of, and sent by due work."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from articles.models import Allowance, Comment, Due, Limit, Mailbox, Notice, TooFast, Watch

DAY, HOUR = 86_400, 3600
# Letters that ask a stranger: few for an address, whoever types it, and not many from one place.
ASKED_AN_ADDRESS, ASKED_FROM_A_NETWORK = (3, DAY), (10, HOUR)
SLIPS = Comment.EDITABLE  # an answer may be changed or taken back so long; then it is told


def ask(comment, *, email, network, at):
    """Have ``comment`` watched for its writer; ask at an address that this reader has not confirmed.

    Sent twice, it is done once. Where an address was asked too often, or wants no letters, nothing is sent and nobody
    is told: it would say that the address is known. The latter is looked up when the letter is due: what happens here
    is the same for all.
    """
    with transaction.atomic():
        mailbox = Mailbox.objects.of(comment.commenter, email, at=at)
        _, is_new = Watch.objects.get_or_create(comment=comment, defaults={"mailbox": mailbox})
        if is_new and mailbox.confirmed_at is None and _may_ask(mailbox, network, at=at):
            _plan(Notice.Kind.CONFIRM, mailbox, comment, at=at)


def tell_of_answer(answer, *, at):
    """Plan to tell the writer of the comment that ``answer``, which is public, answers; not of an answer to oneself."""
    if not answer.is_public or answer.parent_id is None:
        return
    watch = _watch(comment=answer.parent_id)
    if watch and watch.mailbox.commenter_id != answer.commenter_id:
        _plan(Notice.Kind.ANSWER, watch.mailbox, answer, at=at, after=SLIPS)


def tell_of_decision(decision, *, at):
    """Plan to tell a writer what a moderator decided, where it changed what readers see."""
    changed = decision.from_state != decision.to_state and decision.by_id is not None
    if not changed or decision.to_state not in {Comment.State.PUBLIC, Comment.State.REJECTED, Comment.State.SPAM}:
        return
    watch = _watch(comment=decision.comment_id)
    if watch:
        _plan(Notice.Kind.DECISION, watch.mailbox, decision.comment, at=at, after=SLIPS)


def _watch(**which):
    found = Watch.objects.filter(mailbox__confirmed_at__isnull=False, **which)
    return found.select_related("mailbox").first()


def _plan(kind, mailbox, comment, *, at, after=timedelta(0)):
    try:
        with transaction.atomic():
            notice = Notice.objects.create(kind=kind, mailbox=mailbox, comment=comment, at=at)
    except IntegrityError:  # it waits already, or was told; unless it was dropped, when the answer was not public
        dropped = Notice.objects.filter(kind=kind, mailbox=mailbox, comment=comment, outcome=Notice.Outcome.DROPPED)
        notice = dropped.filter(kind=Notice.Kind.ANSWER).first()
        if notice is None:
            return
        dropped.update(outcome="", settled_at=None, at=at)
    Due.objects.plan("notice", notice.pk, at=at + after)


def _may_ask(mailbox, network, *, at):
    limits = [Limit(f"asked {mailbox.digest}", *ASKED_AN_ADDRESS)]
    limits += [Limit(f"asked from {network}", *ASKED_FROM_A_NETWORK)] if network else []
    try:
        with transaction.atomic():
            Allowance.objects.take(limits, at=at)
    except TooFast:
        return False
    return True
