"""Keep the inverted index: which terms an article has, and how common they are."""

import math
import zlib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import IntegrityError, transaction

from articles.models import Article, PostingList, TermCount, TermVector
from articles.models.prepared import Prepared
from articles.related import counts, postings, rows
from articles.text import plain, shingles, terms

METHOD = "f"  # changes with how a vector is made, so that `relate --all` makes those anew that were made otherwise
MOST_TERMS = 192  # of an article; more add bytes and no quality
HOPES = 4  # of the terms by which an article is found, those that no other has yet: the next report of the event may
RARITY = 0.75  # exponent of the inverse document frequency
SMALL_SITE = 20  # articles added to the count, so that a site of three still tells common from rare
# Growth of the number of articles after which the weights of one are worked out anew: a rare term is worth 7 % more
# then on a site of a thousand, 4 % on one of a hundred thousand.
GROWTH = 2
# Growth of a rare term's worth after which an article's own links are worked out anew. A site of two comes to it at 28
# articles, one of 28 at 107, of 107 at 407, of 407 at 1,922: likenesses are much too high as long as little is known.
AGED = 1.25


def keep(article):
    """Index the text of ``article``, or what changed of it; return it Weighed. The hashtags must be stored.

    Committed before anything is searched, so that of two processes that relate two articles at once one sees both.
    """
    return _twice(lambda: _keep(article))


def put(article):
    """Store and count the terms of ``article``, to be posted later. Where they are stored already nothing changes."""
    _twice(lambda: _put(article))


def put_all(articles):
    """Store and count the terms of ``articles`` like ``put``, those that are new in a handful of statements."""
    known = dict(TermVector.objects.filter(article__in=articles).values_list("article", "source_hash"))
    new = [vector_of(article) for article in articles if article.pk not in known]
    try:
        with transaction.atomic():
            TermVector.objects.bulk_create(new)
            counts.add(_together(vector.counted() for vector in new))
    except IntegrityError:  # another process indexes them too; one by one it is told apart which are left
        known = {article.pk: "" for article in articles}
    for article in articles:
        if article.pk in known and not known[article.pk].startswith(METHOD):  # an edit is left to `keep`
            put(article)


def outdated(article_ids):
    """Return those of the articles that are published and not indexed as they are now. Three queries."""
    articles = Article.objects.filter(pk__in=article_ids, state=Article.State.PUBLISHED).prefetch_related("hashtags")
    known = dict(TermVector.objects.filter(article__in=article_ids).values_list("article", "source_hash"))
    return [article.pk for article in articles.order_by("pk") if known.get(article.pk) != _source_hash(article)]


def vector_of(article):
    """Return the vector of the text as it is now, not stored: a draft may be looked at, and must not be counted."""
    tags = _tags(article)
    text = plain.from_html(article.body)
    weights = terms.weigh(
        headline=article.headline, standfirst=article.standfirst, hashtags=tags, body=text, language=article.language
    )
    numbered = {}
    # Of two that count as much the one that the text has first stays: what comes first says more.
    for term, weight in sorted(weights.items(), key=lambda pair: -pair[1])[:MOST_TERMS]:
        number = terms.number(term)
        numbered[number] = max(weight, numbered.get(number, 0))
    numbers, steps = TermVector.pack(numbered)
    return TermVector(
        apart=_apart(article.language),
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
        counts.add(dict.fromkeys(vector.counted(), -1))
        postings.replace({article_id: _lists_of(vector)}, {})
        vector.delete()


@dataclass
class Weighed:
    """A vector with the rarities of now: ``weights`` are the text's own times ``rarity``, ``length`` theirs together.

    A term that no other article has is left out of the length: it leads nowhere, and would only make the rest lighter.
    ``common`` says in how many articles each term occurs, of ``articles``; ``is_first``, that it cannot be found yet;
    ``compared_among``, how many articles tell what is rare: all, or those of its language; ``is_edited``, that it took
    the place of another of the same article.
    """

    vector: TermVector
    weights: dict
    rarity: dict
    common: dict
    articles: int
    length: float
    is_first: bool
    compared_among: int
    is_edited: bool = False

    @property
    def is_outdated(self):
        """Whether what is stored was weighed when the site was much smaller or larger, or never."""
        return self.has_outgrown(self.vector.weighed_among)

    def has_outgrown(self, then):
        """Whether the site has grown or shrunk so much since it had ``then`` articles that rarities are others now."""
        return not then / GROWTH <= self.articles <= then * GROWTH

    def has_matured_since(self, then):
        """Whether rarities that were known among ``then`` articles say next to nothing beside those of now."""
        return math.log(self.articles + SMALL_SITE) > AGED * math.log(then + SMALL_SITE)

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
        # What it has alone is no part of the length, and may be far more than all that is.
        return [(term, min(PostingList.HEAVIEST, round(1000 * weight / self.length))) for term, weight in ordered]


def weigh(vector, *, known=()):
    """Return ``vector`` Weighed. One query, unless how common its terms are is ``known``."""
    return _weighed(vector, *counts.of(vector.counted(), known))


def look(article):
    """Return the text of ``article`` as it is now, Weighed as if it were stored. Two queries; nothing is written."""
    vector = vector_of(article)
    stored = TermVector.objects.filter(article=article).first()
    common, articles = counts.of(vector.counted())
    uncounted = set(vector.counted()).difference(stored.counted() if stored else ())
    common = {number: common.get(number, 0) + (number in uncounted) for number in vector.counted()}
    return _weighed(vector, common, articles + (TermCount.ARTICLES in uncounted))


def weigh_all(vectors):
    """Return each of ``vectors`` Weighed. One query."""
    counted = counts.of({number for vector in vectors for number in vector.counted()})
    return [_weighed(vector, *counted) for vector in vectors]


def renew(article_ids):
    """Weigh stored vectors with the rarities of now, so that they are found by them; the texts are not read.

    Returns their lengths by article.
    """
    if not article_ids:
        return {}
    with transaction.atomic():
        vectors = list(TermVector.objects.select_for_update().filter(article__in=article_ids).order_by("pk"))
        weighed = weigh_all(vectors)
        before = {each.vector.article_id: _terms_of(each.vector) for each in weighed if not each.is_first}
        # The bands of one that is in lists stay where they are: its text is the same.
        by = {each.vector.article_id: found_by(each) if each.is_first else _heaviest(each) for each in weighed}
        postings.replace(before, by)
        renewed = [(each.length, each.articles, *each.vector.packed, each.vector.article_id) for each in weighed]
        rows.update(TermVector, ("norm", "weighed_among", "numbers", "weights"), renewed, key="article_id")
    return {each.vector.article_id: each.length for each in weighed}


def lengthen(norms):
    """Store ``{article: length}`` of vectors that share terms now that they had alone before."""
    rows.update(TermVector, ("norm",), [(norms[key], key) for key in sorted(norms)], key="article_id")


def found_by(weighed):
    """Return the (term, weight) to find an article by: its heaviest terms, and the bands of its text."""
    return _heaviest(weighed) + postings.bands(weighed.vector.signature)


def _heaviest(weighed):
    """Return the (term, weight) of what an article shares with others, and of some that are its own so far.

    They come first in its vector from now on.
    """
    most = TermVector.POSTED
    shared, alone = weighed.heaviest(most), weighed.heaviest(most, alone=True)
    shared = shared[: most - min(HOPES, len(alone))]
    chosen = shared + alone[: most - len(shared)]
    weighed.vector.put_first([term for term, _ in chosen])
    return chosen


def _lists_of(vector):
    """Return all in whose lists an article may stand."""
    return [*_terms_of(vector), *(term for term, _ in postings.bands(vector.signature))]


def _terms_of(vector):
    return vector.posted() if vector.source_hash.startswith(METHOD) else list(vector.unpack())


def _twice(deed):
    try:
        with transaction.atomic():
            return deed()
    except IntegrityError:  # another process was quicker, and its vector is there now
        with transaction.atomic():
            return deed()


def _keep(article):
    vector, old, known = _counted(article)
    weighed = weigh(vector, known=known)
    if vector is not old:
        # From this commit on others may tell a story with it: two at once see each other, and one of them begins.
        vector.is_related = True
        if not article.is_sponsored:
            vector.norm, vector.weighed_among = weighed.length, weighed.articles
        _store(vector, old, {} if article.is_sponsored else {article.pk: found_by(weighed)})
    elif weighed.is_outdated and not article.is_sponsored:
        renew([article.pk])
    weighed.is_edited = old is not None and vector is not old
    return weighed


def _put(article):
    vector, old, _ = _counted(article)
    if vector is not old:
        _store(vector, old, {})


def _store(vector, old, lists):
    """Store a vector in the place of the ``old`` one, if there is one, and by what it is found."""
    postings.replace({old.article_id: _lists_of(old)} if old else {}, lists)
    vector.save(force_insert=old is None, force_update=old is not None)


def _counted(article):
    """Return the vector of ``article``, its terms counted, and the one that is stored: the same, if it still holds.

    And what is known by that of how common terms are.
    """
    old = _one_vector().one({-1: article.pk})
    if old is not None and old.source_hash == _source_hash(article):
        return old, old, {}
    vector = vector_of(article)
    changes = dict.fromkeys(vector.counted(), 1)
    if old is not None:
        vector.copy_of, vector.is_related = old.copy_of, old.is_related
        for number in old.counted():
            changes[number] = changes.get(number, 0) - 1
    return vector, old, counts.add(changes)


@lru_cache
def _one_vector():
    return Prepared(TermVector.objects.select_for_update().filter(pk=-1))


def _weighed(vector, counted, articles):
    own = vector.unpack()
    common = {number: max(1, counted.get(number, 0)) for number in own}
    rare_among, told_in = articles, common
    if vector.apart:  # what is rare on the site may be ordinary in a language in which few of its articles are
        rare_among = max(1, counted.get(vector.apart, 0))
        told_in = {number: max(1, counted.get(number ^ vector.apart, 0)) for number in own}
    # Two terms may share a number, and be counted more often together than there are articles.
    told_in = {number: min(told, rare_among) for number, told in told_in.items()}
    rarity = {number: math.log((rare_among + SMALL_SITE) / told_in[number]) ** RARITY for number in own}
    weights = {number: weight * rarity[number] for number, weight in own.items()}
    length = math.sqrt(math.fsum(weight * weight for number, weight in weights.items() if common[number] > 1)) or 1.0
    is_first = vector.weighed_among == 0
    return Weighed(vector, weights, rarity, common, articles, length, is_first=is_first, compared_among=rare_among)


def _apart(language):
    code, main = (name.split("-")[0].lower() for name in (language, settings.SITE_LANGUAGE))
    return 0 if code == main else zlib.crc32(code.encode()) >> 2 or 1


def _source_hash(article):
    return f"{METHOD}{article.source_hash[:23]}{terms.number(' '.join(sorted(_tags(article)))):08x}"


def _tags(article):
    return [tag.name for tag in article.hashtags.all()]


def _together(groups):
    changes = {}
    for numbers in groups:
        for number in set(numbers):
            changes[number] = changes.get(number, 0) + 1
    return changes
