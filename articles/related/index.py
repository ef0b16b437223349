"""Keep the inverted index: which terms an article has, and how common they are."""

import math
from dataclasses import dataclass

from django.db import transaction

from articles.models import TermCount, TermPosting, TermVector
from articles.related import counts
from articles.text import plain, shingles, terms

MOST_TERMS = 256  # of an article; more add bytes and no quality
POSTINGS = 24  # heaviest terms by which an article is found
RARITY = 0.75  # exponent of the inverse document frequency
SMALL_SITE = 20  # articles added to the count, so that a site of three still tells common from rare


def put(article):
    """Index the text of ``article``, or what changed of it; return its vector. The hashtags must be stored."""
    tags = [tag.name for tag in article.hashtags.all()]
    source_hash = f"{article.source_hash[:24]}{terms.number(' '.join(sorted(tags))):08x}"
    with transaction.atomic():
        old = TermVector.objects.select_for_update().filter(article=article).first()
        if old is not None and old.source_hash == source_hash:
            return old
        before = set(old.unpack()) if old else None
        vector = _vector(article, tags, source_hash)
        vector.save(force_insert=old is None, force_update=old is not None)
        _count(before, set(vector.unpack()))
    return vector


def remove(article_id):
    """Take the article out of the index."""
    with transaction.atomic():
        vector = TermVector.objects.select_for_update().filter(article_id=article_id).first()
        if vector is None:
            return
        numbers = set(vector.unpack())
        _remove_postings(article_id, numbers)
        vector.delete()
        counts.add([TermCount.ARTICLES, *numbers], -1)


@dataclass
class Weighed:
    """A vector with the rarities of now: ``weights`` are the text's own times ``rarity``, ``length`` theirs together.

    A term that no other article has is left out: it can lead nowhere, and would only make the rest lighter.
    """

    vector: TermVector
    weights: dict
    rarity: dict
    length: float

    def heaviest(self, number):
        """Return the ``number`` heaviest (term, share of the length in 1/1000), the same on every database."""
        ordered = sorted(self.weights.items(), key=lambda pair: (-pair[1], pair[0]))[:number]
        return [(term, round(1000 * weight / self.length)) for term, weight in ordered]


def weigh(vector):
    """Return ``vector`` Weighed."""
    own = vector.unpack()
    common, articles = counts.of(own)
    rarity = {
        number: math.log((articles + SMALL_SITE) / occurs) ** RARITY for number, occurs in common.items() if occurs > 1
    }
    weights = {number: own[number] * rare for number, rare in rarity.items()}
    return Weighed(vector, weights, rarity, math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0)


def post(weighed):
    """Store the heaviest terms and the length of a Weighed vector, so that others find it."""
    article_id = weighed.vector.article_id
    rows = [TermPosting(term=term, article_id=article_id, weight=weight) for term, weight in weighed.heaviest(POSTINGS)]
    with transaction.atomic():
        _remove_postings(article_id, set(weighed.vector.unpack()))
        TermPosting.objects.bulk_create(rows, ignore_conflicts=True)
        TermVector.objects.filter(pk=article_id).update(norm=weighed.length)


def _vector(article, tags, source_hash):
    text = plain.from_html(article.body)
    weights = terms.weigh(
        headline=article.headline, standfirst=article.standfirst, hashtags=tags, body=text, language=article.language
    )
    numbered = {}
    for term, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TERMS]:
        number = terms.number(term)
        numbered[number] = max(weight, numbered.get(number, 0))
    numbers, steps = TermVector.pack(numbered)
    return TermVector(
        article=article, numbers=numbers, weights=steps, signature=shingles.sign(text), source_hash=source_hash
    )


def _count(before, now):
    if before is None:
        counts.add([TermCount.ARTICLES, *now], 1)
    else:
        counts.add(now - before, 1)
        counts.add(before - now, -1)


def _remove_postings(article_id, numbers):
    TermPosting.objects.filter(term__in=numbers, article_id=article_id).delete()
