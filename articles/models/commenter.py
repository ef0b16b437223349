"""Who writes, recommends and reports: an account, or a browser that keeps our cookie."""

import hashlib
import secrets
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from articles.models.prepared import INSTANT, PK, Prepared
from articles.text import calendar

_OUTLET, _DEVICE = -2, "a device"  # stand-ins


class CommenterQuerySet(models.QuerySet):
    # which

    def known_by(self, *, user=None, secret=""):
        """Return the one who is signed in as ``user`` or whose browser keeps ``secret``; None for a stranger."""
        if user is not None:
            return self.filter(user=user).first()
        return _with_device().one({_DEVICE: digest(secret)}) if secret else None

    def make(self, *, at, user=None):
        """Store a newcomer and return it with the secret that its browser has to keep, "" for an account."""
        if user is not None:
            return self.get_or_create(user=user, defaults={"created_at": at})[0], ""
        secret = secrets.token_urlsafe(24)
        return self.create(device=digest(secret), created_at=at), secret


class Commenter(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="commenter", editable=False
    )
    device = models.CharField(max_length=64, blank=True, editable=False)  # a digest: the secret is the reader's
    created_at = models.DateTimeField(editable=False)

    objects = CommenterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device"], condition=~Q(device=""), name="commenter_has_a_device_of_its_own"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(device=""), name="commenter_can_be_known_again"
            ),
        ]

    def __str__(self):
        return f"{self.user}" if self.user_id else f"Reader {self.pk}"

    def must_not_be_banned(self, *, article, at):
        """Raise ValidationError if a ban keeps this commenter from ``article``; one that comes meanwhile waits."""
        Commenter.objects.select_for_update().only("pk").get(pk=self.pk)
        for until, reason in _bans().rows({PK: self.pk, _OUTLET: article.outlet_id, INSTANT: at}):
            raise ValidationError(f"{_banned_until(until)} {reason}")

    def ban(self, *, by, at, reason, until=None, outlet=None):
        """Keep this commenter from writing; what is being posted meanwhile is refused, or came before."""
        with transaction.atomic():
            Commenter.objects.select_for_update().only("pk").get(pk=self.pk)
            return self.bans.create(by=by, at=at, reason=reason, until=until, outlet=outlet)


@lru_cache
def _with_device():
    # The index leaves out accounts, which have no device; it is taken only where the question does so too.
    return Prepared(Commenter.objects.filter(device=_DEVICE).exclude(device=""))


@lru_cache
def _bans():
    """Return the bans in force of one commenter on one outlet, the latest first."""
    mine = Commenter(pk=PK).bans.in_force(at=INSTANT).filter(Q(outlet=None) | Q(outlet=_OUTLET))
    return Prepared(mine.order_by("-at", "-pk"), "until", "reason")


def _banned_until(until):
    if until is None:
        return gettext("You cannot comment here.")
    return gettext("You cannot comment here until %s.") % calendar.written(timezone.localtime(until), "moment")


def is_of_the_newsroom(user):
    """Tell whether the account ``user`` may speak for the newsroom: by its groups, and by nothing that it writes."""
    return user.is_active and user.is_staff and user.has_perm("articles.add_comment")


def digest(secret):
    """Return what is stored of a browser's secret: who reads the database cannot speak for the reader."""
    return hashlib.sha256(secret.encode()).hexdigest()
