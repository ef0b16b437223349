"""Outlets at the desk."""

from django.contrib import admin
from django.db import models

from articles.admin.lists import DeskAdmin
from articles.admin.upload import PictureField
from articles.models import Outlet

DERIVED = ("allows_derived_texts", "allows_remote_assist")
ITS_PAGES = ("contact_url", "ethics_url", "corrections_url")


@admin.register(Outlet)
class OutletAdmin(DeskAdmin):
    list_display = ("name", "text_shown", "allows_derived_texts", "is_active", "country", "language")
    list_filter = ("is_active", "text_shown")
    search_fields = ("name",)
    ordering = ("name", "pk")
    formfield_overrides = DeskAdmin.formfield_overrides | {models.ImageField: {"form_class": PictureField}}
    fieldsets = (
        (None, {"fields": ("name", "description", "logo", "homepage")}),
        (
            "What readers may see",
            {"fields": ("is_active", "text_shown", "allows_pictures", *DERIVED)},
        ),
        ("Comments", {"fields": Outlet.RULES}),
        ("Who it is", {"fields": ("owner", "country", "language", *ITS_PAGES, "slug")}),
    )

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_active and obj.slug else None  # no slug: it is about to get one
