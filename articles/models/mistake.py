"""Mistakes of the site's programs, as readers report them."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from articles.models.transition import StaleRecord


class MistakeReportQuerySet(models.QuerySet):
    def counts(self):
        """Return ``{outcome: number}`` over all reports, "" for those that nobody has looked at. One query."""
        return dict(self.order_by().values_list("outcome").annotate(Count("pk")))

    def about_written(self):
        return self.filter(part=self.model.Part.WRITTEN)

    def newest_first(self):
        return self.order_by("-at", "-pk")


class MistakeReport(models.Model):
    """A reader's word that something a program chose, found or put together is wrong. Nothing is kept of the reader."""

    class Part(models.TextChoices):
        BRIEF = "brief", _("In brief")
        NAMES = "names", _("Who and what")
        FIGURES = "figures", _("Figures and quotations")
        GLOSSARY = "glossary", _("Words explained")
        ASK = "ask", _("Ask this story")
        TIMELINE = "timeline", _("Timeline")
        COMPARE = "compare", _("Compare coverage")
        WRITTEN = "written", _("Summary, easy-read version or translation")
        RELATED = "related", _("Related articles")
        OTHER = "other", _("Something else that a program did")

    class Outcome(models.TextChoices):
        MISTAKE = "mistake", "It was a mistake"
        NONE = "none", "It was none"

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="mistake_reports", editable=False)
    part = models.CharField(max_length=10, choices=Part, editable=False)
    text = models.TextField("what the reader says", max_length=1000, editable=False)
    at = models.DateTimeField(editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = MistakeReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | Q(outcome__in=["mistake", "none"], settled_at__isnull=False),
                name="settled_mistake_report_says_when",
            ),
            # Sent twice, a report is one.
            models.UniqueConstraint(fields=["article", "part", "text"], name="mistake_is_reported_once"),
        ]

    def __str__(self):
        return f"{self.get_part_display()}, article {self.article_id}"

    def settle(self, outcome, *, by, at):
        """Say whether it was a mistake; raise StaleRecord if somebody has just said so."""
        mine = type(self).objects.filter(pk=self.pk, outcome=self.outcome)
        if mine.update(outcome=outcome, settled_by=by, settled_at=at) != 1:
            raise StaleRecord("Somebody else has just settled it. Look again, then decide.")
        self.outcome, self.settled_by, self.settled_at = outcome, by, at
