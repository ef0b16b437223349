"""Stories: one event, told by several outlets."""

import uuid

from django.db import models, transaction
from django.db.models import Count, Max, Q
from django.urls import reverse

from articles.models.address import OldAddress
from articles.text import slugs

STORY_IDS = "story-id"  # kind of the old addresses that keep what a merged story was called by


class StoryQuerySet(models.QuerySet):
    # which

    def told_by(self, articles, *, least_outlets=1):
        """Return the stories that ``articles`` tell, with ``outlet_count``, ``article_count`` and ``latest_at``."""
        told = Q(articles__in=articles)
        return (
            self.filter(told)
            .annotate(
                outlet_count=Count("articles__outlet", filter=told, distinct=True),
                article_count=Count("articles", filter=told, distinct=True),
                latest_at=Max("articles__published_at", filter=told),
            )
            .filter(outlet_count__gte=least_outlets)
        )

    # in what order

    def widest_first(self):
        return self.order_by("-outlet_count", "-latest_at", "-pk")

    def latest_first(self):
        return self.order_by("-latest_at", "-pk")

    def get_by_natural_key(self, key):
        return self.get(uuid=key)


class Story(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=160, help_text='What happened, in a few words: "The Lower Sarn flood".')
    slug = models.SlugField("address", max_length=slugs.LONGEST, allow_unicode=True, editable=False)
    summary = models.CharField(max_length=300, blank=True, help_text="One sentence for the head of its page.")
    is_named = models.BooleanField(
        "named by hand", default=True, help_text="Untick it and readers are told that a program gathered the reports."
    )
    is_locked = models.BooleanField(
        "locked", default=False, help_text="Tick it and the program adds no more articles to this story."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="story_has_a_title")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("story", args=[self.pk, self.slug])

    def natural_key(self):
        return (str(self.uuid),)

    def save(self, **kwargs):
        self.slug = slugs.make(self.title)
        super().save(**kwargs)

    # what an editor does

    def take_in(self, other):
        """Merge the story ``other`` into this one: its articles move here, and its address leads here."""
        if other.pk == self.pk:
            raise ValueError("A story cannot be merged with itself.")
        with transaction.atomic():
            OldAddress.objects.filter(kind=STORY_IDS, target_id=other.pk).update(target_id=self.pk)
            OldAddress.objects.create(kind=STORY_IDS, slug=str(other.pk), target_id=self.pk)
            other.articles.update(story=self, story_is_set=True)
            other.delete()

    def split_off(self, articles, *, title):
        """Move ``articles``, a QuerySet, out into a new story called ``title``; return it."""
        with transaction.atomic():
            new = type(self).objects.create(title=title)
            articles.filter(story=self).update(story=new, story_is_set=True)
        return new
