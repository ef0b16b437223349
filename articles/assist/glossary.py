"""Words of an article that the glossary explains, each at its first use."""

import re

from articles.models import GlossaryTerm
from articles.text import plain, terms

MOST = 8  # words explained in one article; a text with more wants an explainer


def explained_in(article):
    """Return ``[{id, term, written, definition, paragraph}]`` in the order of first use. One query."""
    known = GlossaryTerm.objects.shown().filter(language=article.language).by_name()
    paragraphs = plain.paragraphs(article.body)
    found = [place for term in known if (place := _first_use(term, paragraphs))]
    found.sort(key=lambda place: (place["paragraph"], place["at"], place["id"]))
    return [{name: place[name] for name in place if name != "at"} for place in found[:MOST]]


def _first_use(term, paragraphs):
    spellings = sorted(term.spellings, key=len, reverse=True)
    # Letters decide: "IT" is not "it". A word at the head of a sentence is still the word.
    forms = {form for spelling in spellings for form in (spelling, spelling[:1].upper() + spelling[1:])}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?!\w)")
    for number, paragraph in enumerate(paragraphs, start=1):
        if match := terms.find_whole(pattern, paragraph):
            place = {"paragraph": number, "at": match.start(), "written": match[0]}
            return place | {"id": term.pk, "term": term.term, "definition": term.definition}
    return None
