"""How comments change: what readers and moderators do, each in one transaction."""

import math
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils.translation import gettext

from articles.models import quotations
from articles.models.allowance import Allowance, TooFast
from articles.models.article import Article
from articles.models.commenter import is_of_the_newsroom
from articles.models.moderation import Decision, Revision, RuleHit
from articles.models.prepared import INSTANT, PK, Prepared
from articles.models.transition import StaleRecord
from articles.models.voices import Recommendation, Report

# Sent inside the transaction after a comment was made or changed: ``comment``.
comment_changed = Signal()
# Sent inside the transaction after a writer said something, new or in other words: ``comment``.
comment_said = Signal()


# Fields that `post` sets itself, and records that it locks and so finds to be there: each would be one query more.
_SEEN_TO_LATER = ["nonce", "created_at", "article", "parent", "root", "commenter"]


class CommentsClosed(Exception):
    """The article takes no comment: closed, off, or no longer public."""


class CommentChanges(models.Model):
    """The verbs of a comment. Its fields are in `Comment`."""

    class Meta:
        abstract = True

    # what a reader does

    def post(self, *, at, state, reason="", hits=(), limits=(), is_staff=False):
        """Store it, exactly once for its nonce, and return what is stored.

        The article's row is locked by the first statement, so nothing lands after the commit of a closing, and an
        answer to a comment that is no longer public is refused, as is one by somebody who is banned. ``hits`` are the
        RuleHits that held it; what it takes of ``limits`` is counted. ``is_staff`` frees from slow mode and from being
        read first. Raise CommentsClosed, TooFast, ValidationError.
        """
        self.full_clean(exclude=_SEEN_TO_LATER, validate_constraints=False)
        try:
            with transaction.atomic():
                return self._store(at=at, state=state, reason=reason, hits=hits, limits=limits, is_staff=is_staff)
        except (IntegrityError, CommentsClosed, TooFast, ValidationError):
            # Sent twice, it is the same comment, even if in between the article was closed or the parent removed.
            twin = type(self).objects.filter(article=self.article, nonce=self.nonce).first()
            if twin is None:
                raise
            return twin

    def edit(self, body, *, at, state, reason="", hits=()):
        """Say it in other words, and let ``state`` be what the rules say of them. What it said is kept for moderators.

        Raise ValidationError when it can no longer be changed: its time is over, somebody has answered or reported it,
        or a moderator has decided.
        """
        before, self.body = self.body, body
        self.clean()
        with transaction.atomic():
            if not self.can_be_edited(at=at):
                raise ValidationError(gettext("It can no longer be changed."))
            try:
                terms = self._lock_article(at=at)
            except CommentsClosed as closed:
                raise ValidationError(str(closed)) from None
            if self.commenter_id:
                self.commenter.must_not_be_banned(article=self.article, at=at)
            state, reason, hits = _as_terms_say(terms, state, reason, hits)
            self._change(state, body=self.body, gist=self.gist, edited_at=at, state_reason=reason)
            if self.answers.exists() or self.reports.exists():  # its row is locked now: none can come meanwhile
                raise ValidationError(gettext("Somebody has answered or reported it; it can no longer be changed."))
            Revision.objects.create(comment=self, body=before, until=at)
            self.hits.all().delete()
            RuleHit.objects.bulk_create(hits_of(self, hits))
            comment_said.send(type(self), comment=self)

    def delete_text(self, *, at):
        """Let the author take it back: the text is gone, a stone stays where answers hang on it."""
        with transaction.atomic():
            self._decide(
                self.State.DELETED, by=None, at=at, reason="Deleted by its author.", body="", email="", gist=""
            )
            self.revisions.all().delete()
            self.hits.all().delete()

    def recommend(self, commenter, *, at):
        """Count ``commenter``'s recommendation, once; raise ValidationError where there is nothing to recommend."""
        with transaction.atomic():
            self._lock_public()
            if self.commenter_id == commenter.pk:
                raise ValidationError(gettext("This is your own comment."))
            _, is_new = Recommendation.objects.get_or_create(comment=self, commenter=commenter, defaults={"at": at})
            self._recommended(1 if is_new else 0)

    def take_recommendation_back(self, commenter):
        with transaction.atomic():
            self._lock_public()
            count, _ = Recommendation.objects.filter(comment=self, commenter=commenter).delete()
            self._recommended(-count)

    def report(self, report):
        """Store the Report of a reader, once for each; return the one that is stored.

        Reports from so many networks that it is no one person's doing hold the comment until a moderator has read it.
        """
        with transaction.atomic():
            self._lock_public()
            if self.commenter_id == report.commenter_id:
                raise ValidationError(gettext("This is your own comment. You can delete it."))
            kept, is_new = Report.objects.get_or_create(
                comment=self,
                commenter=report.commenter,
                defaults={
                    name: getattr(report, name) for name in ("network", "kind", "text", "email", "reference", "at")
                },
            )
            if is_new:
                type(self).objects.filter(pk=self.pk).update(report_count=F("report_count") + 1)
                self.report_count += 1
                comment_changed.send(type(self), comment=self)
        return kept

    def hold_by_rule(self, *, at, hits):
        """Let it wait for a moderator because of what ``hits`` say."""
        with transaction.atomic():
            self._change(self.State.HELD, state_reason=hits[0].says)
            RuleHit.objects.bulk_create(hits_of(self, hits))

    # what a moderator does

    def approve(self, *, by, at):
        self._decide(self.State.PUBLIC, by=by, at=at)

    def reject(self, *, by, at, reason, kind=""):
        self._decide(self.State.REJECTED, by=by, at=at, reason=reason, kind=kind)

    def mark_as_spam(self, *, by, at):
        self._decide(self.State.SPAM, by=by, at=at, reason="Spam.")

    def hold(self, *, by, at, reason=""):
        self._decide(self.State.HELD, by=by, at=at, reason=reason)

    def undo(self, *, by, at):
        """Put it back to where the last decision took it from, as a decision of its own; reports that were settled by
        it are open again, unless it is taken down once more."""
        last = self.decisions.order_by("-at", "-pk").first()
        if last is None or last.to_state != self.state or last.from_state == self.state:
            raise ValidationError("There is no decision to undo.")
        reason = "Undone." if last.from_state != self.State.PUBLIC else ""
        self._decide(last.from_state, by=by, at=at, reason=reason, reopens=last)

    def pick(self, *, by, at):
        """Mark it as one that the newsroom recommends to readers."""
        self._highlight(picked_at=at, picked_by=by)

    def unpick(self):
        self._highlight(picked_at=None, picked_by=None)

    def pin(self):
        """Show it above all others of its article, instead of the one that was there."""
        if self.parent_id:
            raise ValidationError("Only a comment that answers no other can be pinned.")
        with transaction.atomic():
            # The article's row first: two who pin at once come one after the other.
            Article.objects.select_for_update(no_key=True).only("pk").get(pk=self.article_id)
            others = type(self).objects.filter(article=self.article_id, is_pinned=True).exclude(pk=self.pk)
            others.update(is_pinned=False, version=F("version") + 1)
            self._highlight(is_pinned=True)

    def unpin(self):
        self._highlight(is_pinned=False)

    # how

    def _store(self, *, at, state, reason, hits, limits, is_staff):
        terms = self._lock_article(at=at)
        if not is_staff:
            state, reason, hits = _as_terms_say(terms, state, reason, hits)
        if self.commenter_id:
            self.commenter.must_not_be_banned(article=self.article, at=at)
        if self.commenter_id and terms.pause_seconds and not is_staff:
            self._wait_one_s_turn(terms.pause_seconds, at=at)
        if self.parent_id:
            self._hang_on_parent()
        if state == self.State.PUBLIC:
            Article.objects.filter(pk=self.article_id).update(comment_count=F("comment_count") + 1)
        if self.author_id:
            self._must_be_from_the_newsroom()
        self.created_at, self.state, self.state_reason = at, state, reason
        self.save(force_insert=True)
        RuleHit.objects.bulk_create(hits_of(self, hits))
        Allowance.objects.take(limits, at=at)
        comment_changed.send(type(self), comment=self)
        comment_said.send(type(self), comment=self)
        return self

    def _must_be_from_the_newsroom(self):
        """Raise ValidationError if the badge that an author has would stand on somebody else's words."""
        user = self.commenter and self.commenter.user
        if not (user and is_of_the_newsroom(user)):
            raise ValidationError({"author": "Only an account of the newsroom answers as one of its authors."})

    def _lock_article(self, *, at):
        """Return the article's Terms and keep it, its outlet's and the site's rules as they are until the commit.

        PostgreSQL asks again of the row itself once it has the lock; of a subquery it would not. SQLite has the write
        lock since the transaction's start. Raise CommentsClosed where it takes no comments.
        """
        article = _article_to_lock().one({PK: self.article_id, INSTANT: at})
        terms = article and article.terms_under_lock(at=at)
        if terms is None:
            raise CommentsClosed(gettext("This article takes no comments now."))
        if not terms.takes_comments:
            raise CommentsClosed(terms.reason)
        return terms

    def _wait_one_s_turn(self, pause, *, at):
        """Raise TooFast if the same reader's last comment on the article is fresher than ``pause`` seconds."""
        mine = type(self).objects.filter(article=self.article_id, commenter=self.commenter_id)
        last = mine.order_by("-created_at").values_list("created_at", flat=True).first()
        if last and (left := pause - (at - last).total_seconds()) > 0:
            raise TooFast(math.ceil(left))

    def _hang_on_parent(self):
        mine = type(self).objects.filter(pk=self.parent_id, article=self.article_id)
        self.parent = mine.select_for_update(of=("self",)).filter(state=self.State.PUBLIC).first()
        if self.parent is None:
            raise ValidationError(
                {"parent": gettext("The comment you answer is no longer there. Post yours on its own.")}
            )
        self.root_id = self.parent.root_id or self.parent_id

    def _highlight(self, **fields):
        with transaction.atomic():
            self._lock_public()
            self._change(self.State.PUBLIC, **fields)

    def _decide(self, to_state, *, by, at, reason="", kind="", reopens=None, **fields):
        if self.is_deleted:
            raise ValidationError("Its author has deleted it; there is nothing left to decide on.")
        longest = self._meta.get_field("state_reason").max_length
        if len(reason) > longest:
            raise ValidationError({"reason": f"Say it in at most {longest} characters."})
        with transaction.atomic():
            from_state = self.state
            self._change(to_state, state_reason=reason, decided_by=by, decided_at=at, **fields)
            decision = Decision.objects.create(
                comment=self, from_state=from_state, to_state=to_state, reason=reason, kind=kind, at=at, by=by
            )
            if reopens:
                self._reopen_reports(reopens)
            if not (reopens and self.is_public):  # an undoing says nothing of what was reported
                self._settle_reports(decision)

    def _reopen_reports(self, decision):
        settled = self.reports.filter(decision=decision)
        self.report_count += settled.update(outcome="", decision=None, decided_by=None, decided_at=None)
        type(self).objects.filter(pk=self.pk).update(report_count=self.reports.undecided().count())

    def _settle_reports(self, decision):
        """Take the decision as the answer to what readers reported."""
        if not self.report_count or self.state == self.State.HELD:
            return
        outcome = Report.Outcome.DISMISSED if self.is_public else Report.Outcome.UPHELD
        settled = {"decision": decision, "decided_by": decision.by, "decided_at": decision.at}
        self.reports.undecided().update(outcome=outcome, **settled)
        type(self).objects.filter(pk=self.pk).update(report_count=0)
        self.report_count = 0

    def _change(self, to_state, **fields):
        """Write ``fields`` and the state if nobody changed the row since it was read; raise StaleRecord otherwise.

        Call it in a transaction.
        """
        gain = (to_state == self.State.PUBLIC) - self.is_public
        is_forgotten, said = to_state == self.State.DELETED, self.body
        if gain or is_forgotten:  # the article's row first, as in posting: one order of locks, no deadlock
            Article.objects.filter(pk=self.article_id).update(comment_count=F("comment_count") + gain)
        fields["state"] = to_state
        if to_state != self.State.PUBLIC:
            fields |= {"picked_at": None, "picked_by": None, "is_pinned": False}
        mine = type(self).objects.filter(pk=self.pk, version=self.version)
        if mine.update(version=self.version + 1, **fields) != 1:
            raise StaleRecord("Another moderator has decided on this comment. Load it again.")
        for name, value in {**fields, "version": self.version + 1}.items():
            setattr(self, name, value)
        if is_forgotten:
            quotations.forget(self, said)
        elif gain > 0:
            quotations.put_back(self)
        elif gain < 0:
            quotations.cut(self, said)
        comment_changed.send(type(self), comment=self)

    def _lock_public(self):
        """Lock the row, or raise ValidationError if readers do not see it."""
        mine = type(self).objects.filter(pk=self.pk, state=self.State.PUBLIC)
        if mine.select_for_update(of=("self",), no_key=True).values_list("pk").first() is None:
            raise ValidationError(gettext("This comment is no longer there."))

    def _recommended(self, gain):
        if gain:
            type(self).objects.filter(pk=self.pk).update(recommendation_count=F("recommendation_count") + gain)
            self.recommendation_count += gain
            comment_changed.send(type(self), comment=self)


def hits_of(comment, hits):
    """Return the RuleHits as those of ``comment``."""
    for hit in hits:
        hit.comment = comment
    return hits


@lru_cache
def _article_to_lock():
    mine = Article.objects.live(at=INSTANT).filter(pk=PK).defer("body").select_related("outlet")
    return Prepared(mine.select_for_update(of=("self",), no_key=True))


def _as_terms_say(terms, state, reason, hits):
    """Return state, reason and hits of new words: held where a moderator reads all of them first."""
    if terms.reads_first and state == "public":
        return "held", terms.reason, [RuleHit(rule="read_first", says=terms.reason)]
    return state, reason, hits
