"""Feeds of articles: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

import json
import mimetypes
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc3339_date
from django.utils.html import escape

from articles.syndication.item import absolute
from articles.text.html import strip_forbidden

MEDIA = "http://search.yahoo.com/mrss/"  # the namespace of Media RSS
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # when an empty list changed last; no reader takes it for a missing date


@dataclass(frozen=True)
class Channel:
    """A list of articles that can be followed. ``page`` and ``feed`` are its addresses on this site, with a query.

    ``hub`` is the address of the WebSub hub that is told of its changes, "" where none is.
    """

    title: str
    description: str
    page: str
    feed: str
    language: str
    hub: str

    @property
    def page_url(self):
        return absolute(self.page)

    @property
    def feed_url(self):
        return absolute(self.feed)


def rss(channel, items):
    """Return RSS 2.0 with whole texts in content:encoded, writers in dc:creator and pictures in media:content.

    RSS has a language for the whole only; that of each item is in dc:language.
    """
    feed = _Rss(**_head(channel), ttl="5")
    for item in items:
        feed.add_item(**_entry(item), unique_id_is_permalink=False)
    return strip_forbidden(feed.writeString("utf-8"))


def atom(channel, items):
    """Return Atom 1.0."""
    feed = _Atom(**_head(channel), subtitle=channel.description, author_name=settings.SITE_NAME)
    for item in items:
        feed.add_item(**_entry(item))
    return strip_forbidden(feed.writeString("utf-8"))


def json_feed(channel, items):
    """Return JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""
    hub = {"hubs": [{"type": "WebSub", "url": channel.hub}]} if channel.hub else {}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page_url,
        "feed_url": channel.feed_url,
        "description": channel.description,
        "language": channel.language,
        "items": [_json_item(item) for item in items],
    } | hub
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":"))


# A form of a feed by the end of its address: its media type, and what writes it.
FORMATS = {
    "rss": ("application/rss+xml", rss),
    "atom": ("application/atom+xml", atom),
    "json": ("application/feed+json", json_feed),
}


def _head(channel):
    return {
        "title": channel.title,
        "link": channel.page_url,
        "description": channel.description,
        "language": channel.language,
        "feed_url": channel.feed_url,
        "hub": channel.hub,
    }


def _entry(item):
    return {
        "title": item.title,
        "link": item.url,
        "description": escape(item.summary) if item.summary else None,  # plain text, where HTML is expected
        "unique_id": item.id,
        "pubdate": item.published_at,
        "updateddate": item.updated_at,
        "categories": _tags(item),
        "comments": item.comments_url or None,
        "item": item,
    }


def _tags(item):
    """Return what a feed reader sorts by, as pages call it and each once: the part, the kind and the hashtags.

    A list need have no parts, and plain news has no kind that is said.
    """
    return list(dict.fromkeys(tag for tag in (item.part, item.label, *item.hashtags) if tag))


class _WellFormed:
    """Whatever is stored or asked for, no sign comes into a feed that XML forbids.

    Django raises an error at those in a text; of attributes they are taken out of the whole when it is written.
    """

    def add_root_elements(self, handler):
        write = handler.characters
        handler.characters = lambda text: write(strip_forbidden(text))
        super().add_root_elements(handler)


class _Steady:
    """Without items a feed is the same each time, and nobody is sent it again: Django would say it changed just now."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER


class _Rss(_WellFormed, _Steady, Rss201rev2Feed):
    def rss_attributes(self):
        return super().rss_attributes() | {"xmlns:content": CONTENT, "xmlns:dc": DUBLIN_CORE, "xmlns:media": MEDIA}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        told = item["item"]
        for writer in told.signed:
            handler.addQuickElement("dc:creator", writer.name)
        handler.addQuickElement("dc:language", told.language)
        source = absolute(f"{told.outlet.get_absolute_url()}feed.rss")
        handler.addQuickElement("source", told.outlet.name, {"url": source})
        if told.text:
            handler.addQuickElement("content:encoded", told.text)
        if told.image:
            handler.startElement("media:content", _picture(told))
            handler.addQuickElement("media:description", told.image_alt, {"type": "plain"})
            handler.addQuickElement("media:credit", told.image.credit)
            handler.endElement("media:content")


class _Atom(_WellFormed, _Steady, Atom1Feed):
    def root_attributes(self):
        return super().root_attributes() | {"xmlns:media": MEDIA}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def item_attributes(self, item):
        return {"xml:lang": item["item"].language}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        told = item["item"]
        for writer in told.signed:
            handler.startElement("author", {})
            handler.addQuickElement("name", writer.name)
            handler.addQuickElement("uri", writer.url)
            handler.endElement("author")
        if told.text:
            handler.addQuickElement("content", told.text, {"type": "html"})
        if told.image:
            handler.addQuickElement("media:content", "", _picture(told))
        if told.original_url:
            handler.addQuickElement("link", "", {"rel": "via", "href": told.original_url})


def _picture(item):
    kind = mimetypes.guess_type(item.image.file.name)[0] or "image/jpeg"
    size = {"width": str(item.image.width), "height": str(item.image.height)}
    return {"url": item.image_url, "medium": "image", "type": kind} | size


def _json_item(item):
    told = {
        "id": item.id,
        "url": item.url,
        "external_url": item.original_url,
        "title": item.title,
        "content_html": item.text,
        "content_text": "" if item.text else item.summary or item.headline,
        "summary": item.summary,
        "image": item.image_url,
        "date_published": rfc3339_date(item.published_at),
        "date_modified": rfc3339_date(item.updated_at),
        "authors": [{"name": writer.name, "url": writer.url} for writer in item.signed],
        "tags": _tags(item),
        "language": item.language,
        "_outlet": {"name": item.outlet.name, "url": absolute(item.outlet.get_absolute_url())},  # who publishes it
        "_kind": {"kind": item.kind, "label": item.label} if item.label else {},
    }
    return {name: value for name, value in told.items() if value}
