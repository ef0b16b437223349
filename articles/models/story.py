"""Stories: one event, told by several outlets."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext

from articles.models.address import OldAddress
from articles.models.related_link import relations_changed
from articles.models.transition import StaleRecord
from articles.text import html, plain, slugs
from articles.text.comment import is_visible

LONGEST_TITLE = 160  # characters
UNNAMED = "reports"  # the slug of every story without a name: an address outlives the headlines
STORY_IDS = "story-id"  # kind of the old addresses that keep what a merged story was called by


class StoryQuerySet(models.QuerySet):
    # which

    def told_by(self, articles, *, least_outlets=1):
        """Return the stories that ``articles`` tell, called by them where nobody named them.

        With ``outlet_count``, ``article_count`` and ``latest_at``.
        """
        told = Q(articles__in=articles)
        return (
            self.called_by(articles)
            .filter(told)
            .annotate(
                outlet_count=Count("articles__outlet", filter=told, distinct=True),
                article_count=Count("articles", filter=told, distinct=True),
                latest_at=Max("articles__published_at", filter=told),
            )
            .filter(outlet_count__gte=least_outlets)
        )

    def left_empty(self):
        """Return the stories that the program made and of which nothing is left: published, or put there by hand."""
        held = Q(state="published") | Q(story_is_set=True)
        held = self.model.articles.rel.related_model.objects.filter(held, story=OuterRef("pk"))
        return self.filter(~Exists(held), is_named=False, is_locked=False)

    def called(self, pk):
        """Return the story whose number ``pk`` is, or was before it was merged into another; None if there is none."""
        former = OldAddress.objects.filter(kind=STORY_IDS, slug=str(pk)).values("target_id")
        return self.filter(Q(pk=pk) | Q(pk__in=former)).order_by(Case(When(pk=pk, then=0), default=1), "pk").first()

    # kept in step

    def sweep(self):
        """Remove those that are left empty, and what leads there; tell whether there were any.

        Not one that somebody holds who moves articles, or merges it: to wait for them, with an article in hand that
        they may wait for, would lock both out.
        """
        with transaction.atomic():
            free = list(self.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True))
            empty = list(self.model.objects.filter(pk__in=free).left_empty().values_list("pk", flat=True))
            if empty:
                OldAddress.objects.filter(kind=STORY_IDS, target_id__in=empty).delete()
                self.model.objects.filter(pk__in=empty).delete()
        return bool(empty)

    # for which screen

    def called_by(self, articles):
        """Let each story that nobody named be called by its first report among ``articles``: `Story.first_headline`.

        For readers those are live articles, so that no story goes on saying what one of them says no more.
        """
        told = articles.filter(story=OuterRef("pk")).unpaid().first_report_first()
        return self.annotate(first_headline=Subquery(told.values("headline")[:1]))

    def for_desk(self):
        """Let each story be called by its first published report: the desk sees those that wait for their time, too."""
        return self.called_by(self.model.articles.rel.related_model.objects.filter(state="published"))

    def with_counts(self):
        """Count the published articles of each story, and their outlets: ``articles_told``, ``outlets_telling``.

        By subqueries, so that a page of a long list counts for its own rows only.
        """
        article = self.model.articles.rel.related_model
        told = article.objects.filter(story=OuterRef("pk"), state="published").order_by().values("story")
        return self.annotate(
            articles_told=Coalesce(Subquery(told.annotate(number=Count("pk")).values("number")), 0),
            outlets_telling=Coalesce(
                Subquery(told.annotate(number=Count("outlet", distinct=True)).values("number")), 0
            ),
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
    # Of those that an editor named. Others are called by a report that readers may see at the moment of reading.
    title = models.CharField(
        max_length=LONGEST_TITLE,
        blank=True,
        help_text='What happened, in a few words: "The Lower Sarn flood". Leave it empty and readers see the headline '
        "of the first report that is public.",
    )
    slug = models.SlugField("address", max_length=slugs.LONGEST, allow_unicode=True, editable=False)
    summary = models.CharField(max_length=300, blank=True, help_text="One sentence for the head of its page.")
    is_named = models.BooleanField(
        "named by hand",
        default=True,
        help_text="Untick it and the name goes: readers are told that a program gathered the reports.",
    )
    is_locked = models.BooleanField(
        "locked", default=False, help_text="Tick it and the program adds no more articles to this story."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StoryQuerySet.as_manager()
    first_headline = ""  # filled in by `called_by`: of the first report that the asker may see

    class Meta:
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_named=True) & ~Q(title="") | Q(is_named=False, title=""), name="named_story_has_a_title"
            )
        ]

    def __str__(self):
        called = self.title or plain.cut(self.first_headline or "", LONGEST_TITLE)
        return called or f"{gettext('Story')} {self.pk or ''}".strip()

    def get_absolute_url(self):
        return reverse("story", args=[self.pk, self.slug])

    def natural_key(self):
        return (str(self.uuid),)

    def clean(self):
        self._tidy()
        if self.is_named and not is_visible(self.title):
            raise ValidationError({"title": "Write what happened in a few words, or untick “named by hand”."})

    def save(self, **kwargs):
        self._tidy()
        self.slug = slugs.make(self.title) if self.is_named else UNNAMED
        if not self._state.adding:
            edited = {field.name for field in self._meta.concrete_fields if field.editable and not field.primary_key}
            kwargs["update_fields"] = {*(kwargs.get("update_fields") or edited), "slug"}
        super().save(**kwargs)

    def delete(self, **kwargs):
        with transaction.atomic():
            OldAddress.objects.filter(kind=STORY_IDS, target_id=self.pk).delete()
            return super().delete(**kwargs)

    # what an editor does

    def take_in(self, other):
        """Merge the story ``other`` into this one: its articles move here, and its address leads here, in one hop."""
        if other.pk == self.pk:
            raise ValidationError("A story cannot be merged with itself. Choose another one.")
        with transaction.atomic():
            # This one stays, and lets an article that somebody has in hand be put into it: its key is not locked.
            held = (
                type(self).objects.select_for_update(no_key=story is self).filter(pk=story.pk).first()
                for story in sorted((self, other), key=lambda story: story.pk)
            )
            if not all(held):
                raise StaleRecord("One of the two has just been merged or deleted. Look again, then decide.")
            self._claim()
            OldAddress.objects.filter(kind=STORY_IDS, target_id=other.pk).update(target_id=self.pk)
            OldAddress.objects.create(kind=STORY_IDS, slug=str(other.pk), target_id=self.pk)
            moved = _move(other.articles.all(), to=self)
            other.delete()
            relations_changed.send(type(self), article_ids=moved)

    def split_off(self, articles, *, title):
        """Move ``articles``, a QuerySet, out of this story into a new one called ``title``; return that."""
        with transaction.atomic():
            self._claim()
            leaving = articles.filter(story=self)
            if not leaving.exists():
                raise ValidationError("None of these articles is in this story any more.")
            if not self.articles.exclude(pk__in=leaving.values("pk")).exists():
                raise ValidationError("Leave an article in this story. To give it another name, change the title.")
            new = type(self)(title=title)
            new.full_clean()
            new.save()
            touched = list(self.articles.values_list("pk", flat=True))
            _move(leaving, to=new)
            relations_changed.send(type(self), article_ids=touched)
        return new

    def lock(self):
        """Let the program add no more articles."""
        self._claim(is_locked=True)

    def unlock(self):
        self._claim(is_locked=False)

    # how a change is made

    def _tidy(self):
        for name in ("title", "summary"):
            setattr(self, name, plain.one_line(html.strip_forbidden(getattr(self, name))))

    def _claim(self, **fields):
        """Write ``fields`` if no editor changed the story since it was read; raise StaleRecord otherwise."""
        fields["version"] = self.version + 1
        if type(self).objects.filter(pk=self.pk, version=self.version).update(**fields) != 1:
            raise StaleRecord(f"“{self}” was changed by somebody else. Load it again, then decide.")
        for name, value in fields.items():
            setattr(self, name, value)


def _move(articles, *, to):
    """Put ``articles``, a QuerySet, into the story ``to`` for good; return their ids. Who has one open is told."""
    moved = list(articles.values_list("pk", flat=True))
    articles.model.objects.filter(pk__in=moved).update(story=to, story_is_set=True, version=F("version") + 1)
    return moved
