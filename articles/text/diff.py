"""What changed from one text to another, paragraph by paragraph and word by word."""

import re
from difflib import SequenceMatcher

from articles.text import terms

MOST_WORDS = 600  # of a paragraph; comparing longer ones word by word takes too long, and nobody reads the result
MOST_LINES = 400  # of a text; the time grows with their square, and a report has twenty
LEAST_KEPT = 0.4  # of the words; with less it is another paragraph, and mixed with the old one nobody can read it
SAME, GONE, NEW = "same", "gone", "new"

# A number is one word with what stands between its digits: 4,300 and 7.86 and 3:52.
_WORD = re.compile(rf"\s+|\d+(?:[.,:]\d+)+|{terms.WORD.pattern}|[^\w\s]")


def paragraphs(before, after):
    """Return the paragraphs that differ between two texts of one paragraph a line.

    Each is a list of (kind, text): "same", "gone" from ``before`` or "new" in ``after``.
    """
    old, new = before.split("\n"), after.split("\n")
    if old == new:
        return []
    if max(len(old), len(new)) > MOST_LINES:
        return [[(GONE, line)] for line in old if line] + [[(NEW, line)] for line in new if line]
    changed = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, added = old[i1:i2], new[j1:j2]
        pairs = min(len(gone), len(added))
        changed += [words(*pair) for pair in zip(gone, added, strict=False)]
        changed += [[(GONE, line)] for line in gone[pairs:] if line]
        changed += [[(NEW, line)] for line in added[pairs:] if line]
    return [part for part in changed if part]


def words(before, after):
    """Return what became of one paragraph, as (kind, text) in reading order."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return [(kind, text) for kind, text in ((GONE, before), (NEW, after)) if text]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    kept = sum(bool(word.strip()) for i, _, size in matcher.get_matching_blocks() for word in old[i : i + size])
    if 2 * kept < LEAST_KEPT * sum(bool(word.strip()) for word in old + new):
        return [(kind, text) for kind, text in ((GONE, before), (NEW, after)) if text]
    parts = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            parts.append((SAME, "".join(old[i1:i2])))
        else:
            parts += [(GONE, "".join(old[i1:i2]))] if i2 > i1 else []
            parts += [(NEW, "".join(new[j1:j2]))] if j2 > j1 else []
    return parts
