"""The log of every change of state: who, when, from, to, why. Rows are written once and never changed."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from articles.text import plain


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


def in_words(text, *, name, most, empty):
    """Return what somebody gave as the field ``name``, on one line; raise ValidationError where it says nothing."""
    text = plain.one_line(text)
    if not text:
        raise ValidationError({name: empty})
    if len(text) > most:
        raise ValidationError({name: f"Say it in at most {most} characters."})
    return text
