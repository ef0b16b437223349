"""The rules for all comments, and the switch that stops them: one record, so its list leads to its page."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone

from articles import roles
from articles.admin.lists import DeskAdmin
from articles.admin.moments import in_words
from articles.admin.verbs import ConfirmForm, Verb, VerbsMixin
from articles.models import Conversation, StaleRecord


class HaltForm(ConfirmForm):
    reason = forms.CharField(
        max_length=Conversation._meta.get_field("halted_reason").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True}),
        help_text="Say it in a sentence. Readers see it under every article.",
    )


HALT = Verb(
    name="halt",
    label="Stop all commenting…",
    permission="halt_conversation",
    explanation="From this moment on nobody can comment on the whole site. Everything stays to be read.",
    done="All commenting has stopped: {0.halted_reason}",
    perform=lambda site, *, by, at, reason: site.halt(by=by, at=at, reason=reason),
    is_offered=lambda site, *, at: not site.is_halted,
    form=HaltForm,
    is_grave=True,
)
RESUME = Verb(
    name="resume",
    label="Let commenting go on",
    permission="halt_conversation",
    explanation="Readers can comment again, where site, outlet and article allow it.",
    done="Commenting goes on.",
    perform=lambda site, *, by, at: site.resume(),
    is_offered=lambda site, *, at: site.is_halted,
    is_immediate=True,
)


class RulesForm(forms.ModelForm):
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Conversation
        fields = Conversation.RULES

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version

    def clean(self):
        super().clean()
        if self.cleaned_data.get("seen_version") != self.instance.version:
            self.data = self.data | {"seen_version": self.instance.version}
            raise ValidationError("Somebody else has changed this meanwhile. Look at it again, then save.")
        return self.cleaned_data


@admin.register(Conversation)
class ConversationAdmin(VerbsMixin, DeskAdmin):
    verbs = (HALT, RESUME)
    form = RulesForm
    fields = (*Conversation.RULES, "switch", "seen_version")
    readonly_fields = ("switch",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return self.fields if self.has_change_permission(request, obj) else self.fields[:-1]

    def may(self, request, verb):
        """The whole site is no matter of who moderates some outlets."""
        return super().may(request, verb) and roles.outlets_of(request.user) is None

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)  # which refuses
        return redirect(self._address("change", Conversation.objects.current().pk))

    def save_model(self, request, obj, form, change):
        obj.save_over(form.cleaned_data["seen_version"])

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StaleRecord:  # changed between our look and our save: the second look finds it and says so
            return super().changeform_view(request, object_id, form_url, extra_context)

    @admin.display(description="commenting")
    def switch(self, site):
        if not site.is_halted:
            return "Goes on"
        when = in_words(site.halted_at, at=timezone.now())
        return f"Stopped by {site.halted_by or 'somebody'}, {when}: {site.halted_reason}"
