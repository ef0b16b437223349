"""Comments at the desk: the queue, and what a moderator does to one or to many."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.admin import comment_queue
from articles.admin.comment_actions import CommentActions
from articles.admin.comment_file import file_on
from articles.admin.comment_queue import CommentTabs, RuleFilter, SameNetwork, SameWriter
from articles.admin.comment_verbs import DECISIONS, UNDO, VERBS
from articles.admin.lists import ReadOnlyAdmin
from articles.admin.moments import in_words
from articles.admin.scope import Scoped
from articles.admin.verbs import VerbsMixin
from articles.models import Article, Comment

LONGEST_SHOWN = 280  # characters of a comment in the queue: most are read whole
NOT_FOR_ALL = {"email", "commenter", "network", "gist"}  # what tells who wrote it


@admin.register(Comment)
class CommentAdmin(CommentActions, Scoped, VerbsMixin, ReadOnlyAdmin):
    """Nobody edits what a reader wrote, and nobody deletes a row that answers hang on."""

    outlet_path = "article__outlet"
    verbs = VERBS
    change_form_template = "admin/articles/comment/change_form.html"
    change_list_template = "admin/articles/comment/change_list.html"
    list_display = ("said", "why")
    list_display_links = None
    list_per_page = 30  # rows are tall, and building each costs 2 ms
    sortable_by = ()
    list_filter = (
        CommentTabs,
        SameWriter,
        SameNetwork,
        RuleFilter,
        ("created_at", admin.DateFieldListFilter),
        ("author", admin.EmptyFieldListFilter),
    )
    search_fields = ("name", "body")
    search_help_text = "Words of a comment or of its writer's name"
    fieldsets = (
        (None, {"fields": ("text", "name", "email", "author", "article_link", "answers", "created_at")}),
        ("Decision", {"fields": ("state_words", "state_reason", "decided_by", "decided_at")}),
    )

    class Media:
        js = ("articles/admin/queue.js",)

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

    def lookup_allowed(self, lookup, value, request=None):
        """Let nobody else guess an address letter by letter in the list's own address."""
        if lookup.split("__")[0] in NOT_FOR_ALL and not (request and self.has_moderate_permission(request)):
            return False
        return super().lookup_allowed(lookup, value, request)

    # the queue

    def get_ordering(self, request):
        return CommentTabs.order_of(request.GET)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article__outlet", "author", "decided_by", "parent")

    def for_list(self, records):
        return records.select_related(None).for_queue().defer("email")

    def dress(self, request, comments):
        """Add what rows show; the state only where the tab does not say it."""
        comment_queue.dress(comments, at=timezone.now(), user=request.user)
        says_state = request.GET.get(CommentTabs.parameter_name) in {"all", "reported"}
        by_key = [verb for verb in self.verbs if verb.key]
        for comment in comments:
            comment.page_url = self._keep_filters(self._address("change", comment.pk), request)
            comment.buttons = self.verb_buttons(request, comment, verbs=by_key)
            comment.row = {"says_state": says_state, "is_for_moderators": self.has_moderate_permission(request)}

    @admin.display(description="comment")
    def said(self, comment):
        phrases = comment_queue.phrases_of(comment.all_hits)
        row = {
            "comment": comment,
            "record": comment_queue.record_in_words(comment.record),
            "pieces": comment_queue.excerpt(comment.body, phrases, longest=LONGEST_SHOWN),
        }
        return render_to_string("admin/articles/comment/_said.html", row | comment.row)

    @admin.display(description="why it is here")
    def why(self, comment):
        return render_to_string("admin/articles/comment/_why.html", {"comment": comment})

    # one comment

    @admin.display(description="article")
    def article_link(self, comment):
        address = reverse("admin:articles_article_change", args=[comment.article_id])
        return format_html('<a href="{}">{}</a>', address, comment.article)

    @admin.display(description="comment")
    def text(self, comment):
        """Show what was written as it was written: a moderator reads an address and does not fall for it."""
        phrases = comment_queue.phrases_of(comment.hits.order_by("pk"))
        pieces = comment_queue.excerpt(comment.body, phrases, longest=len(comment.body))
        return render_to_string("admin/articles/comment/_text.html", {"pieces": pieces})

    @admin.display(description="answers")
    def answers(self, comment):
        if comment.parent is None:
            return "Nobody: it stands on its own."
        address = reverse("admin:articles_comment_change", args=[comment.parent_id])
        return format_html('<a href="{}">{}</a>', address, comment.parent)

    @admin.display(description="state")
    def state_words(self, comment):
        return format_html('<span class="desk-mark is-{}">{}</span>', comment.state, comment.get_state_display())

    def view_on_site(self, obj):
        shown = obj.is_public and Article.objects.discussed(at=timezone.now()).filter(pk=obj.article_id).exists()
        return obj.get_absolute_url() if shown else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.has_moderate_permission(request):
            context["file"] = file_on(obj, at=timezone.now(), user=request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def report(self, verb, record):
        """Say what was done and lead to where it is undone."""
        said = super().report(verb, record)
        if verb not in DECISIONS:
            return said
        return format_html('{} <a href="{}">Undo…</a>', said, self._address(UNDO.name, record.pk))

    def what_happened(self, comment):
        last = comment.decisions.select_related("by").order_by("-at", "-pk").first()
        if last is None:
            return ""
        who, when = last.by or "Its author", in_words(last.at, at=timezone.now())
        return f"{who}, {when}: {comment.get_state_display().lower()}{f' ({last.reason})' if last.reason else ''}."
