"""Read a page as a strict tree: what a browser would silently mend fails here."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Malformed(AssertionError):
    """The page is not well-formed."""


class Node:
    def __init__(self, tag, attrs=(), parent=None):
        self.tag, self.attrs, self.parent, self.children = tag, dict(attrs), parent, []

    def __repr__(self):
        return f"<{self.tag} {self.attrs}>"

    def __getitem__(self, name):
        return self.attrs[name]

    def get(self, name, default=None):
        return self.attrs.get(name, default)

    @property
    def classes(self):
        return (self.attrs.get("class") or "").split()

    def walk(self):
        """Yield every element below this one, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def all(self, tag=None, **attrs):
        """Return the elements below with the tag and the attributes; ``None`` asks only that the attribute is there.

        ``class_`` names one class; a "_" in the name of an attribute stands for "-".
        """
        return [node for node in self.walk() if (tag in (None, node.tag)) and node.has(attrs)]

    def one(self, tag=None, **attrs):
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag} {attrs}"
        return found[0]

    def has(self, attrs):
        for name, wanted in attrs.items():
            if name == "class_":
                if wanted not in self.classes:
                    return False
            elif name.replace("_", "-") not in self.attrs or wanted not in (None, self.attrs[name.replace("_", "-")]):
                return False
        return True

    @property
    def text(self):
        """The text below, white space folded."""
        return re.sub(r"\s+", " ", self.raw_text).strip()

    @property
    def raw_text(self):
        return "".join(child if isinstance(child, str) else child.raw_text for child in self.children)

    def inside(self, other):
        node = self.parent
        while node is not None and node is not other:
            node = node.parent
        return node is other


class _Strict(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("#document")
        self.ids = set()

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise Malformed(f"<{tag}> at {self.getpos()} has an attribute twice: {names}")
        node = Node(tag, attrs, self.here)
        if "id" in node.attrs:
            if node["id"] in self.ids:
                raise Malformed(f"two elements have the id {node['id']!r}")
            self.ids.add(node["id"])
        if tag == "p" and self.here.tag == "p":
            raise Malformed(f"<p> in <p> at {self.getpos()}")
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag != self.here.tag:
            raise Malformed(f"</{tag}> at {self.getpos()} closes <{self.here.tag}>")
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


def parse(html):
    """Return the page as a tree; raise Malformed where tags do not match, or an id or an attribute stands twice."""
    if isinstance(html, bytes):
        html = html.decode("utf-8", "strict")
    parser = _Strict()
    parser.feed(html)
    parser.close()
    if parser.here is not parser.root:
        raise Malformed(f"{parser.here} is never closed")
    return parser.root


def page(response):
    """Return the page in an answer of the test client as a tree."""
    assert response["Content-Type"] == "text/html; charset=utf-8"
    return parse(response.content)
