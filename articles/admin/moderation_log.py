"""What readers reported and what moderators decided: to look at, to look up, and never to change."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from articles.admin.lists import ReadOnlyAdmin, Tabs
from articles.admin.moments import in_words
from articles.admin.scope import Scoped
from articles.models import Comment, Decision, Report


class AboutCommentAdmin(Scoped, ReadOnlyAdmin):
    """Records that are about a comment."""

    outlet_path = "comment__article__outlet"

    def get_queryset(self, request):
        records = super().get_queryset(request).select_related("comment__article", *self.people)
        return records.defer("comment__article__body", "comment__email")

    @admin.display(description="comment")
    def comment_link(self, record):
        address = reverse("admin:articles_comment_change", args=[record.comment_id])
        return format_html('<a href="{}">{}</a>', address, record.comment)

    @admin.display(description="article")
    def article(self, record):
        return record.comment.article

    @admin.display(description="when")
    def when(self, record):
        return in_words(record.at, at=timezone.now())


class ReportTabs(Tabs):
    tabs = (("undecided", "Undecided"), ("upheld", "Upheld"), ("dismissed", "Dismissed"), ("all", "All"))
    is_counted = True

    def of_tab(self, tab, records):
        return records if tab == "all" else records.filter(outcome="" if tab == "undecided" else tab)


@admin.register(Report)
class ReportAdmin(AboutCommentAdmin):
    """A report is answered by deciding on its comment."""

    people = ("decided_by", "commenter__user")
    list_display = ("kind", "excerpt", "reference", "comment_link", "article", "when")
    list_filter = (ReportTabs, "kind")
    sortable_by = ()
    search_fields = ("=reference", "text")
    search_help_text = "A reference, or words of the report"
    ordering = (Case(When(kind=Report.Kind.ILLEGAL, then=Value(0)), default=Value(1)).asc(), "at", "pk")
    fields = ("kind", "text", "reference", "email", "commenter", "at", "comment_link", "article", "outcome")
    fields += ("decided_by", "decided_at")

    @admin.display(description="report")
    def excerpt(self, report):
        return Truncator(report.text).chars(140) or "(no words)"


class WhoFilter(admin.SimpleListFilter):
    title = "who decided"
    parameter_name = "by"

    def lookups(self, request, model_admin):
        people = get_user_model().objects.filter(is_staff=True).order_by("username").values_list("pk", "username")
        return [("nobody", "The writers themselves"), *people[:200]]

    def queryset(self, request, decisions):
        if self.value() is None:
            return decisions
        known = {str(pk) for pk, _ in self.lookup_choices}
        asked = self.value() if self.value() in known - {"nobody"} else None
        return decisions.filter(by=asked) if asked or self.value() == "nobody" else decisions.none()


class WhatFilter(admin.SimpleListFilter):
    title = "what was decided"
    parameter_name = "to"

    def lookups(self, request, model_admin):
        return Comment.State.choices

    def queryset(self, request, decisions):
        return decisions.filter(to_state=self.value()) if self.value() else decisions


@admin.register(Decision)
class DecisionAdmin(AboutCommentAdmin):
    people = ("by",)
    list_display = ("when", "who", "what", "reason", "comment_link", "article")
    list_filter = (WhoFilter, WhatFilter)
    sortable_by = ()
    ordering = ("-pk",)  # in which they were written
    fields = ("at", "who", "what", "reason", "comment_link", "article")

    @admin.display(description="who")
    def who(self, decision):
        return decision.by or "The writer"

    @admin.display(description="what")
    def what(self, decision):
        return f"{state_label(decision.from_state)} → {state_label(decision.to_state)}"


def state_label(state):
    return Comment.State(state).label.split(" ")[0]
