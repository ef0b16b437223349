"""What a page weighs on its way to a reader: its HTML, its styles and its scripts, those that come later too."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.benchmarks.scratch import a_full_article
from tests.documents import parse

pytestmark = pytest.mark.django_db

MOST = 100_000  # bytes: two seconds on a connection of 400 kbit/s


def sent(content):
    return len(gzip.compress(content, compresslevel=6, mtime=0))


def parts_of(text):
    """Return the static files of styles and script that a page names, wherever it names them."""
    nodes = every(parse(text))
    named = {value.partition("#")[0] for node in nodes for value in node.attrs.values() if value}
    return sorted(path for path in named if path.startswith("/static/") and path.endswith((".css", ".js")))


def every(node):
    for child in node.children:
        if hasattr(child, "attrs"):
            yield child
            yield from every(child)


@pytest.mark.parametrize("which", ["front", "article"])
def test_page_with_all_that_belongs_to_it_weighs_at_most_100_kilobytes(client, which):
    article = a_full_article()
    text = client.get(article.get_absolute_url() if which == "article" else "/").content
    parts = parts_of(text.decode())
    assert {"newsroom.js", "reading.js", "search.js", "base.css", "print.css"} <= {Path(part).name for part in parts}
    files = [Path(finders.find(part.removeprefix("/static/"))).read_bytes() for part in parts]
    assert sum(map(sent, [text, *files])) <= MOST
