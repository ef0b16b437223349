"""Comments that were written elsewhere, as HTML, in the plain text that comments are here."""

import re
from html.parser import HTMLParser

from articles.text import comment

_BLOCKS = {"p", "div", "li", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"}
_NOT_PROSE = {"script", "style", "template", "noscript", "iframe", "object", "svg", "title"}
_HAS_BLOCKS = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SHORTENED = re.compile(r"(?:…|\.\.\.)$")  # what programs leave of an address that they show


def to_text(html):
    """Return ``html`` as normalised text: paragraphs, quotations as lines with "> ", the targets of links behind them.

    Where it holds no paragraphs or breaks of its own, its line ends are those that the writer meant.
    """
    reader = _Reader(are_lines_meant=not _HAS_BLOCKS.search(html))
    reader.feed(html)
    reader.close()
    return comment.normalise(reader.text())


class _Reader(HTMLParser):
    def __init__(self, *, are_lines_meant):
        super().__init__(convert_charrefs=True)
        self.are_lines_meant = are_lines_meant
        self.lines, self.line = [], ""
        self.quoted = self.unseen = 0
        self.href, self.start = "", 0
        self.has_ended = False  # a block, so that what comes next stands apart from it

    def handle_starttag(self, tag, attributes):
        if tag in _NOT_PROSE:
            self.unseen += 1
        elif tag == "br":
            self._end_line()
        elif tag == "blockquote":
            self._end_block()
            self.quoted += 1
        elif tag in _BLOCKS:
            self._end_block()
        elif tag == "a":
            self.href, self.start = dict(attributes).get("href") or "", len(self.line)
        elif tag == "img":
            self.line += f" {dict(attributes).get('src') or ''}"

    def handle_endtag(self, tag):
        if tag in _NOT_PROSE:
            self.unseen = max(0, self.unseen - 1)
        elif tag == "blockquote":
            self._end_block()
            self.quoted = max(0, self.quoted - 1)
        elif tag in _BLOCKS:
            self._end_block()
        elif tag == "a":
            self._end_link()

    def handle_data(self, data):
        if self.unseen:
            return
        if not self.are_lines_meant:
            self.line += _SPACE.sub(" ", data)
            return
        first, *others = data.replace("\r\n", "\n").split("\n")
        self.line += first
        for line in others:
            self._end_line()
            self.line = line

    def text(self):
        self._end_line()
        return "\n".join(self.lines)

    def _end_link(self):
        """Write the target of a link where its words do not say it."""
        href, shown = self.href.strip(), self.line[self.start :].strip()
        is_said = href in shown or (_SHORTENED.search(shown) and _SHORTENED.sub("", shown) in href)
        if href.lower().startswith(("http://", "https://")):
            if not shown or (is_said and href not in shown):
                self.line = f"{self.line[: self.start]}{href}"
            elif not is_said:
                self.line += f" ({href})"
        self.href = ""

    def _end_line(self):
        # What a writer begins with ">" is a quotation here, and stays one.
        mark = "> " if self.quoted else ""
        if self.has_ended and self.line.strip():
            is_within = self.quoted and self.lines and self.lines[-1].startswith(">")
            self.lines.append(">" if is_within else "")
            self.has_ended = False
        self.lines.append(f"{mark}{self.line.strip()}".rstrip())
        self.line, self.start = "", 0

    def _end_block(self):
        if self.line.strip():
            self._end_line()
        self.line, self.has_ended = "", True
