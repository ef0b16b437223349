"""An article as structured data: schema.org NewsArticle, by Google's rules for articles, and where it stands."""

from datetime import UTC

from django.conf import settings

from articles.models import Article, TrustPage
from articles.syndication.item import Item, absolute
from articles.syndication.organisation import organisation
from articles.syndication.place import CONTEXT, breadcrumbs
from articles.text import plain

KINDS = {
    Article.Kind.NEWS: "NewsArticle",
    Article.Kind.ANALYSIS: "AnalysisNewsArticle",
    Article.Kind.OPINION: "OpinionNewsArticle",
    Article.Kind.INTERVIEW: "NewsArticle",
    Article.Kind.LIVE: "NewsArticle",
    Article.Kind.SPONSORED: "AdvertiserContentArticle",
}


def structured_data(article):
    """Return the JSON-LD of ``article``, live and loaded by `for_page`: what its page shows, and where it stands.

    Two dicts, each for an element of its own: not every program looks into an @graph.
    """
    return [CONTEXT | _article(article, Item.of(article)), CONTEXT | breadcrumbs(_steps(article))]


def _article(article, item):
    publisher = organisation(item.outlet, TrustPage.read_beside(article))
    told = {
        "@type": types if len(types := schema_types(article)) > 1 else types[0],
        "@id": f"{item.url}#article",
        "identifier": item.id,
        "url": item.url,
        "mainEntityOfPage": item.url,
        "headline": item.headline,
        "description": item.summary,
        "datePublished": _instant(item.published_at),
        "dateModified": _instant(item.updated_at),
        "author": [{"@type": writer.schema_type, "name": writer.name, "url": writer.url} for writer in item.writers]
        or [publisher],
        "publisher": publisher,
        "sdPublisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")},
        "sponsor": {"@type": "Organization", "name": article.sponsor} if article.is_sponsored else None,
        "image": _images(item),
        "articleSection": item.section.name if item.section else None,
        "keywords": item.hashtags,
        "inLanguage": item.language,
        "isAccessibleForFree": True,
        "isBasedOn": item.original_url,
        "wordCount": len(plain.from_html(item.text).split()) if item.text else None,
        "commentCount": article.comment_count if article.shows_comments else None,
        "correction": [_correction(one) for one in article.corrections.all() if one.shown_text],
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def schema_types(article):
    """Name the kind; search engines that know only NewsArticle find that too."""
    return ["NewsArticle", *([] if KINDS[article.kind] == "NewsArticle" else [KINDS[article.kind]])]


def _images(item):
    if not item.image:
        return []
    words = {"caption": item.image.caption or item.image_alt, "creditText": item.image.credit}
    return [
        {"@type": "ImageObject", "url": absolute(address), "width": width, "height": height} | words
        for address, width, height in item.image.in_shapes()
    ]


def _correction(correction):
    return {"@type": "CorrectionComment", "text": correction.shown_text, "datePublished": _instant(correction.at)}


def _steps(article):
    section = article.section
    above = [(section.name, section.get_absolute_url())] if section else []
    return [*above, (article.headline, article.get_absolute_url())]


def _instant(at):
    return at.astimezone(UTC).isoformat(timespec="seconds")
