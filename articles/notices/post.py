"""Sending: at least once. A process that dies between the mail server's "yes" and our note of it sends again."""

import smtplib
from datetime import timedelta

from articles.models import Article, Comment, Due, Notice
from articles.notices.letters import write

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)  # between attempts while no server takes a letter
NEWS_FOR = timedelta(days=3)  # then a letter is no news any more


def send(notice_id, *, at):
    """Send the notice if what it tells is still so; try again later, by a plan of its own, where no server takes it."""
    found = Notice.objects.waiting().select_related("mailbox", "comment__article__outlet").filter(pk=notice_id).first()
    if found is None:
        return
    if not _is_still_so(found, at=at):
        found.settle(Notice.Outcome.DROPPED, at=at)
        return
    try:
        write(found).message(to=found.mailbox.email).send()
    except smtplib.SMTPRecipientsRefused as refused:
        _put_off(found, at=at, is_final=all(500 <= code < 600 for code, _ in refused.recipients.values()))
    except (OSError, smtplib.SMTPException):
        _put_off(found, at=at)
    else:
        found.settle(Notice.Outcome.SENT, at=at)


def _is_still_so(notice, *, at):
    """Tell whether there is anything to tell: it may have been taken back, taken down, answered by silence."""
    mailbox, comment = notice.mailbox, notice.comment
    if mailbox.is_silent:
        return False
    if notice.kind == Notice.Kind.CONFIRM:
        return mailbox.confirmed_at is None
    if mailbox.confirmed_at is None or not _is_discussed(comment.article, at=at):
        return False
    if notice.kind == Notice.Kind.ANSWER:
        return comment.is_public and Comment.objects.public().filter(pk=comment.parent_id).exists()
    return comment.state in {Comment.State.PUBLIC, Comment.State.REJECTED, Comment.State.SPAM}


def _is_discussed(article, *, at):
    return article.see_terms(at=at).shows_comments and Article.objects.live(at=at).filter(pk=article.pk).exists()


def _put_off(notice, *, at, is_final=False):
    """Plan another attempt, later each time; give up when nobody would want the letter any more."""
    attempts = notice.tried()
    if is_final or at - notice.at > NEWS_FOR:
        notice.settle(Notice.Outcome.GIVEN_UP, at=at)
        return
    wait = min(FIRST_WAIT * 2 ** min(attempts, 16), LONGEST_WAIT)
    Due.objects.plan("notice", notice.pk, at=at + wait)
