"""Hashtags at the desk."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import model_ngettext

from articles.admin.lists import DeskAdmin
from articles.admin.look_up import looked_up
from articles.admin.verbs import ask_about_all, merge_all
from articles.models import Article, Hashtag


class MergeForm(forms.Form):
    target = forms.ModelChoiceField(
        queryset=Hashtag.objects.canonical(),
        label="Merge into",
        help_text="It stays. The others become other words for it, and their pages lead to its page.",
    )

    def __init__(self, *args, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        looked_up(self.fields["target"], like=Hashtag._meta.get_field("alias_of"), admin_site=admin_site)


@admin.register(Hashtag)
class HashtagAdmin(DeskAdmin):
    list_display = ("name", "alias_of", "description")
    list_filter = (("alias_of", admin.EmptyFieldListFilter),)
    list_select_related = ("alias_of",)
    search_fields = ("name", "key")
    ordering = ("key", "pk")
    autocomplete_fields = ("alias_of",)
    fields = ("name", "description", "alias_of", "slug")
    actions = ("merge",)

    def has_merge_permission(self, request):
        return self.has_change_permission(request)

    @admin.action(description="Merge into one…", permissions=["merge"])
    def merge(self, request, hashtags):
        """Ask which one stays, then merge the others into it."""
        is_answer = "target" in request.POST
        form = MergeForm(request.POST if is_answer else None, admin_site=self.admin_site)
        if is_answer and form.is_valid() and self._merged(request, hashtags, form):
            return None
        return ask_about_all(
            self,
            request,
            hashtags,
            form=form,
            action="merge",
            title="Merge hashtags",
            explanation=self._explanation(hashtags),
        )

    def _explanation(self, hashtags):
        number = Article.objects.filter(hashtags__in=hashtags).distinct().count()
        return f"{number} {model_ngettext(Article, number)} will carry the one you choose. This cannot be undone."

    def _merged(self, request, hashtags, form):
        def merge(hashtag, target):
            hashtag.merge_into(target)
            self.log_change(request, hashtag, f"Merged into #{target}.")

        return merge_all(self, request, hashtags, form, merge=merge, called="#{}")
