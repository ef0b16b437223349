"""The page "Drafts by a program" of an article: what a remote program was asked for, and the form that asks it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from articles import assist
from articles.models import Article, AssistDraft, AssistLedger
from articles.text import languages

MAY_SEE, MAY_ASK = "articles.view_assistdraft", "articles.add_assistdraft"
MOST_LISTED = 30


class AskForDraftForm(forms.Form):
    kind = forms.ChoiceField(
        label="What it shall draft",
        choices=AssistDraft.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it shall draft."},
    )
    language = forms.ChoiceField(
        required=False,
        label="Translate into",
        help_text="For a translation; the others stay in the article's own.",
    )

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, **kwargs)
        self.article = article
        others = [(code, name) for code, name in languages.choices() if code != article.language]
        self.fields["language"].choices = [("", "–"), *others]

    def clean(self):
        if self.cleaned_data.get("kind") != AssistDraft.Kind.TRANSLATION:
            self.cleaned_data["language"] = self.article.language
        elif not self.cleaned_data.get("language"):
            self.add_error("language", "Choose the language.")
        return self.cleaned_data


class DraftsPageMixin:
    """Gives the desk's articles a page on which editors ask a remote program for drafts."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.drafts_view)
        return [path("<int:pk>/drafts/", page, name="articles_article_drafts"), *super().get_urls()]

    def may_ask(self, request, article):
        """Tell whether the page is offered: nothing is seen of it where the operator named no service."""
        return bool(settings.ASSIST_URL) and self._may_see_drafts(request, article)

    def drafts_view(self, request, pk):
        """List the drafts of an article; a POST asks for one."""
        article = Article.objects.select_related("outlet").filter(pk=pk).first()
        if not self._may_see_drafts(request, article):
            raise PermissionDenied
        if request.method == "POST" and not request.user.has_perm(MAY_ASK):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        article = article or get_object_or_404(Article, pk=pk)
        form = AskForDraftForm(request.POST if request.method == "POST" else None, article=article)
        if form.is_bound and form.is_valid() and self._asked(request, form):
            return redirect(reverse("admin:articles_article_drafts", args=[article.pk]))
        return self._drafts_page(request, article, form)

    def _may_see_drafts(self, request, article):
        return request.user.has_perm(MAY_SEE) and self.has_change_permission(request, article)

    def _asked(self, request, form):
        """Note what is asked for and log it; return whether it was. The form then says why it was not."""
        at = timezone.now()
        try:
            with transaction.atomic():
                draft = assist.ask_for_draft(form.article, **form.cleaned_data, by=request.user, at=at)
                self.log_change(request, form.article, f"{draft.what}: a draft is asked for.")
        except ValidationError as refusal:
            form.add_error(None, ValidationError(refusal.messages))
            return False
        messages.success(request, f"{draft.what}: the program is asked. Its draft will stand here, and nowhere else.")
        return True

    def _drafts_page(self, request, article, form):
        at = timezone.now()
        drafts = AssistDraft.objects.filter(article=article).select_related("asked_by").newest_first()
        ledger = AssistLedger.objects.seen(at=at)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": "Drafts by a program",
            "article": article,
            "form": form,
            "drafts": drafts.defer("sentences", "renderings")[:MOST_LISTED],
            "may_ask": bool(settings.ASSIST_URL) and request.user.has_perm(MAY_ASK),
            "refusal": assist.why_not_sent(article, at=at),
            "ledger": ledger,
            "is_resting": ledger.rests_at(at),
            "budget": settings.ASSIST_BUDGET,
            "model": settings.ASSIST_MODEL,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/articles/article/drafts.html", context, status=status)
