"""Numbers in a text, with what they count."""

import re

# A number in figures, what stands before it (a currency) and the one or two words after it that say what it counts.
_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?P<money>[$€£¥]\s?)?(?P<number>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"(?P<unit>\s?(?:%|°C?)|(?:[\s\u00a0](?:per cent|percent|pour cent|Prozent|million|billion|millions|milliards|"
    r"thousand|light|square|cubic|mètres|hundred))+(?:[\s\u00a0][a-zà-ÿ]{3,})?|[\s\u00a0][a-zà-ÿ]{3,})?(?![\w:/])"
)
_SMALL_WORDS = frozenset(
    """
    and the for with from that than were was are had has have who but not its their his her after before when while
    which where what this these those they there more less into over under out off only also per about les des une qui
    que dans pour avec sur und der die das von mit bei
    """.split()
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def find(text):
    """Return ``[(figure as it is written with its unit, number for comparing)]`` in order; years and times are none.

    A bare number without anything that it counts is left out too: an age, a score or a place in a list.
    """
    found = []
    for match in _FIGURE.finditer(text):
        unit = _unit(match["unit"] or "")
        is_year = _YEAR.fullmatch(match["number"]) and not match["money"] and unit.strip() in ("", "%")
        if not is_year and (unit.strip() or match["money"]):
            found.append((f"{match['money'] or ''}{match['number']}{unit}", normal(match["number"])))
    return found


def normal(number):
    """Return a number so that "1,140", "1 140" and "1140" are one, and "2,5" is 2.5."""
    digits = re.sub("[\u00a0\u202f ]", "", number)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    return digits.replace(",", ".")


def numbers(text):
    """Return the numbers of ``text``, years and times among them, for comparing."""
    return {normal(found.rstrip(".,")) for found in re.findall(r"\d+(?:[.,\u00a0\u202f]\d+)*", text)}


def _unit(unit):
    words = unit.split()
    if words and words[-1] in _SMALL_WORDS:
        unit = unit[: unit.rindex(words[-1])].rstrip()
    return unit
