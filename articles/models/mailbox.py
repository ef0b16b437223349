"""Readers who want to be written to, and what they are to be told."""

from django.db import models, transaction
from django.db.models import F, Q

from articles.models.silence import Silence, digest_of


class MailboxQuerySet(models.QuerySet):
    # which

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def of(self, commenter, email, *, at):
        """Return the mailbox at which ``commenter`` wants to be told, made if it is new."""
        known = {"at": at, "digest": digest_of(email)}
        return self.get_or_create(commenter=commenter, email=email, defaults=known)[0]


class Mailbox(models.Model):
    """The address of one reader. Nothing but the question is sent to it before it is confirmed; stopped, it is gone."""

    commenter = models.ForeignKey("articles.Commenter", models.CASCADE, related_name="mailboxes", editable=False)
    email = models.EmailField(editable=False)
    digest = models.CharField(max_length=32, editable=False)  # of the address, as in Silence
    at = models.DateTimeField(editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mailboxes"
        indexes = [models.Index(fields=["digest"], name="mailbox_digest")]  # for whoever wants no letters at it
        constraints = [
            models.UniqueConstraint(fields=["commenter", "email"], name="mailbox_is_kept_once_for_each"),
            models.CheckConstraint(condition=~Q(email=""), name="mailbox_has_an_address"),
        ]

    def __str__(self):
        return f"Mailbox {self.pk}"  # the address stays out of logs

    def confirm(self, *, at):
        """Believe that the address is its owner's; done twice, it is the first time that counts."""
        Mailbox.objects.filter(pk=self.pk, confirmed_at=None).update(confirmed_at=at)

    @property
    def is_silent(self):
        return Silence.objects.filter(digest=self.digest).exists()


def silence(digest, *, at):
    """Forget the mailbox of that digest, with all readers and on all that they wrote, and never write to it again."""
    with transaction.atomic():
        Silence.objects.get_or_create(digest=digest, defaults={"at": at})
        for mailbox in Mailbox.objects.filter(digest=digest).select_related("commenter"):
            mailbox.commenter.comments.filter(email=mailbox.email).update(email="")
            mailbox.delete()


class Watch(models.Model):
    """A reader wants to be told what becomes of an own comment, and who answers it."""

    comment = models.OneToOneField("articles.Comment", models.CASCADE, related_name="watch", editable=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="watches", editable=False)

    def __str__(self):
        return f"{self.mailbox} for {self.comment_id}"


class NoticeQuerySet(models.QuerySet):
    # which

    def waiting(self):
        return self.filter(outcome="")


class Notice(models.Model):
    """One letter to one mailbox. The row is written with what it tells of, and says what became of the letter."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "Is this your address?"
        ANSWER = "answer", "Somebody has answered you"
        DECISION = "decision", "A moderator has decided"

    class Outcome(models.TextChoices):
        SENT = "sent", "Sent"
        DROPPED = "dropped", "Not sent: there was nothing to tell any more"
        GIVEN_UP = "given up", "Not sent: no mail server took it"

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="notices", editable=False)
    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    comment = models.ForeignKey("articles.Comment", models.CASCADE, related_name="notices", editable=False)
    at = models.DateTimeField(editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "comment"], condition=Q(kind="answer"), name="answer_is_told_once"
            ),
            models.UniqueConstraint(
                fields=["mailbox", "comment"],
                condition=Q(kind="decision", outcome=""),
                name="decision_waits_to_be_told_once",
            ),
            models.UniqueConstraint(
                fields=["mailbox"], condition=Q(kind="confirm", outcome=""), name="mailbox_waits_to_be_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None)
                | Q(outcome__in=["sent", "dropped", "given up"], settled_at__isnull=False),
                name="settled_notice_says_when",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.pk})"

    def settle(self, outcome, *, at):
        Notice.objects.waiting().filter(pk=self.pk).update(outcome=outcome, settled_at=at)

    def tried(self):
        """Count an attempt that failed; return how many there were."""
        Notice.objects.filter(pk=self.pk).update(attempts=F("attempts") + 1)
        return self.attempts + 1
