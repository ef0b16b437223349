"""What an article's own text holds: who and what it names, its figures, quotations and days, each with its place."""

from articles.assist.key_points import stands_alone
from articles.text import dates, figures, names, plain, sentences, speech

MOST_NAMES, MOST_FIGURES, MOST_QUOTATIONS, MOST_DAYS = 12, 6, 6, 12  # on a page; more is no longer an aid
SHORTEST, LONGEST = 40, 280  # characters of a sentence that stands by itself
_KINDS = (names.PERSON, names.ORGANISATION, names.PLACE, names.OTHER)


def gather(*, body, language="en"):
    """Return what the sanitised HTML ``body`` holds, as plain lists and dicts for storing.

    ``names`` is ``{kind: [{name, paragraph}]}``, those named most first; ``figures`` is
    ``[{figure, text, paragraph, by}]``, ``quotations`` ``[{text, paragraph, by}]`` and ``days``
    ``[{day, text, paragraph}]``, ``day`` as `dates.resolve` reads it.
    ``numbers`` and ``all_names`` are for comparing, ``words`` is the text's length.
    """
    paragraphs = plain.paragraphs(body)
    found = names.find(paragraphs, language=language)
    people = [name.text for name in found if " " in name.text and name.kind in (names.PERSON, names.OTHER)]
    placed = [(text, number) for number, part in enumerate(paragraphs, start=1) for text in sentences.split(part)]
    told = plain.from_html(body)
    return {
        "names": _by_kind(found[:MOST_NAMES]),
        "figures": _figures(placed, people)[:MOST_FIGURES],
        "quotations": _quotations(paragraphs, people)[:MOST_QUOTATIONS],
        "days": _days(placed)[:MOST_DAYS],
        "numbers": sorted({figure for figure, _ in figures.find(told)}),
        "all_names": sorted(name.text for name in found),
        "words": plain.count_words(told),
    }


def _by_kind(found):
    kinds = {kind: [name for name in found if name.kind == kind] for kind in _KINDS}
    return {
        kind: [{"name": name.text, "paragraph": name.paragraph} for name in members]
        for kind, members in kinds.items()
        if members
    }


def _figures(placed, people):
    """Return the sentences that state a figure, each sentence once under its first figure."""
    found = []
    for text, number in placed:
        stated = figures.find(text)
        if stated and len(text) <= LONGEST and not any(mark in text for mark in '“”"«»'):
            by = speech.whole(speech.attributed(text), people)
            found.append({"figure": stated[0][0], "text": text, "paragraph": number, "by": by})
    return found


def _quotations(paragraphs, people):
    return [
        {"text": words.rstrip(","), "paragraph": number, "by": speaker}
        for number, paragraph in enumerate(paragraphs, start=1)
        for words, speaker in speech.quotations(paragraph, people=people)
        if len(words) <= LONGEST and " " in words
    ]


def _days(placed):
    found = []
    for text, number in placed:
        day = dates.find(text) if SHORTEST <= len(text) <= LONGEST and stands_alone(text) else ""
        if day:
            found.append({"day": day, "text": text, "paragraph": number})
    return found
