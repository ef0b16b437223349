"""The page "In brief" of an article: the program's key points, and an editor's in their place."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from articles import assist
from articles.models import Article, KeyPointsChoice
from articles.text import html, plain

FEWEST, MOST = 2, 5
LONGEST = 300  # characters of an editor's own sentence


class BriefForm(forms.Form):
    """Sentences of the article, and the editor's own. Nothing chosen leaves it to the program."""

    sentences = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="The article's own sentences",
        help_text="Tick two to five. They stand in the article's order, word for word.",
    )
    own = forms.CharField(
        required=False,
        label="In your own words",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="One sentence a line. Readers are told that an editor wrote them, and an edit of the article takes "
        "them off its page until you look here again.",
    )

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = [sentence["text"] for sentence in assist.sentences_of(article)]
        self.fields["sentences"].choices = [(str(place), text) for place, text in enumerate(self.texts)]

    def clean_own(self):
        lines = [plain.one_line(html.strip_forbidden(line)) for line in self.cleaned_data["own"].splitlines()]
        lines = [line for line in lines if line]
        if any(len(line) > LONGEST for line in lines):
            raise ValidationError(f"Keep each sentence to {LONGEST} characters.")
        return lines

    def clean(self):
        chosen = [self.texts[int(place)] for place in self.cleaned_data.get("sentences", [])]
        self.points = list(dict.fromkeys([*chosen, *self.cleaned_data.get("own", [])]))
        if self.points and not FEWEST <= len(self.points) <= MOST:
            raise ValidationError(f"Choose {FEWEST} to {MOST} sentences, or none to leave it to the program.")
        return self.cleaned_data


class BriefPageMixin:
    """Gives the desk's articles a page on which editors swap and fix their key points."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.brief_view)
        return [path("<int:pk>/brief/", page, name="articles_article_brief"), *super().get_urls()]

    def brief_view(self, request, pk):
        """Show the key points that readers see; a POST puts the editor's in their place."""
        article = Article.objects.select_related("outlet", "reading_aid").filter(pk=pk).first()
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        article = article or get_object_or_404(Article, pk=pk)
        kept = KeyPointsChoice.objects.filter(article=article).select_related("by").first()
        form = BriefForm(request.POST, article=article) if request.method == "POST" else _shown(article, kept)
        if form.is_bound and form.is_valid():
            messages.success(request, self._decide(request, article, form.points))
            return redirect(reverse("admin:articles_article_brief", args=[article.pk]))
        return self._brief_page(request, article, kept, form)

    def _decide(self, request, article, points):
        """Store what the editor chose, show it at once, and return what was done in words."""
        with transaction.atomic():
            if points:
                assist.choose_by_hand(article, points, by=request.user, at=timezone.now())
                done = "“In brief” is as you chose it."
            else:
                assist.leave_to_program(article)
                done = "“In brief” is left to the program."
            assist.prepare(article)
            self.log_change(request, article, f"In brief: {done}")
        return done

    def _brief_page(self, request, article, kept, form):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": "In brief",
            "article": article,
            "form": form,
            "kept": kept,
            "is_stale": kept is not None and assist.placed_in(article, kept) is None,
            "may_have": assist.may_have_aid(article),
            "aid": assist.aid_of(article),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/articles/article/brief.html", context, status=status)


def _shown(article, kept):
    """Return the form filled in with what an editor chose, else with what the program did."""
    aid = assist.aid_of(article)
    points = [point["text"] for point in (kept.points if kept else aid.key_points if aid else [])]
    form = BriefForm(article=article)
    said = [str(form.texts.index(text)) for text in points if text in form.texts]
    form.initial = {"sentences": said, "own": "\n".join(text for text in points if text not in form.texts)}
    return form
