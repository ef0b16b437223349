"""Pictures at the desk."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.html import format_html

from articles.admin.lists import DeskAdmin
from articles.admin.upload import PictureField
from articles.models import Image

GOOD_SIDE = 1200  # pixels of the shorter side: search engines ask for a square of as many


@admin.register(Image)
class ImageAdmin(DeskAdmin):
    list_display = ("thumbnail", "__str__", "credit", "rights", "size", "created_at")
    list_display_links = ("thumbnail", "__str__")
    list_filter = ("rights", ("created_at", admin.DateFieldListFilter))
    search_fields = ("caption", "alt", "credit", "file")
    ordering = ("-pk",)
    formfield_overrides = DeskAdmin.formfield_overrides | {models.ImageField: {"form_class": PictureField}}
    fieldsets = (
        (None, {"fields": ("file", "picture", "alt", "caption")}),
        ("Rights", {"fields": ("credit", "rights")}),
        ("Focal point", {"fields": (("focal_x", "focal_y"),)}),
    )
    readonly_fields = ("picture",)

    class Media:
        js = ["articles/admin/focal_point.js"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.thumbnail_view)
        return [path("<int:pk>/thumbnail/", view, name="articles_image_thumbnail"), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        """The file stays: caption, credit and rights are those of this picture. Another picture is another record."""
        return (*self.readonly_fields, "file") if obj else self.readonly_fields

    def get_fieldsets(self, request, obj=None):
        if obj:
            return self.fieldsets
        (name, _), *rest = self.fieldsets
        return [(name, {"fields": ("file", "alt", "caption")}), *rest]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if min(obj.width, obj.height) < GOOD_SIDE:
            words = (
                "This picture has {} × {} pixels. It is stored, but large screens will show it coarse, and search "
                "engines ask for {} on its shorter side."
            )
            messages.warning(request, words.format(obj.width, obj.height, GOOD_SIDE))

    def thumbnail_view(self, request, pk):
        """Lead to the smallest rendition, for the article's form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(get_object_or_404(Image, pk=pk).smallest_url)

    @admin.display(description="")
    def thumbnail(self, image):
        return format_html('<img class="desk-thumbnail" src="{}" alt="" loading="lazy">', image.smallest_url)

    @admin.display(description="size")
    def size(self, image):
        return f"{image.width} × {image.height}"

    @admin.display(description="picture")
    def picture(self, image):
        return format_html(
            '<span class="desk-focus"><img class="desk-picture" src="{}" alt="{}"></span>',
            image.smallest_url,
            image.alt,
        )
