"""Links from an article to those that belong with it: computed, and chosen by editors."""

from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.dispatch import Signal

from articles.models.locks import one_at_a_time
from articles.models.prepared import PK, Prepared

_WRITING = 0x6C696E6B  # the number of a lock: any that nothing else in the database has
PINNED = "Editors' choice"  # the reason that readers see
LAST_PLACE = 32767  # of a pin: the largest number that PostgreSQL's smallint takes
# Sent inside the transaction after editors changed what articles belong with: ``article_ids``.
relations_changed = Signal()


class RelatedLinkQuerySet(models.QuerySet):
    # kept in step

    def write_alone(self):
        """Let no other transaction write links or choices before this one ends."""
        one_at_a_time(_WRITING)

    def settle(self, article_id):
        """Bring the stored links of an article in line with what editors chose. Its lock binds the program only.

        For who writes alone: what was chosen must not change before the links do.
        """
        pinned, refused, _ = RelatedChoice.objects.decided(article_id)
        mine = self.filter(article=article_id)
        mine.filter(Q(related__in=refused) | Q(is_pinned=True) & ~Q(related__in=pinned)).delete()
        rows = [
            self.model(
                article_id=article_id, related_id=pk, position=place, is_pinned=True, reason=PINNED, score=0, parts={}
            )
            for place, pk in enumerate(pinned)
        ]
        fields = {"unique_fields": ["article", "related"], "update_fields": ["position", "is_pinned", "reason"]}
        self.bulk_create(rows, update_conflicts=True, **fields)


class RelatedLink(models.Model):
    """``article`` shows ``related`` at ``position``. Computed; whether ``related`` may be seen is asked on reading.

    ``parts`` says how the score came about, for the desk: ``{"terms": 0.41, "freshness": 0.83, ...}``.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_links")
    related = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_from")
    position = models.SmallIntegerField()  # the smallest is shown first; pins stand before all others
    score = models.FloatField()
    likeness = models.FloatField(default=0)  # share of the text that both have, from 0 to 1
    is_pinned = models.BooleanField(default=False)
    reason = models.CharField(max_length=120)
    parts = models.JSONField(default=dict)

    objects = RelatedLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="article_is_related_once"),
            models.CheckConstraint(condition=~Q(article=F("related")), name="article_is_not_related_to_itself"),
        ]
        indexes = [models.Index(fields=["article", "position"], name="related_in_order")]

    def __str__(self):
        return f"{self.article_id} → {self.related_id}: {self.reason}"


class Decided(NamedTuple):
    """An editor's word on one article: ids of those to show with it, in order, and of those never to show with it.

    ``apart`` are those to which the program does not offer it, because an editor decided what they show of it.
    """

    pinned: list
    refused: set
    apart: set


class RelatedChoiceQuerySet(models.QuerySet):
    # which

    def about(self, article_id):
        """Return the choices that bear on what the article shows: its own, and the blocks both ways of others."""
        return self.filter(Q(article=article_id) | Q(other=article_id, choice=self.model.Choice.BLOCK_BOTH))

    def decided(self, article_id):
        """Return what editors Decided on the article and on others with it. One query."""
        rows = _choices().records({PK: article_id})
        mine = [row for row in rows if row.article_id == article_id]
        theirs = [row for row in rows if row.article_id != article_id]
        pinned = [row.other_id for row in mine if row.is_pin]
        refused = {row.other_id for row in mine} | {row.article_id for row in theirs if row.blocks_both}
        apart = {row.article_id for row in theirs} | {row.other_id for row in mine if row.blocks_both}
        return Decided(pinned, refused - set(pinned), apart)

    # what an editor does

    def decide(self, article, other, choice, *, position=None):
        """Store ``choice`` on the pair, in the place of an earlier one; return it. A new pin comes after the others."""
        with transaction.atomic():
            RelatedLink.objects.write_alone()
            row = self.filter(article=article, other=other).first() or self.model(article=article, other=other)
            if position is None and choice == self.model.Choice.PIN and not row.is_pin:
                position = self._end_of(self._pins_of(article))
            row.choice = choice
            row.position = row.position if position is None else position
            row.full_clean()
            row.save()
        return row

    def move(self, article, other, *, by):
        """Move the pin of ``other`` by so many places among those of ``article``; tell whether there was room."""
        with transaction.atomic():
            RelatedLink.objects.write_alone()
            pins = self._pins_of(article)
            place = next((place for place, row in enumerate(pins) if row.other_id == other.pk), None)
            if place is None or not 0 <= place + by < len(pins):
                return False
            pins.insert(place + by, pins.pop(place))
            self._number(pins)
            RelatedLink.objects.settle(article.pk)
            relations_changed.send(self.model, article_ids=[article.pk])
        return True

    def take_back(self, article, other):
        """Leave the pair to the program again; tell whether there was anything to take back."""
        row = self.filter(article=article, other=other).first()
        if row is not None:
            row.delete()
        return row is not None

    # how a change is made

    def _pins_of(self, article):
        """Return the pins of ``article`` in order."""
        return list(self.filter(article=article, choice=self.model.Choice.PIN).order_by("position", "pk"))

    def _end_of(self, pins):
        """Return the place behind ``pins``, which move up where an editor gave the last one the last place there is."""
        if pins and pins[-1].position >= LAST_PLACE:
            self._number(pins)
        return pins[-1].position + 1 if pins else 1

    def _number(self, pins):
        for position, row in enumerate(pins, start=1):
            row.position = position
        self.bulk_update(pins, ["position"])


@lru_cache
def _choices():
    return Prepared(RelatedChoice.objects.filter(Q(article=PK) | Q(other=PK)).order_by("position", "pk"))


class RelatedChoice(models.Model):
    """An editor's word on one pair: show it always, or never. It takes effect as it is stored, locked or not."""

    class Choice(models.TextChoices):
        PIN = "pin", "Pin: always show it, above what the program finds"
        BLOCK = "block", "Block: never show it here"
        BLOCK_BOTH = "both", "Block both ways: neither shows the other"

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_choices")
    other = models.ForeignKey("articles.Article", models.CASCADE, related_name="chosen_from")
    choice = models.CharField(max_length=5, choices=Choice)
    position = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(LAST_PLACE, f"Choose an order of at most {LAST_PLACE}.")],
        help_text="Order among the pins; the smallest comes first.",
    )

    objects = RelatedChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="editor_decides_once_a_pair"),
            models.CheckConstraint(condition=~Q(article=F("other")), name="editor_chooses_another_article"),
            models.CheckConstraint(condition=Q(choice__in=["pin", "block", "both"]), name="related_choice_is_known"),
        ]

    def __str__(self):
        return f"{self.get_choice_display()}: {self.other}"

    def clean(self):
        opposite = {self.Choice.PIN: self.Choice.BLOCK_BOTH, self.Choice.BLOCK_BOTH: self.Choice.PIN}.get(self.choice)
        if self.article_id == self.other_id:
            raise ValidationError({"other": "An article is not related to itself. Choose another one."})
        reverse = type(self).objects.filter(article=self.other_id, other=self.article_id, choice=opposite)
        if opposite and reverse.exists():
            raise ValidationError({"choice": _CONTRADICTIONS[self.choice]})

    def save(self, **kwargs):
        with transaction.atomic():
            RelatedLink.objects.write_alone()
            before = type(self).objects.filter(pk=self.pk).values_list("article_id", "other_id").first() or ()
            super().save(**kwargs)
            self._take_effect({self.article_id, self.other_id, *before})

    def delete(self, **kwargs):
        with transaction.atomic():
            RelatedLink.objects.write_alone()
            deleted = super().delete(**kwargs)
            self._take_effect({self.article_id, self.other_id})
        return deleted

    @property
    def is_pin(self):
        return self.choice == self.Choice.PIN

    @property
    def blocks_both(self):
        return self.choice == self.Choice.BLOCK_BOTH

    @property
    def in_short(self):
        """Return what was decided without what follows from it: "Block both ways"."""
        return self.get_choice_display().split(":")[0]

    def _take_effect(self, article_ids):
        for pk in sorted(article_ids):
            RelatedLink.objects.settle(pk)
        # What a block kept out may come back, and where one went there is room: the program looks again.
        relations_changed.send(type(self), article_ids=sorted(article_ids))


_CONTRADICTIONS = {
    RelatedChoice.Choice.PIN: "The other article blocks this one both ways. Take that back there first.",
    RelatedChoice.Choice.BLOCK_BOTH: "The other article pins this one. Unpin it there first, or block it here only.",
}
