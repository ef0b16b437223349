"""Stories at the desk."""

from django.contrib import admin
from django.utils import timezone

from articles.admin.lists import DeskAdmin
from articles.models import Article, Story


@admin.register(Story)
class StoryAdmin(DeskAdmin):
    list_display = ("title", "summary", "created_at")
    search_fields = ("title",)
    ordering = ("-pk",)
    fields = ("title", "summary")

    def view_on_site(self, obj):
        is_told = Article.objects.live(at=timezone.now()).filter(story=obj).exists()
        return obj.get_absolute_url() if is_told else None
