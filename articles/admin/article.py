"""Articles at the desk."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles import roles
from articles.admin.article_brief import BriefPageMixin
from articles.admin.article_drafts import DraftsPageMixin
from articles.admin.article_form import ArticleForm
from articles.admin.article_related import RelatedPageMixin
from articles.admin.article_verbs import VERBS, WithdrawForm
from articles.admin.front_verbs import PUT_ON_FRONT
from articles.admin.lists import DeskAdmin, Tabs
from articles.admin.moments import in_words
from articles.admin.states import in_short, state_in_words
from articles.admin.verbs import VerbsMixin, ask_about_all, do_to_each
from articles.models import (
    Article,
    AssistDraft,
    Byline,
    Correction,
    FrontPin,
    KeyPointsChoice,
    MistakeReport,
    Outlet,
    ReadingAid,
    RelatedChoice,
    RelatedLink,
    StaleRecord,
    TermVector,
    Transition,
)


class ArticleTabs(Tabs):
    tabs = (
        ("all", "All"),
        ("mine", "Mine"),
        ("drafts", "Drafts"),
        ("scheduled", "Scheduled"),
        ("public", "Public"),
        ("withdrawn", "Withdrawn"),
    )

    def queryset(self, request, articles):
        at = timezone.now()
        which = {
            "all": articles.all,
            "mine": lambda: articles.filter(created_by=request.user),
            "drafts": lambda: articles.filter(state=Article.State.DRAFT),
            "scheduled": lambda: articles.scheduled(at=at),
            "public": lambda: articles.live(at=at),
            "withdrawn": lambda: articles.filter(state=Article.State.WITHDRAWN),
        }
        return which[self.open_tab]()


# What the site and its editors wrote beside a draft; it goes with it.
_BESIDE = (AssistDraft, Correction, FrontPin, KeyPointsChoice, MistakeReport, ReadingAid, RelatedChoice, RelatedLink)
_BESIDE += (TermVector, Transition)


def _publish(article, *, by, at):
    if article.is_published and article.published_at <= at:
        raise ValidationError("It is published already.")
    article.publish(by=by, at=at)


class BylineInline(admin.TabularInline):
    model = Byline
    fields = ("author", "role", "position")
    autocomplete_fields = ("author",)
    ordering = ("position", "pk")
    extra = 1
    verbose_name_plural = "bylines"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author")


class CorrectionInline(admin.TabularInline):
    """What was corrected. A new one has a button of its own, because it also marks the article as updated."""

    model = Correction
    fields = readonly_fields = ("at", "text", "by")
    ordering = ("-at", "-pk")
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class TransitionInline(CorrectionInline):
    model = Transition
    fields = readonly_fields = ("at", "from_state", "to_state", "by", "note")
    verbose_name_plural = "changes of state"


@admin.register(Article)
class ArticleAdmin(BriefPageMixin, DraftsPageMixin, RelatedPageMixin, VerbsMixin, DeskAdmin):
    form = ArticleForm
    verbs = (*VERBS, PUT_ON_FRONT)
    change_form_template = "admin/articles/article/change_form.html"
    inlines = (BylineInline, CorrectionInline, TransitionInline)
    list_display = ("headline", "state_words", "outlet", "section", "saved")
    list_filter = (ArticleTabs, "kind", ("published_at", admin.DateFieldListFilter), "section", "outlet")
    search_fields = ("headline",)
    search_help_text = "Words of the headline"
    ordering = ("-pk",)
    autocomplete_fields = ("outlet", "story", "hashtags", "lead_image")
    readonly_fields = ("picture",)
    actions = ("publish_now", "withdraw_selected")
    fieldsets = (
        (None, {"fields": ("headline", "standfirst", "body")}),
        ("Picture", {"fields": ("lead_image", "picture", "lead_image_alt")}),
        ("Place", {"fields": ("outlet", "section", "kind", "sponsor", "hashtags", "more_hashtags")}),
        ("Together with", {"fields": ("story", "story_is_set", "related_is_locked")}),
        ("Time", {"fields": ("embargo_until", "embargo_note", "expires_at")}),
        ("Comments", {"fields": Article.RULES}),
        ("More", {"fields": ("original_url", "language")}),
    )

    class Media:
        css = {"all": ["articles/admin/writing.css"]}
        js = ["articles/admin/writing.js"]

    # who may

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or roles.may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        """Drafts only, one by one. What readers have seen is withdrawn, never deleted: its address has to answer."""
        return super().has_delete_permission(request, obj) and obj is not None and obj.state == Article.State.DRAFT

    def get_deleted_objects(self, objs, request):
        """What was written beside a draft goes with it; comments, where there are any, keep it."""
        objects, counts, needed, protected = super().get_deleted_objects(objs, request)
        beside = {model._meta.verbose_name for model in _BESIDE}
        return objects, counts, needed - beside, protected

    def has_publish_permission(self, request):
        return request.user.has_perm("articles.publish_article")

    def has_withdraw_permission(self, request):
        return request.user.has_perm("articles.withdraw_article")

    # the list

    def for_list(self, records):
        return records.select_related(None).for_desk()

    @admin.display(description="state")
    def state_words(self, article):
        at = timezone.now()
        return format_html(
            '<span class="desk-mark is-{}">{}</span>', in_short(article, at=at), state_in_words(article, at=at)
        )

    @admin.display(description="saved")
    def saved(self, article):
        return in_words(article.saved_at, at=timezone.now())

    @admin.action(description="Publish now", permissions=["publish"])
    def publish_now(self, request, articles):
        do_to_each(self, request, articles.defer(None), done="published", perform=_publish)

    @admin.action(description="Withdraw…", permissions=["withdraw"])
    def withdraw_selected(self, request, articles):
        """Ask how and why, then withdraw each."""
        is_answer = "reason" in request.POST
        form = WithdrawForm(request.POST if is_answer else None, record=None, admin_site=self.admin_site)
        if is_answer and form.is_valid():
            withdraw = partial(Article.withdraw, **form.cleaned_data)
            do_to_each(self, request, articles, done="withdrawn", perform=withdraw)
            return None
        return ask_about_all(
            self,
            request,
            articles,
            form=form,
            action="withdraw_selected",
            title="Withdraw",
            explanation="They leave every list, the search and their pages at once.",
        )

    # the form

    def get_inlines(self, request, obj):
        return self.inlines if obj else (BylineInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("outlet", "lead_image")

    def get_fieldsets(self, request, obj=None):
        """Leave out what only a writer fills in or may read."""
        if self.has_change_permission(request, obj) if obj else self.has_add_permission(request):
            return self.fieldsets
        hidden = (
            {"more_hashtags"} if request.user.has_perm("articles.change_article") else {"more_hashtags", "embargo_note"}
        )
        return [
            (name, options | {"fields": tuple(field for field in options["fields"] if field not in hidden)})
            for name, options in self.fieldsets
        ]

    def get_changeform_initial_data(self, request):
        own = Outlet.objects.filter(text_shown=Outlet.TextShown.OWN).values_list("pk", flat=True)[:2]
        own = list(own)
        return ({"outlet": own[0]} if len(own) == 1 else {}) | super().get_changeform_initial_data(request)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StaleRecord:  # saved by somebody between our look and our save: the second look finds it and says so
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            at = timezone.now()
            context["state_words"] = state_in_words(obj, at=at)
            context["state_mark"] = in_short(obj, at=at)
            context["may_ask"] = self.may_ask(request, obj)
            context["may_relate"] = self.has_change_permission(request, obj)
            context["missing"] = [] if obj.is_live(at=at) else obj.missing_for_publication()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if "story" in form.changed_data and "story_is_set" not in form.changed_data:
            obj.story_is_set = True
        if change:
            obj.save_over(form.cleaned_data["seen_version"])
        else:
            obj.created_by = request.user
            obj.save()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.make_more_hashtags()
        missing = form.instance.missing_for_publication()
        if missing and not form.instance.is_live(at=timezone.now()):
            messages.info(request, "Before it can be published: " + " ".join(missing))

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_live(at=timezone.now()) else None

    @admin.display(description="preview")
    def picture(self, article):
        """Show the chosen picture; the script shows another one as soon as it is chosen."""
        images = reverse("admin:articles_image_changelist")
        if article.lead_image_id is None:
            return format_html('<img class="desk-picture" data-images="{}" alt="" hidden>', images)
        address = article.lead_image.smallest_url
        return format_html('<img class="desk-picture" data-images="{}" src="{}" alt="">', images, address)
