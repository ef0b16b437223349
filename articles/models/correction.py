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

    # for which screen

    def for_list(self):
        """Load the article's headline and outlet along with each, and no body. One query."""
        unseen = [f"article__{field}" for field in ("body", "embargo_note", "withdrawal_reason")]
        return self.select_related("article__outlet", "article__section").defer(*unseen)

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

    @property
    def shown_text(self):
        """What readers may read of it: it tells of the text, so "" where the outlet's text may not be shown."""
        return self.text if self.article.outlet.shows_body else ""

    def natural_key(self):
        return (str(self.article.uuid), self.at.isoformat())

    natural_key.dependencies = ["articles.article"]
