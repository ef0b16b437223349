"""What letters say: plain text, and no word of a stranger in a header."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from articles.models import Comment, Notice
from articles.notices.links import confirm_token, stop_token

EXCERPT = 300  # characters of an answer; the whole of it is a click away


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    headers: dict = field(default_factory=dict)

    def message(self, *, to):
        return EmailMessage(subject=self.subject, body=self.text, to=[to], headers=self.headers)


def write(notice):
    """Return the Letter for ``notice`` as things are now."""
    subject, lines = _SAID[notice.kind](notice)
    stop = _address("mail-stop", stop_token(notice.mailbox.digest))
    lines += ["-- ", f"{settings.SITE_NAME}, {settings.SITE_URL}", f"Write to me no more: {stop}"]
    headers = {
        # RFC 8058: the reader's mail program has a button that posts to this address.
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        # The same in a second attempt: a program that got the letter twice can know it.
        "Message-ID": f"<notice-{notice.pk}-{notice.at:%Y%m%d%H%M%S}@{settings.SITE_HOST}>",
    }
    return Letter(subject, "\n".join(lines) + "\n", headers)


def _confirm(notice):
    link = _address("mail-confirm", confirm_token(notice.mailbox))
    return f"Is this your address? – {settings.SITE_NAME}", [
        f"Somebody who wrote a comment on {settings.SITE_NAME} asked to be told at this address who answers it.",
        "",
        "If that was you, open this page and press the button:",
        link,
        "",
        "If it was not, you need do nothing: the address is deleted after a week. The link at the end of this letter "
        "keeps anybody from having you asked again.",
        "",
    ]


def _answer(notice):
    answer = notice.comment
    return f"An answer to your comment – {settings.SITE_NAME}", [
        f"{answer.name} has answered your comment on “{answer.article.headline}”:",
        "",
        *_quoted(answer.body),
        "",
        f"Read it and answer: {_address('comment', answer.pk)}",
        "",
    ]


def _decision(notice):
    comment = notice.comment
    what = {
        Comment.State.PUBLIC: "Your comment is public.",
        Comment.State.REJECTED: f"A moderator has taken your comment down: {comment.state_reason}",
        Comment.State.SPAM: "A moderator has taken your comment down as spam.",
    }[comment.state]
    own = f"Your comments, and how to appeal: {_address('comments-own', comment.article_id)}"
    where = f"Read it: {_address('comment', comment.pk)}" if comment.is_public else own
    return f"Your comment – {settings.SITE_NAME}", [
        what,
        "",
        f"It is about “{comment.article.headline}”, and begins:",
        "",
        *_quoted(comment.body),
        "",
        where,
        "",
    ]


_SAID = {Notice.Kind.CONFIRM: _confirm, Notice.Kind.ANSWER: _answer, Notice.Kind.DECISION: _decision}


def _quoted(text):
    text = text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"
    return [f"> {line}".rstrip() for line in text.split("\n")]


def _address(name, *args):
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
