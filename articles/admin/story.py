"""Stories at the desk."""

from django import forms
from django.contrib import admin
from django.utils import timezone

from articles.admin.lists import DeskAdmin
from articles.admin.story_verbs import VERBS, TargetForm
from articles.admin.verbs import VerbsMixin, ask_about_all, do_to_each, merge_all
from articles.models import Article, Story

MOST_LISTED = 200  # articles on the page of a story; the program stops adding far below it


class StoryForm(forms.ModelForm):
    def clean(self):
        """Take a name that was written for the editor's word, and with the tick take away the name."""
        super().clean()
        given = self.cleaned_data
        if "title" in self.changed_data and "is_named" not in self.changed_data:
            given["is_named"] = bool(given.get("title"))
        elif not given.get("is_named"):
            given["title"] = ""
        return given


@admin.register(Story)
class StoryAdmin(VerbsMixin, DeskAdmin):
    verbs = VERBS
    form = StoryForm
    change_form_template = "admin/articles/story/change_form.html"
    list_display = ("name", "outlets", "reports", "is_named", "is_locked", "created_at")
    list_filter = ("is_named", "is_locked")
    search_fields = ("title", "articles__headline")
    ordering = ("-pk",)
    fields = ("title", "summary", "is_named", "is_locked")
    actions = ("merge", "lock_selected", "unlock_selected")

    def get_queryset(self, request):
        return super().get_queryset(request).for_desk()

    def for_list(self, records):
        return records.with_counts()

    @admin.display(description="title", ordering="title")
    def name(self, story):
        return str(story)

    @admin.display(description="outlets")
    def outlets(self, story):
        return story.outlets_telling

    @admin.display(description="articles")
    def reports(self, story):
        return story.articles_told

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["reports"] = list(obj.articles.for_desk().order_by("published_at", "pk")[:MOST_LISTED])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, obj):
        is_told = Article.objects.live(at=timezone.now()).filter(story=obj).exists()
        return obj.get_absolute_url() if is_told else None

    # many at once

    def has_merge_permission(self, request):
        return self.has_change_permission(request)

    @admin.action(description="Lock", permissions=["merge"])
    def lock_selected(self, request, stories):
        do_to_each(self, request, stories, done="locked", perform=lambda story, *, by, at: story.lock())

    @admin.action(description="Unlock", permissions=["merge"])
    def unlock_selected(self, request, stories):
        do_to_each(self, request, stories, done="unlocked", perform=lambda story, *, by, at: story.unlock())

    @admin.action(description="Merge into one…", permissions=["merge"])
    def merge(self, request, stories):
        """Ask which one stays, then merge the others into it."""
        is_answer = "target" in request.POST
        form = TargetForm(request.POST if is_answer else None, admin_site=self.admin_site)
        if is_answer and form.is_valid() and self._merged(request, stories, form):
            return None
        return ask_about_all(
            self,
            request,
            stories,
            form=form,
            action="merge",
            title="Merge stories",
            explanation="Their articles move to the one you choose, and their addresses lead there. "
            "This cannot be undone in one step.",
        )

    def _merged(self, request, stories, form):
        def merge(story, target):
            target.take_in(story)
            self.log_change(request, target, f"Took in “{story}”.")

        return merge_all(self, request, stories, form, merge=merge, called="“{}”")
