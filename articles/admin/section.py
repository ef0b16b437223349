"""Sections at the desk."""

from django.contrib import admin

from articles.admin.lists import DeskAdmin
from articles.models import Section


@admin.register(Section)
class SectionAdmin(DeskAdmin):
    list_display = ("name", "position", "description")
    search_fields = ("name",)
    ordering = ("position", "name", "pk")
    fields = ("name", "description", "position", "slug")
