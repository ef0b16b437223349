"""Choose an article's key points: three to five of its own sentences, word for word.

Sentences are ranked by how much they share with the rest of the text (a sentence graph weighted by rare terms, after
LexRank, Erkan and Radev 2004), by their place and by what they share with the headline. The same text gives the same
points on every machine.
"""

import math
import re
from collections import Counter

from articles.text import plain, sentences, terms

FEWEST, MOST = 3, 5
SHORTEST, LONGEST = 55, 280  # characters: shorter ones carry little, longer ones are no points
TOO_ALIKE = 0.45  # cosine above which a second sentence repeats the first
# What counts how much, beside a centrality of at most 1: its place, what it shares with the headline, and facts.
CENTRALITY, PLACE, ECHO, FACT = 1.0, 0.35, 0.25, 0.2

_NAME = re.compile(r"(?<=[\w,] )[A-Z\u00c0-\u00de]\w+")
_LEADS_ELSEWHERE = re.compile(
    r"^(?:he|she|it|they|this|that|these|those|his|her|their|but|and|so|then|there|here|we|i|you|my|our|your|no|yes|nor|one|"
    r"both|neither|another|others?|some|most|such|two|three|in (?:his|her|their)|"
    r"il|elle|ils|elles|ce|cela|ces|cette|mais|et|ou|on|nous|leur|leurs)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our|je|nous|notre|mon|ma)\b|\b[jJ]['’]")
_QUOTATION = re.compile('["“”„«»]')


def choose(*, headline, standfirst, body):
    """Return ``[{"text": sentence, "paragraph": number}]`` in the article's order; [] where it is too short."""
    candidates = _candidates(body)
    if len(candidates) < FEWEST * 2:
        return []
    vectors = _vectors([sentence for sentence, _, _ in candidates])
    title = set(terms.of(f"{headline} {standfirst}"))
    centralities = [_centrality(index, vectors) for index in range(len(vectors))]
    most_central = max(centralities) or 1.0
    scores = [
        CENTRALITY * centrality / most_central + _place(place) + _echo(sentence, title) + _facts(sentence)
        for centrality, (sentence, _, place) in zip(centralities, candidates, strict=True)
    ]
    chosen = _pick(candidates, vectors, scores)
    return [{"text": candidates[index][0], "paragraph": candidates[index][1]} for index in sorted(chosen)]


def _candidates(body):
    """Return (sentence, paragraph number, place from 0 to 1) of each sentence that can stand by itself."""
    paragraphs = plain.paragraphs(body)
    found = []
    for number, paragraph in enumerate(paragraphs, start=1):
        for sentence in sentences.split(paragraph):
            if SHORTEST <= len(sentence) <= LONGEST and stands_alone(sentence):
                found.append((sentence, number, (number - 1) / len(paragraphs)))
    return found


def stands_alone(sentence):
    """Tell whether a sentence says the same when it is taken out of its place."""
    says_it_itself = not (_QUOTATION.search(sentence) or _FIRST_PERSON.search(sentence))
    return says_it_itself and not _LEADS_ELSEWHERE.match(sentence) and not sentence.endswith(("?", ":", "…"))


def _vectors(texts):
    counts = [Counter(terms.of(text)) for text in texts]
    spread = Counter(term for count in counts for term in count)
    vectors = []
    for count in counts:
        weights = {term: n * math.log(1 + len(texts) / spread[term]) for term, n in count.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({term: weight / length for term, weight in weights.items()})
    return vectors


def _cosine(one, other):
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _centrality(index, vectors):
    shared = sum(_cosine(vectors[index], other) for place, other in enumerate(vectors) if place != index)
    return shared / math.sqrt(len(vectors))


def _place(place):
    return PLACE * math.exp(-2 * place)  # news puts the most important first


def _echo(sentence, title):
    words = set(terms.of(sentence))
    return ECHO * len(title & words) / math.sqrt(len(words) or 1)


def _facts(sentence):
    """Prefer sentences that carry a figure and a name: those are what readers look for in a short version."""
    has_figure = any(character.isdigit() for character in sentence)
    has_name = _NAME.search(sentence) is not None
    return FACT * (has_figure + has_name)


def _pick(candidates, vectors, scores):
    wanted = min(MOST, max(FEWEST, len(candidates) // 6))
    chosen = []
    for index in sorted(range(len(candidates)), key=lambda index: (-scores[index], index)):
        if all(_cosine(vectors[index], vectors[other]) < TOO_ALIKE for other in chosen):
            chosen.append(index)
        if len(chosen) == wanted:
            break
    return chosen
