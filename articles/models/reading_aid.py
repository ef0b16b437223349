"""What the reading aid has prepared for an article, and what editors decided about it."""

from django.conf import settings
from django.db import models


class ReadingAid(models.Model):
    """What was found in an article's own text: key points, names, figures, quotations, days.

    ``source_hash`` names the exact text it was found in; where it is not the article's present text nothing of it is
    shown. ``key_points`` is a list of ``{"text": sentence, "paragraph": number}``, paragraphs counted from 1; an
    editor's own words have the paragraph 0. ``found`` is as `articles.assist.facts.gather` returns it, with ``terms``
    of the glossary and the ``form`` that it was found in, a number.
    """

    class By(models.TextChoices):
        PROGRAM = "", "Chosen by a program"
        CHOSEN = "chosen", "Chosen by an editor from the article's own sentences"
        WRITTEN = "written", "Written by an editor, at least one of them"

    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="reading_aid", primary_key=True)
    source_hash = models.CharField(max_length=32)
    key_points = models.JSONField(default=list)
    points_by = models.CharField("key points", max_length=10, choices=By, blank=True, default=By.PROGRAM)
    found = models.JSONField(default=dict)
    written = models.JSONField(default=list)  # what a remote program wrote and an editor approved: see assist.drafts
    explains = models.CharField(max_length=200, blank=True)  # " 3 17 ": the glossary's terms, so that a change finds it

    def __str__(self):
        return f"Reading aid of article {self.article_id}"


class KeyPointsChoice(models.Model):
    """The key points that an editor chose or wrote for an article, in the place of the program's.

    ``points`` is a list of ``{"text": sentence, "is_own": whether the editor wrote it}``. Sentences hold as long as the
    article says them; an editor's own words as long as its text is the one of ``source_hash``.
    """

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, related_name="key_points_choice", primary_key=True
    )
    points = models.JSONField(default=list)
    source_hash = models.CharField(max_length=32)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"Key points of article {self.article_id}, by {self.by or 'somebody'}"
