"""The lists of words, and a page to try a text on them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from articles import moderation, roles
from articles.admin.bans import keep_to
from articles.admin.lists import DeskAdmin
from articles.models import Comment, Outlet, WordRule
from articles.text import comment as comment_text


class TryForm(forms.Form):
    body = forms.CharField(
        label="Text",
        max_length=comment_text.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField", "dir": "auto"}),
        help_text="Nothing of it is stored.",
    )
    name = forms.CharField(
        label="Name",
        max_length=Comment._meta.get_field("name").max_length,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="The lists are held against the writer's name too.",
    )
    outlet = forms.ModelChoiceField(
        queryset=Outlet.objects.order_by("name", "pk"),
        required=False,
        empty_label="The whole site",
        help_text="An outlet's articles have its own list besides that of the whole site.",
    )


@admin.register(WordRule)
class WordRuleAdmin(DeskAdmin):
    change_list_template = "admin/articles/wordrule/change_list.html"
    list_display = ("phrase", "effect", "where", "note")
    list_filter = ("effect", "outlet")
    list_select_related = ("outlet",)
    search_fields = ("phrase", "folded", "note")
    search_help_text = "Words of a phrase or of its note"
    ordering = ("folded", "pk")
    fields = ("phrase", "effect", "outlet", "note")

    def get_queryset(self, request):
        return self.within(request, super().get_queryset(request))

    def within(self, request, records):
        """The site's own list counts for every outlet: whoever moderates one may read it."""
        outlets = roles.outlets_of(request.user)
        return records if outlets is None else records.filter(Q(outlet=None) | Q(outlet__in=outlets))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._has_in_charge(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._has_in_charge(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        outlets = roles.outlets_of(request.user)
        if db_field.name == "outlet" and outlets is not None:
            keep_to(field, outlets)
        return field

    def _has_in_charge(self, request, rule):
        if rule is None:
            return True
        outlets = roles.outlets_of(request.user)
        return outlets is None or rule.outlet_id in outlets

    @admin.display(description="where")
    def where(self, rule):
        return rule.outlet or "The whole site"

    def get_urls(self):
        view = self.admin_site.admin_view(self.try_view)
        return [path("try/", view, name="articles_wordrule_try"), *super().get_urls()]

    def try_view(self, request):
        """Show what the rules say of a text. It is sent by POST because it may be long, and changes nothing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        form = TryForm(request.POST if request.method == "POST" else None)
        outlets = roles.outlets_of(request.user)
        if outlets is not None:
            keep_to(form.fields["outlet"], outlets)
        trial = moderation.try_text(**form.cleaned_data, at=timezone.now()) if form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": "Try a text",
            "form": form,
            "trial": trial,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/articles/wordrule/try.html", context, status=status)
