"""A reader's words, and what they ask for.

    river flood           both words
    "river flood"         one after the other, as they are written
    -dam  -"old dam"      without them
    author:ada  #floods   hashtag:floods  outlet:lantern  section:rivers

Whatever is typed means something, if only nothing: there is no wrong question.
"""

import re
from dataclasses import dataclass, field

from articles.text import search_words, terms

MOST_LETTERS = 200  # of a question; what comes after is cut off
MOST_TERMS = 8  # wanted, and as many unwanted: each costs the database a look
MOST_IN_A_ROW = 12  # words of a phrase

_QUOTES = str.maketrans("“”„«»", '"""""')
_PART = re.compile(r'(-?)(?:(outlet|author|section|hashtag):|(#))?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)
_FIELDS = {"author": ("bylines",), "hashtag": ("hashtags",)}


@dataclass(frozen=True)
class Term:
    """A word or a phrase as the index may hold it: ``ways``, tuples of words in a row, in ``fields`` or anywhere."""

    text: str
    ways: tuple
    fields: tuple = ()
    is_prefix: bool = False

    @property
    def written(self):
        """Its ways as they stand in prepared words, a text with a space at either end."""
        return [f" {' '.join(way)}{'' if self.is_prefix else ' '}" for way in self.ways]


@dataclass(frozen=True)
class Question:
    """What is asked for. Names of outlets and sections are (name, whether it is wanted)."""

    text: str
    terms: tuple = ()
    excluded: tuple = ()
    outlets: tuple = ()
    sections: tuple = ()
    plain: tuple = field(default=(), compare=False)  # the terms that are single words anywhere, as they were typed

    @property
    def is_empty(self):
        """Whether nothing was asked."""
        return not self.text.strip()

    @property
    def is_senseless(self):
        """Whether something was asked in which there is no word."""
        return not (self.is_empty or self.terms or self.excluded or self.outlets or self.sections)

    @property
    def is_one_word(self):
        """Whether one word is asked for, and nothing else."""
        return (
            self.terms == self.plain and len(self.terms) == 1 and not (self.excluded or self.outlets or self.sections)
        )


def cut(text):
    """Return ``text`` without what is more than a question takes, cut between two words where there are two."""
    if len(text) <= MOST_LETTERS:
        return text
    return text[: MOST_LETTERS + 1].rpartition(" ")[0].rstrip() or text[:MOST_LETTERS]


def parse(text, languages):
    """Return the Question in a reader's ``text``, for articles in ``languages``."""
    text = terms.seen(text)[:MOST_LETTERS]
    wanted, unwanted, named = [], [], {"outlet": [], "section": []}
    for minus, name, sign, phrase, word in _PART.findall(text.translate(_QUOTES)):
        kind = "hashtag" if sign else name.lower()
        if kind in named:
            named[kind].append((phrase or word, not minus))
        elif term := _term(phrase or word, kind, languages, is_quoted=bool(phrase)):
            (unwanted if minus else wanted).append((term, bool(word) and not kind))
    wanted = _without_small(list(dict.fromkeys(wanted)), languages)[:MOST_TERMS]
    return Question(
        text=text,
        terms=tuple(term for term, _ in wanted),
        excluded=tuple(term for term, _ in dict.fromkeys(unwanted))[:MOST_TERMS],
        outlets=tuple(named["outlet"][:MOST_TERMS]),
        sections=tuple(named["section"][:MOST_TERMS]),
        plain=tuple(term for term, is_plain in wanted if is_plain),
    )


def words_of(text):
    """Return the words of a name, as names are compared."""
    return set(search_words.tokens(text, ""))


def _term(text, kind, languages, *, is_quoted):
    ways = search_words.quoted(text) if is_quoted and not kind else ()
    if kind == "hashtag":
        joined = "".join(search_words.tokens(text, ""))
        ways = search_words.alternatives(joined, languages) + search_words.alternatives(text, languages)
    elif not ways:
        ways = search_words.alternatives(text, () if kind == "author" else languages)
    ways = tuple(dict.fromkeys(way[:MOST_IN_A_ROW] for way in ways))
    # Of a script without spaces the index holds pairs: one character is the beginning of any.
    is_prefix = any(len(way) == 1 and search_words.is_unspaced(way[0]) and len(way[0]) == 1 for way in ways)
    return Term(text, ways, _FIELDS.get(kind, ()), is_prefix) if ways else None


def _without_small(wanted, languages):
    """Leave out the words that every text has, unless there is nothing else."""
    telling = [pair for pair in wanted if not (pair[1] and search_words.is_small(pair[0].text, languages))]
    return telling or wanted
