"""What counts as the same hashtag, and how a name for one is tidied."""

import re
import unicodedata

_NOT_A_TAG_CHARACTER = re.compile(r"[^\w]+", re.UNICODE)
LONGEST = 60


def tidy(name):
    """Return ``name`` as shown after "#": composed, without marks or spaces; "" when nothing is left."""
    return _NOT_A_TAG_CHARACTER.sub("", unicodedata.normalize("NFKC", name)).strip("_")[:LONGEST]


def key(name):
    """Return what all spellings of one hashtag share: "#LowerSarn", "lowersarn" and "Lower Sarn" are one."""
    return tidy(name).casefold()


def split(line):
    """Return the tidy names in a line that somebody pasted, "#rivers, #Lower Sarn" or "rivers floods", once each."""
    parts = re.split(r"[,;#\n]+", line) if re.search(r"[,;#\n]", line) else line.split()
    names = {}
    for part in parts:
        name = tidy(part)
        if name:
            names.setdefault(name.casefold(), name)
    return list(names.values())
