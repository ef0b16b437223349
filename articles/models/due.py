"""Work that is due: rows, claimed by whoever comes first."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

LEASE = timedelta(minutes=5)  # after which the work of a process that died is due again
MOST_ATTEMPTS = 8
ANY = Q()
PATIENCE = timedelta(seconds=30)  # before a second attempt; doubled for each further one


class DueQuerySet(models.QuerySet):
    def plan(self, kind, key, *, at):
        """Have ``kind`` done for ``key`` at ``at`` or soon after; planned twice, it is done once, at the later time."""
        row, is_new = self.get_or_create(kind=kind, key=key, defaults={"due_at": at})
        if not is_new:
            # Bumping the time also tells a worker that has it in hand to leave the row for another round.
            self.filter(pk=row.pk).update(due_at=at, attempts=0)
        return row

    def plan_all(self, kind, keys, *, at):
        """Plan ``kind`` for each of ``keys``, in one statement and in an order that two at once agree on."""
        rows = [self.model(kind=kind, key=key, due_at=at) for key in sorted(keys)]
        fields = {"unique_fields": ["kind", "key"], "update_fields": ["due_at", "attempts"]}
        self.bulk_create(rows, update_conflicts=True, **fields)

    def claim(self, *, at, among=ANY):
        """Take one row that is due, of those ``among``, or return None. No lock is held while its work runs."""
        while True:
            row = self.filter(among, due_at__lte=at, attempts__lt=MOST_ATTEMPTS).order_by("due_at", "pk").first()
            if row is None:
                return None
            leased = at + LEASE
            mine = self.filter(pk=row.pk, due_at=row.due_at)
            if mine.update(due_at=leased, attempts=F("attempts") + 1):
                row.due_at, row.attempts = leased, row.attempts + 1
                return row


class Due(models.Model):
    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = DueQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "due work"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="work_is_due_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"

    def finish(self):
        """Remove it, unless it was planned again meanwhile."""
        type(self).objects.filter(pk=self.pk, due_at=self.due_at).delete()

    def put_off(self, *, at):
        """Have it tried again, later each time."""
        later = at + PATIENCE * 2**self.attempts
        type(self).objects.filter(pk=self.pk, due_at=self.due_at).update(due_at=later)
