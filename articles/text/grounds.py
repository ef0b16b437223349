"""Whether what a sentence states stands in the passages that it leans on: its numbers, days, names and quotations.

English, French and German words for numbers and days are known; digits, and names in Latin letters, in every language.
What cannot be read here is left to a person, and `unread` says what that is.
"""

import re
import unicodedata

from articles.text import dates, names, sentences
from articles.text.terms import CAPITALISED_NOUNS

_NUMBER = re.compile(r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_QUOTED = re.compile('[“”„"«‹](?=\\S| )([^“”„"«»‹›]+)[“”"»›]')
_FOLDED_AWAY = re.compile(r"[^\w]+")
_ADDRESS = re.compile(
    r"\w+://\S+|\bwww\.\S+|\S+@\S+\.\w+|\b[a-z0-9-]+\.(?:com|net|org|info|io|biz|example)\b", re.IGNORECASE
)
_IN_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 dozen=12 "
    "hundred=100 thousand=1000 million=1000000 billion=1000000000 dozens=12 hundreds=100 thousands=1000 "
    "millions=1000000 billions=1000000000 half=1/2 quarter=1/4 twice=2 double=2 doubled=2 triple=3",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt trente=30 quarante=40 cinquante=50 soixante=60 douzaine=12 cent=100 cents=100 centaines=100 "
    "mille=1000 milliers=1000 million=1000000 millions=1000000 milliard=1000000000 milliards=1000000000 "
    "moitié=1/2 demi=1/2 quart=1/4 double=2 doublé=2 triple=3",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 "
    "dutzend=12 dutzende=12 hundert=100 hunderte=100 tausend=1000 tausende=1000 million=1000000 millionen=1000000 "
    "milliarde=1000000000 milliarden=1000000000 hälfte=1/2 halb=1/2 viertel=1/4 doppelt=2 verdoppelt=2 dreifach=3",
}
_NOT_DAYS = {"hier", "morgen"}  # "here" in German, "morning" in German: see `dates`


def _table(words):
    """Return ``{word: value}``; without a value of its own each is one more than the one before."""
    table, value = {}, 1
    for word in words.split():
        name, _, given = word.partition("=")
        value = value + 1 if not given else value
        table[name] = given or str(value)
    return table


_VALUES = {language: _table(words) for language, words in _IN_WORDS.items()}


def unread(language):
    """Return what of a text in ``language`` this module cannot read, as words for an editor; "" where it reads all."""
    code = _base(language)
    missed = [] if code in _VALUES else ["numbers and days in words"]
    missed += ["names of one word"] if code in CAPITALISED_NOUNS else []
    return " and ".join(missed)


def foreign_numbers(sentence, passages, *, language, source):
    """Return the numbers in ``sentence``, in the language ``language``, that no passage, in ``source``, states."""
    stated = {value for passage in passages for _, values in _numbers(passage, source) for value in values}
    return [written for written, values in _numbers(sentence, language) if not values & stated]


def foreign_days(sentence, passages, *, language, source):
    """Return the days and months that ``sentence`` names and no passage does."""
    stated = {value for passage in passages for _, value in _days(passage, source)}
    return [written for written, value in _days(sentence, language) if value not in stated]


def foreign_names(sentence, passages, *, language, source, told=(), renderings=()):
    """Return the names in ``sentence`` that no passage has.

    ``told`` are all passages of the text, for words that have a capital only because they begin a sentence;
    ``renderings`` what an editor says a name is here: ``{name in this language: name in the passages}``.
    """
    grounds = [f" {_folded(passage)} " for passage in passages]
    known = dict(renderings)
    found = _names(sentence, language=language, is_translated=_base(language) != _base(source), told=told)
    return [name for name in found if not any(f" {_folded(known.get(name, name))} " in ground for ground in grounds)]


def foreign_quotations(sentence, passages, *, is_translated):
    """Return what ``sentence`` has between quotation marks and no passage has, word for word.

    A translated quotation has other words: there a passage has to hold some quotation at all.
    """
    quoted = [match[1].strip() for match in _QUOTED.finditer(sentence)]
    if is_translated:
        return [] if any(_QUOTED.search(passage) for passage in passages) else quoted
    grounds = [f" {_folded(passage)} " for passage in passages]
    return [words for words in quoted if not any(f" {_folded(words)} " in ground for ground in grounds)]


def foreign_addresses(sentence, passages):
    """Return the addresses on the internet that ``sentence`` names and no passage does."""
    found = [match[0].rstrip(".,;:)") for match in _ADDRESS.finditer(sentence)]
    return [address for address in found if not any(address in passage for passage in passages)]


def foreign_letters(sentence, passages):
    """Return the words of ``sentence`` in letters of a script that no passage uses, as a letter that looks alike is."""
    known = {script for passage in passages for script in _scripts(passage)}
    return [word for word in _WORD.findall(sentence) if not _scripts(word) <= known]


def mixed_letters(sentence):
    """Return the words of ``sentence`` that mix letters of two scripts, as no honest word of these does."""
    alike = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}
    return [word for word in _WORD.findall(sentence) if len(_scripts(word) & alike) > 1]


def _base(language):
    return language.split("-")[0].lower()


def _numbers(text, language):
    """Yield (number as written, the values that it may have)."""
    plain = unicodedata.normalize("NFKC", text)
    for match in _NUMBER.finditer(plain):
        yield match[0], _values("".join(_digit(character) for character in match[0]))
    table = _VALUES.get(_base(language), {})
    for match in _WORD.finditer(plain):
        if value := table.get(match[0].lower()):
            yield match[0], {value}


def _digit(character):
    return str(unicodedata.digit(character)) if character.isdigit() else character


def _values(number):
    """Return how a number can be read: "1,140" as 1140 or as 1 and 140 thousandths, in whichever language."""
    groups = re.split(r"\D+", number)
    found = {".".join(groups)}
    if len(groups) > 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]):
        found.add("".join(groups))
    if len(groups) > 2 and all(len(group) == 3 for group in groups[1:-1]):
        found.add(f"{''.join(groups[:-1])}.{groups[-1]}")
    return found


def _days(text, language):
    """Yield (day or month as written, what it is whatever the language)."""
    needs_capital = _base(language) in {"en", "de"}  # "may" is no month there, and "mars" is one in French
    for match in _WORD.finditer(text):
        word = match[0].lower()
        is_name = match[0][0].isupper() or not needs_capital
        if is_name and word in dates.MONTHS:
            yield match[0], ("month", dates.MONTHS[word])
        elif (is_name and word.removesuffix("s") in dates.WEEKDAYS) or word in dates.WEEKDAYS:
            yield match[0], ("weekday", dates.WEEKDAYS.get(word, dates.WEEKDAYS.get(word.removesuffix("s"))))
        elif word in dates.NEAR and word not in _NOT_DAYS:
            yield match[0], ("near", dates.NEAR[word])


def _names(text, *, language, is_translated, told):
    if _base(language) in CAPITALISED_NOUNS:  # of two capitals in a row the last is a name, more often than not
        pairs = [name for name in names.of(text) if " " in name]
        return [name.split(" ")[-1] for name in pairs] if is_translated else []
    return [
        name
        for sentence in sentences.split(text)
        for place, name in enumerate(names.of(sentence))
        if place or " " in name or not _begins(sentence, name) or not (is_translated or _is_a_word(name.lower(), told))
    ]


def _begins(sentence, name):
    return re.match(rf"\W*{re.escape(name)}\b", sentence) is not None


def _is_a_word(word, told):
    """Tell whether the text has ``word``, or one of its family, in small letters: then it is no name."""
    root = word[: max(4, len(word) - 3)]
    return any(each.startswith(root) for text in told for each in _WORD.findall(text) if each.islower())


def _folded(text):
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return _FOLDED_AWAY.sub(" ", re.sub(r"'s?\b", " ", plain)).strip()


def _scripts(text):
    """Return the scripts of the letters in ``text``, by the first word of their names: {"LATIN"}."""
    plain = unicodedata.normalize("NFKC", text)
    return {unicodedata.name(character, "?").split(" ")[0] for character in plain if character.isalpha()}
