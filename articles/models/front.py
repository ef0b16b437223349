"""What editors put on top of the front page: pins in numbered places. Rules fill the places that are left."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone

from articles.models.transition import StaleRecord

ONLY = 1  # the one row's key
PLACES = 5  # the lead and the four beside it; below them the page is made of lists, which have an order of their own
# Sent inside the transaction after editors changed what stands on top of the front page.
front_page_changed = Signal()


class FrontPinQuerySet(models.QuerySet):
    # which

    def in_force(self, *, at):
        """Return the pins whose time has not ended. Whether readers may see the articles is asked with `live`."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at))

    # in what order

    def in_order(self):
        return self.order_by("place", "pk")

    # for which screen

    def for_desk(self):
        """Load what the desk says of each: its article, that one's outlet, and who put it there."""
        unseen = [f"article__{name}" for name in ("body", "embargo_note", "withdrawal_reason")]
        return self.select_related("article__outlet", "article__section", "pinned_by").defer(*unseen)


class FrontPin(models.Model):
    """``article`` stands at ``place`` of the front page, 1 being the lead, until ``ends_at`` where that is set."""

    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="front_pin")
    place = models.PositiveSmallIntegerField(unique=True)
    ends_at = models.DateTimeField("until", null=True, blank=True)
    pinned_at = models.DateTimeField()
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = FrontPinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=PLACES), name="front_pin_has_a_known_place"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("pinned_at")), name="front_pin_ends_after_it_began"
            ),
        ]

    def __str__(self):
        return f"{self.place}: {self.article}"


class FrontPageQuerySet(models.QuerySet):
    def current(self):
        """Return the one front page; a new one where nobody has put anything on it."""
        return self.select_related("changed_by").filter(pk=ONLY).first() or FrontPage(pk=ONLY)


class FrontPage(models.Model):
    """The order of the pins, in one row. Each change claims its ``version``, and says in ``said`` what was done."""

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = FrontPageQuerySet.as_manager()
    said = ""

    class Meta:
        verbose_name = verbose_name_plural = "front page"
        constraints = [models.CheckConstraint(condition=Q(pk=ONLY), name="site_has_one_front_page")]

    def __str__(self):
        return "The front page"

    # what an editor does

    def pin(self, article, *, by, at, place, ends_at=None):
        """Put ``article`` at ``place``. Whatever stands there moves down, as far as there is room."""
        _refuse(article, place=place)
        _refuse_the_past(ends_at, at=at)
        new = FrontPin(article=article, place=place, ends_at=ends_at, pinned_at=at, pinned_by=by)
        pins = [pin for pin in self.pins(at=at) if pin.article_id != article.pk]
        _make_room(pins, place)
        gone = [pin for pin in pins if pin.place > PLACES]
        self._arrange([*(pin for pin in pins if pin not in gone), new], by=by, at=at)
        self.said = f"“{article}” stands at place {place} of the front page." + "".join(
            f" “{pin.article}” had to leave it." for pin in gone
        )

    def move(self, article_id, *, by, at, step):
        """Move a pin one place up (``step`` -1) or down (1); what is pinned there changes places with it."""
        pins = self.pins(at=at)
        moved = _of(pins, article_id)
        there = moved.place + step
        if not 1 <= there <= PLACES:
            raise ValidationError("It stands at the end already.")
        for other in pins:
            if other.place == there:
                other.place = moved.place
        moved.place = there
        self._arrange(pins, by=by, at=at)
        self.said = f"“{moved.article}” stands at place {there} now."

    def end(self, article_id, *, by, at, ends_at):
        """Let a pin end at the instant ``ends_at``; at none where that is empty."""
        pins = self.pins(at=at)
        ending = _of(pins, article_id)
        _refuse_the_past(ends_at, at=at)
        ending.ends_at = ends_at
        self._arrange(pins, by=by, at=at)
        until = f"{timezone.localtime(ends_at):%d %b %Y, %H:%M %Z}" if ends_at else "somebody takes it off"
        self.said = f"“{ending.article}” stays on the front page until {until}."

    def unpin(self, article_id, *, by, at):
        """Leave the place to the rules again."""
        pins = self.pins(at=at)
        gone = _of(pins, article_id)
        self._arrange([pin for pin in pins if pin is not gone], by=by, at=at)
        self.said = f"“{gone.article}” is left to the rules."

    # what the desk asks

    def pins(self, *, at):
        """Return the pins in force, in the order of their places."""
        return list(FrontPin.objects.in_force(at=at).in_order().for_desk())

    # how a change is made

    def _arrange(self, pins, *, by, at):
        """Write ``pins`` in the place of all others, if nobody changed the page since it was read."""
        fields = {"version": self.version + 1, "changed_at": at, "changed_by": by}
        with transaction.atomic():
            if type(self).objects.filter(pk=ONLY, version=self.version).update(**fields) != 1:
                raise StaleRecord("Somebody else has changed the front page meanwhile. Look at it again, then decide.")
            FrontPin.objects.all().delete()  # written anew: no two may stand at one place, not even between two rows
            FrontPin.objects.bulk_create(
                FrontPin(
                    article_id=pin.article_id,
                    place=pin.place,
                    ends_at=pin.ends_at,
                    pinned_at=pin.pinned_at,
                    pinned_by_id=pin.pinned_by_id,
                )
                for pin in pins
            )
            front_page_changed.send(type(self))
        for name, value in fields.items():
            setattr(self, name, value)


def _refuse(article, *, place):
    """Raise ValidationError where the article cannot be put at ``place``."""
    if not 1 <= place <= PLACES:
        raise ValidationError({"place": f"Choose a place from 1 to {PLACES}."})
    if article.is_sponsored:
        raise ValidationError("Somebody paid for it: readers are promised that it never stands on top.")
    if not article.is_published:
        raise ValidationError("Publish or schedule it first. Only what readers see, or will see, can be put there.")


def _refuse_the_past(ends_at, *, at):
    if ends_at is not None and ends_at <= at:
        raise ValidationError({"ends_at": "That time has passed. Choose a later one, or leave it empty."})


def _make_room(pins, place):
    """Move the pins at ``place`` and right below it down by one, in order, up to the first gap."""
    for pin in sorted(pins, key=lambda pin: pin.place):
        if pin.place == place:
            pin.place = place = place + 1


def _of(pins, article_id):
    found = next((pin for pin in pins if pin.article_id == article_id), None)
    if found is None:
        raise ValidationError("It is not pinned any more.")
    return found
