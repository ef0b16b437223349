"""How well two articles belong together."""

import math
from collections import Counter

from articles.text import terms

HEADLINE_WEIGHT = 3  # a term of the headline counts as three in the standfirst
SAME_STORY = 0.6
SHARED_HASHTAG = 0.25
SAME_SECTION = 0.02
FRESH_DAYS = 5.0  # most reports of one event lie within a day, long stories need the floor below
FLOOR = 0.3
SAME_OUTLET = 0.85


def profile(article):
    """Return the weighted terms of an article's headline and standfirst, as a vector of length 1."""
    counts = Counter(terms.of(article.standfirst))
    for term in terms.of(article.headline):
        counts[term] += HEADLINE_WEIGHT
    length = math.sqrt(sum(weight * weight for weight in counts.values())) or 1.0
    return {term: weight / length for term, weight in counts.items()}


def score(article, other, *, terms_shared, hashtags_shared):
    """Return how well ``other`` belongs with ``article``; 0 and more.

    ``terms_shared`` is the cosine of their profiles, ``hashtags_shared`` the number of hashtags on both.
    """
    same_story = article.story_id is not None and article.story_id == other.story_id
    same_section = article.section_id is not None and article.section_id == other.section_id
    likeness = terms_shared + SHARED_HASHTAG * math.log1p(hashtags_shared)
    likeness += SAME_STORY * same_story + SAME_SECTION * same_section
    days = abs((article.published_at - other.published_at).total_seconds()) / 86400
    freshness = FLOOR + (1 - FLOOR) * math.exp(-days / FRESH_DAYS)
    return likeness * freshness * (SAME_OUTLET if article.outlet_id == other.outlet_id else 1)


def cosine(one, other):
    return sum(weight * other[term] for term, weight in one.items() if term in other)
