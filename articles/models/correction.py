"""Corrections: what was wrong, and what is right."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class CorrectionQuerySet(models.QuerySet):
    # which

    def of(self, articles):
        return self.filter(article__in=articles)

    # in what order

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def get_by_natural_key(self, article, at):
        return self.get(article__uuid=article, at=at)


class Correction(models.Model):
    """Written by ``Article.correct``; shown on the article and on the public page of corrections."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="corrections")
    text = models.TextField(
        max_length=1000, help_text="Say what the article said and what is right, in full sentences. Readers see it."
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
            models.UniqueConstraint(fields=["article", "at"], name="article_is_corrected_once_an_instant"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="correction_newest_first")]

    def __str__(self):
        return self.text[:80]

    def natural_key(self):
        return (str(self.article.uuid), self.at.isoformat())

    natural_key.dependencies = ["articles.article"]
