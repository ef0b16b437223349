"""What became of an outlet's comments, in numbers: for readers, and kept when the comments themselves are not."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Appeal, Comment, Decision, Report, RuleHit, Tally

MONTHS = 12
LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Month:
    """``numbers`` by what is counted: see `counted`."""

    first: date
    numbers: Counter


def months_of(outlet, *, at):
    """Return the last twelve Months of ``outlet``, the newest first, in a fixed number of queries."""
    firsts = _last_months(at)
    comments = Comment.objects.filter(article__outlet=outlet)
    found = counted(comments, since=timezone.make_aware(datetime.combine(firsts[-1], time.min)))
    for month, what, number in Tally.objects.filter(outlet=outlet).values_list("month", "what", "number"):
        found[outlet.pk, month, what] += number
    by_month = {first: Counter() for first in firsts}
    for (_, month, what), number in found.items():
        by_month.get(month, Counter())[what] += number
    return [Month(first, numbers) for first, numbers in by_month.items()]


def median_wait(outlet, *, at):
    """Return how long half of the comments that a person decided on lately had waited at most; None without any."""
    lately = Comment.objects.filter(article__outlet=outlet, decided_by__isnull=False, decided_at__gt=at - LATELY)
    number = lately.count()
    if not number:
        return None
    waited = ExpressionWrapper(F("decided_at") - F("created_at"), output_field=DurationField())
    waits = lately.annotate(waited=waited).order_by("waited").values_list("waited", flat=True)
    return waits[(number - 1) // 2]


def counted(comments, *, since=None):
    """Return Counter{(outlet's key, first day of the month, what): number} of ``comments``, decisions and reports.

    ``what`` is "received", a state, "held by a program", "decided by a person", "reported", an outcome of reports,
    "rejected: " and a kind, "appealed", or "appeal " and its outcome.
    """
    found = Counter()
    theirs = {"comment__in": comments.order_by().values("pk")}
    for outlet, month, number, state in _by_month(comments, "created_at", since, "article__outlet", "state"):
        found[outlet, month, "received"] += number
        found[outlet, month, state] += number
    held = comments.filter(pk__in=RuleHit.objects.filter(**theirs).values("comment"))
    for outlet, month, number in _by_month(held, "created_at", since, "article__outlet"):
        found[outlet, month, "held by a program"] += number
    decisions = Decision.objects.filter(by__isnull=False, **theirs)
    for outlet, month, number, kind in _by_month(decisions, "at", since, "comment__article__outlet", "kind"):
        found[outlet, month, "decided by a person"] += number
        if kind:
            found[outlet, month, f"rejected: {kind}"] += number
    reports = Report.objects.filter(**theirs)
    for outlet, month, number, outcome in _by_month(reports, "at", since, "comment__article__outlet", "outcome"):
        found[outlet, month, "reported"] += number
        if outcome:
            found[outlet, month, outcome] += number
    appeals = Appeal.objects.filter(**theirs)
    for outlet, month, number, outcome in _by_month(appeals, "at", since, "comment__article__outlet", "outcome"):
        found[outlet, month, "appealed"] += number
        if outcome:
            found[outlet, month, f"appeal {outcome}"] += number
    return found


def keep_count(comments):
    """Add ``comments``, which are about to be deleted, to the tallies. Call it in the transaction that deletes them."""
    for (outlet, month, what), number in counted(comments).items():
        tally, _ = Tally.objects.get_or_create(outlet_id=outlet, month=month, what=what)
        Tally.objects.filter(pk=tally.pk).update(number=F("number") + number)


def _by_month(rows, instant, since, outlet, *more):
    """Yield (outlet's key, first day of the month, number, more) of ``rows``."""
    rows = rows.filter(**{f"{instant}__gte": since}) if since else rows
    grouped = rows.order_by().annotate(month=TruncMonth(instant)).values_list(outlet, "month", *more)
    for key, month, *rest in grouped.annotate(number=Count("pk")):
        *values, number = rest
        yield key, month.date(), number, *values


def _last_months(at):
    today = timezone.localdate(at)
    number = today.year * 12 + today.month - 1
    return [date((number - back) // 12, (number - back) % 12 + 1, 1) for back in range(MONTHS)]
