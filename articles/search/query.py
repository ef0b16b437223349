"""A reader's words, and what they ask for.

    river flood           both words
    "river flood"         one after the other, as they are written
    -dam  -"old dam"      without them
    author:ada  #floods   hashtag:floods  outlet:lantern  section:rivers

Whatever is typed means something, if only nothing: there is no wrong question.
"""

import re
from dataclasses import dataclass, field
from itertools import islice

from articles.text import html, search_words, terms

MOST_LETTERS = 200  # of a question; what comes after is cut off
MOST_TERMS = 8  # wanted, and as many unwanted: each costs the database a look
MOST_IN_A_ROW = 12  # words of a phrase

_QUOTES = str.maketrans("“”„«»", '"""""')
_PART = re.compile(r'(-?)(?:(outlet|author|section|hashtag):|(#))?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_FIELDS = {"author": ("bylines",), "hashtag": ("hashtags",)}


@dataclass(frozen=True)
class Term:
    """A word or a phrase as the index may hold it: ``ways``, tuples of words in a row, in ``fields`` or anywhere."""

    text: str
    ways: tuple
    fields: tuple = ()
    is_prefix: bool = False
    rest: str = field(default="", compare=False)  # of its text: what is more than may stand in a row

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
    left_out: tuple = field(default=(), compare=False)  # what is more than a search takes, as it was typed

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


def clean(text):
    """Return ``text`` as a question is read: a control character parts words as a space does."""
    return html.strip_forbidden(_CONTROL.sub(" ", text))


def cut(text):
    """Return ``text`` without what is more than a question takes, cut between two words where there are two."""
    if len(text) <= MOST_LETTERS:
        return text
    return text[: MOST_LETTERS + 1].rpartition(" ")[0].rstrip() or text[:MOST_LETTERS]


def parse(text, languages):
    """Return the Question in a reader's ``text``, for articles in ``languages``."""
    text = terms.seen(text)[:MOST_LETTERS]
    wanted, unwanted, named = {}, {}, {"outlet": {}, "section": {}}  # each with what was typed
    for part in _PART.finditer(text.translate(_QUOTES)):
        minus, name, sign, phrase, word = part.groups(default="")
        kind = "hashtag" if sign else name.lower()
        if kind in named:
            named[kind].setdefault((phrase or word, not minus), part[0])
        elif term := _term(phrase or word, kind, languages, is_quoted=bool(phrase)):
            (unwanted if minus else wanted).setdefault((term, bool(word) and not kind), part[0])
    wanted = _without_small(wanted, languages)
    asked = [list(each.items()) for each in (wanted, unwanted, named["outlet"], named["section"])]
    terms_asked, excluded, outlets, sections = (tuple(one for one, _ in each[:MOST_TERMS]) for each in asked)
    left_out = [typed for each in asked for _, typed in each[MOST_TERMS:]]
    return Question(
        text=text,
        terms=tuple(term for term, _ in terms_asked),
        excluded=tuple(term for term, _ in excluded),
        outlets=outlets,
        sections=sections,
        plain=tuple(term for term, is_plain in terms_asked if is_plain),
        left_out=(*(term.rest for term, _ in (*terms_asked, *excluded) if term.rest), *left_out),
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
    rest = _rest(text) if any(len(way) > MOST_IN_A_ROW for way in ways) else ""
    ways = tuple(dict.fromkeys(way[:MOST_IN_A_ROW] for way in ways))
    # Of a script without spaces the index holds pairs: one character is the beginning of any.
    is_prefix = any(len(way) == 1 and search_words.is_unspaced(way[0]) and len(way[0]) == 1 for way in ways)
    return Term(text, ways, _FIELDS.get(kind, ()), is_prefix, rest) if ways else None


def _rest(text):
    """Return what ``text`` says after the words that may stand in a row."""
    later = next(islice(search_words.places(text, ""), MOST_IN_A_ROW, None), None)
    return text[later[0] :] if later else ""


def _without_small(wanted, languages):
    """Leave out the words that every text has, unless there is nothing else."""
    is_small = lambda term, is_plain: is_plain and search_words.is_small(term.text, languages)  # noqa: E731
    return {one: typed for one, typed in wanted.items() if not is_small(*one)} or wanted
