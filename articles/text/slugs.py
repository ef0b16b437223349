"""The readable part of an address."""

import hashlib

from django.utils.text import slugify

LONGEST = 80  # characters; the length of every slug field
# Letters of Latin scripts that do not come apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D"}
    | {"ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ı": "i"}
)


def make(text, *, longest=LONGEST):
    """Return a slug for ``text``, never empty.

    ASCII where most of the text comes down to it ("Évian" gives "evian"), else the letters as they are ("洪水 5" gives
    "洪水-5"), else eight hexadecimal digits of the text's SHA-256, so that equal texts get equal slugs.
    """
    plain = text.translate(_PLAIN)
    slug, in_full = slugify(plain), slugify(plain, allow_unicode=True)
    slug = _cut((slug if 2 * len(slug) > len(in_full) else in_full).strip("-_"), longest)
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
