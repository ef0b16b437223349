"""Readers who write: what they wrote, what became of it, and what keeps them from it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone

from articles import erasure
from articles.admin.bans import BanForm
from articles.admin.comment_actions import public_by
from articles.admin.comment_file import bans_of, last_comments
from articles.admin.comment_queue import record_in_words
from articles.admin.comment_verbs import RejectForm
from articles.admin.lists import ReadOnlyAdmin
from articles.admin.moments import in_words
from articles.admin.scope import bans_for, commenters_for, comments_for
from articles.admin.verbs import ConfirmForm, Verb, VerbsMixin
from articles.models import Ban, Commenter

MOST_REJECTED = 1000  # in one transaction; a reader may post 30 a day


def _reject_all(commenter, *, by, at, **asked):
    comments = list(public_by([commenter.pk], user=by)[: MOST_REJECTED + 1])
    if len(comments) > MOST_REJECTED:
        raise ValidationError(f"There are more than {MOST_REJECTED}. Reject them from the list of comments.")
    for comment in comments:
        comment.reject(by=by, at=at, **asked)


BAN = Verb(
    name="ban",
    label="Ban…",
    permission="moderate_comment",
    explanation="This reader cannot write until the ban ends or is lifted. What was written stays as it is.",
    done="{} is banned.",
    perform=lambda commenter, *, by, at, **asked: commenter.ban(by=by, at=at, **asked),
    form=BanForm,
    is_grave=True,
)
REJECT_ALL = Verb(
    name="reject_all",
    label="Reject everything public…",
    permission="moderate_comment",
    explanation="Readers see nothing more of this writer. The comments stay under “Rejected”, where “Undo the last "
    "decision” brings them back.",
    done="Everything public by {} is rejected.",
    perform=_reject_all,
    form=RejectForm,
    is_grave=True,
)


class ForgetForm(ConfirmForm):
    is_sure = forms.BooleanField(label="It cannot be undone. What is to be handed over has been exported.")


FORGET = Verb(
    name="forget",
    label="Forget…",
    permission="delete_comment",
    explanation="All that is stored of this reader is deleted for good: comments, addresses, reports, appeals, bans. "
    "Where others have answered, an empty stone stays. An account is deleted apart, under Users.",
    done="The reader is forgotten.",
    perform=lambda commenter, *, by, at, is_sure: erasure.forget(commenter, at=at),
    form=ForgetForm,
    is_grave=True,
    returns_to_list=True,
)


@admin.register(Commenter)
class CommenterAdmin(VerbsMixin, ReadOnlyAdmin):
    """Who they are stays theirs: an account's name or a number, and nothing of their network or device."""

    verbs = (BAN, REJECT_ALL, FORGET)
    change_form_template = "admin/articles/commenter/change_form.html"
    list_display = ("__str__", "record_words", "ban_words", "since")
    list_select_related = ("user",)
    search_fields = ("user__username",)
    search_help_text = "The name of an account"
    ordering = ("-pk",)
    fields = ("user", "since")

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("<int:pk>/export/", view, name="articles_commenter_export"), *super().get_urls()]

    def export_view(self, request, pk):
        """Answer with all that is stored of a reader, as a file to hand over."""
        if not request.user.has_perm("articles.delete_comment"):
            raise PermissionDenied
        commenter = get_object_or_404(self.get_queryset(request), pk=pk)
        answer = JsonResponse(erasure.export(commenter), json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="reader-{pk}.json"'
        return answer

    def get_queryset(self, request):
        return self.within(request, super().get_queryset(request)).select_related("user")

    def within(self, request, records):
        return commenters_for(request.user, records)

    def dress(self, request, commenters):
        pks = [commenter.pk for commenter in commenters]
        records = comments_for(request.user).records_of(pks)
        bans = bans_for(request.user) | Ban.objects.filter(outlet=None)
        bans = bans.in_force(at=timezone.now()).filter(commenter__in=pks)
        banned = set(bans.values_list("commenter", flat=True))
        for commenter in commenters:
            commenter.record = records.get(commenter.pk)
            commenter.is_banned = commenter.pk in banned

    @admin.display(description="comments")
    def record_words(self, commenter):
        return record_in_words(commenter.record) if commenter.record else "None"

    @admin.display(description="banned")
    def ban_words(self, commenter):
        return "Banned" if commenter.is_banned else ""

    @admin.display(description="known since")
    def since(self, commenter):
        return in_words(commenter.created_at, at=timezone.now())

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            record = comments_for(request.user).records_of([obj.pk]).get(obj.pk)
            context |= {
                "writer": obj,
                "record": record_in_words(record) if record else "None",
                "others": last_comments(obj, user=request.user),
                "bans": bans_of(obj, at=timezone.now(), user=request.user),
                "export": self._export_address(request, obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _export_address(self, request, commenter):
        may = request.user.has_perm("articles.delete_comment")
        return reverse("admin:articles_commenter_export", args=[commenter.pk]) if may else ""
