"""What holds for comments on the whole site, in one row, and the switch that stops them all."""

from functools import lru_cache

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q, Subquery
from django.dispatch import Signal
from django.utils.translation import gettext

from articles.models.comment_policy import CommentRules, CommentsPolicy, rules_are_known, terms_of
from articles.models.outlet import Outlet
from articles.models.prepared import PK, Prepared
from articles.models.transition import StaleRecord, in_words

ONLY = 1  # the one row's key
_REASON = "halted_reason"

# Sent inside the transaction after the site's rules or its switch changed.
conversation_changed = Signal()


class ConversationQuerySet(models.QuerySet):
    def current(self):
        """Return the site's rules; the mildest where nobody has made any."""
        return self.filter(pk=ONLY).first() or Conversation(pk=ONLY)

    def beside(self):
        """Return the site's rules as expressions, for rows that are loaded together with them: see `Discussed`."""
        return {f"site_{name}": Subquery(self.filter(pk=ONLY).values(name)) for name in (*CommentRules.RULES, _REASON)}


class Conversation(CommentRules):
    halted_at = models.DateTimeField("stopped", null=True, editable=False)
    halted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="stopped by",
    )
    halted_reason = models.CharField("reason", max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "rules for all comments"
        permissions = [("halt_conversation", "Can stop all commenting and let it go on")]
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="site_has_one_conversation"),
            models.CheckConstraint(
                condition=Q(halted_at=None, halted_reason="") | Q(halted_at__isnull=False) & ~Q(halted_reason=""),
                name="halted_conversation_says_when_and_why",
            ),
            *rules_are_known("conversation"),
        ]

    def __str__(self):
        return "Comments on the whole site"

    # what a moderator or an editor does

    def halt(self, *, by, at, reason):
        """Stop all commenting at once; reading goes on. Readers are told the reason."""
        most = self._meta.get_field("halted_reason").max_length
        reason = in_words(reason, name="reason", most=most, empty="Say why: readers are told.")
        self._change(halted_at=at, halted_by=by, halted_reason=reason)

    def resume(self):
        """Let commenting go on as site, outlets and articles say."""
        self._change(halted_at=None, halted_by=None, halted_reason="")

    def save_over(self, version):
        """Save the rules that were edited in the row's ``version``; raise StaleRecord if it changed since."""
        self.version = version
        self._change(**{name: getattr(self, name) for name in self.RULES})

    # what the cascade asks

    @property
    def is_halted(self):
        return bool(self.halted_reason)

    @property
    def policy_now(self):
        is_milder = self.comments_policy in {CommentsPolicy.OPEN, CommentsPolicy.HELD}
        return CommentsPolicy.CLOSED if self.is_halted and is_milder else self.comments_policy

    def reason_for(self, policy):
        if policy == CommentsPolicy.CLOSED and self.is_halted:
            stopped = gettext("Commenting has stopped on the whole site for now.")
            return f"{stopped} {self.halted_reason}"
        return {
            CommentsPolicy.HELD: gettext("Here a moderator reads every comment before it appears."),
            CommentsPolicy.CLOSED: gettext("This site takes no new comments."),
            CommentsPolicy.OFF: gettext("This site takes no comments."),
        }.get(policy, "")

    def _change(self, **fields):
        fields["version"] = self.version + 1
        with transaction.atomic():
            if Conversation.objects.filter(pk=ONLY, version=self.version).update(**fields) != 1:
                raise StaleRecord("Somebody else has changed the rules for all comments. Load them again.")
            conversation_changed.send(Conversation)
        for name, value in fields.items():
            setattr(self, name, value)


class Discussed(CommentRules):
    """An article, as far as comments go. Ask `see_terms` before anything else."""

    terms = None

    class Meta:
        abstract = True

    def see_terms(self, *, at):
        """Note as ``terms`` what holds for comments on it at the instant, for the page to ask; return it itself."""
        self.terms = terms_of(self, outlet=self.outlet, site=self._site(), at=at)
        return self

    def _site(self):
        if not getattr(self, "site_comments_policy", None):  # loaded without `with_site_rules`, or nobody has made any
            return Conversation.objects.current()
        return Conversation(**{name: getattr(self, f"site_{name}") for name in (*self.RULES, _REASON)})

    def terms_under_lock(self, *, at):
        """Return the Terms from this row, which is locked; its outlet's and the site's rows do not change until the
        commit. None where its outlet is no longer on the site."""
        outlets, sites = _shared()
        outlet, site = outlets.one({PK: self.outlet_id}), sites.one({}) or Conversation(pk=ONLY)
        return outlet and terms_of(self, outlet=outlet, site=site, at=at)

    @property
    def takes_comments(self):
        return self.terms.takes_comments

    @property
    def shows_comments(self):
        return self.terms.shows_comments

    def reason_for(self, policy):
        return {
            CommentsPolicy.HELD: gettext("Here a moderator reads every comment before it appears."),
            CommentsPolicy.CLOSED: gettext("Comments on this article are closed."),
            CommentsPolicy.OFF: gettext("This article takes no comments."),
        }.get(policy, "")


@lru_cache
def _shared():
    """Return the queries for an active outlet and for the site's rules as they are once nobody is changing them.

    They stay so until the commit. Many may hold a row so at once, which Django's own locks do not know: else all who
    post would stand in one line. SQLite has one writer, and needs no lock.
    """
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    rows = Outlet.objects.filter(pk=PK, is_active=True), Conversation.objects.filter(pk=ONLY)
    return [Prepared(each, and_then=lock) for each in rows]
