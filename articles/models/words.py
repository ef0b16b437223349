"""Words and people that moderators look out for."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from articles.text import folding


class WordRuleQuerySet(models.QuerySet):
    # which

    def for_outlet(self, outlet_id):
        return self.filter(Q(outlet=None) | Q(outlet=outlet_id))


class WordRule(models.Model):
    """A word or a few words in a row; a comment that holds them waits for a moderator, or is refused."""

    class Effect(models.TextChoices):
        HOLD = "hold", "Hold: a moderator reads it first"
        REFUSE = "refuse", "Refuse: the writer is asked to say it in other words"

    phrase = models.CharField(
        max_length=80,
        help_text="One word or several in a row, as literal text. Look-alike letters, accents, capitals and dots "
        "between the letters make no difference; a part of a longer word is not found.",
    )
    folded = models.CharField(max_length=160, editable=False)
    effect = models.CharField(max_length=10, choices=Effect, default=Effect.HOLD)
    outlet = models.ForeignKey(
        "articles.Outlet",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="word_rules",
        help_text="Leave it empty for the whole site.",
    )
    note = models.CharField(max_length=200, blank=True, help_text="Why it is on the list. Colleagues see it.")

    objects = WordRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["folded", "outlet"], name="word_rule_is_there_once_an_outlet"),
            models.UniqueConstraint(
                fields=["folded"], condition=Q(outlet=None), name="word_rule_is_there_once_for_the_site"
            ),
        ]

    def __str__(self):
        return self.phrase

    def clean(self):
        self.folded = folding.key(self.phrase)[:160]
        if not self.folded:
            raise ValidationError({"phrase": "Write a word that has letters or digits."})
        if WordRule.objects.filter(folded=self.folded, outlet=self.outlet_id).exclude(pk=self.pk).exists():
            raise ValidationError({"phrase": "It is on this list already, perhaps in another spelling."})

    def save(self, **kwargs):
        self.folded = folding.key(self.phrase)[:160]
        super().save(**kwargs)


class BanQuerySet(models.QuerySet):
    # which

    def in_force(self, *, at):
        return self.filter(Q(until=None) | Q(until__gt=at), lifted_at=None)

    def over(self, *, at):
        return self.exclude(Q(until=None) | Q(until__gt=at), lifted_at=None)


class Ban(models.Model):
    """A commenter may not write, for a time or for good, on the whole site or under one outlet's articles."""

    commenter = models.ForeignKey("articles.Commenter", models.CASCADE, related_name="bans", editable=False)
    outlet = models.ForeignKey(
        "articles.Outlet",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leave it empty for the whole site.",
    )
    reason = models.CharField(max_length=200, help_text="The reader is told this.")
    at = models.DateTimeField(editable=False)
    until = models.DateTimeField(null=True, blank=True, help_text="Leave it empty for good.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    lifted_at = models.DateTimeField(null=True, editable=False)

    objects = BanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["commenter", "lifted_at"], name="bans_of_commenter")]

    def __str__(self):
        return f"{self.commenter}: {self.reason}"

    def is_in_force(self, *, at):
        return self.lifted_at is None and (self.until is None or self.until > at)

    def lift(self, *, at):
        Ban.objects.filter(pk=self.pk, lifted_at=None).update(lifted_at=at)
        self.lifted_at = at
