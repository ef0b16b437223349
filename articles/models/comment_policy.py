"""Who may comment, until when and how fast: site, outlet and article each say, and the strictest holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import ngettext

LONGEST_PAUSE = 86_400  # seconds: one comment a day


class CommentsPolicy(models.TextChoices):
    """From the mildest to the strictest."""

    OPEN = "open", "Open: readers may comment"
    HELD = "held", "Read first: every comment waits for a moderator"
    CLOSED = "closed", "Closed: comments are shown, new ones are not taken"
    OFF = "off", "Off: no comments are shown or taken"


class CommentRules(models.Model):
    """What one level of the cascade says of comments. Records that decide carry it: see `terms_of`."""

    CommentsPolicy = CommentsPolicy
    RULES = ("comments_policy", "comments_close_after_days", "comments_pause_seconds")

    comments_policy = models.CharField(
        "comments", max_length=10, choices=CommentsPolicy, default=CommentsPolicy.OPEN, help_text="Who may comment."
    )
    comments_close_after_days = models.PositiveSmallIntegerField(
        "comments close after",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Days after publication. Leave it empty and they stay open. The fewest of site, outlet and article "
        "count.",
    )
    comments_pause_seconds = models.PositiveIntegerField(
        "pause between comments",
        default=0,
        validators=[MaxValueValidator(LONGEST_PAUSE)],
        help_text="Slow mode: seconds between two comments of one reader on an article. 0 asks for none. The longest "
        "of site, outlet and article counts.",
    )

    class Meta:
        abstract = True

    @property
    def policy_now(self):
        return self.comments_policy

    def reason_for(self, policy):
        """Return what readers are told where this level's ``policy`` holds, a sentence."""
        raise NotImplementedError


def rules_are_known(record):
    """Return the constraints of the table of a ``record`` that carries CommentRules."""
    return [
        models.CheckConstraint(
            condition=Q(comments_policy__in=["open", "held", "closed", "off"]),
            name=f"{record}_comments_policy_is_known",
        ),
        models.CheckConstraint(
            condition=Q(comments_close_after_days=None) | Q(comments_close_after_days__gte=1),
            name=f"{record}_comments_close_after_a_day_or_more",
        ),
        models.CheckConstraint(
            condition=Q(comments_pause_seconds__lte=LONGEST_PAUSE), name=f"{record}_comments_pause_is_a_day_at_most"
        ),
    ]


@dataclass(frozen=True)
class Terms:
    """What holds for comments on an article at an instant, and why, in a sentence for readers.

    ``closes_at`` is when the clock closes them: it may lie ahead.
    """

    policy: str
    reason: str = ""
    closes_at: datetime | None = None
    pause_seconds: int = 0

    @property
    def takes_comments(self):
        return self.policy in {CommentsPolicy.OPEN, CommentsPolicy.HELD}

    @property
    def shows_comments(self):
        return self.policy != CommentsPolicy.OFF

    @property
    def reads_first(self):
        return self.policy == CommentsPolicy.HELD

    def next_change(self, *, at):
        """Return the instant after ``at`` at which the clock closes them, or None."""
        return self.closes_at if self.takes_comments and self.closes_at and self.closes_at > at else None


def terms_of(article, *, outlet, site, at):
    """Return the Terms of ``article`` at the instant: of its own rules, its outlet's and the site's the strictest."""
    levels = (site, outlet, article)  # of two that are equally strict, the wider one gives the reason
    strictest = max(levels, key=lambda level: CommentsPolicy.values.index(level.policy_now))
    policy, reason = strictest.policy_now, strictest.reason_for(strictest.policy_now)
    days = min((level.comments_close_after_days for level in levels if level.comments_close_after_days), default=None)
    closes_at = article.public_from + timedelta(days=days) if days and article.published_at else None
    if closes_at and closes_at <= at and policy in {CommentsPolicy.OPEN, CommentsPolicy.HELD}:
        policy, reason = CommentsPolicy.CLOSED, _closed_after(days)
    pause = max(level.comments_pause_seconds for level in levels)
    return Terms(policy, reason, closes_at, pause)


def _closed_after(days):
    return ngettext(
        "Comments close a day after publication.", "Comments close %(days)s days after publication.", days
    ) % {"days": days}
