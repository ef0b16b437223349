"""The glossary at the desk."""

from django.contrib import admin

from articles.admin.lists import DeskAdmin
from articles.models import GlossaryTerm


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(DeskAdmin):
    """Words that readers may not know. Articles explain each at its first use, soon after it was saved here."""

    list_display = ("term", "definition", "language", "is_shown")
    list_filter = ("is_shown", "language")
    search_fields = ("term", "other_spellings")
    ordering = ("term", "pk")
    fields = ("term", "other_spellings", "definition", "language", "is_shown")
