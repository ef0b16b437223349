"""An article as the world outside is told of it: within the outlet's agreement, and equal to what its page shows."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings

from articles.text import html


def absolute(address):
    """Return an address of this site with its scheme and host."""
    return urljoin(f"{settings.SITE_URL}/", address)


@dataclass(frozen=True)
class Writer:
    name: str
    url: str


@dataclass(frozen=True)
class Item:
    """``text`` is HTML with absolute links, "" where the agreement lets us show no whole text. ``writers`` may be
    empty: then the outlet answers for it. ``image`` is an Image or None."""

    id: str
    url: str
    headline: str
    summary: str
    text: str
    language: str
    published_at: datetime
    updated_at: datetime
    writers: list[Writer]
    outlet: object
    section: object
    hashtags: list[str]
    image: object
    image_alt: str
    original_url: str
    comments_url: str

    @classmethod
    def of(cls, article, *, is_brief=False):
        """Describe a live ``article``, loaded by `for_page` or `for_feed`, whose terms of comment are seen.

        In brief it has no text, and the body need not be loaded.
        """
        return cls(
            id=article.uuid.urn,
            url=absolute(article.get_absolute_url()),
            headline=article.headline,
            summary=article.shown_standfirst or article.shown_summary,
            text="" if is_brief else html.with_absolute_links(article.shown_body, settings.SITE_URL),
            language=article.language,
            published_at=article.published_at,
            updated_at=article.updated_at or article.published_at,
            writers=[Writer(byline.author.name, absolute(byline.author.get_absolute_url())) for byline in _by(article)],
            outlet=article.outlet,
            section=article.section,
            hashtags=sorted((hashtag.name for hashtag in article.hashtags.all()), key=str.casefold),
            image=article.lead_image,
            image_alt=article.image_alt,
            original_url=article.original_url,
            comments_url=absolute(f"{article.get_absolute_url()}#comments") if article.shows_comments else "",
        )

    @property
    def author_line(self):
        """Who wrote it, in a line: "Ines Kolar, Jon Berg"; the outlet where nobody is named."""
        return ", ".join(writer.name for writer in self.writers) or self.outlet.name

    @property
    def image_url(self):
        return absolute(self.image.file.url) if self.image else ""


def _by(article):
    return [byline for byline in article.bylines.all() if byline.is_writer]
