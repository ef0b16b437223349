"""E-mail addresses, compared as the mailboxes that they lead to."""

import unicodedata


def key(address):
    """Return what is the same for all ways to write the address of one mailbox: "Rosa+news@..." is "rosa@...".

    Two mailboxes may share a key, where a mail server tells capitals apart; one mailbox seldom has two.
    """
    local, _, host = unicodedata.normalize("NFKC", address).casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{host.rstrip('.')}"
