"""Ask this story: the sentences of an article and its story that match a question best, word for word, or none.

BM25 (Robertson and Zaragoza, 2009) over sentences chooses among those that say enough of what was asked: most of its
words, weighed by how rare they are here, every name and number, and a number where one was asked for. Nothing is put
together and nothing is written: a passage is what an outlet published.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass

from django.conf import settings

from articles.assist.prepare import WITHOUT_AID
from articles.models import Article
from articles.text import names, plain, questions, sentences, terms

MOST_ARTICLES = 6  # of a story, the reader's own first, then the newest: what fits into 40 ms
MOST_CHARACTERS = 36_000  # of their bodies together: six long reports
MOST_PASSAGES = 3
ENOUGH_BEYOND_NAMES = 0.5  # of the words that are no names: who is named may have done anything
ENOUGH = 0.55  # of the question's weight that a passage has to say, itself or in its paragraph
BESIDE = 0.6  # what a word counts that stands in the same paragraph but not in the sentence
OWN, COUNTED = 1.2, 1.4  # what the reader's own article is worth more, and the very thing counted that was asked for
K1, B = 1.2, 0.75  # the usual
NEAR = 0.72  # of the best one's score: what is less is no second answer


@dataclass(frozen=True)
class Passage:
    article: Article
    text: str
    paragraph: int
    score: float


@dataclass
class _Sentence:
    article: Article
    text: str
    paragraph: int
    terms: Counter
    beside: frozenset  # terms of its paragraph and of the headline
    around: str  # its paragraph, for names


def ask(article, asked, *, at):
    """Return the Passages that answer the question ``asked`` about the live ``article``, the best first. One query."""
    question = questions.read(asked, language=article.language)
    if not question.terms:
        return []
    told = [each for each in (article, *_others(article, at=at)) if each.language == article.language]
    return choose(question, told)


def askable(*, at):
    """Return the live articles that may be asked about."""
    if not settings.READING_AID:
        return Article.objects.none()
    return Article.objects.live(at=at).of_derivable_texts().exclude(kind__in=WITHOUT_AID)


def choose(question, articles):
    """Return the Passages of ``articles``, whose bodies are loaded, that answer ``question``."""
    found, total, left = [], 0, MOST_CHARACTERS
    for article in articles:
        some, number = _sentences(article, question, article.body[:left])
        left -= len(article.body[:left])
        found += some
        total += number
    weights = _weights(question, found, total)
    scored = []
    for sentence in found:
        if _says_enough(sentence, question, weights):
            score = _score(sentence, weights)
            score *= OWN if sentence.article is articles[0] else 1
            score *= COUNTED if any(pattern.search(sentence.text) for pattern in question.prefers) else 1
            scored.append(Passage(sentence.article, sentence.text, sentence.paragraph, score))
    scored.sort(key=lambda passage: (-passage.score, articles.index(passage.article), passage.paragraph, passage.text))
    return _different([passage for passage in scored if passage.score >= NEAR * scored[0].score])


def _others(article, *, at):
    if article.story_id is None:
        return []
    told = askable(at=at).filter(story=article.story_id).exclude(pk=article.pk).newest_first().select_related("outlet")
    fields = ("headline", "slug", "body", "language", "kind", "published_at", "outlet__name", "outlet__slug")
    return told.only(*fields)[: MOST_ARTICLES - 1]


def _sentences(article, question, body):
    """Return the sentences that share a word with the question, and how many sentences there are in all."""
    heads = [stem[:4] for stem in question.terms]
    found, number = [], 0
    for place, paragraph in enumerate(plain.paragraphs(body), start=1):
        parts = sentences.split(paragraph)
        number += len(parts)
        if not any(head in (folded := paragraph.casefold()) for head in heads):
            continue
        stems = [Counter(terms.of(part, article.language)) for part in parts]
        beside = frozenset().union(*stems)
        found += [
            _Sentence(article, part, place, stem, beside, folded)
            for part, stem in zip(parts, stems, strict=True)
            if any(term in stem for term in question.terms)
        ]
    return found, number


def _weights(question, found, total):
    spread = Counter(term for sentence in found for term in question.terms if term in sentence.terms)
    return {term: math.log(1 + (total - spread[term] + 0.5) / (spread[term] + 0.5)) for term in question.terms}


def _says_enough(sentence, question, weights):
    named = set(terms.of(" ".join(question.names), sentence.article.language))
    beyond = {term: weight for term, weight in weights.items() if term not in named}
    if not (_share(sentence, weights) >= ENOUGH and _share(sentence, beyond) >= ENOUGH_BEYOND_NAMES):
        return False
    around = (re.search(rf"(?<!\w){re.escape(_last(name).casefold())}", sentence.around) for name in question.names)
    wanted = all(pattern.search(sentence.text) for pattern in question.wants)
    return wanted and all(around) and (not question.asks_who or bool(names.of(sentence.text)))


def _share(sentence, weights):
    """Return which part of ``weights`` the sentence says, from 0 to 1; 1 of none."""
    said = sum(
        weight if term in sentence.terms else BESIDE * weight if term in sentence.beside else 0
        for term, weight in weights.items()
    )
    return said / sum(weights.values()) if weights else 1.0


def _last(name):
    return name.split(" ")[-1]


def _score(sentence, weights):
    length = sum(sentence.terms.values())
    score = 0.0
    for term, weight in weights.items():
        times = sentence.terms[term]
        score += weight * times * (K1 + 1) / (times + K1 * (1 - B + B * length / 12))
        if not times and term in sentence.beside:
            score += 0.4 * weight
    return score


def _different(passages):
    chosen = []
    for passage in passages:
        if all(passage.text != other.text for other in chosen):
            chosen.append(passage)
    return chosen[:MOST_PASSAGES]
