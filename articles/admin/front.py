"""The front page at the desk: what stands on top and why, and what editors do about it."""

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from articles.admin.front_verbs import PLACE_NAMES, VERBS, what_was_done
from articles.admin.lists import DeskAdmin
from articles.admin.moments import DeskDateTimeField
from articles.admin.states import state_in_words
from articles.admin.verbs import VerbsMixin
from articles.front import arrange
from articles.models import PLACES, FrontPage
from articles.views.page import render_private

LAST_CHANGES = 10


class PreviewForm(forms.Form):
    at = DeskDateTimeField(
        label="As it will be at",
        widget=AdminSplitDateTime,
        help_text="Scheduled articles are there by then, and pins that end before are gone.",
    )


@admin.register(FrontPage)
class FrontPageAdmin(VerbsMixin, DeskAdmin):
    """One record: its list and its page are one, on which the places stand in order."""

    verbs = VERBS

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("changed_by")

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", preview, name="articles_frontpage_preview"), *super().get_urls()]

    def report(self, verb, record):
        return record.said

    def what_happened(self, record):
        return what_was_done(record)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        at = timezone.now()
        page = FrontPage.objects.current()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + PreviewForm().media,
            "title": "Front page",
            "page": page,
            "places": _places(page, at=at),
            "may_change": self.has_change_permission(request),
            "form": PreviewForm(initial={"at": at}),
            "changes": _log().select_related("user").order_by("-action_time", "-pk")[:LAST_CHANGES],
        }
        return TemplateResponse(request, "admin/articles/frontpage/places.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return redirect(self._address("changelist"))

    def preview_view(self, request):
        """Show the front page as readers see it, now or at the instant that ``?at_0=&at_1=`` names."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form = PreviewForm(request.GET)
        at = form.cleaned_data["at"] if form.is_valid() else timezone.now()
        return render_private(request, "articles/front.html", {"front": arrange(at=at)})


def _places(page, *, at):
    """Return, for each place, its name, what readers see there, and the pin on it, seen or not."""
    arranged = arrange(at=at)
    top = [arranged.lead, *arranged.secondary]
    pins = {pin.place: pin for pin in page.pins(at=at)}
    seen = {article.pk for article in top if article}
    rules = iter(
        [article for article in top if article and article.pk not in {pin.article_id for pin in pins.values()}]
    )
    return [
        {
            "number": number,
            "name": PLACE_NAMES[number],
            "pin": (pin := pins.get(number)),
            "article": pin.article if pin and pin.article_id in seen else next(rules, None),
            "trouble": _trouble(pin, seen, at=at),
            "is_first": number == 1,
            "is_last": number == PLACES,
        }
        for number in range(1, PLACES + 1)
    ]


def _trouble(pin, seen, *, at):
    """Return why readers do not see what is pinned, or ""."""
    if pin is None or pin.article_id in seen:
        return ""
    if pin.article.is_sponsored:
        return "Somebody paid for it."
    if not pin.article.outlet.is_active:
        return "Its outlet is not active."
    return state_in_words(pin.article, at=at)


def _log():
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(FrontPage))
