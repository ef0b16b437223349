"""Drafts by a remote program at the desk: each sentence beside what it cites, mended, approved or rejected."""

import re

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import assist
from articles.admin.lists import ReadOnlyAdmin, Tabs
from articles.admin.verbs import ConfirmForm, Verb, VerbsMixin
from articles.models import AssistDraft
from articles.text import grounds

NEW_ROWS = 1  # for a sentence of the editor's own


class MendForm(ConfirmForm):
    """A sentence and the numbers of the paragraphs it cites, for each sentence; one that is emptied goes."""

    renderings = forms.CharField(
        required=False,
        label="Names written otherwise",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="For a translation: one a line, as here = as in the article. For example: Allemagne = Germany",
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        passages = assist.passages_of(record.article)
        names = self.fields.pop("renderings")
        for index in range(len(record.sentences) + NEW_ROWS):
            self._add_row(index, record, passages)
        self.fields["renderings"] = names
        self.initial["renderings"] = "\n".join(f"{here} = {there}" for here, there in record.renderings.items())

    def clean_renderings(self):
        pairs = [line.split("=", 1) for line in self.cleaned_data["renderings"].splitlines() if line.strip()]
        if any(len(pair) != 2 or not all(part.strip() for part in pair) for pair in pairs):
            raise ValidationError("Write one a line: as here = as in the article.")
        return {here.strip(): there.strip() for here, there in pairs}

    def clean(self):
        """Return what the record wants to know: sentences as it stores them."""
        given = super().clean() or self.cleaned_data
        rows = []
        for index in range(len(self.record.sentences) + NEW_ROWS):
            if text := given.get(f"text_{index}"):
                rows.append({"text": text, "paragraphs": self._numbers(index, given.get(f"paragraphs_{index}", ""))})
        kept = {name: given[name] for name in ("seen_version", "renderings") if name in given}
        return kept | {"sentences": rows}

    def _add_row(self, index, record, passages):
        is_new = index >= len(record.sentences)
        row = {"text": "", "paragraphs": []} if is_new else record.sentences[index]
        said = [finding["problem"] for finding in record.findings if finding["sentence"] == index]
        said += [f"[{number}] {passages.get(number, 'There is none.')}" for number in row["paragraphs"]]
        self.fields[f"text_{index}"] = forms.CharField(
            required=False,
            max_length=1000,
            label="One more sentence" if is_new else f"Sentence {index + 1}",
            widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField", "lang": record.language}),
            help_text=" ".join(said),
        )
        self.fields[f"paragraphs_{index}"] = forms.CharField(
            required=False, max_length=60, label="cites", widget=forms.TextInput(attrs={"class": "vTextField"})
        )
        self.initial[f"text_{index}"] = row["text"]
        self.initial[f"paragraphs_{index}"] = ", ".join(map(str, row["paragraphs"]))

    def _numbers(self, index, written):
        if not re.fullmatch(r"[\d\s,]*", written, re.ASCII):
            self.add_error(f"paragraphs_{index}", "Write the paragraphs' numbers, with commas between them.")
            return []
        return [int(number[:6]) for number in re.findall(r"\d+", written)]


def _is_draft(draft, *, at):
    return draft.is_draft


MEND = Verb(
    name="mend",
    label="Mend…",
    permission="change_assistdraft",
    explanation="Change a sentence or what it cites; empty one to remove it. Paragraphs are counted from 1, 0 is "
    "headline and standfirst. Readers are told that an editor changed it.",
    done="{} is mended.",
    perform=lambda draft, *, by, at, sentences, renderings: assist.mend_draft(draft, sentences, renderings),
    is_offered=_is_draft,
    form=MendForm,
)
APPROVE = Verb(
    name="approve",
    label="Approve…",
    permission="approve_assistdraft",
    explanation="Readers see it at once, with the name of the program, and yours as who checked and approved it. You "
    "say that you compared each sentence with the article.",
    done="{} is approved.",
    perform=lambda draft, *, by, at: assist.approve_draft(draft, by=by, at=at),
    is_offered=_is_draft,
    obstacles=lambda draft: [finding["problem"] for finding in draft.findings],
)
REJECT = Verb(
    name="reject",
    label="Reject",
    permission="approve_assistdraft",
    explanation="Readers do not see it, or no longer.",
    done="{} is rejected.",
    perform=lambda draft, *, by, at: assist.reject_draft(draft, by=by, at=at),
    is_offered=lambda draft, *, at: draft.may_be_rejected,
    is_immediate=True,
)


class DraftTabs(Tabs):
    tabs = (
        ("draft", "To be looked at"),
        ("asked", "Asked for"),
        ("approved", "Approved"),
        ("rejected", "Rejected"),
        ("stale", "Stale"),
        ("failed", "Not to be had"),
        ("all", "All"),
    )
    is_counted = True

    def of_tab(self, tab, records):
        return records if tab == "all" else records.filter(state=tab)


@admin.register(AssistDraft)
class AssistDraftAdmin(VerbsMixin, ReadOnlyAdmin):
    """They are asked for on the page of an article."""

    verbs = (APPROVE, MEND, REJECT)
    change_form_template = "admin/articles/assistdraft/change_form.html"
    list_display = ("what", "article", "problems", "model", "tokens", "asked_at", "decided_name")
    list_filter = (DraftTabs, "kind", "article__outlet")
    list_select_related = ("article",)
    search_fields = ("article__headline",)
    search_help_text = "Words of the headline"
    sortable_by = ()
    ordering = ("-asked_at", "-pk")
    fields = (
        "article",
        "model",
        "tokens",
        "asked_by",
        "asked_at",
        "answered_at",
        "trouble",
        "decided_name",
        "decided_at",
    )

    def has_module_permission(self, request):
        """Where the operator named no service nothing is seen of it; what was approved is found from its article."""
        return bool(settings.ASSIST_URL) and super().has_module_permission(request)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article__outlet")

    def for_list(self, records):
        return records.select_related(None).select_related("article").defer("article__body", "sentences", "renderings")

    @admin.display(description="draft")
    def what(self, draft):
        return draft.what

    @admin.display(description="problems")
    def problems(self, draft):
        return draft.trouble or len(draft.findings) or ""

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_approved and obj.article.is_live(at=timezone.now()) else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            passages = assist.passages_of(obj.article)
            is_old = obj.source_hash != obj.article.source_hash
            context["rows"] = [_compared(obj, index, {} if is_old else passages) for index in range(len(obj.sentences))]
            context["whole"] = [found["problem"] for found in obj.findings if found["sentence"] is None]
            context["unread"] = grounds.unread(obj.language)
            context["uncited"] = [] if is_old else _uncited(obj, passages)
        return super().render_change_form(request, context, add, change, form_url, obj)


def _uncited(draft, passages):
    """Return the numbers of the passages on which no sentence rests; a summary need not tell everything."""
    cited = {number for row in draft.sentences for number in row["paragraphs"]}
    return [] if draft.kind == AssistDraft.Kind.SUMMARY else [number for number in passages if number not in cited]


def _compared(draft, index, passages):
    """Return a sentence with what it cites, as [(number, text)], and what speaks against it."""
    row = draft.sentences[index]
    cited = [(number, passages.get(number, "")) for number in row["paragraphs"]]
    problems = [found["problem"] for found in draft.findings if found["sentence"] == index]
    return {"text": row["text"], "cited": cited, "problems": problems}
