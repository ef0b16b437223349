"""The signed links in letters. Whoever holds one speaks for that mailbox, and for no other.

They do not name the reader's address: links stand in logs. Those that end letters hold its digest, so that they are
good when the site has long forgotten the mailbox itself.
"""

from datetime import timedelta

from django.core import signing

from articles.models import Mailbox

# Salts: a link for one is none for the others.
CONFIRM, STOP, AGAIN = "articles.notices.confirm", "articles.notices.stop", "articles.notices.again"
CONFIRMED_WITHIN = timedelta(days=7)


def confirm_token(mailbox):
    return signing.dumps(mailbox.pk, salt=CONFIRM)


def stop_token(digest):
    return signing.dumps(digest, salt=STOP)


def again_token(digest):
    return signing.dumps(digest, salt=AGAIN)


def mailbox_to_confirm(token):
    """Return the Mailbox that ``token`` asks to confirm; None if the token is not ours, too old, or it is gone."""
    pk = _signed(token, salt=CONFIRM, max_age=CONFIRMED_WITHIN)
    return Mailbox.objects.filter(pk=pk).first() if pk else None


def digest_to_stop(token):
    """Return the digest of the address to which nothing is to be sent; None if the token is not ours.

    It never grows old, for letters are kept.
    """
    return _signed(token, salt=STOP)


def digest_to_write_to_again(token):
    """Return the digest of the address whose silence ends; None if the token is not ours."""
    return _signed(token, salt=AGAIN)


def _signed(token, *, salt, max_age=None):
    try:
        return signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
