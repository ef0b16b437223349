"""A reader's comment: plain text in, safe HTML out."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

LONGEST = 5000  # characters after normalising; long enough for a considered letter
MOST_MARKS = 2  # combining marks kept on one letter: Vietnamese needs two, stacks of twenty are vandalism

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_NEWLINE = re.compile("\r\n?|[\u2028\u2029\u0085]")
_BLANK = re.compile(
    "[\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u2800\u3164\uffa0]+"
)
_LINK = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}»”’…"


def normalise(text):
    """Return ``text`` composed (NFC), without controls or stacked marks, at most two empty lines in a row."""
    text = _NEWLINE.sub("\n", text)
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text))
    text = _limit_marks(text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def one_line(text):
    """Normalise a name: as a comment, on one line."""
    return re.sub(r"\s+", " ", normalise(text)).strip()


def is_visible(text):
    """Tell whether ``text`` shows anything: zero-width and filler characters do not count."""
    return bool(_BLANK.sub("", text))


def links(text):
    """Return the http(s) addresses in ``text``."""
    return [_address(match[0])[0] for match in _LINK.finditer(text)]


def render(text):
    """Return normalised ``text`` as HTML: paragraphs, quotations ("> "), http(s) links; everything else escaped."""
    blocks = [block for block in re.split(r"\n{2,}", text) if block.strip()]
    return mark_safe("".join(_block(block) for block in blocks))  # noqa: S308 - each block comes from format_html


def _block(block):
    lines = block.split("\n")
    if all(line.startswith(">") for line in lines):
        inner = _lines([line.lstrip(">").strip() for line in lines])
        return format_html("<blockquote><p>{}</p></blockquote>", inner)
    return format_html("<p>{}</p>", _lines(lines))


def _lines(lines):
    return format_html_join(mark_safe("<br>"), "{}", ((_linked(line),) for line in lines))


def _linked(line):
    parts, end = [], 0
    for match in _LINK.finditer(line):
        address, rest = _address(match[0])
        shown = _true_host(address)
        if shown is None:
            continue
        parts += [(line[end : match.start()],), (_anchor(address, shown),)]
        end = match.end() - len(rest)
    return format_html_join("", "{}", [*parts, (line[end:],)])


def _address(found):
    address = found.rstrip(_TRAILING)
    if found[len(address) :].startswith(")") and address.count("(") > address.count(")"):
        address += ")"
    return address, found[len(address) :]


def _anchor(address, shown):
    return format_html('<a href="{}" rel="ugc nofollow noopener">{}</a>', address, shown)


def _true_host(address):
    """Return what a link may show: the host that opens, as registered, and the path; None where it hides its host."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (UnicodeError, ValueError):
        return None
    if not host or "@" in parts.netloc or "\\" in address or "." not in host:
        return None
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    shown = host + port + (rest if rest != "/" else "")
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _limit_marks(text):
    kept, marks = [], 0
    for character in text:
        # Mn only: the signs that Indic and other scripts need between letters have class 0 or are spacing.
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)
