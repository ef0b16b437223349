"""Trust pages at the desk."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from articles.admin.editor import body_widget
from articles.admin.lists import DeskAdmin
from articles.models import TrustPage
from articles.text import html, plain


class TrustPageForm(forms.ModelForm):
    class Meta:
        model = TrustPage
        fields = ()
        widgets = {"body": body_widget()}

    def clean_body(self):
        body = html.sanitise(self.cleaned_data["body"])
        if not plain.from_html(body):
            raise ValidationError("Write something first.")
        return body


@admin.register(TrustPage)
class TrustPageAdmin(DeskAdmin):
    form = TrustPageForm
    list_display = ("title", "position", "is_shown", "changed_at")
    search_fields = ("title",)
    ordering = ("position", "title", "pk")
    fields = ("title", "lede", "body", "answers", "position", "is_shown", "slug")

    def for_list(self, records):
        return records.defer("body")
