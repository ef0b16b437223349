"""Did you mean: another spelling, where what was typed finds nothing or next to nothing.

The list of words knows every word of the index, those of articles that wait for their time among them. So nothing is
suggested that a search of the live articles does not find.
"""

from itertools import groupby
from operator import itemgetter

from django.db.models import Q

from articles.models import SearchWord
from articles.search.asking import matching
from articles.search.finding import find
from articles.search.query import parse
from articles.text import search_words

LITTLE = 2  # results that make one doubt the spelling
BETTER = 5  # times as many articles have another spelling, where some have this one
MOST_WORDS, MOST_NEAR, MOST_READ = 2, 5, 3000  # looked into, tried for each, read from the list
ENOUGH = 30  # articles that have a word: whether it is more does not matter


def did_you_mean(question, found, articles, house):
    """Return another question's text that finds more of ``articles``, live ones; "" where none does."""
    if found.count > LITTLE or not question.plain:
        return ""
    text = question.text
    for term in question.plain[:MOST_WORDS]:
        has = found.count if question.is_one_word else _number(term.text, articles, house)
        better = _better(term, has, articles, house) if has <= LITTLE else ""
        if better:
            text = text.replace(term.text, better, 1)
    if text == question.text:
        return ""
    better = find(parse(text, house.languages), articles, house, order="newest", most=found.count + 1)
    return text if better.count > found.count else ""


def distance(one, other, most):
    """Return in how many letters two words differ, one swapped with its neighbour being one; ``most`` + 1 if in more.

    Optimal string alignment (Damerau 1964, Wagner and Lowrance 1975).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before, last = [], list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        row = [place]
        for there, letter_there in enumerate(other, 1):
            cost = min(last[there] + 1, row[-1] + 1, last[there - 1] + (letter != letter_there))
            if place > 1 < there and letter == other[there - 2] and one[place - 2] == letter_there:
                cost = min(cost, before[there - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def _better(term, has, articles, house):
    """Return the nearest word that many more articles have than the ``has`` that have the term, the commonest first."""
    word = search_words.fold(term.text)
    near = _near(word) if len(word) >= 4 else []
    for _, equals in groupby(near, key=itemgetter(0)):
        numbers = [(-_number(other, articles, house), other) for _, other in equals]
        good = [(number, other) for number, other in numbers if -number >= max(1, BETTER * has)]
        if good:
            return min(good)[1]
    return ""


def _near(word):
    """Return (distance, word) of the words in the list that are nearest to a folded word, the nearest first."""
    most = 1 if len(word) < 6 else 2
    ends = Q(head=word[:3]) | Q(tail=word[-3:])
    listed = SearchWord.objects.filter(ends, length__range=(len(word) - most, len(word) + most))
    letters, found = set(word), []
    for other in listed.values_list("word", flat=True)[:MOST_READ]:
        folded = search_words.fold(other)
        if len(letters ^ set(folded)) > 2 * most:  # cheap, and sorts out nearly all
            continue
        far = distance(word, folded, most)
        if 0 < far <= most:
            found.append((far, other))
    return sorted(found)[:MOST_NEAR]


def _number(word, articles, house):
    terms = parse(word, house.languages).terms
    return len(matching(terms, articles, house, most=ENOUGH)) if terms else 0
