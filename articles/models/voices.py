"""What readers say about a comment without writing one: a recommendation, a report."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Recommendation(models.Model):
    comment = models.ForeignKey("articles.Comment", models.CASCADE, related_name="recommendations", editable=False)
    commenter = models.ForeignKey("articles.Commenter", models.CASCADE, related_name="recommendations", editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "commenter"], name="comment_is_recommended_once")]

    def __str__(self):
        return f"{self.commenter} recommends {self.comment_id}"


class ReportQuerySet(models.QuerySet):
    # which

    def undecided(self):
        return self.filter(outcome="")

    # in what order

    def oldest_first(self):
        return self.order_by("at", "pk")


class Report(models.Model):
    """A reader's word that a comment should not stand. What is illegal has a reference, for the reporter to ask by."""

    class Kind(models.TextChoices):
        ABUSE = "abuse", _("It insults or threatens somebody")
        SPAM = "spam", _("It is advertising or spam")
        OFF_TOPIC = "off-topic", _("It is not about the article")
        PRIVATE = "private", _("It shows somebody’s private data")
        ILLEGAL = "illegal", _("It is against the law")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "Upheld: the comment was taken down"
        DISMISSED = "dismissed", "Dismissed: the comment stays"

    comment = models.ForeignKey("articles.Comment", models.CASCADE, related_name="reports", editable=False)
    commenter = models.ForeignKey("articles.Commenter", models.CASCADE, related_name="reports", editable=False)
    network = models.CharField(max_length=32, blank=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    text = models.TextField(blank=True, max_length=2000, editable=False)
    email = models.EmailField(blank=True, editable=False)
    reference = models.CharField(max_length=20, blank=True, editable=False)
    at = models.DateTimeField(editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)
    decision = models.ForeignKey(
        "articles.Decision", models.SET_NULL, null=True, editable=False, related_name="settled_reports"
    )  # that answered it; to undo the one is to open the other again
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "commenter"], name="comment_is_reported_once_by_each"),
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="report_reference_is_unique"
            ),
            models.CheckConstraint(condition=~Q(kind="illegal", reference=""), name="illegal_report_has_a_reference"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | Q(outcome__in=["upheld", "dismissed"], decided_at__isnull=False),
                name="decided_report_says_when",
            ),
        ]
        indexes = [models.Index(fields=["comment", "outcome"], name="reports_of_comment")]

    def __str__(self):
        return self.get_kind_display()
