"""Readers' comments."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Left
from django.urls import reverse
from django.utils.translation import gettext

from articles.models.article import Article
from articles.models.comment_changes import CommentChanges
from articles.text import comment as comment_text
from articles.text import folding

_IN_A_THREAD = ("article", "parent", "root", "name", "body", "state", "created_at", "edited_at", "is_pinned")
_IN_A_THREAD += ("recommendation_count", "picked_at", "parent__name", "parent__state")
_IN_A_THREAD += ("author__slug", "author__name", "author__outlet__name", "author__outlet__is_active")


class CommentQuerySet(models.QuerySet):
    # which

    def public(self):
        return self.filter(state=Comment.State.PUBLIC)

    def shown(self):
        """Return what a thread shows: public comments, and a stone for each other one that public answers hang on."""
        public = Comment.objects.public()
        answered = Exists(public.filter(parent=OuterRef("pk"))) | Exists(public.filter(root=OuterRef("pk")))
        return self.filter(Q(state=Comment.State.PUBLIC) | answered)

    def shown_answers(self):
        """Return what is `shown`, of answers alone: whatever hangs on an answer has it as its parent."""
        answered = Exists(Comment.objects.public().filter(parent=OuterRef("pk")))
        return self.filter(Q(state=Comment.State.PUBLIC) | answered)

    def reported(self):
        return self.filter(report_count__gt=0)

    def new(self):
        """Return what readers see and no moderator has decided on."""
        return self.filter(state=Comment.State.PUBLIC, decided_at=None)

    def unchanged_since(self, at):
        """Return what was as it is at the instant: nobody has written, changed or decided on it since."""
        decided = Q(decided_at=None) | Q(decided_at__lte=at)
        return self.filter(decided, Q(edited_at=None) | Q(edited_at__lte=at), created_at__lte=at)

    def not_deleted(self):
        return self.exclude(state=Comment.State.DELETED)

    def threads(self):
        return self.filter(parent=None)

    # in what order

    def oldest_first(self):
        return self.order_by("created_at", "pk")

    def most_recommended_first(self):
        return self.order_by("-recommendation_count", "-pk")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    # for which screen

    def for_thread(self):
        """Load what a thread shows of each comment, and nothing that only moderators may know."""
        return self.select_related("author__outlet", "parent").only(*_IN_A_THREAD)

    def first_of_each_thread(self, number):
        """Return (key, answers in all, their keys) of each of these threads: at most ``number`` answers, the oldest.

        A thread may have thousands of answers: each key is found by the index, without putting them all in order.
        """
        answers = Comment.objects.filter(root=OuterRef("pk")).shown_answers()
        in_all = answers.order_by().values("root").annotate(in_all=Count("pk")).values("in_all")
        keys = answers.oldest_first().values("pk")
        first = [Subquery(keys[place : place + 1]) for place in range(number)]
        rows = self.order_by().values_list("pk", Coalesce(Subquery(in_all), 0), *first)
        return [(pk, in_all, [key for key in first if key]) for pk, in_all, *first in rows]

    def for_queue(self):
        """Load what a row of the queue shows, of the comment that is answered the start as ``parent_start``."""
        rows = self.select_related("article", "article__outlet", "parent", "commenter__user")
        return rows.defer("article__body", "parent__body").annotate(parent_start=Left("parent__body", 100))

    def records_of(self, commenters, bans=None):
        """Return {commenter's pk: {"public": number, "taken_down": number}} of those who have written anything.

        With ``bans``, a QuerySet, also whether there is one, as "is_banned".
        """
        down = Q(state__in=[Comment.State.REJECTED, Comment.State.SPAM])
        rows = self.filter(commenter__in=commenters).order_by().values("commenter")
        if bans is not None:
            rows = rows.annotate(is_banned=Exists(bans.filter(commenter=OuterRef("commenter"))))
        counted = rows.annotate(public=Count("pk", filter=Q(state=Comment.State.PUBLIC)))
        counted = counted.annotate(taken_down=Count("pk", filter=down))
        return {row.pop("commenter"): row for row in counted}

    def get_by_natural_key(self, nonce, article):
        return self.get(nonce=nonce, article__uuid=article)


class Comment(CommentChanges):
    EDITABLE = timedelta(minutes=5)  # long enough for a slip of the pen, too short to change what others answered

    class State(models.TextChoices):
        PUBLIC = "public", "Public"
        HELD = "held", "Held for a moderator"
        REJECTED = "rejected", "Rejected"
        SPAM = "spam", "Spam"
        DELETED = "deleted", "Deleted by its author"

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    root = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="thread", editable=False)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True, help_text="Never shown. Only moderators see it.")
    body = models.TextField(validators=[MaxLengthValidator(comment_text.LONGEST)])
    author = models.ForeignKey(
        "articles.Author",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        help_text="Fill this in if a journalist answers. Readers see a badge with the outlet's name.",
    )
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    commenter = models.ForeignKey(
        "articles.Commenter", models.SET_NULL, null=True, related_name="comments", editable=False
    )
    network = models.CharField(max_length=32, blank=True, editable=False)  # a day's digest of a part of the address
    gist = models.CharField(max_length=32, blank=True, editable=False)  # a digest of the folded words
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, editable=False)
    recommendation_count = models.PositiveIntegerField(default=0, editable=False)
    report_count = models.PositiveIntegerField("open reports", default=0, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.HELD, editable=False)
    state_reason = models.CharField(max_length=200, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    picked_at = models.DateTimeField("editors' pick since", null=True, blank=True, editable=False)
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    is_pinned = models.BooleanField("pinned", default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        permissions = [("moderate_comment", "Can approve, reject and delete comments")]
        constraints = [
            models.UniqueConstraint(fields=["article", "nonce"], name="comment_is_posted_once"),
            models.CheckConstraint(condition=~Q(name=""), name="comment_has_a_name"),
            models.CheckConstraint(
                condition=~Q(body="") | Q(state="deleted"), name="comment_has_a_body_unless_deleted"
            ),
            models.CheckConstraint(
                condition=Q(parent=None, root=None) | Q(parent__isnull=False, root__isnull=False),
                name="comment_with_a_parent_has_a_root",
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="comment_does_not_answer_itself"),
            models.CheckConstraint(
                condition=Q(state="public") | Q(picked_at=None, is_pinned=False), name="highlighted_comment_is_public"
            ),
            models.CheckConstraint(condition=Q(is_pinned=False) | Q(parent=None), name="pinned_comment_is_no_answer"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_pinned=True), name="article_has_one_pinned_comment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["public", "held", "rejected", "spam", "deleted"]), name="comment_state_is_known"
            ),
        ]
        indexes = [
            # Threads in the order in which pages show them. Their state is no part of it: a thread whose first comment
            # is gone may stand by its answers, see `shown`.
            models.Index(fields=["article", "-created_at", "-id"], condition=Q(parent=None), name="comment_threads"),
            models.Index(fields=["root", "created_at", "id", "state"], name="comment_answers"),
            models.Index(fields=["state", "-created_at", "-id"], name="comment_queue"),
            models.Index(
                fields=["article", "-recommendation_count", "-id"],
                condition=Q(parent=None),
                name="comment_most_recommended",
            ),
            models.Index(fields=["commenter", "-created_at"], name="comments_of_commenter"),
            models.Index(fields=["network", "-created_at"], condition=~Q(network=""), name="comments_of_network"),
            models.Index(
                fields=["-created_at", "-id"], condition=Q(state="public", decided_at=None), name="comment_new"
            ),
            models.Index(
                fields=["-report_count", "created_at"], condition=Q(report_count__gt=0), name="comment_reported"
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.body[:60]}"

    def get_absolute_url(self):
        return reverse("comment", args=[self.pk])

    def natural_key(self):
        return (str(self.nonce), str(self.article.uuid))

    natural_key.dependencies = ["articles.article", "articles.author"]

    def clean(self):
        self.tidy()
        if not comment_text.is_visible(self.name):
            raise ValidationError({"name": gettext("Give a name that can be read.")})
        if not comment_text.is_visible(self.body):
            raise ValidationError({"body": gettext("Write something first.")})
        if self.parent and self.parent.article_id != self.article_id:
            raise ValidationError({"parent": "The comment you answer belongs to another article."})

    def tidy(self):
        """Normalise what the reader typed."""
        self.name = comment_text.one_line(self.name)
        self.body = comment_text.normalise(self.body)
        self.gist = folding.digest(self.body)

    # what a template asks

    @property
    def is_public(self):
        return self.state == self.State.PUBLIC

    @property
    def is_deleted(self):
        return self.state == self.State.DELETED

    @property
    def is_picked(self):
        return self.picked_at is not None

    @property
    def answers_an_answer(self):
        """Whether a page that shows two levels has to say whom it answers."""
        return self.parent_id is not None and self.parent_id != self.root_id

    def can_be_edited(self, *, at):
        """Whether its author may still change it: it is fresh, and nobody has decided on it or put it forward for the
        words that it has. See also `edit`."""
        may = at - self.created_at <= self.EDITABLE and self.state in {self.State.PUBLIC, self.State.HELD}
        return may and self.decided_at is None and not self.is_picked and not self.is_pinned
