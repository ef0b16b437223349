"""Which articles ran the same text: the first print is named by all others, whatever is edited, added or taken away.

An article is a copy of another where its own text is like that one's, not by way of a third. Taken in the order in
which they came out, each is a copy of the first before it that is a copy of none, or is a copy of none itself.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from articles.models import Article, TermVector
from articles.models.locks import one_at_a_time
from articles.related import rows
from articles.related.scoring import COPY
from articles.text import shingles

_LOCK = 0x636F70  # any number that nothing else in the database locks


@dataclass
class _Print:
    article_id: int
    copy_of: int | None
    signature: bytes
    published_at: object  # as the database has it: only compared with others
    kind: str


def settle(vector, alike, *, is_edited):
    """Have the prints of one text name the first of them: the article of ``vector``, and ``alike``, ids of others.

    What one of them was until now is put right: a first print that is none any more, a copy that was edited. In a
    transaction of its own, after what else is stored: it waits for other processes, and nothing waits for it meanwhile.
    """
    if alike or vector.copy_of or is_edited:
        _settle({vector.article_id, *alike}, {vector.article_id})


def leave(article_id):
    """Have the copies of an article that goes, or that is no coverage, name the first of those that are left."""
    if _read("article_id", {article_id}):
        _settle({article_id}, {article_id}, but=article_id)


def _settle(ids, deposed, *, but=None):
    """Find out what the articles ``ids`` and the copies of those ``deposed`` are copies of now, and store it."""
    family, read, left = {}, set(), set()
    with transaction.atomic():
        one_at_a_time(_LOCK)
        while ids or deposed:
            family |= _read("article_id", ids) | _read("copy_of", deposed)
            read, left = read | ids, left | deposed
            firsts = _firsts(family.values(), but=but)
            ids = {each.copy_of for each in family.values()} - {None, *family, *read}
            deposed = {pk for pk, each in family.items() if each.copy_of is None and firsts[pk]} - left
        _store(family, firsts)


def _read(column, ids):
    """Return ``{article: _Print}`` of the vectors that have one of ``ids`` in ``column``."""
    statement = (
        f"SELECT article_id, copy_of, signature, published_at, kind FROM {rows.quoted(TermVector)} "  # noqa: S608
        f"JOIN {rows.quoted(Article)} article ON article.id = article_id WHERE {column} {{}}"
    )
    return {row[0]: _Print(*row) for row in rows.read(statement, sorted(ids))}


def _firsts(prints, *, but):
    """Return ``{article: the first print that it is a copy of, or None}``; what somebody paid for is no print."""
    firsts, found = {}, []
    for each in sorted(prints, key=lambda each: (each.published_at, each.article_id)):
        if each.article_id == but or each.kind == Article.Kind.SPONSORED:
            firsts[each.article_id] = None
            continue
        alike = (first for first in found if shingles.likeness(first.signature, each.signature) >= COPY)
        firsts[each.article_id] = first = next((first.article_id for first in alike), None)
        found += [] if first else [each]
    return firsts


def _store(family, firsts):
    """Write what changed, in rising order. Where a text was edited meanwhile, it is left to who relates that."""
    changed = sorted(pk for pk, each in family.items() if each.copy_of != firsts[pk])
    statement = f"UPDATE {rows.quoted(TermVector)} SET copy_of = %s WHERE article_id = %s AND signature = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(firsts[pk], pk, family[pk].signature) for pk in changed])
