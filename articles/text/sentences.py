"""Split prose into sentences without a model: good enough for news in languages that end sentences with marks."""

import re

# After these a full stop ends no sentence. Lower case, without the stop.
ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof st sr jr rev gen col sgt capt lt gov sen rep hon vs etc no vol fig approx dept est inc ltd co corp
    a.m p.m e.g i.e u.s u.k u.n m mm mme mlle av bd env ex art hr fr bzw z.b d.h u.a
    """.split()
)

# Where words stand apart: the marks of Latin, Greek and Cyrillic, Arabic and Urdu, Indic, Burmese and Ethiopic writing.
# A run of marks is tried from its start alone and gives nothing back, so that no text takes longer than its length.
_END = re.compile(
    r"((?<![.!?…؟۔।॥။።])[.!?…؟۔।॥။።]++[\"'”’»)\]]*+)(\s++)(?=[\"'“‘«(\[¿¡]*\s?[\w—–-])|([。！？]+[」』”]*)"
)
_LAST_WORD = re.compile(r"([\w.]+)$")
NEAR = 24  # characters around an end that decide: more than the longest abbreviation


def split(text):
    """Return the sentences of one line of ``text``, each as it stands there."""
    sentences, start = [], 0
    for match in _END.finditer(text):
        if match[3] is None and not _ends_a_sentence(text, match):
            continue
        sentences.append(text[start : match.end() if match[3] else match.end(1)].strip())
        start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _ends_a_sentence(text, match):
    following = text[match.end() : match.end() + NEAR].lstrip("\"'“‘«([¿¡ ")[:1]
    if following.islower():
        return False
    if not match[1].startswith("."):
        return True
    before = _LAST_WORD.search(text[max(0, match.start() - NEAR) : match.start()])
    word = before[1] if before else ""
    if word.lower() in ABBREVIATIONS:
        # "at 4 a.m. The water ..." does end a sentence: the next word is a capitalised one after a time of day.
        return word.lower() in {"a.m", "p.m"} and following.isupper()
    return not (len(word) == 1 and word.isupper() and word not in {"I", "A"})
