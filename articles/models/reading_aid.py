"""What the reading aid has prepared for an article."""

from django.db import models


class ReadingAid(models.Model):
    """Key points chosen from an article's own sentences.

    ``source_hash`` names the exact text they were chosen from; where it is not the article's present text they are not
    shown. ``key_points`` is a list of ``{"text": sentence, "paragraph": number}``, paragraphs counted from 1.
    """

    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="reading_aid", primary_key=True)
    source_hash = models.CharField(max_length=32)
    key_points = models.JSONField(default=list)

    def __str__(self):
        return f"Reading aid of article {self.article_id}"
