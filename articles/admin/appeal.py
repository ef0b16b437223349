"""Writers' appeals: another moderator looks, and says what is decided to the writer."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.text import Truncator

from articles.admin.comment_file import file_on
from articles.admin.lists import Tabs
from articles.admin.moderation_log import AboutCommentAdmin, state_label
from articles.admin.verbs import ConfirmForm, Verb, VerbsMixin
from articles.models import Appeal


class WordsForm(ConfirmForm):
    words = forms.CharField(
        label="To the writer",
        max_length=Appeal._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "autofocus": True}),
        help_text="Say why in a sentence or two. The writer reads this.",
    )


def _is_open(appeal, *, at):
    return not appeal.is_decided


UPHOLD = Verb(
    name="uphold",
    label="Uphold the decision…",
    permission="moderate_comment",
    explanation="The comment stays down, or is rejected if it only waited. The writer reads what you say, and cannot "
    "appeal again.",
    done="{}: the decision stands.",
    perform=lambda appeal, *, by, at, words: appeal.uphold(by=by, at=at, words=words),
    is_offered=_is_open,
    form=WordsForm,
    returns_to_list=True,
)
OVERTURN = Verb(
    name="overturn",
    label="Overturn it…",
    permission="moderate_comment",
    explanation="The comment is public at once. The log keeps both decisions.",
    done="{}: the comment is public.",
    perform=lambda appeal, *, by, at, words: appeal.overturn(by=by, at=at, words=words),
    is_offered=_is_open,
    form=WordsForm,
    returns_to_list=True,
)


class AppealTabs(Tabs):
    tabs = (("undecided", "Undecided"), ("upheld", "Upheld"), ("overturned", "Overturned"), ("all", "All"))
    is_counted = True

    def of_tab(self, tab, records):
        return records if tab == "all" else records.filter(outcome="" if tab == "undecided" else tab)


@admin.register(Appeal)
class AppealAdmin(VerbsMixin, AboutCommentAdmin):
    """An appeal is decided by a moderator who did not decide on the comment, where there is one."""

    verbs = (UPHOLD, OVERTURN)
    change_form_template = "admin/articles/appeal/change_form.html"
    people = ("decided_by", "comment__decided_by")
    list_display = ("excerpt", "comment_link", "against", "article", "when")
    list_filter = (AppealTabs, "comment__article__outlet")
    sortable_by = ()
    search_fields = ("text", "comment__body")
    search_help_text = "Words of the appeal or of the comment"
    ordering = ("at", "pk")  # who has waited longest comes first
    fields = ("text", "when", "comment_link", "said", "against", "article", "outcome", "words", "decided_by")
    fields += ("decided_at",)

    @admin.display(description="appeal")
    def excerpt(self, appeal):
        return Truncator(appeal.text).chars(140)

    @admin.display(description="the comment says")
    def said(self, appeal):
        return appeal.comment.body

    @admin.display(description="against")
    def against(self, appeal):
        """Say what the comment is now and who made it so."""
        comment = appeal.comment
        who = f", by {comment.decided_by}" if comment.decided_by else ""
        why = f": {comment.state_reason}" if comment.state_reason else ""
        return f"{state_label(comment.state)}{who}{why}"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["file"] = file_on(obj.comment, at=timezone.now(), user=request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)
