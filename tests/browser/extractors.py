"""Four programs that find an article's text in a page, called as those call them who read elsewhere than here."""

import importlib
import tempfile
import warnings
from pathlib import Path

import pytest
from django.conf import settings

READABILITY = Path(__file__).parent / "node_modules/@mozilla/readability"
# A reader view works on a copy of the page as it stands once its scripts have run.
READER_VIEW = """() => {
  let module;
  %s
  return {...new Readability(document.cloneNode(true)).parse(), is_offered: isProbablyReaderable(document)};
}"""


class Read:
    """A page as its server sent it to a program, as a person sees it, and what a browser's reader view makes of it."""

    def __init__(self, reader, article):
        self.url = reader.base + article.get_absolute_url()
        self.language = article.language
        self.html = reader.goto(self.url).text()
        self.shown = reader.inner_text("body")
        self.reader_view = reader.evaluate(READER_VIEW % _readability())


def trafilatura(read):
    return _package("trafilatura").extract(read.html, url=read.url, include_comments=False)


def newspaper(read):
    """Tell it the language: it knows prose by small words, and takes for its language what the site's menus are in."""
    article = _package("newspaper").Article(read.url, language=read.language, fetch_images=False)
    article.download(input_html=read.html)
    article.parse()
    return article.text


def readability_lxml(read):
    found = _package("readability").Document(read.html).summary()
    return _package("lxml.html").fromstring(found).text_content()


def reader_view(read):
    return read.reader_view["textContent"]


EXTRACTORS = [trafilatura, newspaper, readability_lxml, reader_view]


def told_of(read):
    """Return what trafilatura learns of the article from the head of its page."""
    return _package("trafilatura").extract_metadata(read.html, default_url=read.url)


def _readability():
    files = [READABILITY / "Readability.js", READABILITY / "Readability-readerable.js"]
    if not all(file.exists() for file in files):
        pytest.fail("There is no @mozilla/readability. `make test-browser` installs it with npm.")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _package(name):
    """Import a package of requirements-browser.txt once a test needs it: where only `make test` runs, there is none."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")  # newspaper misses nltk, with which it would find keywords
        patch.setattr(tempfile, "tempdir", str(settings.SCRATCH))  # it makes folders as it is imported
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            pytest.fail(f"There is no {error.name}. `make test-browser` installs it from requirements-browser.txt.")
