"""What an article means, where the site has a model that tells."""

from django.db import models


class Embedding(models.Model):
    """The vector of one article's text, of one model. Made only where the operator sets RELATED_MODEL.

    ``vector`` is as text/encoder.py gives it, a byte for each number.
    """

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="embedding")
    vector = models.BinaryField()
    model = models.CharField(max_length=16)  # by its weights: vectors of two models cannot be compared
    source_hash = models.CharField(max_length=32)  # of the text from which it was made

    def __str__(self):
        return f"Embedding of article {self.article_id}"
