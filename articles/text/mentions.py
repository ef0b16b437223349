"""The names a text mentions, as it writes them: for the reason why two texts belong together."""

import re
from dataclasses import dataclass

from articles.text import names, terms

LONGEST = 5  # words of a name; a longer run is a list or a line of shouting

# Texts are read as NFKC has them, where a space that keeps a line together is one like any other.
# What may stand between two words of one name: "Bank of Orvane", "Val d’Aurel", "St Mary’s Hospital", "Haut-Val".
_PARTICLES = (
    "of|of the|de|de la|de los|du|des|della?|di|da|das|do|dos|la|le|les|der|den|van|van de[nr]?|von|zu|al|el|bin"
)
_ELISION = "[DdLlO]['’]"
_INSIDE = re.compile(rf"-|['’]s | (?:(?:{_PARTICLES}) )?(?:{_ELISION})?|-(?:{_PARTICLES})-")
# Small words, until they stand with a capital before a name; and what a name may begin with that is no word.
_BEFORE = re.compile(r"(?<=[\w,;] )(?:[DO]['’]|(?:New|Will|May) )$")


@dataclass(frozen=True)
class Mention:
    """A name, and the numbers of its stems: a text that lacks one of them does not mention it."""

    text: str
    numbers: frozenset

    @property
    def is_whole(self):
        """Whether it has two words or more: nobody means another by it."""
        return " " in self.text


def said(text):
    """Return ``text``, HTML or not, as names are looked for in it."""
    return terms.seen(text.replace("\u00a0", " ").replace("&nbsp;", " "))


def find(*texts, language="en"):
    """Return the Mentions in ``texts``, each once, the longest first; none where every noun has a capital.

    No name is what the text also writes without a capital, what only begins a sentence, an office, or a day.
    """
    code = language.split("-")[0].lower()
    if code in terms.CAPITALISED_NOUNS:
        return []
    read = [terms.words(terms.head(text), code) for text in texts]
    read = [words for words in read if not _is_title(words)]
    every = [word for words in read for word in words]
    inside = {match[0] for match, _, is_name in every if is_name}
    lower = {match[0] for match, _, is_name in every if match[0].islower()}
    found = {}
    for words in read:
        for run in _runs([(match, stem) for match, stem, _ in words if match[0] in inside]):
            if mention := _mention(_without_office(run), lower):
                found.setdefault(mention.text, mention)
    return sorted(found.values(), key=lambda mention: -len(mention.numbers))


def _is_title(words):
    """Tell whether a line writes all its words with a capital, as headlines do where that is the custom."""
    written = [match[0] for match, stem, _ in words if stem is not None and match[0].isalpha()]
    return len(written) > 1 and not any(word[0].islower() for word in written)


def _runs(words):
    """Yield the runs of words that follow each other as those of one name do."""
    run = []
    for match, stem in words:
        if run and _INSIDE.fullmatch(match.string, run[-1][0].end(), match.start()):
            run.append((match, stem))
        else:
            if run:
                yield run
            run = [(match, stem)]
    if run:
        yield run


def _without_office(run):
    """Cut what somebody is off the name: "Finance Minister Jonas Feld", "Mr Asher"; but not off "King Street"."""
    offices = [place for place, (match, _) in enumerate(run, start=1) if names.is_office(match[0])]
    rest = run[offices[-1] :] if offices else run
    return run if all(names.is_general(match[0]) for match, _ in rest) and len(run) > len(rest) > 0 else rest


def _mention(run, lower):
    """Return the Mention of a run of (match, stem), or None if it is no name."""
    words = [match[0] for match, _ in run]
    if not 0 < len(words) <= LONGEST or (len(words) > 1 and all(map(str.isupper, words))):
        return None
    first, last = run[0][0], run[-1][0]
    before = _BEFORE.search(first.string, max(0, first.start() - 12), first.start())
    start = before.start() if before else first.start()
    text = first.string[start : last.end()]
    if " " not in text and any(_is_no_name(word, lower) for word in words[:1]):
        return None
    return Mention(text, frozenset(terms.number(stem) for _, stem in run))


def _is_no_name(word, lower):
    return word.casefold() in lower or word.lower() in lower or names.is_general(word)
