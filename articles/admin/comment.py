"""Comments at the desk: a queue, what was written as it was written, and what a moderator decides."""

from functools import partial

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from articles.admin.comment_verbs import VERBS, RejectForm
from articles.admin.lists import ReadOnlyAdmin, Tabs
from articles.admin.moments import in_words
from articles.admin.verbs import VerbsMixin, ask_about_all, do_to_each
from articles.models import Comment
from articles.text import comment as comment_text


class CommentTabs(Tabs):
    tabs = (
        ("held", "Held"),
        ("public", "Public"),
        ("rejected", "Rejected"),
        ("spam", "Spam"),
        ("deleted", "Deleted"),
        ("all", "All"),
    )

    def queryset(self, request, comments):
        return comments if self.open_tab == "all" else comments.filter(state=self.open_tab)


@admin.register(Comment)
class CommentAdmin(VerbsMixin, ReadOnlyAdmin):
    """Nobody edits what a reader wrote, and nobody deletes a row that answers hang on."""

    verbs = VERBS
    list_display = ("excerpt", "name", "article_link", "why", "written", "state_words")
    list_display_links = ("excerpt",)
    list_filter = (CommentTabs, ("created_at", admin.DateFieldListFilter), ("author", admin.EmptyFieldListFilter))
    search_fields = ("name", "body")
    search_help_text = "Words of a comment or of its writer's name"
    ordering = ("-created_at", "-pk")
    actions = ("approve_selected", "reject_selected", "spam_selected", "hold_selected")
    fieldsets = (
        (None, {"fields": ("text", "name", "email", "author", "article_link", "answers", "created_at")}),
        ("Decision", {"fields": ("state_words", "state_reason", "decided_by", "decided_at")}),
    )

    # who may

    def has_moderate_permission(self, request):
        return request.user.has_perm("articles.moderate_comment")

    def get_fieldsets(self, request, obj=None):
        """Show the address to those who moderate, and to nobody else."""
        if self.has_moderate_permission(request):
            return self.fieldsets
        (name, options), *rest = self.fieldsets
        return [(name, {"fields": tuple(field for field in options["fields"] if field != "email")}), *rest]

    def get_search_fields(self, request):
        return (*self.search_fields, "email") if self.has_moderate_permission(request) else self.search_fields

    # the queue

    def get_list_display(self, request):
        """Say the state only where the tab does not."""
        shows_all = request.GET.get(CommentTabs.parameter_name) == "all"
        return self.list_display if shows_all else self.list_display[:-1]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article__outlet", "author", "decided_by", "parent")

    def for_list(self, records):
        return records.select_related(None).for_queue().defer("email")

    @admin.display(description="comment")
    def excerpt(self, comment):
        return Truncator(comment.body).chars(140) or "(deleted)"

    @admin.display(description="article")
    def article_link(self, comment):
        address = reverse("admin:articles_article_change", args=[comment.article_id])
        return format_html('<a href="{}">{}</a>', address, comment.article)

    @admin.display(description="why")
    def why(self, comment):
        return comment.state_reason

    @admin.display(description="written")
    def written(self, comment):
        return in_words(comment.created_at, at=timezone.now())

    @admin.display(description="state")
    def state_words(self, comment):
        return format_html('<span class="desk-mark is-{}">{}</span>', comment.state, comment.get_state_display())

    @admin.display(description="comment")
    def text(self, comment):
        return format_html('<div class="desk-comment">{}</div>', comment_text.render(comment.body))

    @admin.display(description="answers")
    def answers(self, comment):
        if comment.parent is None:
            return "Nobody: it stands on its own."
        address = reverse("admin:articles_comment_change", args=[comment.parent_id])
        return format_html('<a href="{}">{}</a>', address, comment.parent)

    def view_on_site(self, obj):
        shown = obj.is_public and obj.article.shows_comments
        return obj.get_absolute_url() if shown and obj.article.is_live(at=timezone.now()) else None

    @admin.action(description="Approve", permissions=["moderate"])
    def approve_selected(self, request, comments):
        do_to_each(self, request, comments, done="approved", perform=Comment.approve)

    @admin.action(description="Reject…", permissions=["moderate"])
    def reject_selected(self, request, comments):
        """Ask for the reason, then reject each."""
        is_answer = "reason" in request.POST
        form = RejectForm(request.POST if is_answer else None, record=None, admin_site=self.admin_site)
        if is_answer and form.is_valid():
            reject = partial(Comment.reject, reason=form.cleaned_data["reason"])
            do_to_each(self, request, comments, done="rejected", perform=reject)
            return None
        return ask_about_all(
            self,
            request,
            comments,
            form=form,
            action="reject_selected",
            title="Reject",
            explanation="Readers will not see them. They stay here and can be approved later.",
        )

    @admin.action(description="Mark as spam", permissions=["moderate"])
    def spam_selected(self, request, comments):
        do_to_each(self, request, comments, done="marked as spam", perform=Comment.mark_as_spam)

    @admin.action(description="Hold", permissions=["moderate"])
    def hold_selected(self, request, comments):
        do_to_each(self, request, comments, done="held", perform=Comment.hold)
