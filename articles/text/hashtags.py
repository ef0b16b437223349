"""What counts as the same hashtag, and how a name for one is tidied."""

import re
import unicodedata

LONGEST = 60  # characters; the length of the name's and the key's column
_MARKS = {"Mn", "Mc"}  # vowel signs and accents
_EMOJI_STYLES = "\ufe0e\ufe0f"  # they look like marks to Unicode


def tidy(name):
    """Return ``name`` as shown after "#": composed, letters, digits and "_" only; "" when nothing is left."""
    kept = ""
    after_letter = False
    for character in unicodedata.normalize("NFKC", name):
        is_letter = character.isalnum() or character == "_"
        # In Hindi, Thai and others a word falls apart without the marks that its letters carry.
        is_mark = unicodedata.category(character) in _MARKS and character not in _EMOJI_STYLES
        after_letter = is_letter or (after_letter and is_mark)
        kept += character if after_letter else ""
    return kept.strip("_")[:LONGEST]


def key(name):
    """Return what all spellings of one hashtag share: "#LowerSarn", "lowersarn" and "Lower Sarn" are one."""
    return tidy(name).casefold()[:LONGEST]  # some letters fold into two


def split(line):
    """Return the tidy names in a line that somebody pasted, "#rivers, #Lower Sarn" or "rivers floods", once each."""
    parts = re.split(r"[,;#\n]+", line) if re.search(r"[,;#\n]", line) else line.split()
    names = {}
    for part in parts:
        name = tidy(part)
        if name:
            names.setdefault(key(name), name)
    return list(names.values())
