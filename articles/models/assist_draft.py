"""Texts that a remote program drafted from an article, and what became of them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.transition import StaleRecord
from articles.text import languages

# Sent inside the transaction after what readers may see of an article's drafts has changed: ``article_id``.
assist_draft_changed = Signal()


class AssistDraftQuerySet(models.QuerySet):
    # which

    def shown(self, article):
        """Return those that readers see with ``article``: approved, and made from its present text."""
        return self.filter(article=article, state=self.model.State.APPROVED, source_hash=article.source_hash)

    def of_older_texts(self, article):
        """Return those of ``article`` that are still of use, as far as their own state says, but not its text's."""
        return self.filter(article=article, state__in=self.model.OPEN).exclude(source_hash=article.source_hash)

    # in what order

    def newest_first(self):
        return self.order_by("-asked_at", "-pk")

    # counted

    def count_decided(self):
        """Return how many were ever approved, and how many rejected. One query."""
        was_read = Q(state__in=["approved", "stale"], decided_at__isnull=False)
        return self.aggregate(approved=Count("pk", filter=was_read), rejected=Count("pk", filter=Q(state="rejected")))

    # how they change

    def ask(self, article, kind, language, *, by, at):
        """Store that ``by`` asks for a text; asked for twice before the answer is there, it is one."""
        fields = {"source_hash": article.source_hash, "asked_by": by, "asked_at": at}
        wanted = {"article": article, "kind": kind, "language": language, "state": self.model.State.ASKED}
        return self.get_or_create(**wanted, defaults=fields)[0]

    def go_stale(self):
        """Mark them as made from an older text."""
        return self.update(state=self.model.State.STALE, version=F("version") + 1)


class AssistDraft(models.Model):
    """A text that was asked for, with what the program answered and what editors made of it.

    ``sentences`` is a list of ``{"text": ..., "paragraphs": [numbers that it cites]}``, paragraphs counted from 1 and 0
    for headline and standfirst. ``findings`` is what our own gate says against them:
    ``[{"sentence": index or None for the whole, "problem": ...}]``. ``renderings`` are an editor's words that a name is
    written otherwise in this language: ``{"Allemagne": "Germany"}``.
    """

    class Kind(models.TextChoices):
        SUMMARY = "summary", _("Summary")
        EASY = "easy", _("Easy-read version")
        TRANSLATION = "translation", _("Translation")

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        FAILED = "failed", "Not to be had"
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        STALE = "stale", "Stale: its article has changed, or a newer one took its place"

    OPEN = (State.ASKED, State.DRAFT, State.APPROVED)

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="assist_drafts", editable=False)
    kind = models.CharField(max_length=12, choices=Kind, editable=False)
    language = models.CharField(max_length=12, choices=languages.choices, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    source_hash = models.CharField(max_length=32, editable=False)
    sentences = models.JSONField(default=list, editable=False)
    findings = models.JSONField(default=list, editable=False)
    renderings = models.JSONField(default=dict, editable=False)
    model = models.CharField(max_length=100, blank=True, editable=False)
    tokens = models.PositiveIntegerField(default=0, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    trouble = models.CharField(max_length=200, blank=True, editable=False)
    is_mended = models.BooleanField("changed by an editor", default=False, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    asked_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_name = models.CharField("decided by", max_length=150, blank=True, editable=False)  # as readers are told it
    decided_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AssistDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "draft by a program"
        verbose_name_plural = "drafts by a program"
        permissions = [("approve_assistdraft", "Can approve and reject drafts by a program")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "failed", "draft", "approved", "rejected", "stale"]),
                name="assist_draft_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["summary", "easy", "translation"]), name="assist_draft_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_at__isnull=False) & ~Q(decided_name=""),
                name="approved_assist_draft_says_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["article", "kind", "language"],
                condition=Q(state="asked"),
                name="assist_draft_is_asked_for_once",
            ),
            models.UniqueConstraint(
                fields=["article", "kind", "language"],
                condition=Q(state="approved"),
                name="one_assist_draft_is_approved",
            ),
        ]
        indexes = [models.Index(fields=["state", "-asked_at", "-id"], name="assist_drafts_by_state")]

    def __str__(self):
        return f"{self.what}, article {self.article_id}"

    def get_absolute_url(self):
        """Return where readers find it once it is approved."""
        if self.kind == self.Kind.SUMMARY:
            return f"{self.article.get_absolute_url()}#summary"
        return reverse("written", args=[self.article_id, self.place])

    @property
    def place(self):
        """The last part of the address of a text that has a page of its own."""
        return self.kind if self.kind == self.Kind.EASY else self.language

    @property
    def what(self):
        if self.kind == self.Kind.TRANSLATION:
            return gettext("Translation into %s") % languages.name(self.language)
        return self.Kind(self.kind).label  # `get_..._display` makes a table of all choices each time

    @property
    def state_in_short(self):
        return self.get_state_display().split(":")[0]

    @property
    def mark(self):
        """The word by which the desk colours its state."""
        colours = {self.State.APPROVED: "public", self.State.REJECTED: "rejected", self.State.DRAFT: "held"}
        return colours.get(self.state, self.state)

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_approved(self):
        return self.state == self.State.APPROVED

    @property
    def may_be_rejected(self):
        return self.state in {self.State.DRAFT, self.State.APPROVED}

    # what the remote program's answers do

    def answer(self, sentences, findings, *, model, tokens, at):
        """Store what came back; raise StaleRecord where it is no longer asked for."""
        told = {"sentences": sentences, "findings": findings, "model": model, "tokens": tokens, "trouble": ""}
        self._move(self.State.ASKED, state=self.State.DRAFT, answered_at=at, **told)

    def fail(self, trouble):
        """Give it up."""
        self._move(self.State.ASKED, state=self.State.FAILED, trouble=trouble[:200])

    def wait(self, trouble, *, counts):
        """Note why there is no answer yet, and whether that was an attempt."""
        self._move(self.State.ASKED, trouble=trouble[:200], attempts=self.attempts + counts)

    # what an editor does

    def mend(self, sentences, renderings, findings):
        """Put an editor's words in the place of the program's."""
        told = {"sentences": sentences, "renderings": renderings, "findings": findings}
        is_mended = self.is_mended or sentences != self.sentences
        self._move(self.State.DRAFT, is_mended=is_mended, **told)

    def approve(self, *, by, at):
        """Let readers see it, with the name of who says it is right. One that it replaces goes stale."""
        name = by.get_full_name()[:150]
        if not name:
            raise ValidationError("Readers are told who approved it, and your account has no name. Have one put in.")
        others = AssistDraft.objects.filter(article=self.article_id, kind=self.kind, language=self.language)
        others.filter(state=self.State.APPROVED).exclude(pk=self.pk).go_stale()
        decision = {"decided_by": by, "decided_name": name, "decided_at": at}
        self._move(self.State.DRAFT, state=self.State.APPROVED, **decision)

    def reject(self, *, by, at):
        """Have readers not see it, or no longer."""
        if not self.may_be_rejected:
            raise StaleRecord("It is no longer a draft, and readers do not see it.")
        decision = {"decided_by": by, "decided_name": by.get_full_name()[:150], "decided_at": at}
        self._move(self.state, state=self.State.REJECTED, **decision)

    def _move(self, from_state, **fields):
        """Write ``fields`` if it is as it was read; raise StaleRecord otherwise."""
        fields["version"] = self.version + 1
        mine = type(self).objects.filter(pk=self.pk, version=self.version, state=from_state)
        if mine.update(**fields) != 1:
            raise StaleRecord("It was changed meanwhile. Look at it again, then decide.")
        was_shown = self.is_approved
        for name, value in fields.items():
            setattr(self, name, value)
        if was_shown or self.is_approved:
            assist_draft_changed.send(type(self), article_id=self.article_id)
