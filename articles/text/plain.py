"""Plain text out of sanitised HTML, and measures of it."""

import html as html_entities
import math
import re
import unicodedata

from articles.text import sentences

WORDS_A_MINUTE = 238  # Brysbaert (2019), silent reading of English prose, mean over 190 studies
IDEOGRAPHS_A_MINUTE = 500  # the usual figure for scripts written without spaces

_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|h2|h3|li|blockquote|tr|pre|ul|ol)>|<br>|<hr>")
_CELL_END = re.compile(r"</t[dh]>")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")  # not the spaces that hold "Budget :" and "4 m" together
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def one_line(text):
    """Fold every run of white space into one space and trim the ends; non-breaking spaces stay."""
    return _SPACE.sub(" ", text).strip()


def from_html(html):
    """Return the text of sanitised ``html``, one block a line, entities resolved."""
    blocks = _BLOCK_END.sub("\n", _CELL_END.sub(" ", html))
    lines = html_entities.unescape(_TAG.sub("", blocks)).split("\n")
    return "\n".join(line for line in map(one_line, lines) if line)


def paragraphs(html):
    """Return the text of each ``<p>`` of sanitised ``html``, in order, as numbered on the page (first is p1)."""
    inners = [inner.replace("<br>", " ") for inner in _PARAGRAPH.findall(html)]
    return [one_line(html_entities.unescape(_TAG.sub("", inner))) for inner in inners]


def count_words(text):
    """Count words; a text in ideographs counts its characters."""
    ideographs = len(_IDEOGRAPH.findall(text))
    return len(_IDEOGRAPH.sub(" ", text).split()) + ideographs


def reading_minutes(text):
    """Return how many whole minutes a reader needs, at least 1."""
    ideographs = len(_IDEOGRAPH.findall(text))
    words = len(_IDEOGRAPH.sub(" ", text).split())
    return max(1, math.ceil(words / WORDS_A_MINUTE + ideographs / IDEOGRAPHS_A_MINUTE))


def shorten(text, *, most_sentences=2, most_characters=240):
    """Return the first sentences of ``text`` that fit; a first sentence that is too long ends at a word with "…"."""
    kept = ""
    for sentence in sentences.split(text)[:most_sentences]:
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most_characters:
            break
        kept = longer
    return kept or cut(one_line(text), most_characters)


def cut(text, most_characters):
    """Return ``text`` cut at a word so that it has at most ``most_characters`` characters, "…" included."""
    if len(text) <= most_characters:
        return text
    head = text[: most_characters - 1]
    while head and unicodedata.combining(text[len(head)]):  # never part a letter from its accent
        head = head[:-1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:-") + "…"


def in_runs(text):
    """Split ``text`` into (run, whether a line must not end within it): codes and scores such as OM-14 and 3-2."""
    runs = _CODE.split(text)
    return [(run, place % 2 == 1) for place, run in enumerate(runs) if run]


# Up to twenty letters: a longer one might not fit on a line of a narrow screen.
_CODE = re.compile(r"(?<![\w-])((?=[\w-]{3,20}(?![\w-]))\w+(?:-\w*\d\w*)+)(?![\w-])")
