"""Keep the inverted index: which terms an article has, and how common they are."""

import math
import zlib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from articles.models import TermVector
from articles.models.prepared import Prepared
from articles.related import counts, postings, rows
from articles.text import plain, shingles, terms

METHOD = "c"  # changes with how a vector is made, so that `relate --all` makes those anew that were made otherwise
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
        postings.replace({article_id: list(vector.unpack())}, {})
        vector.delete()


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


def weigh(vector, *, is_counted=True):
    """Return ``vector`` Weighed; one whose terms are not counted as if they were. One query."""
    return _weighed(vector, *counts.of(vector.counted()), is_counted=is_counted)


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
        _post(weighed)
        lengths = sorted((each.length, each.articles, each.vector.article_id) for each in weighed)
        statement = f"UPDATE {rows.quoted(TermVector)} SET norm = %s, weighed_among = %s WHERE article_id = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(statement, lengths)
    return {article_id: length for length, _, article_id in lengths}


def lengthen(norms):
    """Store ``{article: length}`` of vectors that share terms now that they had alone before."""
    statement = f"UPDATE {rows.quoted(TermVector)} SET norm = %s WHERE article_id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(norms[article_id], article_id) for article_id in sorted(norms)])


def _post(weighed):
    """Store the heaviest terms of Weighed vectors, each in the place of what it was found by before."""
    found_by = {each.vector.article_id: _to_post(each) for each in weighed}
    before = {each.vector.article_id: list(each.weights) for each in weighed if not each.is_first}
    postings.replace(before, found_by)


def _to_post(weighed):
    """Return the terms to find an article by: what it shares with others, and some that are its own so far."""
    shared, alone = weighed.heaviest(POSTINGS), weighed.heaviest(POSTINGS, alone=True)
    shared = shared[: POSTINGS - min(HOPES, len(alone))]
    return shared + alone[: POSTINGS - len(shared)]


def _twice(deed):
    try:
        with transaction.atomic():
            return deed()
    except IntegrityError:  # another process was quicker, and its vector is there now
        with transaction.atomic():
            return deed()


def _keep(article):
    vector, old = _counted(article)
    weighed = weigh(vector)
    if vector is not old:
        if not article.is_sponsored:
            vector.norm, vector.weighed_among = weighed.length, weighed.articles
        _store(vector, old, {} if article.is_sponsored else {article.pk: _to_post(weighed)})
    elif weighed.is_outdated and not article.is_sponsored:
        renew([article.pk])
    return weighed


def _put(article):
    vector, old = _counted(article)
    if vector is not old:
        _store(vector, old, {})


def _store(vector, old, found_by):
    """Store a vector in the place of the ``old`` one, if there is one, and by what it is found."""
    postings.replace({old.article_id: list(old.unpack())} if old else {}, found_by)
    vector.save(force_insert=old is None, force_update=old is not None)


def _counted(article):
    """Return the vector of ``article``, its terms counted, and the one that is stored: the same, if it still holds."""
    old = _one_vector().one({-1: article.pk})
    if old is not None and old.source_hash == _source_hash(article):
        return old, old
    vector = vector_of(article)
    changes = dict.fromkeys(vector.counted(), 1)
    if old is not None:
        vector.copy_of, vector.is_related = old.copy_of, old.is_related
        for number in old.counted():
            changes[number] = changes.get(number, 0) - 1
    counts.add(changes)
    return vector, old


@lru_cache
def _one_vector():
    return Prepared(TermVector.objects.select_for_update().filter(pk=-1))


def _weighed(vector, counted, articles, *, is_counted=True):
    own, new = vector.unpack(), not is_counted
    articles += new
    # Not in the order of ``counted``, which is the database's: sums of floats depend on it, and rankings on them.
    common = {number: max(1, counted.get(number, 0) + new) for number in own}
    rare_among, told_in = articles, common
    if vector.apart:  # what is rare on the site may be ordinary in a language in which few of its articles are
        rare_among = max(1, counted.get(vector.apart, 0) + new)
        told_in = {number: max(1, counted.get(number ^ vector.apart, 0) + new) for number in own}
    rarity = {number: math.log((rare_among + SMALL_SITE) / told_in[number]) ** RARITY for number in own}
    weights = {number: weight * rarity[number] for number, weight in own.items()}
    length = math.sqrt(sum(weight * weight for number, weight in weights.items() if common[number] > 1)) or 1.0
    return Weighed(vector, weights, rarity, common, articles, length, is_first=vector.weighed_among == 0)


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
        for number in numbers:
            changes[number] = changes.get(number, 0) + 1
    return changes
