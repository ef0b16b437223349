"""Prepare an article's reading aid when its text changes, and read it for the page."""

from articles.assist.key_points import choose
from articles.models import ReadingAid


def prepare(article):
    """Choose and store the key points of ``article``, or remove them where its outlet allows no derived texts."""
    if not article.outlet.derives_texts:
        ReadingAid.objects.filter(article=article).delete()
        return None
    made = {"source_hash": article.source_hash, "key_points": choose(headline=article.headline, body=article.body)}
    aid, _ = ReadingAid.objects.update_or_create(article=article, defaults=made)
    return aid


def key_points_of(article):
    """Return the key points to show with ``article``: those prepared from its present text, else made now."""
    if not article.outlet.derives_texts:
        return []
    aid = getattr(article, "reading_aid", None)
    if aid is not None and aid.source_hash == article.source_hash:
        return aid.key_points
    return choose(headline=article.headline, body=article.body)
