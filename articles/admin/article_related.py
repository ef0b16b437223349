"""The page "Related" of an article: what readers are shown with it, what the program finds, and what editors decide."""

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

from articles import related
from articles.admin.look_up import looked_up
from articles.models import Article, RelatedChoice
from articles.models.related_link import LAST_PLACE
from articles.related.preview import MOST, preview, stored

LEAVE = "leave"
MOVES = {"up": -1, "down": 1}
MAY_DECIDE = "articles.change_relatedchoice"
_DONE = {
    "pin": "“{}” is pinned.",
    "block": "“{}” is never shown here.",
    "both": "“{}” and this article never show each other.",
    LEAVE: "“{}” is left to the program.",
}


class DecideForm(forms.Form):
    """One decision on one pair of articles."""

    other = forms.ModelChoiceField(
        queryset=Article.objects.none(),
        label="Article",
        error_messages={
            "required": "Choose an article.",
            "invalid_choice": "Choose another article; this one is not there.",
        },
    )
    choice = forms.ChoiceField(
        choices=[*RelatedChoice.Choice.choices, (LEAVE, "Leave it to the program")],
        initial=RelatedChoice.Choice.PIN,
        label="Decision",
        error_messages={"required": "Choose what shall happen."},
    )
    position = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LAST_PLACE,
        label="Order",
        error_messages={
            "min_value": "Choose an order of 0 or more.",
            "max_value": f"Choose an order of at most {LAST_PLACE}.",
        },
        help_text="Among the pins; the smallest comes first. Leave it empty and it comes last.",
    )

    def __init__(self, *args, article, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        self.article = article
        other = self.fields["other"]
        other.queryset = Article.objects.for_desk().exclude(pk=article.pk)
        looked_up(other, like=RelatedChoice._meta.get_field("other"), admin_site=admin_site)

    def decide(self):
        """Store the decision; return what was done in words."""
        other, choice = self.cleaned_data["other"], self.cleaned_data["choice"]
        if choice == LEAVE:
            RelatedChoice.objects.take_back(self.article, other)
        else:
            RelatedChoice.objects.decide(self.article, other, choice, position=self.cleaned_data["position"])
        return _DONE[choice].format(other)


class MoveForm(forms.Form):
    """One step of a pin among the others."""

    other = forms.ModelChoiceField(queryset=Article.objects.none())
    to = forms.ChoiceField(choices=[(move, move) for move in MOVES])

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Article.objects.for_desk().filter(chosen_from__article=article)


class RelatedPageMixin:
    """Gives the desk's articles a page on which editors pin and block."""

    def get_urls(self):
        page, move = self.admin_site.admin_view(self.related_view), self.admin_site.admin_view(self.related_move_view)
        return [
            path("<int:pk>/related/", page, name="articles_article_related"),
            path("<int:pk>/related/move/", move, name="articles_article_related_move"),
            *super().get_urls(),
        ]

    def related_view(self, request, pk):
        """Show what belongs with an article and why; a POST decides on one pair."""
        article = Article.objects.select_related("outlet", "section").prefetch_related("hashtags").filter(pk=pk).first()
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if request.method == "POST" and not request.user.has_perm(MAY_DECIDE):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        article = article or get_object_or_404(Article, pk=pk)
        data = request.POST if request.method == "POST" else None
        form = DecideForm(data, article=article, admin_site=self.admin_site)
        if form.is_bound and form.is_valid() and self._decided(request, form):
            return redirect(reverse("admin:articles_article_related", args=[article.pk]))
        return self._related_page(request, article, form)

    def related_move_view(self, request, pk):
        """Move a pin up or down by one place, and go back to the page, which shows where it stands; a GET only goes."""
        article = Article.objects.filter(pk=pk).first()
        if not (self.has_change_permission(request, article) and request.user.has_perm(MAY_DECIDE)):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        form = MoveForm(request.POST or None, article=article or get_object_or_404(Article, pk=pk))
        if form.is_valid():
            other, to = form.cleaned_data["other"], form.cleaned_data["to"]
            with transaction.atomic():
                if RelatedChoice.objects.move(article, other, by=MOVES[to]):
                    self.log_change(request, article, f"Related: “{other}” is moved {to}.")
        return redirect(reverse("admin:articles_article_related", args=[article.pk]))

    def _decided(self, request, form):
        """Do what the form says and log it; return whether it was done. The form then says why it was not."""
        try:
            with transaction.atomic():
                done = form.decide()
                self.log_change(request, form.article, f"Related: {done}")
        except ValidationError as refusal:
            form.add_error(None, ValidationError(refusal.messages))
            return False
        messages.success(request, done)
        return True

    def _related_page(self, request, article, form):
        at = timezone.now()
        choices = RelatedChoice.objects.filter(article=article).select_related("other__outlet")
        choices = choices.defer("other__body").order_by("position", "pk")
        links = stored(article)
        findings = preview(article, at=at, links=links)
        shown = related.links_for(article, at=at)
        # Variety is left out: it hangs on what stands above, which the page finds out for itself.
        now = {each.article.pk: each.candidate.undamped for each in findings}
        for item in shown:
            item.link, item.now = links.get(item.pk), now.get(item.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + form.media,
            "title": "Related articles",
            "article": article,
            "form": form,
            "may_decide": request.user.has_perm(MAY_DECIDE),
            "shown": shown,
            "pins": [row for row in choices if row.is_pin],
            "blocks": [row for row in choices if not row.is_pin],
            "findings": findings,
            "most": MOST,
            "has_model": settings.RELATED_MODEL is not None,
            "copies": [finding for finding in findings if finding.is_copy],
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/articles/article/related.html", context, status=status)
