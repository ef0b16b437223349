"""The log of every change of state: who, when, from, to, why. Rows are written once and never changed."""

from django.conf import settings
from django.db import models


class StaleRecord(Exception):
    """Somebody else changed the record since it was read. Read it again and decide again."""


class Transition(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["article", "-at"], name="transitions_of_article")]

    def __str__(self):
        return f"{self.from_state} → {self.to_state}"
