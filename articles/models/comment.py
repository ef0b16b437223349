"""Readers' comments."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.dispatch import Signal
from django.urls import reverse

from articles.models.article import Article
from articles.models.transition import StaleRecord
from articles.text import comment as comment_text

# Sent inside the transaction after a comment was made or changed state: ``comment``.
comment_changed = Signal()


class CommentsClosed(Exception):
    """The article takes no comment: closed, off, or no longer public."""


class CommentQuerySet(models.QuerySet):
    # which

    def public(self):
        return self.filter(state=Comment.State.PUBLIC)

    def shown(self):
        """Return what a thread shows: public comments, and a stone for each other one that public answers hang on."""
        public = Comment.objects.public()
        answered = Exists(public.filter(parent=OuterRef("pk"))) | Exists(public.filter(root=OuterRef("pk")))
        return self.filter(Q(state=Comment.State.PUBLIC) | answered)

    def threads(self):
        return self.filter(parent=None)

    # in what order

    def oldest_first(self):
        return self.order_by("created_at", "pk")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    # for which screen

    def for_thread(self):
        return self.select_related("author", "author__outlet", "parent").defer("email", "state_reason", "parent__body")

    def first_of_each_thread(self, number):
        """Return at most ``number`` answers of each thread, the oldest."""
        place = Window(RowNumber(), partition_by=F("root_id"), order_by=[F("created_at"), F("pk")])
        return self.annotate(place=place).filter(place__lte=number)

    def for_queue(self):
        return self.select_related("article", "article__outlet", "parent").defer("article__body", "parent__body")

    def get_by_natural_key(self, nonce, article):
        return self.get(nonce=nonce, article__uuid=article)


class Comment(models.Model):
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
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.HELD, editable=False)
    state_reason = models.CharField(max_length=200, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
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
                condition=Q(state__in=["public", "held", "rejected", "spam", "deleted"]), name="comment_state_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["article", "parent", "state", "-created_at", "-id"], name="comment_threads"),
            models.Index(fields=["root", "state", "created_at", "id"], name="comment_answers"),
            models.Index(fields=["state", "-created_at", "-id"], name="comment_queue"),
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
            raise ValidationError({"name": "Give a name that can be read."})
        if not comment_text.is_visible(self.body):
            raise ValidationError({"body": "Write something first."})
        if self.parent and self.parent.article_id != self.article_id:
            raise ValidationError({"parent": "The comment you answer belongs to another article."})

    def tidy(self):
        """Normalise what the reader typed."""
        self.name = comment_text.one_line(self.name)
        self.body = comment_text.normalise(self.body)

    # what a reader does

    def post(self, *, at, state, reason=""):
        """Store it, exactly once for its nonce, and return what is stored.

        The article's row is locked by the first statement, so nothing lands after the commit of a closing, and an
        answer to a comment that is no longer public is refused. Raise CommentsClosed or ValidationError.
        """
        self.full_clean(exclude=["nonce", "created_at"], validate_constraints=False)
        try:
            with transaction.atomic():
                return self._store(at=at, state=state, reason=reason)
        except (IntegrityError, CommentsClosed, ValidationError):
            # Sent twice, it is the same comment, even if in between the article was closed or the parent removed.
            twin = Comment.objects.filter(article=self.article, nonce=self.nonce).first()
            if twin is None:
                raise
            return twin

    def delete_text(self, *, at):
        """Let the author take it back: the text is gone, a stone stays where answers hang on it."""
        self._decide(self.State.DELETED, by=None, at=at, reason="Deleted by its author.", body="", email="")

    # what a moderator does

    def approve(self, *, by, at):
        self._decide(self.State.PUBLIC, by=by, at=at)

    def reject(self, *, by, at, reason):
        self._decide(self.State.REJECTED, by=by, at=at, reason=reason)

    def mark_as_spam(self, *, by, at):
        self._decide(self.State.SPAM, by=by, at=at, reason="Spam.")

    def hold(self, *, by, at, reason=""):
        self._decide(self.State.HELD, by=by, at=at, reason=reason)

    # what a template asks

    @property
    def is_public(self):
        return self.state == self.State.PUBLIC

    @property
    def is_deleted(self):
        return self.state == self.State.DELETED

    @property
    def answers_an_answer(self):
        """Whether a page that shows two levels has to say whom it answers."""
        return self.parent_id is not None and self.parent_id != self.root_id

    def _store(self, *, at, state, reason):
        # PostgreSQL asks again of the row itself once it has the lock; of a subquery it would not. SQLite has the write
        # lock since the transaction's start.
        live = Article.objects.live(at=at).filter(pk=self.article_id, comments_policy=Article.CommentsPolicy.OPEN)
        if live.select_for_update(of=("self",), no_key=True).only("pk").first() is None:
            raise CommentsClosed("This article takes no comments now.")
        if self.parent_id:
            self._hang_on_parent()
        if state == self.State.PUBLIC:
            Article.objects.filter(pk=self.article_id).update(comment_count=F("comment_count") + 1)
        self.created_at, self.state, self.state_reason = at, state, reason
        self.save(force_insert=True)
        comment_changed.send(type(self), comment=self)
        return self

    def _hang_on_parent(self):
        parent = Comment.objects.select_for_update(of=("self",)).filter(pk=self.parent_id, article=self.article_id)
        self.parent = parent.filter(state=self.State.PUBLIC).first()
        if self.parent is None:
            raise ValidationError({"parent": "The comment you answer is no longer there. Post yours on its own."})
        self.root_id = self.parent.root_id or self.parent_id

    def _decide(self, to_state, *, by, at, reason="", **fields):
        if self.is_deleted:
            raise ValidationError("Its author has deleted it; there is nothing left to decide on.")
        longest = Comment._meta.get_field("state_reason").max_length
        if len(reason) > longest:
            raise ValidationError({"reason": f"Say it in at most {longest} characters."})
        with transaction.atomic():
            gain = (to_state == self.State.PUBLIC) - self.is_public
            if gain:  # the article's row first, as in posting: one order of locks, no deadlock
                Article.objects.filter(pk=self.article_id).update(comment_count=F("comment_count") + gain)
            fields |= {"state": to_state, "state_reason": reason, "decided_by": by, "decided_at": at}
            mine = Comment.objects.filter(pk=self.pk, version=self.version)
            if mine.update(version=self.version + 1, **fields) != 1:
                raise StaleRecord("Another moderator has decided on this comment. Load it again.")
            for name, value in {**fields, "version": self.version + 1}.items():
                setattr(self, name, value)
            comment_changed.send(type(self), comment=self)
