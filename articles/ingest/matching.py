"""Which of our articles stood at an address elsewhere."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from articles.models import Article

_OURS = re.compile(r"/articles/([0-9]{1,18})(?:/[^/]*)?/?")


def article_at(addresses):
    """Return the key of the article that has one of ``addresses``, its own or that of its original; None if none has.

    http and https, with and without www, a slash at the end, a query or a fragment: it is the same address. Where
    several articles name one original, it is the first of them.
    """
    for address in addresses:
        parts = _parts(address)
        if parts is None:
            continue
        own = _OURS.fullmatch(parts.path) if (parts.hostname or settings.SITE_HOST) == settings.SITE_HOST else None
        which = Q(pk=int(own[1])) if own else Q(original_url__in=_spellings(parts))
        found = Article.objects.filter(which).order_by("pk").values_list("pk", flat=True).first()
        if found is not None:
            return found
    return None


def _parts(address):
    try:
        parts = urlsplit(address.strip())
        is_one = bool(parts.hostname) or parts.path.startswith("/")
    except ValueError:
        return None
    return parts if is_one and "\x00" not in address else None


def _spellings(parts):
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    ends = [f"{path}/", path]
    if parts.query:  # an address may consist of its query alone, as /?p=12 does
        ends = [f"{end}?{parts.query}" for end in ends] + (ends if path else [])
    return [f"{scheme}://{www}{host}{end}" for scheme in ("https", "http") for www in ("", "www.") for end in ends]
