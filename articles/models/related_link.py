"""Links from an article to those that belong with it: computed, and chosen by editors."""

from django.db import models
from django.db.models import F, Q


class RelatedLink(models.Model):
    """``article`` shows ``related`` at ``position``. Computed; whether ``related`` may be seen is asked on reading.

    ``parts`` says how the score came about, for the desk: ``{"terms": 0.41, "freshness": 0.83, ...}``.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_links")
    related = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_from")
    position = models.SmallIntegerField()  # the smallest is shown first; pins stand below 0
    score = models.FloatField()
    likeness = models.FloatField(default=0)  # share of the text that both have, from 0 to 1
    is_pinned = models.BooleanField(default=False)
    reason = models.CharField(max_length=120)
    parts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="article_is_related_once"),
            models.CheckConstraint(condition=~Q(article=F("related")), name="article_is_not_related_to_itself"),
        ]
        indexes = [models.Index(fields=["article", "position"], name="related_in_order")]

    def __str__(self):
        return f"{self.article_id} → {self.related_id}: {self.reason}"


class RelatedChoice(models.Model):
    """An editor's word on one pair: show it always, or never."""

    class Choice(models.TextChoices):
        PIN = "pin", "Pin: always show it, above what the program finds"
        BLOCK = "block", "Block: never show it here"
        BLOCK_BOTH = "both", "Block both ways: neither shows the other"

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_choices")
    other = models.ForeignKey("articles.Article", models.CASCADE, related_name="chosen_from")
    choice = models.CharField(max_length=5, choices=Choice)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order among the pins; the smallest comes first.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="editor_decides_once_a_pair"),
            models.CheckConstraint(condition=~Q(article=F("other")), name="editor_chooses_another_article"),
            models.CheckConstraint(condition=Q(choice__in=["pin", "block", "both"]), name="related_choice_is_known"),
        ]

    def __str__(self):
        return f"{self.get_choice_display()}: {self.other}"
