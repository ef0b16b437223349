"""What the remote program costs, and whether it answers: one row that all processes share."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

FAILURES = 3  # in a row, after which it is left alone
REST = timedelta(minutes=5)  # for how long
TRIAL = timedelta(minutes=5)  # that one question may take, after the rest, before another is tried


class BudgetSpent(Exception):
    """The tokens of this day are spent."""


class Resting(Exception):
    """The service did not answer lately and is left alone ``until`` an instant."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


class AssistLedgerQuerySet(models.QuerySet):
    def seen(self, *, at):
        """Return the row as it is on the day of ``at``, and store nothing."""
        today = timezone.localdate(at)
        row = self.filter(pk=1).first() or AssistLedger(day=today)
        if row.day != today:
            row.day, row.spent = today, 0
        return row

    def current(self, *, at):
        """Return the one row, on the page of the day of ``at``."""
        today = timezone.localdate(at)
        row, _ = self.get_or_create(pk=1, defaults={"day": today})
        if row.day != today:
            self.filter(pk=1, day=row.day).update(day=today, spent=0)
            row.refresh_from_db()
        return row


class AssistLedger(models.Model):
    day = models.DateField()
    spent = models.PositiveBigIntegerField(default=0)  # tokens, what is being asked for included
    failures = models.PositiveIntegerField(default=0)  # since the last answer
    rests_until = models.DateTimeField(null=True)

    objects = AssistLedgerQuerySet.as_manager()

    def __str__(self):
        return f"{self.spent} tokens on {self.day}"

    def rests_at(self, at):
        return self.rests_until is not None and self.rests_until > at

    def has_left(self, tokens, *, budget):
        return self.spent + tokens <= budget

    def reserve(self, tokens, *, budget, at):
        """Take ``tokens`` of the day before the service is asked, and the one place for a trial after a rest.

        Raise Resting or BudgetSpent, and take nothing. Many processes at once never take more than there is.
        """
        if self.rests_at(at):
            raise Resting(self.rests_until)
        if not self.has_left(tokens, budget=budget):
            raise BudgetSpent
        taken = {"spent": F("spent") + tokens}
        if self.rests_until is not None:  # the rest is over: one may try, and the others wait for what comes of it
            taken["rests_until"] = at + TRIAL
        mine = self._of_this_day().filter(rests_until=self.rests_until, spent__lte=budget - tokens)
        if mine.update(**taken) != 1:
            raise Resting(at + timedelta(seconds=5))  # another process was quicker: look again

    def settle(self, reserved, tokens):
        """Put ``tokens`` in the place of what was reserved: what it cost in the end."""
        saved = reserved - tokens
        self._of_this_day().filter(spent__gte=saved).update(spent=F("spent") - saved)

    def note_answer(self):
        """The service answers."""
        AssistLedger.objects.filter(~Q(failures=0, rests_until=None), pk=self.pk).update(failures=0, rests_until=None)

    def note_failure(self, *, at):
        """The service does not answer; after some of these it is left alone for a while."""
        AssistLedger.objects.filter(pk=self.pk).update(failures=F("failures") + 1)
        AssistLedger.objects.filter(pk=self.pk, failures__gte=FAILURES).update(rests_until=at + REST)

    def _of_this_day(self):
        return AssistLedger.objects.filter(pk=self.pk, day=self.day)
