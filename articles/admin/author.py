"""Authors at the desk."""

from django.contrib import admin

from articles.admin.lists import DeskAdmin
from articles.models import Author


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    list_display = ("name", "outlet")
    list_filter = ("outlet",)
    list_select_related = ("outlet",)
    search_fields = ("name",)
    ordering = ("name", "pk")
    autocomplete_fields = ("outlet",)
    fields = ("name", "is_desk", "outlet", "biography", "slug")

    def for_list(self, records):
        return records.defer("biography")
