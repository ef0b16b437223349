"""What moderation leaves behind: which rules fired on a comment, and what was decided on it."""

from django.conf import settings
from django.db import models


class RuleHit(models.Model):
    """One reason why a comment was held: the rule, and the words that it found."""

    comment = models.ForeignKey("articles.Comment", models.CASCADE, related_name="hits", editable=False)
    rule = models.CharField(max_length=30, editable=False)
    words = models.CharField(max_length=200, blank=True, editable=False)
    says = models.CharField(max_length=200, editable=False)

    class Meta:
        indexes = [models.Index(fields=["rule"], name="rule_hit_rule")]  # the queue's filter

    def __str__(self):
        return self.says


class Decision(models.Model):
    """A line of the log of moderation, written with the change that it tells of and never changed."""

    comment = models.ForeignKey("articles.Comment", models.CASCADE, related_name="decisions", editable=False)
    from_state = models.CharField(max_length=10, editable=False)
    to_state = models.CharField(max_length=10, editable=False)
    reason = models.CharField(max_length=200, blank=True, editable=False)
    kind = models.CharField(max_length=10, blank=True, editable=False)  # of a rejection, a Report.Kind
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["comment", "-at", "-id"], name="decisions_of_comment")]

    def __str__(self):
        return f"{self.from_state} → {self.to_state}"


class Tally(models.Model):
    """How many of an outlet's comments, decisions and reports of a month are no longer kept, by ``what`` they were."""

    outlet = models.ForeignKey("articles.Outlet", models.CASCADE, related_name="+", editable=False)
    month = models.DateField(editable=False)  # its first day
    what = models.CharField(max_length=30, editable=False)
    number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outlet", "month", "what"], name="tally_is_kept_once")]

    def __str__(self):
        return f"{self.outlet_id}, {self.month:%Y-%m}: {self.number} {self.what}"


class Revision(models.Model):
    """What a comment said before its author changed it."""

    comment = models.ForeignKey("articles.Comment", models.CASCADE, related_name="revisions", editable=False)
    body = models.TextField(editable=False)
    until = models.DateTimeField(editable=False)

    class Meta:
        indexes = [models.Index(fields=["comment", "until"], name="revisions_of_comment")]

    def __str__(self):
        return f"until {self.until:%Y-%m-%d %H:%M}"
