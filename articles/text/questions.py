"""A reader's question: the words that count, the names in it, and what an answer would have to hold."""

import re
from dataclasses import dataclass

from articles.text import dates, html, names, plain, terms

MOST_WORDS, LONGEST = 24, 200  # words that count, characters

# Words that ask, and words so general that a passage need not say them.
_ASKING = frozenset(
    """
    who whom whose what which when where why how many much long far old high often there did does do is are was were
    tell me about say said says happen happened mean please name called know would could should will can article story
    newspaper qui que quoi quel quelle quand où pourquoi comment combien est-ce wer was wann wo warum wie viele wieviel
    """.split()
)
_COUNT = (
    r"(?:\d[\d.,\u00a0\u202f]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|"
    r"deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|zwei|drei|vier|fünf|sechs|acht|zehn|hundert|tausend)"
)
_MEASURE = (
    r"(?:(?:kilo|centi|milli)?met(?:er|re)|mile|feet|foot|inch|light|hour|minute|second|day|week|month|year|"
    r"Jahr|Stunde|heure|an)"
)
_NUMBER = re.compile(rf"\b{_COUNT}\b", re.IGNORECASE)
_MEASURED = re.compile(rf"\b{_COUNT}(?:[\s\u00a0-]\w+){{0,2}}?[\s\u00a0-]{_MEASURE}", re.IGNORECASE)
_TIME = re.compile(
    rf"\d|\b(?:{'|'.join([*dates.MONTHS, *dates.WEEKDAYS])}|today|yesterday|tomorrow|morning|noon|evening|night|"
    r"midnight|weeks?|months?|years?|spring|summer|autumn|winter|ago|dawn)\b",
    re.IGNORECASE,
)
# What a question asks for, and what a passage then has to hold.
_WANTED = (
    (re.compile(r"\bhow (?:long|far|high|deep|tall|fast)\b", re.IGNORECASE), _MEASURED),
    (re.compile(r"\b(?:how (?:many|much|old|large|big|often)|combien|wie ?viele?)\b", re.IGNORECASE), _NUMBER),
    (re.compile(r"\b(?:when|what (?:time|day|date|year)|quand|wann)\b", re.IGNORECASE), _TIME),
)
_COUNTED = re.compile(r"\bhow many ([^\W\d]{3,})", re.IGNORECASE)
_WHO = re.compile(r"^(?:who|qui|wer)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    text: str
    terms: tuple  # stems that count
    names: tuple
    wants: tuple  # patterns of which a passage has to hold each
    prefers: tuple  # patterns that make a passage likelier
    asks_who: bool  # and names nobody: a passage has to


def read(asked, *, language="en"):
    """Return the Question in ``asked``, whatever that holds."""
    text = plain.one_line(html.strip_forbidden(asked))[:LONGEST]
    content = [word for word in terms.WORD.findall(text) if word.lower() not in _ASKING]
    named = [name for name in names.of(text) if name.lower() not in _ASKING]
    first = [name for name in names.find([text, f"x {text}"]) if name.text.lower() not in _ASKING]
    named = {*named, *(name.text for name in first if " " in name.text), *re.findall(r"\d[\d.,]*\d|\d", text)}
    wants = [pattern for asks, pattern in _WANTED if asks.search(text)]
    counted = [
        re.compile(rf"\b{_COUNT}(?:\s\w+){{0,2}}?\s{word[:4]}", re.IGNORECASE) for word in _COUNTED.findall(text)
    ]
    stems = tuple(dict.fromkeys(terms.of(" ".join(content), language)))[:MOST_WORDS]
    asks_who = not named and _WHO.match(text) is not None
    return Question(text, stems, tuple(sorted(named)), tuple(wants), tuple(counted), asks_who)
