"""A reader's comment: plain text in, safe HTML out."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

LONGEST = 5000  # characters after normalising; long enough for a considered letter
MOST_STACKED = 2  # accents kept on one letter: Vietnamese needs two, stacks of twenty are vandalism
MOST_MARKS = 6  # marks of any kind kept on one letter: sung Hebrew, Burmese and Tibetan need five
LONGEST_SHOWN = 60  # characters of an address

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_NEWLINE = re.compile("\r\n?|[\u2028\u2029\u0085]")
# What shows nothing though Unicode calls it a letter, a symbol or yet unknown.
_FILLERS = frozenset("\u115f\u1160\u2065\u2800\u3164\uffa0\U0001d159")
_NOTHING_TO_SEE = {"Cc", "Cf", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"}
_LINK = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}»”’…"
# A name as registered: no number, no per cent sign, nothing that a browser would read in another way.
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")

# The elements around the lines of a rendered comment, and where text begins in it: all "<" and ">" are of its tags.
_BLOCK, _BEFORE_TEXT = re.compile(r"<(/?)(p|blockquote)>"), re.compile(r">(?=[^<])")
_ROLES = {"p": "paragraph", "blockquote": "blockquote"}
_ENDS, _LAST = {"p": "<br></span>", "blockquote": "</span>"}, re.compile(r"<br>((?:</span>)+)$")


def normalise(text):
    """Return ``text`` composed (NFC), without controls or towers of marks, at most one empty line in a row."""
    text = _CONTROL.sub("", _NEWLINE.sub("\n", text))
    text = _limit_marks(unicodedata.normalize("NFC", text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def one_line(text):
    """Normalise a name: as a comment, on one line."""
    return re.sub(r"\s+", " ", normalise(text)).strip()


def is_visible(text):
    """Tell whether ``text`` shows anything: zero-width characters, fillers and marks without a letter do not count."""
    return any(
        character not in _FILLERS and unicodedata.category(character) not in _NOTHING_TO_SEE for character in text
    )


def links(text):
    """Return the http(s) addresses in ``text``."""
    return [_address(match[0])[0] for match in _LINK.finditer(text)]


def render(text):
    """Return normalised ``text`` as HTML: paragraphs, quotations ("> "), http(s) links; everything else escaped."""
    blocks = [block for block in re.split(r"\n{2,}", text) if block.strip()]
    return mark_safe("".join(_block(block) for block in blocks))  # noqa: S308 - each line of a block is escaped


def set_apart(rendered):
    """Return what `render` made so that programs which look for an article's text on its page do not count it.

    Readability counts paragraphs, so there are none: their roles say to readers what they are, and a line break ends
    each but the last, for browsers without style sheets. newspaper4k counts all that an <article> says but what follows
    an HTML comment. See docs/decisions/0019.
    """
    spans = _BLOCK.sub(lambda tag: _ENDS[tag[2]] if tag[1] else f'<span role="{_ROLES[tag[2]]}">', rendered)
    spans = _LAST.sub(r"\1", spans)
    return mark_safe(_BEFORE_TEXT.sub("><!--comment-->", spans))  # noqa: S308 - only tags change, the text is escaped


def _block(block):
    lines = block.split("\n")
    if all(line.startswith(">") for line in lines):
        inner = _lines([line.lstrip(">").strip() for line in lines])
        return f"<blockquote><p>{inner}</p></blockquote>"
    return f"<p>{_lines(lines)}</p>"


def _lines(lines):
    return "<br>".join(map(_linked, lines))


def _linked(line):
    """Return the line as HTML. A page shows a hundred comments, and nearly all of their lines hold no link."""
    if "://" not in line:
        return escape(line)
    parts, end = [], 0
    for match in _LINK.finditer(line):
        address, rest = _address(match[0])
        anchor = _anchor(address)
        if not anchor:
            continue
        parts += [escape(line[end : match.start()]), anchor]
        end = match.end() - len(rest)
    return "".join([*parts, escape(line[end:])])


def _address(found):
    address = found.rstrip(_TRAILING)
    if found[len(address) :].startswith(")") and address.count("(") > address.count(")"):
        address += ")"
    return address, found[len(address) :]


def _anchor(address):
    """Return a link that shows the host that it opens, as registered; "" where the address hides its host."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        host_and_port = f"{host}:{parts.port}" if parts.port else host
    except (UnicodeError, ValueError):
        return ""
    # A host too long to be shown whole could begin with the name of another.
    if "@" in parts.netloc or "\\" in address or len(host_and_port) >= LONGEST_SHOWN or not _HOST.fullmatch(host):
        return ""
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    shown = host_and_port + (rest if rest != "/" else "")
    shown = shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "…"
    href = parts._replace(netloc=host_and_port).geturl()
    return format_html('<a href="{}" rel="ugc nofollow noopener">{}</a>', href, shown)


def _limit_marks(text):
    """Drop what piles up on a letter: a mark that it has already, accents beyond two, marks beyond six."""
    if text.isascii():
        return text
    kept, marks, stacked = [], [], 0
    for character in text:
        category = unicodedata.category(character)
        if category in {"Mn", "Me"}:
            place = unicodedata.combining(character)
            is_accent = place == 1 or place >= 200  # the rest has a place of its own in its script
            if character in marks or len(marks) == MOST_MARKS or (is_accent and stacked == MOST_STACKED):
                continue
            marks.append(character)
            stacked += is_accent
        elif category != "Cf":  # a joiner between two marks does not end the letter
            marks, stacked = [], 0
        kept.append(character)
    return "".join(kept)
