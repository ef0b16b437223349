"""Prepare an article's reading aid when its text changes, and read it for the page."""

from articles.assist.key_points import choose
from articles.models import Article, ReadingAid

# An interviewee's or a live reporter's sentences, taken out of their place, would say what the outlet did not say.
_WITHOUT_KEY_POINTS = {Article.Kind.INTERVIEW, Article.Kind.LIVE, Article.Kind.SPONSORED}


def prepare(article):
    """Choose and store the key points of ``article``, or remove them where its outlet allows no derived texts."""
    if not _may_have(article):
        ReadingAid.objects.filter(article=article).delete()
        return None
    made = {"source_hash": article.source_hash, "key_points": _choose_for(article)}
    aid, _ = ReadingAid.objects.update_or_create(article=article, defaults=made)
    return aid


def key_points_of(article):
    """Return the key points to show with ``article``: those prepared from its present text, else made now."""
    if not _may_have(article):
        return []
    aid = getattr(article, "reading_aid", None)
    if aid is not None and aid.source_hash == article.source_hash:
        return aid.key_points
    return _choose_for(article)


def _may_have(article):
    return article.outlet.derives_texts and article.kind not in _WITHOUT_KEY_POINTS


def _choose_for(article):
    return choose(headline=article.headline, standfirst=article.standfirst, body=article.body)
