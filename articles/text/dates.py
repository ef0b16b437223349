"""Days that a sentence names, told without a calendar; the day of publication turns them into dates.

English, French and German names of months and weekdays, and dates in figures as ISO 8601 writes them. What
is found is stored with each article: who changes what `find` returns raises FORM in articles/assist/prepare.py.
"""

import re
from datetime import date, timedelta

_MONTHS = {
    "january janvier januar": 1,
    "february février februar": 2,
    "march mars märz": 3,
    "april avril": 4,
    "may mai": 5,
    "june juin juni": 6,
    "july juillet juli": 7,
    "august août": 8,
    "september septembre": 9,
    "october octobre oktober": 10,
    "november novembre": 11,
    "december décembre dezember": 12,
}
_WEEKDAYS = {
    "monday lundi montag": 0,
    "tuesday mardi dienstag": 1,
    "wednesday mercredi mittwoch": 2,
    "thursday jeudi donnerstag": 3,
    "friday vendredi freitag": 4,
    "saturday samedi samstag": 5,
    "sunday dimanche sonntag": 6,
}
_NEAR = {"yesterday hier gestern": -1, "today tonight aujourd’hui heute": 0, "tomorrow demain morgen": 1}
MONTHS, WEEKDAYS, NEAR = (
    {name: number for names, number in table.items() for name in names.split()} for table in (_MONTHS, _WEEKDAYS, _NEAR)
)

_MONTH, _WEEKDAY = "|".join(MONTHS), "|".join(WEEKDAYS)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?({_MONTH})\b\.?(?:,?\s+(\d{{4}})\b)?", re.IGNORECASE
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*[.:]\d)(?:,?\s+(\d{{4}})\b)?", re.IGNORECASE
)
_NAMED = re.compile(rf"\b(next |last )?({_WEEKDAY})(?!s)\b", re.IGNORECASE)
_NEARBY = re.compile(rf"\b({'|'.join(name for name in NEAR if name not in ('hier', 'morgen'))})\b", re.IGNORECASE)
_AGO = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (day|week)s? (ago|earlier|later)\b", re.IGNORECASE
)
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)}
_WILL = re.compile(r"\b(?:will|is to|are to|is due|are due|next|wird|werden|sera|seront)\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:until|till|by|bis(?: zum)?|jusqu['’](?:à|au))(?: at least| mindestens| au moins)? $", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:is|are|has|have|must|can|may|should|remains?|stays?|ist|sind|bleibt|bleiben|muss|müssen|soll|sollen"
    r"|est|sont|reste|restent|doit|doivent)\b",
    re.IGNORECASE,
)


def find(sentence):
    """Return the one day that ``sentence`` names as text for `resolve`, "" where it names none or several.

    "2026-11-19" is a date, "11-19" one without its year, "d-1" the day before publication, "w3" the last Thursday up
    to it, "w+3" the first one after it.
    """
    found = {*_dates(sentence), *_weekdays(sentence), *_near(sentence)}
    return found.pop() if len(found) == 1 else ""


def resolve(named, published_on):
    """Return the date that ``named``, from `find`, means in a text of that day; None where there is no such day."""
    try:
        if named.startswith("d"):
            return published_on + timedelta(days=int(named[1:]))
        if named.startswith("w"):
            ahead = (int(named[-1]) - published_on.weekday()) % 7
            return published_on + timedelta(days=(ahead or 7) if "+" in named else (ahead - 7) % -7)
        parts = [int(part) for part in named.split("-")]
        return date(*parts) if len(parts) == 3 else _nearest(*parts, published_on)
    except (ValueError, OverflowError):
        return None


def _dates(sentence):
    for match in _ISO.finditer(sentence):
        yield match[0]
    for match in _DAY_MONTH.finditer(sentence):
        yield _written(match[3], MONTHS[match[2].lower()], match[1])
    for match in _MONTH_DAY.finditer(sentence):
        if match[1][0].isupper():
            yield _written(match[3], MONTHS[match[1].lower()], match[2])


def _written(year, month, day):
    return f"{year}-{month:02}-{int(day):02}" if year else f"{month:02}-{int(day):02}"


def _weekdays(sentence):
    for match in _NAMED.finditer(sentence):
        weekday, said = WEEKDAYS[match[2].lower()], (match[1] or "").lower()
        is_limit = not said and _LIMIT.search(sentence[: match.start()])
        if said.startswith("next") or _WILL.search(sentence) or (is_limit and _NOW.search(sentence)):
            yield f"w+{weekday}"
            continue
        yield f"w{weekday}"
        if is_limit:  # "The rain lasted until Thursday": which one, only the reporter knows, so there are two
            yield f"w+{weekday}"


def _near(sentence):
    for match in _NEARBY.finditer(sentence):
        yield f"d{NEAR[match[1].lower()]}"
    for number, unit, direction in _AGO.findall(sentence):
        days = (_NUMBERS.get(number.lower()) or int(number)) * (7 if unit.lower() == "week" else 1)
        if direction.lower() == "ago":  # "earlier" and "later" count from a day that stands elsewhere
            yield f"d-{days}"


def _nearest(month, day, published_on):
    """Choose the year that brings a day without one nearest to publication."""
    near = []
    for year in (published_on.year - 1, published_on.year, published_on.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:  # 29 February
            continue
    return min(near, key=lambda each: abs(each - published_on)) if near else None
