"""Articles."""

import hashlib
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article_queries import ArticleQuerySet
from articles.models.article_rules import CONSTRAINTS, INDEXES
from articles.models.conversation import Discussed
from articles.models.correction import Correction
from articles.models.edition import TEXTS, Edition
from articles.models.story import Story
from articles.models.transition import StaleRecord, Transition, in_words
from articles.text import html, languages, plain, slugs

# Sent inside the transaction after an article's row changed, by a save or by a change of state: ``article``.
article_changed = Signal()


class Article(Discussed):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"  # scheduled while ``published_at`` lies ahead
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        ANALYSIS = "analysis", _("Analysis")
        OPINION = "opinion", _("Opinion")
        INTERVIEW = "interview", _("Interview")
        LIVE = "live", _("Live")
        SPONSORED = "sponsored", _("Sponsored")

    class Outcome(models.TextChoices):
        NOTICE = "notice", "Notice: the page stays and says that and why the article was withdrawn"
        GONE = "gone", "Gone: the page says that the article is gone (410)"
        LEGAL = "legal", "Legal: the page says that the article is unavailable for legal reasons (451)"
        REDIRECT = "redirect", "Redirect: the address leads to another article"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    outlet = models.ForeignKey("articles.Outlet", models.PROTECT, related_name="articles")
    section = models.ForeignKey("articles.Section", models.PROTECT, null=True, blank=True, related_name="articles")
    story = models.ForeignKey(
        "articles.Story",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        help_text="The event it tells of, if other outlets tell of it too.",
    )
    story_is_set = models.BooleanField(
        "story set by hand", default=False, help_text="Tick it and the program leaves the story as you chose it."
    )
    kind = models.CharField(
        max_length=10, choices=Kind, default=Kind.NEWS, help_text="Readers see it above the headline."
    )
    language = models.CharField(max_length=12, choices=languages.choices, default="en")
    headline = models.CharField(max_length=200)
    slug = models.SlugField("address", max_length=slugs.LONGEST, allow_unicode=True, editable=False)
    standfirst = models.TextField(
        max_length=500, blank=True, help_text="One or two sentences under the headline that tell what is new."
    )
    body = models.TextField(blank=True)
    hashtags = models.ManyToManyField(
        "articles.Hashtag", blank=True, related_name="articles", limit_choices_to={"alias_of": None}
    )
    lead_image = models.ForeignKey("articles.Image", models.PROTECT, null=True, blank=True, related_name="articles")
    lead_image_alt = models.CharField(
        "alternative text here",
        max_length=300,
        blank=True,
        help_text="What the picture shows in this article. Leave it empty to use the picture's own text.",
    )
    original_url = models.URLField(
        "original address", max_length=500, blank=True, help_text="Where the outlet itself published it."
    )
    sponsor = models.CharField(max_length=120, blank=True, help_text="Who paid for it. Readers see the name.")

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField("published", null=True, blank=True, editable=False)
    updated_at = models.DateTimeField("updated in substance", null=True, blank=True, editable=False)
    date_is_estimated = models.BooleanField(
        default=False, help_text="The outlet gave no time; the one we have is when we first saw it."
    )
    related_is_locked = models.BooleanField(
        "related articles locked",
        default=False,
        help_text="Tick it and the program leaves the related articles as they are.",
    )
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="Nothing of it is public before this time, whatever else is set."
    )
    embargo_note = models.CharField(max_length=200, blank=True, help_text="Whose embargo it is. Only editors see it.")
    expires_at = models.DateTimeField(
        "expires", null=True, blank=True, help_text="From this time on it is no longer public."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)
    withdrawal_reason = models.CharField(max_length=300, blank=True, editable=False)
    redirect_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="redirected_from", editable=False
    )

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Derived at each save, so that no list has to load a body.
    summary = models.CharField(max_length=300, blank=True, editable=False)
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        permissions = [
            ("publish_article", "Can publish and schedule articles"),
            ("withdraw_article", "Can withdraw articles"),
            ("change_any_article", "Can change the articles of others"),
        ]
        constraints = CONSTRAINTS
        indexes = INDEXES

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("article", args=[self.pk, self.slug])

    def natural_key(self):
        return (str(self.uuid),)

    natural_key.dependencies = [f"articles.{model}" for model in ("outlet", "section", "story", "hashtag", "image")]

    def clean(self):
        if not plain.one_line(html.strip_forbidden(self.headline)):
            raise ValidationError({"headline": "Write a headline that can be read."})
        if self.kind == self.Kind.SPONSORED and not self.sponsor:
            raise ValidationError({"sponsor": "Name who paid for it: readers must be told."})
        if self.kind != self.Kind.SPONSORED and self.sponsor:
            raise ValidationError({"sponsor": "Only a sponsored article has a sponsor. Empty this or change the kind."})
        if self.expires_at and self.published_at and self.expires_at <= self.published_at:
            raise ValidationError({"expires_at": "It would expire before it is published. Choose a later time."})

    def save(self, **kwargs):
        self.headline = plain.one_line(html.strip_forbidden(self.headline))
        self.standfirst = plain.one_line(html.strip_forbidden(self.standfirst))
        self.body = html.sanitise(self.body)
        self.derive()
        if not self._state.adding:  # state, times and counts are not an edit's: they may have moved on without it
            edited = [field.name for field in self._meta.concrete_fields if field.editable and not field.primary_key]
            kwargs["update_fields"] = {*(kwargs.get("update_fields") or edited), *_DERIVED}
        with transaction.atomic():
            stored = type(self).objects.filter(pk=self.pk).values("state", "story", *TEXTS).first()
            state, story = (stored.pop("state"), stored.pop("story")) if stored else (None, None)
            if state == self.State.PUBLISHED:
                Edition.objects.keep(self, stored)
            super().save(**kwargs)
            article_changed.send(type(self), article=self)
            if story and story != self.story_id:
                Story.objects.filter(pk=story).sweep()

    def save_over(self, version):
        """Save what was edited in the row's ``version``; raise StaleRecord if it changed since."""
        with transaction.atomic():
            self._claim(version)
            self.save()

    def derive(self):
        """Set the fields that follow from the text."""
        text = plain.from_html(self.body)
        self.slug = slugs.make(self.headline)
        self.summary = plain.shorten(self.standfirst or text.replace("\n", " "))
        self.reading_minutes = plain.reading_minutes(text)

    # what an editor does

    def missing_for_publication(self):
        """Return what still has to be done before it may be published, as sentences; nothing means ready."""
        wants = []
        if not plain.from_html(self.body) and self.outlet.shows_body:
            wants.append("The body is empty.")
        if not self.outlet.shows_body and not self.original_url:
            wants.append(f"{self.outlet} lets us show no whole texts: give the original address to link to.")
        if not self.outlet.shows_body and self.outlet.shows_standfirst and not self.standfirst:
            wants.append(f"{self.outlet} lets us show the standfirst only, and it is empty.")
        if not self.section_id:
            wants.append("It has no section.")
        if self.lead_image and not self.image_alt:
            wants.append("The picture has no alternative text.")
        return wants

    def publish(self, *, by, at):
        """Make it public from ``at`` on, the present instant. Raise ValidationError where something is missing."""
        if self.is_published and self.published_at <= at:
            raise ValidationError("It is published already.")
        self._must_be_ready()
        if self.expires_at and self.expires_at <= at:
            raise ValidationError("It has expired. Empty that time or choose a later one first.")
        first = self.published_at if self.published_at and self.published_at <= at else at
        self._move(self.State.PUBLISHED, by=by, at=at, published_at=first, **_NOT_WITHDRAWN)

    def schedule(self, *, by, at, publish_at):
        """Make it public at the later instant ``publish_at``; nothing else has to happen then."""
        if publish_at <= at:
            raise ValidationError({"publish_at": "That time has passed. Choose a later one, or publish it now."})
        if self.state == self.State.PUBLISHED and self.published_at <= at:
            raise ValidationError("It is public already. Withdraw it first if it has to wait.")
        self._must_be_ready()
        if self.expires_at and self.expires_at <= publish_at:
            raise ValidationError({"publish_at": "It would expire before it is published."})
        self._move(self.State.PUBLISHED, by=by, at=at, published_at=publish_at, updated_at=None, **_NOT_WITHDRAWN)

    def unschedule(self, *, by, at):
        """Turn an article that waits for its time, or for the end of its embargo, back into a draft."""
        if not self.is_waiting(at=at):
            raise ValidationError("It is not waiting to be published.")
        self._move(self.State.DRAFT, by=by, at=at, published_at=None)

    def withdraw(self, *, by, at, outcome, reason, redirect_to=None):
        """Take it off every public page at once; ``outcome`` says what its address answers from now on."""
        if not self.is_published or not self.has_been_public(at=at):
            raise ValidationError("Only an article that readers have seen can be withdrawn.")
        if outcome not in self.Outcome.values:
            raise ValidationError({"outcome": "Choose what its address answers from now on."})
        reason = in_words(reason, name="reason", most=300, empty="Say why: readers and colleagues will ask.")
        target = self._redirect_target(redirect_to, at=at) if outcome == self.Outcome.REDIRECT else None
        withdrawal = {"withdrawn_at": at, "withdrawal_outcome": outcome, "withdrawal_reason": reason}
        self._move(self.State.WITHDRAWN, by=by, at=at, note=reason, redirect_to=target, **withdrawal)

    def correct(self, *, by, at, text):
        """Record a correction that readers see, and mark the article as updated in substance."""
        self._must_have_been_public(at=at)
        text = in_words(text, name="text", most=1000, empty="Say what was wrong and what is right.")
        with transaction.atomic():
            correction = Correction.objects.create(article=self, text=text, at=at, by=by)
            self._change(updated_at=at)
        return correction

    def update_in_substance(self, *, at):
        """Show readers that the article was updated at ``at``."""
        self._must_have_been_public(at=at)
        self._change(updated_at=at)

    # what a template asks

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    @property
    def is_withdrawn(self):
        return self.state == self.State.WITHDRAWN

    def is_scheduled(self, *, at):
        return self.is_published and self.published_at > at

    def is_waiting(self, *, at):
        """Whether it is published in name only: its time or the end of its embargo lies ahead."""
        return self.is_published and not self.has_been_public(at=at)

    def has_been_public(self, *, at):
        """Whether readers may have seen it: its time has come and no embargo holds it."""
        released_at = self.embargo_until or self.published_at
        return self.published_at is not None and self.published_at <= at and released_at <= at

    @property
    def public_from(self):
        """The instant at which its own time has come and its embargo, if any, has ended; needs a time."""
        return max(self.published_at, self.embargo_until or self.published_at)

    def is_live(self, *, at):
        """Whether ``live`` would return it; needs the outlet loaded."""
        return (
            self.is_published
            and self.published_at <= at
            and (self.expires_at is None or self.expires_at > at)
            and (self.embargo_until is None or self.embargo_until <= at)
            and self.outlet.is_active
        )

    @property
    def shown_standfirst(self):
        return self.standfirst if self.outlet.shows_standfirst else ""

    @property
    def shown_body(self):
        """The sanitised HTML that the outlet's agreement lets us show."""
        return self.body if self.outlet.shows_body else ""

    @property
    def shown_summary(self):
        """At most two sentences for a card, within the outlet's agreement."""
        return self.summary if self.outlet.shows_standfirst and (self.standfirst or self.outlet.shows_body) else ""

    @property
    def told_summary(self):
        """What programs are told that it is about: the whole standfirst, or what a card says."""
        return self.shown_standfirst or self.shown_summary

    @property
    def shown_image(self):
        """The picture, where the outlet's agreement lets us show it, else None. The one door to it for readers."""
        return self.lead_image if self.outlet.shows_pictures else None

    @property
    def image_alt(self):
        return self.lead_image_alt or (self.lead_image.alt if self.lead_image else "")

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def is_opinion(self):
        return self.kind == self.Kind.OPINION

    @property
    def is_sponsored(self):
        return self.kind == self.Kind.SPONSORED

    @property
    def label(self):
        """What readers have to know before they read it; "" for plain news."""
        if self.kind == self.Kind.NEWS:
            return ""
        return gettext("Sponsored by %s") % self.sponsor if self.is_sponsored else self.get_kind_display()

    @property
    def told_headline(self):
        """The headline where it stands alone, as on others' pages: with who paid for it."""
        return f"{self.label}: {self.headline}" if self.is_sponsored else self.headline

    @property
    def source_hash(self):
        """The exact text that derived texts are made from, as 32 hexadecimal digits."""
        source = "\x00".join([self.language, self.headline, self.standfirst, self.body])
        return hashlib.blake2b(source.encode("utf-8", "replace"), digest_size=16).hexdigest()

    # how a change is made

    def _must_be_ready(self):
        wants = self.missing_for_publication()
        if wants:
            raise ValidationError(wants)

    def _must_have_been_public(self, *, at):
        if not self.has_been_public(at=at):
            raise ValidationError("Readers have not seen it yet: change the text itself.")

    def _redirect_target(self, target, *, at):
        """Follow ``target`` to where it leads in the end, so that readers need one hop."""
        if target is None:
            raise ValidationError({"redirect_to": "Choose the article that readers shall be led to."})
        target = target.redirect_to or target  # never longer: see _move
        if target.pk == self.pk:
            raise ValidationError({"redirect_to": "That article leads back to this one. Choose another."})
        if not target.is_live(at=at):
            raise ValidationError({"redirect_to": "Readers cannot see that article. Choose a public one."})
        return target

    def _move(self, to_state, *, by, at, note="", **fields):
        with transaction.atomic():
            from_state = self.state
            self._change(state=to_state, **fields)
            if to_state == self.State.WITHDRAWN:
                self.editions.all().delete()
            if to_state == self.State.WITHDRAWN and fields["redirect_to"]:
                type(self).objects.filter(redirect_to=self).update(redirect_to=fields["redirect_to"])
            Transition.objects.create(article=self, from_state=from_state, to_state=to_state, at=at, by=by, note=note)
            if self.story_id and not self.is_published and Story.objects.filter(pk=self.story_id).sweep():
                self.story = None

    def _change(self, **fields):
        """Write ``fields`` if nobody changed the row since it was read; raise StaleRecord otherwise."""
        with transaction.atomic():
            self._claim(self.version, **fields)
            article_changed.send(type(self), article=self)

    def _claim(self, version, **fields):
        fields["version"] = version + 1
        if type(self).objects.filter(pk=self.pk, version=version).update(**fields) != 1:
            raise StaleRecord(f"{self.headline!r} was changed by somebody else. Load it again, then decide.")
        for name, value in fields.items():
            setattr(self, name, value)


_DERIVED = {"slug", "summary", "reading_minutes", "saved_at"}
_NOT_WITHDRAWN = {"withdrawn_at": None, "withdrawal_outcome": "", "withdrawal_reason": "", "redirect_to": None}
