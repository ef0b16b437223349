"""Hashtags. Spellings of one are one, and an alias leads to the hashtag it stands for."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse

from articles.models.address import Addressed, AddressedQuerySet
from articles.models.transition import StaleRecord
from articles.text import hashtags


class HashtagQuerySet(AddressedQuerySet):
    # which

    def canonical(self):
        """Leave out aliases."""
        return self.filter(alias_of=None)

    def at_address(self, slug):
        """Return the hashtag at ``slug``, or the one that ``slug`` is a spelling of."""
        try:
            return super().at_address(slug)
        except self.model.DoesNotExist:
            found = self.filter(key=hashtags.key(slug)).first()
            if found is None:
                raise
            return found

    def at_addresses(self, slugs):
        """Return the hashtags at ``slugs``, and those that they are aliases of."""
        meant = self.model.objects.filter(slug__in=slugs).exclude(alias_of=None)
        return super().at_addresses(slugs) | self.filter(pk__in=meant.values("alias_of"))

    def carried_by(self, articles):
        """Return the hashtags on ``articles``, each with ``article_count`` of them."""
        on_them = Q(articles__in=articles)
        return self.canonical().filter(on_them).annotate(article_count=Count("articles", filter=on_them, distinct=True))

    def named(self, name):
        """Return the hashtag for ``name``, however it is spelt or aliased, made if it is new."""
        tag, _ = self.get_or_create(key=hashtags.key(name), defaults={"name": hashtags.tidy(name)})
        return tag.alias_of or tag

    # in what order

    def by_name(self):
        return self.order_by("key", "pk")

    def most_carried_first(self):
        return self.order_by("-article_count", "key", "pk")


class Hashtag(Addressed):
    name = models.CharField(max_length=hashtags.LONGEST, help_text="Without the #, words run together: LowerSarnFlood.")
    key = models.CharField(max_length=hashtags.LONGEST, unique=True, editable=False)
    description = models.CharField(max_length=240, blank=True, help_text="One sentence for the head of its page.")
    alias_of = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        help_text="Fill this in if it is another word for a hashtag that exists. Its articles move there.",
    )

    objects = HashtagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="hashtag_has_letters"),
            models.CheckConstraint(condition=~Q(alias_of=F("pk")), name="hashtag_is_no_alias_of_itself"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("hashtag", args=[(self.alias_of or self).slug])

    def clean(self):
        self.name = hashtags.tidy(self.name)
        if not self.name:
            raise ValidationError({"name": "A hashtag needs letters or digits."})
        if type(self).objects.exclude(pk=self.pk).filter(key=hashtags.key(self.name)).exists():
            raise ValidationError({"name": f"#{self.name} exists already, perhaps in another spelling."})
        if self.alias_of_id and self.alias_of_id == self.pk:
            raise ValidationError({"alias_of": "A hashtag cannot be an alias of itself."})
        if self.alias_of and self.alias_of.alias_of_id:
            raise ValidationError(
                {"alias_of": f"#{self.alias_of} is itself an alias. Choose #{self.alias_of.alias_of}."}
            )

    def save(self, **kwargs):
        self.name = hashtags.tidy(self.name)
        self.key = hashtags.key(self.name)
        with transaction.atomic():
            if self.alias_of_id:
                self._lock_with(self.alias_of)
            super().save(**kwargs)
            if self.alias_of_id:
                self._hand_over_to(self.alias_of)

    def merge_into(self, other):
        """Make this an alias of ``other``: its articles and its own aliases move there, its address leads there."""
        if other.pk == self.pk or other.alias_of_id:
            raise ValueError(f"#{self} can only be merged into another hashtag that is not an alias.")
        self.alias_of = other
        self.save()

    def _lock_with(self, other):
        """Hold both rows until the commit, so that no two hashtags are merged into one another at the same time."""
        rows = type(self).objects.select_for_update().filter(pk__in=[self.pk, other.pk]).order_by("pk")
        if any(row.pk == other.pk and row.alias_of_id for row in rows):
            raise StaleRecord(f"#{other} has become an alias. Load it again, then decide.")

    def _hand_over_to(self, other):
        through = type(self).articles.through
        there = through.objects.filter(hashtag=other).values("article_id")
        through.objects.filter(hashtag=self, article_id__in=there).delete()
        through.objects.filter(hashtag=self).update(hashtag=other)
        self.aliases.update(alias_of=other)
