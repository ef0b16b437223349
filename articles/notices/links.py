"""The signed links in letters. Whoever holds one speaks for that mailbox, and for no other.

They do not name the reader's address: links stand in logs.
"""

from datetime import timedelta

from django.core import signing

from articles.models import Mailbox

CONFIRM, STOP = "articles.notices.confirm", "articles.notices.stop"  # salts: a link for one is none for the other
CONFIRMED_WITHIN = timedelta(days=7)


def confirm_token(mailbox):
    return signing.dumps(mailbox.pk, salt=CONFIRM)


def stop_token(mailbox):
    return signing.dumps(mailbox.pk, salt=STOP)


def mailbox_to_confirm(token):
    """Return the Mailbox that ``token`` asks to confirm; None if the token is not ours, too old, or it is gone."""
    return _mailbox(token, salt=CONFIRM, max_age=CONFIRMED_WITHIN)


def mailbox_to_stop(token):
    """Return (whether the token is ours, its Mailbox or None); it never grows old, for letters are kept."""
    try:
        signing.loads(token, salt=STOP)
    except signing.BadSignature:
        return False, None
    return True, _mailbox(token, salt=STOP, max_age=None)


def _mailbox(token, *, salt, max_age):
    try:
        pk = signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
    return Mailbox.objects.filter(pk=pk).first()
