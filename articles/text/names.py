"""Names in a text: what it writes with a capital inside a sentence, and a guess at what bears the name."""

import re
from collections import Counter
from dataclasses import dataclass, field

from articles.text import dates, sentences
from articles.text.stop_words import EVERY
from articles.text.terms import CAPITALISED_NOUNS

PERSON, PLACE, ORGANISATION, OTHER = "person", "place", "organisation", "other"

_CAPITAL = r"(?:[dl]['’])?[A-ZÀ-ÖØ-Þ][\w’'.-]*[\w]|[A-Z]"
_JOINED = "of|for|de|du|des|la|le|der|den|van|von|bin|al|&|and the"
_NAME = re.compile(rf"\b(?:{_CAPITAL})(?:(?:[ \u00a0](?:{_JOINED})){{0,2}}[ \u00a0](?:{_CAPITAL}))*")
_ELISION = re.compile(r"^[dlDL]['’]")
_I = re.compile(r"I['’]")
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLES = frozenset("mr mrs ms miss dr prof professor sir lady mme m madame monsieur herr frau".split())
_OFFICES = frozenset(
    """
    president minister mayor judge senator secretary governor general captain colonel chancellor king queen
    prince princess pope sergeant inspector councillor director chief
    """.split()
)
_ORGANISED = frozenset(
    """
    council board ministry university party bank union company agency court committee institute commission
    association police ltd inc corp group hospital school parliament authority service club office department
    front bloc accord systems registry federation observatory college railways foundation society museum theatre
    press news wire post courier times army guard ministère université conseil fc organization organisation
    house senate congress
    """.split()
)
_PLACED = frozenset(
    """
    river lake street bridge island islands marsh valley road harbour bay mountain county city quay channel
    square park avenue lane row hill north south east west heath coast sea rue pont vallée station central hall
    gate
    """.split()
)
_DESCRIBES = frozenset(
    """
    old great little big small long short high low upper lower good first second third last next early late public royal
    saint st local state federal central national international united free labour liberal civic green health finance
    justice education defence transport land side end rules records accounts savings names people house assembly list
    town city number nothing something everything everybody nobody place way day week year both other many
    """.split()
)
_BEFORE_PLACE = re.compile(r"\b(?:in|at|near|across|outside|inside|around|towards|à|en)(?: the)? $")
_SPEAKS_AFTER = re.compile(
    r"^,? (?:said|says|told|added|asked|replied|warned|wrote|explained|argued|who|a dit|\(\d\d\)|\d\d,)"
)
_SPEAKS_BEFORE = re.compile(r"\b(?:said|says|added|asked|replied|warned|wrote|explained|argued) $")


@dataclass
class Name:
    text: str
    paragraph: int  # of its first mention
    count: int = 1
    cues: Counter = field(default_factory=Counter)

    @property
    def kind(self):
        if not self.cues:
            return OTHER
        (first, most), *others = self.cues.most_common(2)
        return first if not others or most > others[0][1] else OTHER


def find(paragraphs, *, language="en"):
    """Return the Names in ``paragraphs``, those named most first; none where every noun has a capital.

    A person who is called by the surname later on is counted under the whole name.
    """
    if language.split("-")[0].lower() in CAPITALISED_NOUNS:
        return []
    mentions = [found for number, text in enumerate(paragraphs, start=1) for found in _mentions(text, number)]
    inside = {name for name, _, is_first, _ in mentions if not is_first}
    inside |= {name.split(" ")[-1] for name, *_ in mentions if " " in name}
    lower = set(re.findall(r"\b[a-zà-ÿ]+\b", " ".join(paragraphs)))
    found = {}
    for name, number, is_first, cues in mentions:
        if is_first and " " not in name and (name not in inside or name.lower() in lower):
            continue
        if known := found.get(name):
            known.count += 1
            known.cues += cues
        else:
            found[name] = Name(name, number, cues=cues)
    return sorted(_joined(found), key=lambda name: (-name.count, name.paragraph, name.text))


def of(text):
    """Return the names that ``text`` writes with a capital, its first word only if that is no small one."""
    return [name for name, _, is_first, _ in _mentions(text, 0) if not is_first or name.lower() not in EVERY]


def is_office(word):
    """Tell whether ``word`` says what somebody is or how one is addressed: "Mayor", "Mr"."""
    return word.lower() in _OFFICES or word.lower() in _TITLES


def is_general(word):
    """Tell whether ``word`` names nothing by itself, though it stands in names: "Street", "Authority", "Old", "May"."""
    word = word.lower()
    kinds = (_OFFICES, _TITLES, _ORGANISED, _PLACED, _DESCRIBES, dates.MONTHS, dates.WEEKDAYS, EVERY)
    return any(word in kind for kind in kinds)


def _mentions(text, number):
    for sentence in sentences.split(text):
        for match in _NAME.finditer(sentence):
            is_first = (
                not re.search(r"\w", sentence[: match.start()]) or sentence[: match.start()].rstrip()[-1:] in '“":«'
            )
            name, title, is_first = _trimmed(match[0], is_first)
            if name:
                yield name, number, is_first, _cues(name, title, sentence, match)


def _trimmed(name, is_first):
    """Return the name without the titles and small words at its head, the title, and whether it stands first."""
    words = _ELISION.sub("", name.replace("\u00a0", " ")).split(" ")
    offices = [place for place, word in enumerate(words) if word.lower() in _OFFICES and place < len(words) - 1]
    title, words = (" ".join(words[: offices[-1] + 1]), words[offices[-1] + 1 :]) if offices else ("", words)
    while words and (_small(words[0]) or words[0].rstrip(".").lower() in _TITLES):
        word = words.pop(0)
        is_first = is_first and not words  # what follows a small word is written with its own capital
        title = title if _small(word) else word
    name = _POSSESSIVE.sub("", _without_place(words)).strip(".")
    is_calendar = name.lower() in dates.MONTHS or name.lower() in dates.WEEKDAYS
    return ("" if len(name) < 2 or is_calendar or _I.match(name) else name), title, is_first


def _without_place(words):
    """Cut "Pellworth Systems of Harrowmere" before "of"; leave "Ministry of Transport" whole."""
    for place in range(2, len(words) - 1):
        if words[place] in ("of", "for"):
            return " ".join(words[:place])
    return " ".join(words)


def _small(word):
    return word.lower() in EVERY or word.lower() in {"of", "for", "and"}


def _cues(name, title, sentence, match):
    cues, words = Counter(), [word.lower() for word in name.split(" ")]
    before, after = sentence[: match.start()], sentence[match.end() :]
    if title or _SPEAKS_AFTER.match(after) or _SPEAKS_BEFORE.search(before):
        cues[PERSON] += 2
    if words[-1] in _ORGANISED or words[0] in {"ministry", "university", "bank", "department", "institute"}:
        cues[ORGANISATION] += 5
    elif len(name) > 1 and name.isalpha() and name.isupper():
        cues[ORGANISATION] += 3
    elif words[-1] in _PLACED and len(words) > 1:
        cues[PLACE] += 4
    if _BEFORE_PLACE.search(before):
        cues[PLACE] += 1
    return cues


def _joined(found):
    """Count a surname, or the first word of an organisation, under the one longer name that it stands for."""
    by_last = {}
    for name in found:
        if " " in name:
            by_last.setdefault(name.split(" ")[-1], []).append(name)
            if found[name].cues[ORGANISATION]:
                by_last.setdefault(name.split(" ")[0], []).append(name)
    for last, longer in by_last.items():
        if len(longer) == 1 and last in found and longer[0] in found:
            short, whole = found.pop(last), found[longer[0]]
            whole.count += short.count
            whole.cues += short.cues
            if not whole.cues[ORGANISATION] and not whole.cues[PLACE]:
                whole.cues[PERSON] += 1
    return found.values()
