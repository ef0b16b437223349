"""How often something may be done: exact for all processes and machines, because the database counts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, models


class TooFast(Exception):
    """It was done too often; ``seconds`` is how long to wait."""

    def __init__(self, seconds):
        super().__init__(f"Wait {seconds} seconds.")
        self.seconds = seconds


@dataclass(frozen=True)
class Limit:
    """At most ``number`` in each window of ``seconds``, for all who share ``key``."""

    key: str
    number: int
    seconds: int


class AllowanceQuerySet(models.QuerySet):
    def take(self, limits, *, at):
        """Count one more under each of ``limits``; raise TooFast if one is used up. Call it in the transaction of what
        is counted, last: what is rolled back was not done."""
        for limit in limits:
            if not _take(limit, at=at):
                raise TooFast(limit.seconds - int(at.timestamp()) % limit.seconds)

    def over(self, *, at):
        """Return those whose window was over at the instant: nobody asks for them again."""
        return self.filter(opened_at__lt=datetime.fromtimestamp(at.timestamp() - 86_400, UTC))


class Allowance(models.Model):
    """What was used of a limit in the window of ``seconds`` that opened at ``opened_at``."""

    key = models.CharField(max_length=80)
    seconds = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    used = models.PositiveIntegerField()

    objects = AllowanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "seconds", "opened_at"], name="allowance_is_counted_once")
        ]
        indexes = [models.Index(fields=["opened_at"], name="allowance_age")]  # for the purge

    def __str__(self):
        return f"{self.key}: {self.used} in {self.seconds} seconds"


def _take(limit, *, at):
    """Count one more, and tell whether that was still within ``limit``."""
    opened_at = datetime.fromtimestamp(at.timestamp() // limit.seconds * limit.seconds, UTC)
    with connection.cursor() as cursor:
        opened_at = connection.ops.adapt_datetimefield_value(opened_at)
        cursor.execute(_COUNT, [limit.key, limit.seconds, opened_at, limit.number])
        return cursor.rowcount == 1


# One statement, so that of two at once both count.
_COUNT = (
    "INSERT INTO articles_allowance (key, seconds, opened_at, used) VALUES (%s, %s, %s, 1) "
    "ON CONFLICT (key, seconds, opened_at) DO UPDATE SET used = articles_allowance.used + 1 "
    "WHERE articles_allowance.used < %s"
)
