"""Readers' reports of what programs got wrong."""

from django.contrib import admin

from articles.admin.lists import ReadOnlyAdmin
from articles.admin.verbs import Verb, VerbsMixin
from articles.models import MistakeReport


def _verb(name, label, outcome, explanation):
    return Verb(
        name=name,
        label=label,
        permission="change_mistakereport",
        explanation=explanation,
        done="“{}”: settled.",
        perform=lambda report, *, by, at: report.settle(outcome, by=by, at=at),
        is_offered=lambda report, *, at: report.outcome != outcome,
        is_immediate=True,
    )


VERBS = (
    _verb("uphold", "It was a mistake", "mistake", "It is counted as one on the public page."),
    _verb("dismiss", "It was none", "none", "It is counted as none on the public page."),
)


@admin.register(MistakeReport)
class MistakeReportAdmin(VerbsMixin, ReadOnlyAdmin):
    verbs = VERBS
    list_display = ("at", "part", "article", "text", "outcome")
    list_filter = ("outcome", "part")
    list_select_related = ("article",)
    ordering = ("-at", "-pk")
    fields = ("article", "part", "text", "at", "outcome", "settled_at", "settled_by")

    def for_list(self, records):
        return records.defer("article__body")
