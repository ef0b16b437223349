"""Store what was read elsewhere, in batches of which each is stored whole or not at all, and each comment once."""

import itertools
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from functools import lru_cache

from django.db import transaction
from django.db.models import F
from django.utils.dateparse import parse_datetime

from articles.ingest.formats import FORMATS
from articles.ingest.matching import article_at
from articles.models import Article, Comment
from articles.text import comment as comment_text
from articles.text import markup, plain

BATCH = 500  # comments in one transaction: readers who post wait for none of them for long
MOST_NAMED = 1000  # addresses of which is told that no article has them
NO_NAME = "Anonymous"
# Names the comments of other programs: the same comment has the same nonce in every run.
_NONCE_SPACE = uuid.UUID("b5a0d1de-5a5c-4f0e-9a7e-8b1c9a3d2f60")


@dataclass
class Report:
    """``counts`` of what became of the comments of a file; ``unmatched`` counts those of each address that is no
    article's."""

    counts: Counter = field(default_factory=Counter)
    unmatched: Counter = field(default_factory=Counter)


def import_comments(file, format_name, report, *, at, is_dry=False):
    """Store the comments of ``file``, opened for bytes, under the articles that have their addresses.

    Count in ``report`` what was done, also where BrokenFile is raised: what was stored before stays, and a run on the
    mended file goes on from there. ``is_dry`` only counts.
    """
    find = lru_cache(maxsize=1024)(article_at)
    comments = _comments(FORMATS[format_name](file), find, report, at=at)
    while batch := list(itertools.islice(comments, BATCH)):
        _store(batch, report.counts, is_dry=is_dry)


def _comments(found, find, report, *, at):
    """Yield (the comment, not yet stored; the nonce of what it answers or None)."""
    for each in found:
        article = find(each.addresses)
        if article is None:
            report.counts["under no article of ours"] += 1
            named = each.addresses[0] if each.addresses else "(no address)"
            if named in report.unmatched or len(report.unmatched) < MOST_NAMED:
                report.unmatched[named] += 1
            continue
        made = _made(each, article, at=at)
        if made is None:
            report.counts["without words or a time"] += 1
        else:
            yield made, each.parent and _nonce(each.parent)


def _made(each, article, *, at):
    said_at, body = _instant(each.said_at), plain.cut(markup.to_text(each.html), comment_text.LONGEST)
    if said_at is None or not comment_text.is_visible(body):
        return None
    name = comment_text.one_line(each.name)[:60].strip()
    comment = Comment(
        article_id=article,
        name=name if comment_text.is_visible(name) else NO_NAME,
        body=body,
        nonce=_nonce(each.source),
        created_at=min(said_at, at),
        state=each.state,
    )
    comment.tidy()
    if each.state == Comment.State.HELD:
        comment.state_reason = "It waited for a moderator where it came from."
    else:  # somebody has decided on it there: it is no news to our moderators
        comment.decided_at = comment.created_at
    return comment


def _instant(text):
    try:
        found = parse_datetime(text)
        return found and (found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _nonce(source):
    return uuid.uuid5(_NONCE_SPACE, source)


def _store(batch, counts, *, is_dry):
    articles = sorted({comment.article_id for comment, _ in batch})
    nonces = {comment.nonce for comment, _ in batch} | {parent for _, parent in batch if parent}
    with transaction.atomic():
        if not is_dry:  # the articles' rows first, as in posting: one order of locks, no deadlock
            list(
                Article.objects.filter(pk__in=articles).select_for_update(no_key=True).order_by("pk").values_list("pk")
            )
        rows = Comment.objects.filter(article__in=articles, nonce__in=nonces).only("article", "nonce", "root")
        known = {(row.article_id, row.nonce): row for row in rows}
        new = {}
        for comment, parent in batch:
            new.setdefault((comment.article_id, comment.nonce), (comment, parent))
        new = {key: pair for key, pair in new.items() if key not in known}
        counts["stored already"] += len(batch) - len(new)
        counts.update(comment.state for comment, _ in new.values())
        if not is_dry:
            counts["answers whose parent is missing"] += _store_in_order(new, known)
            _count(new)


def _store_in_order(new, known):
    """Store ``new`` comments, each after what it answers; return how many answer what is not there.

    Those stand on their own.
    """
    left, missing = dict(new), 0
    while left:
        ready = {key: pair for key, pair in left.items() if (key[0], pair[1]) not in left}
        ready = ready or dict([next(iter(left.items()))])  # a ring of answers is broken somewhere
        for comment, parent in ready.values():
            comment.parent = known.get((comment.article_id, parent)) if parent else None
            comment.root_id = comment.parent and (comment.parent.root_id or comment.parent.pk)
            missing += bool(parent and not comment.parent)
        made = Comment.objects.bulk_create([comment for comment, _ in ready.values()])
        known |= {(comment.article_id, comment.nonce): comment for comment in made}
        left = {key: pair for key, pair in left.items() if key not in ready}
    return missing


def _count(new):
    public = Counter(comment.article_id for comment, _ in new.values() if comment.is_public)
    for article, number in sorted(public.items()):
        Article.objects.filter(pk=article).update(comment_count=F("comment_count") + number)
