"""What the search holds of articles beside the database's own full-text index, alike on every database."""

from django.db import models


class SearchEntry(models.Model):
    """An article that is or will be public, as the search compares it: prepared words between spaces.

    The fields say in which part of an article a word stands, which is what results are ordered by. The words of the
    body are in the database's own index alone; here are those that occur in it often.
    """

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="search_entry")
    language = models.CharField(max_length=12)
    headline = models.TextField()
    standfirst = models.TextField()
    hashtags = models.TextField()
    bylines = models.TextField()
    often = models.TextField()
    source_hash = models.CharField(max_length=32)

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [models.Index(fields=["language"], name="search_languages")]

    def __str__(self):
        return f"Search entry of article {self.article_id}"


class SearchWord(models.Model):
    """A word that some article has, for suggesting another spelling. Whether readers may see it is asked each time."""

    word = models.CharField(max_length=30, primary_key=True)
    # Three letters at either end, folded: a slip of the pen leaves one of them whole.
    head = models.CharField(max_length=6)
    tail = models.CharField(max_length=6)
    length = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["head", "length"], name="search_word_head"),
            models.Index(fields=["tail", "length"], name="search_word_tail"),
        ]

    def __str__(self):
        return self.word
