"""Addresses to which nothing is sent, because who reads there said so."""

from django.db import models
from django.utils.crypto import salted_hmac

from articles.text import mailboxes


class Silence(models.Model):
    """A mailbox wants no letters, whoever types its address here.

    The digest is all that is kept of it. It belongs to no reader: one who types an address that is somebody else's does
    not end that person's silence by being forgotten.
    """

    digest = models.CharField(max_length=32, unique=True, editable=False)
    at = models.DateTimeField(editable=False)

    def __str__(self):
        return f"Silence {self.pk}"


def digest_of(email):
    """Return the keyed digest of an address: without the site's key nobody can try addresses on it."""
    return salted_hmac("articles.silence", mailboxes.key(email), algorithm="sha256").hexdigest()[:32]
