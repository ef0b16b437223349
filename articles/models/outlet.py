"""Outlets: who publishes what we carry, and how much of it we may show."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext

from articles.models.address import Addressed, AddressedQuerySet
from articles.models.comment_policy import CommentRules, CommentsPolicy, rules_are_known
from articles.text import languages


class OutletQuerySet(AddressedQuerySet):
    # which

    def active(self):
        """Return the outlets whose articles the public may see."""
        return self.filter(is_active=True)

    def that_published(self, articles):
        """Return the outlets of which at least one of ``articles``, a QuerySet, is."""
        return self.filter(Exists(articles.filter(outlet=OuterRef("pk"))))

    def carried(self):
        """Leave out our own."""
        return self.exclude(text_shown=self.model.TextShown.OWN)

    # in what order

    def by_name(self):
        return self.order_by("name", "pk")


class Outlet(CommentRules, Addressed):
    """A newspaper, broadcaster, magazine or agency."""

    class TextShown(models.TextChoices):
        OWN = "own", "Own: this is our outlet, everything is ours"
        FULL = "full", "Full: we may show the whole text"
        SUMMARY = "summary", "Summary: headline and standfirst only, then a link to the original"
        LINK = "link", "Link: headline only, then a link to the original"

    name = models.CharField(max_length=120, unique=True)
    homepage = models.URLField(blank=True, help_text="The outlet's own website.")
    description = models.TextField(
        "short description", max_length=600, blank=True, help_text="One to three sentences on what the outlet is."
    )
    owner = models.CharField(max_length=200, blank=True, help_text="Who owns it, in words a reader understands.")
    country = models.CharField(max_length=80, blank=True)
    language = models.CharField(
        max_length=12,
        choices=languages.choices,
        default="en",
        help_text="The language that most of its articles are in.",
    )
    logo = models.ImageField(
        upload_to="outlets/", blank=True, help_text="A square mark of at least 128 pixels, legible when it is small."
    )
    contact_url = models.URLField("contact", blank=True, help_text="Where readers reach its newsroom.")
    ethics_url = models.URLField("ethics policy", blank=True, help_text="Where it says by which rules it works.")
    corrections_url = models.URLField("corrections", blank=True, help_text="Where it lists what it got wrong.")
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick it to take the outlet and all its articles off the site at once."
    )
    text_shown = models.CharField(
        max_length=10,
        choices=TextShown,
        default=TextShown.SUMMARY,
        help_text="How much of its texts the agreement with the outlet lets us show.",
    )
    allows_pictures = models.BooleanField(
        "pictures may be shown too",
        default=False,
        help_text="Tick it if we may show its pictures although we may not show its whole texts. With whole texts they "
        "are always shown. Without it no page, card or feed shows a picture of its articles.",
    )
    allows_derived_texts = models.BooleanField(
        default=False, help_text="Tick it if we may show key points and other texts made from its articles."
    )
    allows_remote_assist = models.BooleanField(
        "allows drafts by a remote program",
        default=False,
        help_text="Tick it if its articles may be sent to the remote program that drafts summaries, easy-read versions "
        "and translations, and what an editor approved of these may be shown.",
    )

    objects = OutletQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_a_name"),
            models.CheckConstraint(
                condition=Q(text_shown__in=["own", "full", "summary", "link"]), name="outlet_text_shown_is_known"
            ),
            *rules_are_known("outlet"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("outlet", args=[self.slug])

    @property
    def shows_body(self):
        """Whether the site may show the whole text of its articles."""
        return self.text_shown in {self.TextShown.OWN, self.TextShown.FULL}

    @property
    def is_own(self):
        """Whether it is ours: only then can we speak for it, and give rights away."""
        return self.text_shown == self.TextShown.OWN

    @property
    def shows_pictures(self):
        """Whether the site may show the pictures of its articles."""
        return self.shows_body or self.allows_pictures

    @property
    def shows_standfirst(self):
        return self.text_shown != self.TextShown.LINK

    @property
    def is_indexable(self):
        """Whether search engines may list its articles here. Whole texts of others are theirs to be found at."""
        return self.text_shown != self.TextShown.FULL

    @property
    def derives_texts(self):
        """Whether key points and the like may be made from its articles and shown."""
        return self.text_shown == self.TextShown.OWN or (self.shows_body and self.allows_derived_texts)

    def reason_for(self, policy):
        return {
            CommentsPolicy.HELD: gettext("A moderator reads every comment on articles of %s before it appears.") % self,
            CommentsPolicy.CLOSED: gettext("%s takes no new comments.") % self,
            CommentsPolicy.OFF: gettext("%s takes no comments.") % self,
        }.get(policy, "")

    @property
    def initials(self):
        """Up to two letters that stand in for a missing mark."""
        words = [
            word for word in self.name.split() if word.lower() not in {"the", "le", "la", "les", "der", "die", "das"}
        ]
        return "".join(word[0] for word in words[:2]).upper()
