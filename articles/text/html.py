"""Make HTML from outside safe to store: one sanitiser, one allow-list.

The allow-list is the house's own schema for the body of an article. The editor in the admin offers the same elements.
"""

import re
from html import escape

import nh3

from articles.text.terms import find_whole

TAGS = {
    "p",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
    "strong",
    "em",
    "s",
    "sub",
    "sup",
    "br",
    "hr",
    "code",
    "pre",
}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "lang"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto"}
# Elements whose text is not prose: it goes with the element.
DROPPED_WITH_THEIR_TEXT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"}

_EMPTY_BLOCK = re.compile(r"<(p|h2|h3|li|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
_PARAGRAPH = re.compile(r"<p>")
_TAGS = re.compile(r"(<[^>]*>)")
_OWN_LINK = re.compile(r'(<a (?:[a-z]+="[^"]*" )*href=")/(?!/)')
# Characters that no XML document, database or feed may hold, and the bidirectional controls that hide text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def strip_forbidden(text):
    """Drop control characters, lone surrogates and bidirectional overrides from ``text``."""
    return _FORBIDDEN.sub("", text)


def sanitise(html):
    """Return ``html`` cut down to the house schema; sanitising twice changes nothing more.

    Links keep only http, https, mailto and site-relative targets and carry ``rel="noopener"``.
    """
    previous, clean = None, strip_forbidden(html)
    while previous != clean:  # what is taken out can bring together what was apart, as a link within a link
        previous, clean = clean, _without_empty_blocks(_within_the_schema(clean))
    return clean.strip()


def number_paragraphs(html):
    """Give each paragraph of sanitised ``html`` its address: ``id="p1"``, ``id="p2"``, ..."""
    count = 0

    def address(match):
        nonlocal count
        count += 1
        return f'<p id="p{count}">'

    return _PARAGRAPH.sub(address, html)


def link_terms(html, terms):
    """Link the first use of each of ``terms`` in sanitised, numbered ``html`` to its explanation on the page.

    Each is ``{"id": number, "written": words, "paragraph": number}``; words within a link are left alone.
    """
    for term in terms:
        start = html.find(f'<p id="p{term["paragraph"]}">')
        end = html.find("</p>", start)
        if start >= 0:
            html = html[:start] + _linked(html[start:end], term) + html[end:]
    return html


def with_absolute_links(html, origin):
    """Return sanitised ``html`` with the links within the site leading to ``origin``, for readers elsewhere."""
    return _OWN_LINK.sub(rf"\1{origin}/", html)


def _within_the_schema(html):
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_THEIR_TEXT,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )


def _without_empty_blocks(html):
    previous = None
    while previous != html:
        previous, html = html, _EMPTY_BLOCK.sub("", html)
    return html


def _linked(paragraph, term):
    words = r"\s+".join(re.escape(escape(word, quote=False)) for word in term["written"].split())
    pattern, depth, parts = re.compile(rf"(?<![\w&])(?:{words})(?![\w;])"), 0, _TAGS.split(paragraph)
    for place, part in enumerate(parts):
        if part.startswith("<"):
            depth += 1 if part.startswith("<a ") else -1 if part == "</a>" else 0
        elif not depth and (match := find_whole(pattern, part)):
            link = f'<a class="term" href="#term-{term["id"]:d}">{match[0]}</a>'
            parts[place] = part[: match.start()] + link + part[match.end() :]
            break
    return "".join(parts)
