"""The inverted index of the related-articles engine: plain tables, alike on every database."""

import struct
from itertools import islice

from django.db import models


class TermVector(models.Model):
    """The terms of one article that is or will be public.

    ``numbers`` holds the terms' numbers, four bytes each, ``weights`` how much each counts in this text, one byte each
    in steps of 1/STEPS, before the rarity of the term is known: rarity changes with every article, the text does not.
    The terms by which the article is found come first, POSTED at most: they say where to take it out again.
    """

    STEPS = 40  # 1 + ln(occurrences) stays below 6.4, so that 255 / 40 holds it
    POSTED = 24

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="term_vector")
    numbers = models.BinaryField()
    weights = models.BinaryField()
    signature = models.BinaryField()  # MinHash of the text's word runs; see text/shingles.py
    norm = models.FloatField(default=1.0)  # length of the vector with the rarities of when it was last related
    weighed_among = models.PositiveIntegerField(default=0)  # articles in the index then; 0 before it can be found
    copy_of = models.PositiveIntegerField(null=True)  # the first print of the same text, itself a copy of none
    is_related = models.BooleanField(default=False)  # it has come to ``relate``: stories may grow by it
    # Turns the numbers, by exclusive or, into those under which they are counted among articles of the same language
    # alone; 0 in the site's main language, of which the counts of all articles tell enough.
    apart = models.PositiveIntegerField(default=0)
    source_hash = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(norm__gt=0), name="term_vector_has_a_length")]
        # When a first print is edited or goes, its copies are asked for.
        indexes = [
            models.Index(fields=["copy_of"], condition=models.Q(copy_of__isnull=False), name="copies_of_an_article")
        ]

    def __str__(self):
        return f"Terms of article {self.article_id}"

    @classmethod
    def pack(cls, weights):
        """Return ``numbers`` and ``weights`` as stored for ``{number: weight}``."""
        steps = bytes(min(255, max(1, round(weight * cls.STEPS))) for weight in weights.values())
        return struct.pack(f"<{len(weights)}I", *weights), steps

    def unpack(self):
        """Return ``{number: weight}``."""
        return {number: step / self.STEPS for number, step in zip(self._numbers(), bytes(self.weights), strict=True)}

    def put_first(self, numbers):
        """Have the terms by which the article is found come before its others."""
        steps = dict(zip(self._numbers(), bytes(self.weights), strict=True))
        ordered = dict.fromkeys(numbers) | steps
        self.numbers = struct.pack(f"<{len(ordered)}I", *ordered)
        self.weights = bytes(ordered.values())

    @property
    def packed(self):
        """Its terms as they are stored: numbers and weights."""
        return self.numbers, self.weights

    def posted(self):
        """Return the terms under which the article is in lists, or would be."""
        return self._numbers()[: self.POSTED]

    def counted(self):
        """Return all under which the article counts: itself and its terms, on the site and in its language."""
        everywhere = [TermCount.ARTICLES, *self._numbers()]
        return everywhere + ([number ^ self.apart for number in everywhere] if self.apart else [])

    def _numbers(self):
        return struct.unpack(f"<{len(self.numbers) // 4}I", self.numbers)


class PostingList(models.Model):
    """The articles that have one term among their heaviest, those posted last first: how candidates are found.

    One row a term, not one a posting: a search reads 32 rows instead of thousands, and the index is a third of the
    size. Only the newest MOST are kept, so that a common term costs no more on a large site than on a small one.
    From BANDS on, above all terms, a row is a bucket of the bands of signatures, see text/shingles.py; the second half
    of an entry is a check there. A row for each band would be an article's own in most cases, and ten times as large
    as its entry; 32,768 buckets lose their oldest from 300,000 articles on.
    """

    MOST = 150
    ENTRY = struct.Struct("<IH")  # article, the term's share of its vector's length in 1/1000
    BYTES = MOST * ENTRY.size
    HEAVIEST = 0xFFFF  # share that an entry holds
    BANDS = 0x7FFF0000

    term = models.PositiveIntegerField(primary_key=True)
    entries = models.BinaryField()

    def __str__(self):
        return f"{self.term} in {len(self.entries) // self.ENTRY.size} articles"

    @classmethod
    def pack(cls, weights):
        """Return ``entries`` as stored for ``{article: weight}``, the newest first."""
        return b"".join(cls.ENTRY.pack(*entry) for entry in islice(weights.items(), cls.MOST))

    @classmethod
    def without(cls, article_id, entries):
        """Return ``entries`` without that of an article. Most lists do not have it, so they are not taken apart."""
        number, place = struct.pack("<I", article_id), -1
        while (place := entries.find(number, place + 1)) >= 0:
            if place % cls.ENTRY.size == 0:
                return entries[:place] + entries[place + cls.ENTRY.size :]
        return entries


class TermCount(models.Model):
    """In how many articles a term occurs. The row ``ARTICLES`` counts the articles themselves."""

    ARTICLES = 0

    term = models.PositiveIntegerField(primary_key=True)
    articles = models.IntegerField(default=0)

    def __str__(self):
        return f"{self.term}: {self.articles}"
