"""Who may not write: bans are made on a reader's page or in the queue, lifted, and never deleted."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import model_ngettext
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles import roles
from articles.admin.lists import ReadOnlyAdmin, Tabs
from articles.admin.moments import DeskDateTimeField, in_words
from articles.admin.scope import Scoped
from articles.admin.verbs import ConfirmForm, Verb, VerbsMixin
from articles.models import Ban, Commenter, Outlet


class BanForm(ConfirmForm):
    reason = forms.CharField(
        max_length=Ban._meta.get_field("reason").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True}),
        help_text="Say it in a sentence. The reader is told this.",
    )
    until = DeskDateTimeField(required=False, widget=AdminSplitDateTime, help_text="Leave it empty for good.")
    outlet = forms.ModelChoiceField(
        queryset=Outlet.objects.order_by("name", "pk"),
        required=False,
        empty_label="The whole site",
        help_text="Where they may not write.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        outlets = roles.outlets_of(self.person)
        if outlets is not None:
            keep_to(self.fields["outlet"], outlets)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until <= timezone.now():
            raise forms.ValidationError("This time is over. Choose a later one.")
        return until


def keep_to(field, outlets):
    """Let the form's ``field`` take one of ``outlets``, and no longer the whole site."""
    field.queryset = field.queryset.filter(pk__in=outlets)
    field.required, field.empty_label = True, None


def ban_each(modeladmin, request, commenters, *, asked):
    """Ban each of ``commenters`` as ``asked`` and return what to say of it."""
    number, at = 0, timezone.now()
    with transaction.atomic():
        for commenter in commenters:
            ban = commenter.ban(by=request.user, at=at, **asked)
            modeladmin.log_change(request, commenter, f"Banned: {ban.reason}")
            number += 1
    if not number:
        return "Nobody was banned: who wrote these is not known."
    return f"{number} {model_ngettext(Commenter, number)} banned."


LIFT = Verb(
    name="lift",
    label="Lift",
    permission="moderate_comment",
    explanation="The reader may write again at once. The ban stays in this list.",
    done="The ban of {0.commenter} is lifted.",
    perform=lambda ban, *, by, at: ban.lift(at=at),
    is_offered=lambda ban, *, at: ban.is_in_force(at=at),
)


class BanTabs(Tabs):
    tabs = (("in-force", "In force"), ("over", "Over"), ("all", "All"))
    is_counted = True

    def of_tab(self, tab, records):
        if tab == "all":
            return records
        return records.in_force(at=self.at) if tab == "in-force" else records.over(at=self.at)


@admin.register(Ban)
class BanAdmin(Scoped, VerbsMixin, ReadOnlyAdmin):
    verbs = (LIFT,)
    list_display = ("reader", "reason", "where", "made", "ends", "by")
    list_display_links = ("reason",)
    list_filter = (BanTabs, "outlet")
    list_select_related = ("commenter__user", "outlet", "by")
    search_fields = ("reason", "commenter__user__username")
    search_help_text = "Words of the reason, or the name of an account"
    ordering = ("-pk",)
    fields = ("reader", "reason", "where", "at", "by", "ends")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("commenter__user", "outlet", "by")

    @admin.display(description="reader")
    def reader(self, ban):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:articles_commenter_change", args=[ban.commenter_id]), ban.commenter
        )

    @admin.display(description="where")
    def where(self, ban):
        return ban.outlet or "The whole site"

    @admin.display(description="since")
    def made(self, ban):
        return in_words(ban.at, at=timezone.now())

    @admin.display(description="ends")
    def ends(self, ban):
        at = timezone.now()
        if ban.lifted_at:
            return f"Lifted {in_words(ban.lifted_at, at=at)}"
        if ban.until is None:
            return "Never, unless it is lifted"
        return f"{'Since' if ban.until <= at else 'On'} {in_words(ban.until, at=at)}"
