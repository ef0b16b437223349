"""Keep the inverted index: which terms an article has, and how common they are."""

import math
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from articles.models import TermCount, TermVector
from articles.related import counts, postings
from articles.text import plain, shingles, terms

MOST_TERMS = 192  # of an article; more add bytes and no quality
POSTINGS = 24  # terms by which an article is found
HOPES = 4  # of them, terms that no other article has yet: the next report of the same event may
RARITY = 0.75  # exponent of the inverse document frequency
SMALL_SITE = 20  # articles added to the count, so that a site of three still tells common from rare
GROWTH = 1.5  # of the number of articles, after which the weights of one are worked out anew


def keep(article):
    """Index the text of ``article``, or what changed of it; return it Weighed. The hashtags must be stored.

    Committed before anything is searched, so that of two processes that relate two articles at once one sees both.
    """
    with transaction.atomic():
        weighed = weigh(put(article))
        if weighed.is_outdated and not article.is_sponsored:
            post(weighed)
    return weighed


def put(article):
    """Store and count the terms of ``article``; return its vector. Where they are stored already nothing changes."""
    try:
        with transaction.atomic():
            return _put(article)
    except IntegrityError:  # another process was quicker, and its vector is there now
        with transaction.atomic():
            return _put(article)


def put_all(articles):
    """Store and count the terms of ``articles`` like ``put``, those that are new in a handful of statements."""
    known = dict(TermVector.objects.filter(article__in=articles).values_list("article", "source_hash"))
    new = [vector_of(article) for article in articles if article.pk not in known]
    try:
        with transaction.atomic():
            TermVector.objects.bulk_create(new)
            counts.add(_together([TermCount.ARTICLES, *vector.unpack()] for vector in new))
    except IntegrityError:  # another process indexes them too; one by one it is told apart which are left
        known = {article.pk: "" for article in articles}
    for article in articles:
        if article.pk in known and known[article.pk] != _source_hash(article):
            put(article)


def vector_of(article):
    """Return the vector of the text as it is now, not stored: a draft may be looked at, and must not be counted."""
    tags = _tags(article)
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
        article=article,
        numbers=numbers,
        weights=steps,
        signature=shingles.sign(text),
        source_hash=_source_hash(article),
    )


def remove(article_id):
    """Take the article out of the index."""
    with transaction.atomic():
        vector = TermVector.objects.select_for_update().filter(article_id=article_id).first()
        if vector is None:
            return
        numbers = vector.unpack()
        postings.replace(article_id, numbers, [])
        vector.delete()
        counts.add(dict.fromkeys([TermCount.ARTICLES, *numbers], -1))


@dataclass
class Weighed:
    """A vector with the rarities of now: ``weights`` are the text's own times ``rarity``, ``length`` theirs together.

    A term that no other article has is left out of the length: it leads nowhere, and would only make the rest lighter.
    ``common`` says in how many articles each term occurs, of ``articles``; ``is_first``, that it cannot be found yet.
    """

    vector: TermVector
    weights: dict
    rarity: dict
    common: dict
    articles: int
    length: float
    is_first: bool

    @property
    def is_outdated(self):
        """Whether what is stored was weighed when the site was much smaller or larger, or never."""
        return self.has_outgrown(self.vector.weighed_among)

    def has_outgrown(self, then):
        """Whether the site has grown or shrunk so much since it had ``then`` articles that rarities are others now."""
        return not then / GROWTH <= self.articles <= then * GROWTH

    def gained_by(self, overlap):
        """Return the square of the length that a text gains by its terms in ``overlap`` that it had alone until now."""
        alone = (share / self.weights[number] for number, share in overlap.items() if self.common[number] == 2)
        return sum(weight * weight for weight in alone)

    def heaviest(self, number, *, alone=False):
        """Return the ``number`` heaviest (term, share of the length in 1/1000), the same on every database.

        Of the terms that other articles have as well, or of those that this one has ``alone``.
        """
        chosen = [pair for pair in self.weights.items() if (self.common[pair[0]] > 1) is not alone]
        ordered = sorted(chosen, key=lambda pair: (-pair[1], pair[0]))[:number]
        return [(term, round(1000 * weight / self.length)) for term, weight in ordered]


def weigh(vector):
    """Return ``vector`` Weighed; one that is not stored as if it were. One query."""
    own = vector.unpack()
    return _weighed(vector, own, *counts.of(own))


def weigh_all(vectors):
    """Return each of ``vectors`` Weighed. One query."""
    unpacked = [vector.unpack() for vector in vectors]
    common, articles = counts.of({number for own in unpacked for number in own})
    return [_weighed(vector, own, common, articles) for vector, own in zip(vectors, unpacked, strict=True)]


def post(*weighed):
    """Store the heaviest terms and the length of Weighed vectors, so that others find them."""
    with transaction.atomic(savepoint=False):
        for each in weighed:
            postings.replace(each.vector.article_id, () if each.is_first else each.weights, _to_post(each))
            each.vector.norm, each.vector.weighed_among = each.length, each.articles
        TermVector.objects.bulk_update([each.vector for each in weighed], ["norm", "weighed_among"])


def renew(article_ids):
    """Weigh stored vectors with the rarities of now; return their lengths by article. The texts are not read."""
    if not article_ids:
        return {}
    with transaction.atomic():
        vectors = list(TermVector.objects.select_for_update().filter(article__in=article_ids).order_by("pk"))
        post(*weigh_all(vectors))
    return {vector.article_id: vector.norm for vector in vectors}


def _to_post(weighed):
    """Return the terms to find an article by: what it shares with others, and some that are its own so far."""
    shared, alone = weighed.heaviest(POSTINGS), weighed.heaviest(POSTINGS, alone=True)
    shared = shared[: POSTINGS - min(HOPES, len(alone))]
    return shared + alone[: POSTINGS - len(shared)]


def _put(article):
    source_hash = _source_hash(article)
    old = TermVector.objects.select_for_update().filter(article=article).first()
    if old is not None and old.source_hash == source_hash:
        return old
    vector = vector_of(article)
    now, before = [TermCount.ARTICLES, *vector.unpack()], []
    if old is None:
        vector.save(force_insert=True)  # before the counting: who comes second at once stumbles here
    else:
        before = [TermCount.ARTICLES, *old.unpack()]
        postings.replace(article.pk, before, [])
        vector.copy_of, vector.is_related = old.copy_of, old.is_related
        vector.save(force_update=True)
    changes = dict.fromkeys(now, 1)
    for number in before:
        changes[number] = changes.get(number, 0) - 1
    counts.add(changes)
    return vector


def _weighed(vector, own, common, articles):
    is_counted = not vector._state.adding
    articles = articles + (not is_counted)
    # Not in the order of ``common``, which is the database's: sums of floats depend on it, and rankings on them.
    common = {number: max(1, common.get(number, 0) + (not is_counted)) for number in own}
    rarity = {number: math.log((articles + SMALL_SITE) / common[number]) ** RARITY for number in own}
    weights = {number: weight * rarity[number] for number, weight in own.items()}
    length = math.sqrt(sum(weight * weight for number, weight in weights.items() if common[number] > 1)) or 1.0
    return Weighed(vector, weights, rarity, common, articles, length, is_first=vector.weighed_among == 0)


def _source_hash(article):
    return f"{article.source_hash[:24]}{terms.number(' '.join(sorted(_tags(article)))):08x}"


def _tags(article):
    return [tag.name for tag in article.hashtags.all()]


def _together(groups):
    changes = {}
    for numbers in groups:
        for number in numbers:
            changes[number] = changes.get(number, 0) + 1
    return changes
