"""Links from an article to those that belong with it, and why."""

from django.db import models
from django.db.models import F, Q


class RelatedLink(models.Model):
    """``article`` shows ``related`` at ``position``. Computed; whether ``related`` may be seen is asked on reading."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_links")
    related = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_from")
    position = models.PositiveSmallIntegerField()
    score = models.FloatField()
    reason = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="article_is_related_once"),
            models.CheckConstraint(condition=~Q(article=F("related")), name="article_is_not_related_to_itself"),
        ]
        indexes = [models.Index(fields=["article", "position"], name="related_in_order")]

    def __str__(self):
        return f"{self.article_id} → {self.related_id}: {self.reason}"
