"""Who says what in a text: quotations with their speakers, and sentences that name where they have it from."""

import re

from articles.text import names

_QUOTED = re.compile('“([^“”]{12,600})[”]|"([^"]{12,600})"|«\\s?([^«»]{12,600}?)\\s?»')
_VERB = (
    "said|says|told|added|asked|replied|warned|wrote|explained|argued|insisted|announced|admitted|confirmed|noted|called"
    "|recalled|repeated|promised|conceded|a dit|dit|déclaré|explique|affirme|ajoute|raconte|sagte|sagt|erklärte"
)
_PART = r"[A-ZÀ-ÖØ-Þ][\w’.'-]*"
_WHO = rf"{_PART}(?:(?:[ \u00a0](?:de|du|la|le|van|von|der|of|bin|al)){{0,2}}[ \u00a0]{_PART}){{0,4}}"
_VERB_WHO = re.compile(rf"^[,\s]*(?:{_VERB})\b[^.“\"«]{{0,40}}?\b({_WHO})")
_WHO_VERB = re.compile(rf"({_WHO})(?:,[^.“\"«]{{1,120}},)?\s*(?:(?:had|has|a) )?(?:{_VERB})\b")
_PRONOUN = re.compile(
    rf"^[,\s]*(?:(?:he|she|they|it|il|elle|er|sie) (?:{_VERB})|(?:{_VERB}) (?:he|she|they))\b", re.IGNORECASE
)
_SAID_BY = re.compile(rf"\b(?:said|says) (?:the |its |their |his |her )?(?:(?!that\b)[a-z-]+ ){{0,2}}({_WHO})")
_CUT_IN = re.compile(
    r", (?:raconte|dit|explique|affirme|ajoute|sourit|soupire|résume)[ -]"
)  # the writer's, inside the marks
_OF_SOMEBODY_ELSE = re.compile(r"(?:He|She|They|Il|Elle|Er|Sie|His|Her|Their)\b")  # spoken of in the paragraph before
_ACCORDING = re.compile(rf"(?:[Aa]ccording to|[Ss]elon|[Ll]aut)(?: the)? ({_WHO})")


def quotations(paragraph, *, people):
    """Return ``[(words, speaker)]`` of the direct quotations in ``paragraph``, in order.

    ``people`` are the whole names of those in the text, for "she said" and for surnames. The speaker is "" where the
    paragraph does not name one beyond doubt: nobody is better than somebody else.
    """
    found, end = [], 0
    for match in _QUOTED.finditer(paragraph):
        words = next(group for group in match.groups() if group).strip()
        if _CUT_IN.search(words) or (not words[:1].isupper() and len(words) < 40):
            continue  # a scrap inside the writer's own sentence, or not all of it said
        speaker = _speaker(paragraph, match, people)
        if not speaker and found and set(_named(paragraph[end : match.start()], people)) <= {found[-1][1]}:
            speaker = found[-1][1]
        found.append((words, whole(speaker, people)))
        end = match.end()
    return found


def attributed(sentence):
    """Return whom the writer names as the source of ``sentence``, "" for nobody."""
    match = _ACCORDING.search(sentence) or _WHO_VERB.search(_QUOTED.sub("“”", sentence)) or _said_by(sentence)
    return _tidy(match[1]) if match else ""


def _said_by(sentence):
    return _SAID_BY.search(_QUOTED.sub("“”", sentence))


def _speaker(paragraph, match, people):
    after, ahead = paragraph[match.end() : match.end() + 160], _QUOTED.sub("“”", paragraph[: match.start()])
    after = re.split(r"[.!?](?:\s|$)", after)[0]
    if found := _VERB_WHO.match(after) or (_WHO_VERB.match(after.lstrip(", ")) if after[:1] in " ," else None):
        return _tidy(found[1])
    if _PRONOUN.match(after):
        named = _named(ahead, people)
        return named[0] if len(named) == 1 and not _OF_SOMEBODY_ELSE.match(ahead) else ""
    lead = re.split(r"[.!?”]\s", ahead)[-1]
    found = list(_WHO_VERB.finditer(lead)) if lead.rstrip().endswith((":", ",")) else []
    return _tidy(found[-1][1]) if found else ""


def whole(name, people):
    """Return the whole name of who is called by the surname, ``name`` itself where that could be several or nobody."""
    called = [each for each in people if name and each.endswith(f" {name}")]
    return called[0] if len(called) == 1 else name


def _named(text, people):
    """Return those of ``people`` whom ``text`` names, by the surname or in full."""
    return [each for each in people if re.search(rf"\b{re.escape(each.split(' ')[-1])}\b", text)]


def _tidy(name):
    found = names.of(f"by {name.strip()}")
    return found[0] if found else ""
