"""An article as structured data: schema.org NewsArticle, by Google's rules for articles, and where it stands."""

from datetime import UTC

from django.conf import settings
from django.urls import reverse

from articles.models import Article
from articles.syndication.item import Item, absolute
from articles.text import plain

KINDS = {
    Article.Kind.NEWS: "NewsArticle",
    Article.Kind.ANALYSIS: "AnalysisNewsArticle",
    Article.Kind.OPINION: "OpinionNewsArticle",
    Article.Kind.INTERVIEW: "NewsArticle",
    Article.Kind.LIVE: "NewsArticle",
    Article.Kind.SPONSORED: "AdvertiserContentArticle",
}


CONTEXT = {"@context": "https://schema.org"}


def structured_data(article):
    """Return the JSON-LD of ``article``, live and loaded by `for_page`: what its page shows, and where it stands.

    Two dicts, each for an element of its own: not every program looks into an @graph.
    """
    return [CONTEXT | _article(article, Item.of(article)), CONTEXT | _breadcrumbs(article)]


def _article(article, item):
    told = {
        "@type": _types(article.kind),
        "@id": f"{item.url}#article",
        "identifier": item.id,
        "url": item.url,
        "mainEntityOfPage": item.url,
        "headline": item.headline,
        "description": item.summary,
        "datePublished": _instant(item.published_at),
        "dateModified": _instant(item.updated_at),
        "author": [{"@type": "Person", "name": writer.name, "url": writer.url} for writer in item.writers]
        or [_outlet(item.outlet)],
        "publisher": _outlet(item.outlet),
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
        "correction": [_correction(correction) for correction in article.corrections.all()],
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _types(kind):
    """Name the kind; search engines that know only NewsArticle find that too."""
    name = KINDS[kind]
    return name if name == "NewsArticle" else ["NewsArticle", name]


def _outlet(outlet):
    told = {
        "@type": "NewsMediaOrganization",
        "name": outlet.name,
        "url": absolute(outlet.get_absolute_url()),
        "sameAs": outlet.homepage,
        "logo": {"@type": "ImageObject", "url": absolute(outlet.logo.url)} if outlet.logo else None,
    }
    if outlet.text_shown == outlet.TextShown.OWN:  # for others' policies we cannot speak
        told["publishingPrinciples"] = absolute(reverse("about"))
        told["noBylinesPolicy"] = absolute(f"{reverse('about')}#bylines")
        told["correctionsPolicy"] = absolute(reverse("corrections"))
        told["ownershipFundingInfo"] = absolute(outlet.get_absolute_url()) if outlet.owner else ""
    return {name: value for name, value in told.items() if value}


def _images(item):
    if not item.image:
        return []
    words = {"caption": item.image.caption or item.image_alt, "creditText": item.image.credit}
    return [
        {"@type": "ImageObject", "url": absolute(address), "width": width, "height": height} | words
        for address, width, height in item.image.in_shapes()
    ]


def _correction(correction):
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": _instant(correction.at)}


def _breadcrumbs(article):
    steps = [(settings.SITE_NAME, absolute("/"))]
    if article.section:
        steps.append((article.section.name, absolute(article.section.get_absolute_url())))
    steps.append((article.headline, absolute(article.get_absolute_url())))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _instant(at):
    return at.astimezone(UTC).isoformat(timespec="seconds")
