"""Prepare an article's reading aid when its text changes, and read it for the page."""

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from articles.assist import brief, facts, glossary
from articles.models import Article, AssistDraft, ReadingAid

# An interviewee's or a live reporter's sentences, taken out of their place, would say what the outlet did not say.
WITHOUT_AID = {Article.Kind.INTERVIEW, Article.Kind.LIVE, Article.Kind.SPONSORED}
FORM = 1  # of what is found; a higher number has `manage.py prepare` find it anew in texts that have not changed
MOST_REWRITTEN = 2000  # articles, the newest, in which a word that is new in the glossary is explained at once


def prepare(article):
    """Find and store the reading aid of ``article``, or remove it where its outlet allows no derived texts."""
    if not may_have_aid(article):
        ReadingAid.objects.filter(article=article).delete()
        return None
    points, by = brief.key_points_for(article)
    terms = glossary.explained_in(article)
    made = {
        "source_hash": article.source_hash,
        "key_points": points,
        "points_by": by,
        "found": facts.gather(body=article.body, language=article.language) | {"terms": terms, "form": FORM},
        "explains": f" {' '.join(str(term['id']) for term in terms)} " if terms else "",
    }
    with transaction.atomic():
        if not _is_unchanged(article):
            return None  # edited meanwhile, and planned again: nothing of the older text is stored
        made["written"] = _written(article)
        aid, _ = ReadingAid.objects.update_or_create(article=article, defaults=made)
    return aid


def aid_of(article):
    """Return the ReadingAid to show with ``article``, as it was loaded with it; None where none holds."""
    aid = getattr(article, "reading_aid", None)
    is_true = aid is not None and may_have_aid(article) and aid.source_hash == article.source_hash
    return aid if is_true and (aid.key_points or _is_written(aid, article) or _is_found(aid)) else None


def without_aid(articles):
    """Return those of the queryset ``articles`` that have no reading aid, or one of an older form."""
    of_this_form = ReadingAid.objects.filter(article=OuterRef("pk"), found__form=FORM)
    return articles.filter(~Exists(of_this_form))


def forget_stale(article):
    """Remove at once what was found in an older text, or what may no longer be shown, until it is prepared anew."""
    aids = ReadingAid.objects.filter(article=article)
    (aids.exclude(source_hash=article.source_hash) if may_have_aid(article) else aids).delete()
    AssistDraft.objects.of_older_texts(article).go_stale()


def concerned_by(term_id, spellings):
    """Return the articles, the newest, that explain the glossary's term or may use one of its ``spellings``."""
    told = Q(reading_aid__explains__contains=f" {term_id} ")
    for spelling in spellings:
        told |= Q(body__icontains=spelling)
    published = Article.objects.filter(told, state=Article.State.PUBLISHED)
    return published.newest_first().select_related("outlet")[:MOST_REWRITTEN]


def may_have_aid(article):
    return settings.READING_AID and article.outlet.derives_texts and article.kind not in WITHOUT_AID


_PARTS = ("names", "figures", "quotations", "terms")


def _is_found(aid):
    return any(aid.found.get(part) for part in _PARTS)


def _is_written(aid, article):
    return aid.written and article.outlet.allows_remote_assist


def _written(article):
    """Return what readers see of approved drafts, as plain dicts; of those with pages of their own without the text."""
    summary = AssistDraft.Kind.SUMMARY
    return [
        {
            "kind": draft.kind,
            "language": draft.language,
            "model": draft.model,
            "is_mended": draft.is_mended,
            "by": draft.decided_name,
            "at": draft.decided_at.isoformat(),
            "sentences": draft.sentences if draft.kind == summary else [],
        }
        for draft in AssistDraft.objects.shown(article).order_by("kind", "language", "pk")
    ]


def _is_unchanged(article):
    """Tell whether the row is still the one that was read, and hold it so until the transaction ends."""
    rows = Article.objects.select_for_update(no_key=True).filter(pk=article.pk).values_list("saved_at", flat=True)
    return list(rows) == [article.saved_at]
