"""What letters say: plain text, and no word of a stranger in a header."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

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
    """Return the Letter for ``notice`` as things are now, in the language of the site, whoever it is that asks."""
    with translation.override(settings.LANGUAGE_CODE):
        return _written(notice)


def _written(notice):
    subject, lines = _SAID[notice.kind](notice)
    stop = _address("mail-stop", stop_token(notice.mailbox.digest))
    lines += ["-- ", f"{settings.SITE_NAME}, {settings.SITE_URL}", _("Write to me no more:") + f" {stop}"]
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
    return _titled(_("Is this your address?")), [
        _("Somebody who wrote a comment on %s asked to be told at this address who answers it.") % settings.SITE_NAME,
        "",
        _("If that was you, open this page and press the button:"),
        link,
        "",
        _(
            "If it was not, you need do nothing: the address is deleted after a week. The link at the end of this "
            "letter keeps anybody from having you asked again."
        ),
        "",
    ]


def _answer(notice):
    answer = notice.comment
    return _titled(_("An answer to your comment")), [
        _("%(name)s has answered your comment on “%(headline)s”:")
        % {"name": answer.name, "headline": answer.article.headline},
        "",
        *_quoted(answer.body),
        "",
        _linked(_("Read it and answer:"), "comment", answer.pk),
        "",
    ]


def _decision(notice):
    comment = notice.comment
    what = {
        Comment.State.PUBLIC: _("Your comment is public."),
        Comment.State.REJECTED: _("A moderator has taken your comment down: %s") % comment.state_reason,
        Comment.State.SPAM: _("A moderator has taken your comment down as spam."),
    }[comment.state]
    own = _linked(_("Your comments, and how to appeal:"), "comments-own", comment.article_id)
    where = _linked(_("Read it:"), "comment", comment.pk) if comment.is_public else own
    return _titled(_("Your comment")), [
        what,
        "",
        _("It is about “%s”, and begins:") % comment.article.headline,
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


def _titled(subject):
    return f"{subject} – {settings.SITE_NAME}"


def _linked(words, name, *args):
    return f"{words} {_address(name, *args)}"


def _address(name, *args):
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
