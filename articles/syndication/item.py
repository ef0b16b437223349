"""An article as the world outside is told of it: within the outlet's agreement, and equal to what its page shows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin
from uuid import uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from articles.text import calendar, html

OLD = timedelta(days=365)  # old news that is shared anew misleads most where nothing but its headline is seen


def absolute(address):
    """Return an address of this site with its scheme and host."""
    return urljoin(f"{settings.SITE_URL}/", address)


def shared_title(article, *, at):
    """Return how a link to ``article`` is called on others' pages: from a year on, with the month it is from.

    Feeds do without: they carry the day of each item.
    """
    if at - article.published_at < OLD:
        return article.told_headline
    month = calendar.written(timezone.localtime(article.published_at), "month")
    return gettext("From %(month)s: %(headline)s") % {"month": month, "headline": article.told_headline}


@dataclass(frozen=True)
class Writer:
    name: str
    url: str
    schema_type: str

    @classmethod
    def of(cls, author):
        return cls(author.name, absolute(author.get_absolute_url()), author.schema_type)


@dataclass(frozen=True)
class Item:
    """``title`` is the headline with who paid for it, ``label`` what pages say before it, "" for plain news.
    ``text`` is HTML with absolute links, "" where the agreement lets us show no whole text. ``writers`` may be
    empty: then the outlet answers for it. ``image`` is an Image or None. ``part`` is the heading under which the list
    has it, "" where a list has no parts."""

    id: str
    url: str
    headline: str
    title: str
    kind: str
    label: str
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
    part: str = ""

    @classmethod
    def of(cls, article, *, is_brief=False, part=""):
        """Describe a live ``article``, loaded by `for_page` or `for_feed`, whose terms of comment are seen.

        In brief it has no text, and the body need not be loaded.
        """
        return cls(
            id=article.uuid.urn,
            url=absolute(article.get_absolute_url()),
            headline=article.headline,
            title=article.told_headline,
            kind=article.kind,
            label=article.label,
            summary=article.told_summary,
            text="" if is_brief else html.with_absolute_links(article.shown_body, settings.SITE_URL),
            language=article.language,
            published_at=article.published_at,
            updated_at=article.updated_at or article.published_at,
            writers=[Writer.of(byline.author) for byline in _by(article)],
            outlet=article.outlet,
            section=article.section,
            hashtags=sorted((hashtag.name for hashtag in article.hashtags.all()), key=str.casefold),
            image=article.shown_image,
            image_alt=article.image_alt if article.shown_image else "",
            original_url=article.original_url,
            comments_url=absolute(f"{article.get_absolute_url()}#comments") if article.shows_comments else "",
            part=part,
        )

    @classmethod
    def of_correction(cls, correction):
        """Describe what was corrected in a live article, loaded with its outlet: the correction itself is the text."""
        article, text = correction.article, correction.shown_text
        return cls(
            id=uuid5(article.uuid, correction.at.astimezone(UTC).isoformat()).urn,
            url=absolute(f"{article.get_absolute_url()}#corrections"),
            headline=article.headline,
            title=f"{gettext('Correction')}: {article.told_headline}",
            kind=article.kind,
            label=article.label,
            summary=text,
            text=format_html("<p>{}</p>", text) if text else "",
            language=settings.SITE_LANGUAGE,
            published_at=correction.at,
            updated_at=correction.at,
            writers=[],
            outlet=article.outlet,
            section=article.section,
            hashtags=[],
            image=None,
            image_alt="",
            original_url="",
            comments_url="",
        )

    @property
    def signed(self):
        """The writers; the outlet where nobody is named."""
        return self.writers or [Writer(self.outlet.name, absolute(self.outlet.get_absolute_url()), "Organization")]

    @property
    def image_url(self):
        return absolute(self.image.file.url) if self.image else ""


def _by(article):
    return [byline for byline in article.bylines.all() if byline.is_writer]
