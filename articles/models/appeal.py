"""A writer asks, once, that another moderator look at what was decided on a comment."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext

from articles.models.comment import Comment
from articles.models.transition import StaleRecord

WAITED_LONG = timedelta(days=2)  # that a comment was held: a desk with a weekend has had its chance


class AppealQuerySet(models.QuerySet):
    # which

    def undecided(self):
        return self.filter(outcome="")

    # how they come to be

    def lodge(self, comment, *, text, at):
        """Store the writer's appeal; return the one that is stored. Sent twice, it is the first.

        Raise ValidationError where there is nothing to appeal against.
        """
        with transaction.atomic():
            Comment.objects.select_for_update(no_key=True).only("pk").get(pk=comment.pk)
            known = self.filter(comment=comment).first()
            if known is not None:
                return known
            comment.refresh_from_db(fields=["state", "decided_at", "created_at"])
            if not may_be_appealed(comment, at=at):
                raise ValidationError(gettext("There is no decision to appeal against."))
            return self.create(comment=comment, text=text, at=at)

    def settle(self, decision):
        """Take a decision on the comment as the answer to an open appeal; one that is deleted takes its own along."""
        mine = self.filter(comment=decision.comment_id)
        if decision.to_state == Comment.State.DELETED:
            mine.delete()
        elif decision.to_state == Comment.State.PUBLIC:
            overturned = self.model.Outcome.OVERTURNED
            mine.undecided().update(outcome=overturned, decided_by=decision.by, decided_at=decision.at)


class Appeal(models.Model):
    """Written once, decided once, and never changed after that."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "Upheld: the decision stands"
        OVERTURNED = "overturned", "Overturned: the comment is public"

    comment = models.OneToOneField("articles.Comment", models.CASCADE, related_name="appeal", editable=False)
    text = models.TextField(max_length=2000, editable=False)
    at = models.DateTimeField(editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)
    words = models.CharField(max_length=500, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="appeal_says_something"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, words="")
                | Q(outcome__in=["upheld", "overturned"], decided_at__isnull=False),
                name="decided_appeal_says_when",
            ),
        ]
        indexes = [models.Index(fields=["outcome", "at", "id"], name="appeals_in_order")]

    def __str__(self):
        return f"Appeal about {self.comment}"

    @property
    def is_decided(self):
        return self.outcome != ""

    def uphold(self, *, by, at, words):
        """Let the decision stand; a comment that only waited is rejected with these words."""
        with transaction.atomic():
            self._decide(self.Outcome.UPHELD, by=by, at=at, words=words)
            if self.comment.state == Comment.State.HELD:
                longest = Comment._meta.get_field("state_reason").max_length
                self.comment.reject(by=by, at=at, reason=words[:longest])

    def overturn(self, *, by, at, words):
        """Let readers see the comment, as a decision of its own in the log."""
        with transaction.atomic():
            self._decide(self.Outcome.OVERTURNED, by=by, at=at, words=words)
            self.comment.approve(by=by, at=at)

    def may_be_decided_by(self, person):
        """Tell whether ``person`` may: who decided on the comment may not, unless nobody else can."""
        return person.pk != self.comment.decided_by_id or not _moderators().exclude(pk=person.pk).exists()

    def _decide(self, outcome, *, by, at, words):
        if by is not None and not self.may_be_decided_by(by):
            raise ValidationError("A colleague has to decide on this appeal: you decided on the comment.")
        mine = Appeal.objects.undecided().filter(pk=self.pk)
        if mine.update(outcome=outcome, words=words, decided_by=by, decided_at=at) != 1:
            raise StaleRecord("A colleague has decided on this appeal.")
        self.outcome, self.words, self.decided_by, self.decided_at = outcome, words, by, at


def may_be_appealed(comment, *, at):
    """Tell whether its writer may appeal: it was taken down, or has waited too long."""
    if comment.state == Comment.State.HELD:
        return at - (comment.decided_at or comment.created_at) >= WAITED_LONG
    return comment.state in {Comment.State.REJECTED, Comment.State.SPAM}


def _moderators():
    everybody = get_user_model().objects
    return everybody.with_perm(
        "articles.moderate_comment", backend="django.contrib.auth.backends.ModelBackend", include_superusers=True
    )
