"""The inverted index of the related-articles engine: plain tables, alike on every database."""

import struct

from django.db import models


class TermVector(models.Model):
    """The terms of one article that is or will be public.

    ``numbers`` holds the terms' numbers, four bytes each, ``weights`` how much each counts in this text, one byte each
    in steps of 1/STEPS, before the rarity of the term is known: rarity changes with every article, the text does not.
    """

    STEPS = 40  # 1 + ln(occurrences) stays below 6.4, so that 255 / 40 holds it

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="term_vector")
    numbers = models.BinaryField()
    weights = models.BinaryField()
    signature = models.BinaryField()  # MinHash of the text's word runs; see text/shingles.py
    norm = models.FloatField(default=1.0)  # length of the vector with the rarities of when it was last related
    weighed_among = models.PositiveIntegerField(default=0)  # articles in the index then; 0 before it can be found
    copy_of = models.PositiveIntegerField(null=True)  # the first article that ran the same text
    is_related = models.BooleanField(default=False)  # it has been through ``relate`` once and has its story, if any
    source_hash = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(norm__gt=0), name="term_vector_has_a_length")]

    def __str__(self):
        return f"Terms of article {self.article_id}"

    @classmethod
    def pack(cls, weights):
        """Return ``numbers`` and ``weights`` as stored for ``{number: weight}``."""
        steps = bytes(min(255, max(1, round(weight * cls.STEPS))) for weight in weights.values())
        return struct.pack(f"<{len(weights)}I", *weights), steps

    def unpack(self):
        """Return ``{number: weight}``."""
        numbers = struct.unpack(f"<{len(self.numbers) // 4}I", self.numbers)
        return {number: step / self.STEPS for number, step in zip(numbers, bytes(self.weights), strict=True)}


class TermPosting(models.Model):
    """One of an article's heaviest terms: how candidates are found. Rows of an article that is gone do no harm."""

    pk = models.CompositePrimaryKey("term", "article_id")
    term = models.PositiveIntegerField()
    # No foreign key: an index on the article alone would double the table, and rows are removed by their key.
    article_id = models.PositiveIntegerField()  # four bytes: half the size, and two thousand million articles
    weight = models.PositiveSmallIntegerField()  # its share of the vector's length, in 1/1000

    def __str__(self):
        return f"{self.term} in article {self.article_id}"


class TermCount(models.Model):
    """In how many articles a term occurs. The row ``ARTICLES`` counts the articles themselves."""

    ARTICLES = 0

    term = models.PositiveIntegerField(primary_key=True)
    articles = models.IntegerField(default=0)

    def __str__(self):
        return f"{self.term}: {self.articles}"
