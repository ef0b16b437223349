"""Records that the site writes by itself. The desk shows them, so that people find out why something is as it is."""

from django.contrib import admin

from articles.admin.lists import ReadOnlyAdmin
from articles.models import Correction, Edition, OldAddress, ReadingAid, RelatedLink, Transition


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """All corrections; a new one is made on the page of its article."""

    list_display = ("at", "article", "text", "by")
    list_select_related = ("article", "by")
    ordering = ("-at", "-pk")
    fields = ("article", "text", "at", "by")

    def for_list(self, records):
        return records.defer("article__body")


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """What articles said before. Readers see it on the page of what changed; delete what must not be seen again."""

    list_display = ("replaced_at", "article", "headline")
    list_select_related = ("article",)
    ordering = ("-pk",)

    def has_delete_permission(self, request, obj=None):
        return super(ReadOnlyAdmin, self).has_delete_permission(request, obj)

    def for_list(self, records):
        return records.defer("article__body", "body")


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    list_display = ("at", "article", "from_state", "to_state", "by", "note")
    list_select_related = ("article", "by")
    ordering = ("-pk",)

    def for_list(self, records):
        return records.defer("article__body")


@admin.register(RelatedLink)
class RelatedLinkAdmin(ReadOnlyAdmin):
    list_display = ("article", "related", "is_pinned", "score", "likeness", "reason")
    list_select_related = ("article", "related")
    ordering = ("-pk",)

    def for_list(self, records):
        return records.defer("article__body", "related__body")


@admin.register(ReadingAid)
class ReadingAidAdmin(ReadOnlyAdmin):
    list_display = ("article", "points_by", "source_hash")
    list_select_related = ("article",)
    ordering = ("-pk",)

    def for_list(self, records):
        return records.defer("article__body", "key_points", "found")


@admin.register(OldAddress)
class OldAddressAdmin(ReadOnlyAdmin):
    list_display = ("kind", "slug", "target_id")
    search_fields = ("slug__startswith",)
    ordering = ("-pk",)
