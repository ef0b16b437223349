"""The readable part of an address."""

import hashlib

from django.utils.text import slugify

LONGEST = 80  # characters; the length of every slug field


def make(text, *, longest=LONGEST):
    """Return a slug for ``text``, never empty.

    ASCII where the text has letters that come down to it ("Évian" gives "evian"), else the letters as they are
    ("洪水" stays), else eight hexadecimal digits of the text's SHA-256, so that equal texts get equal slugs.
    """
    slug = slugify(text) or slugify(text, allow_unicode=True)
    slug = _cut(slug.strip("-_"), longest)
    return slug or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def numbered(slug, number, *, longest=LONGEST):
    """Return ``slug`` with ``-number`` at its end, cut so that the whole has at most ``longest`` characters."""
    ending = f"-{number}"
    return slug[: longest - len(ending)].rstrip("-") + ending


def _cut(slug, longest):
    if len(slug) <= longest:
        return slug
    head = slug[: longest + 1]
    return head.rsplit("-", 1)[0] if "-" in head else slug[:longest]
