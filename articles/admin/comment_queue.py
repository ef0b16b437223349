"""The moderators' queue: its tabs and filters, and what a row shows of other records."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef

from articles.admin.lists import Tabs
from articles.admin.scope import bans_for, comments_for
from articles.models import Ban, Comment, Report, RuleHit
from articles.text import folding

_State = Comment.State
_NEWEST_FIRST = ("-created_at", "-pk")
_OLDEST_FIRST = ("created_at", "pk")

# The rules that leave hits, in a moderator's words.
RULES = (
    ("words_on_the_list", "Words on the list"),
    ("links", "Links"),
    ("history", "Newcomer or bad record"),
    ("same_words_again", "The same words again"),
    ("name_like_ours", "A name like the newsroom's"),
    ("shouting", "Shouting"),
    ("trap", "Hidden field"),
    ("haste", "In haste"),
    ("learned", "Learned from decisions"),
    ("second_look", "The moderation service"),
    ("reports", "Readers' reports"),
)


class CommentTabs(Tabs):
    tabs = (
        ("reported", "Reported"),
        ("held", "Held"),
        ("new", "New"),
        ("public", "Public"),
        ("rejected", "Rejected"),
        ("spam", "Spam"),
        ("deleted", "Deleted"),
        ("all", "All"),
    )
    opens_on = "held"
    is_counted = True
    # Who has waited longest comes first, and what most readers object to. Of all, pk gives the order that has an index.
    ORDERS = {"reported": ("-report_count", "created_at", "pk"), "held": _OLDEST_FIRST, "all": ("-pk",)}

    def of_tab(self, tab, records):
        if tab == "all":
            return records
        return {"reported": records.reported, "new": records.new}.get(tab, lambda: records.filter(state=tab))()

    @classmethod
    def order_of(cls, asked):
        """Return the order of the tab that is ``asked`` for; what one writer or network sent comes newest first."""
        if "writer" in asked or "network" in asked:
            return _NEWEST_FIRST
        tab = asked.get(cls.parameter_name)
        return cls.ORDERS.get(tab or cls.opens_on, _NEWEST_FIRST)


class RuleFilter(admin.SimpleListFilter):
    title = "rule that held it"
    parameter_name = "rule"

    def lookups(self, request, model_admin):
        return RULES

    def queryset(self, request, comments):
        if not self.value():
            return comments
        # Asked of each comment in turn: the page needs a few, and a rule may have held very many.
        return comments.filter(Exists(RuleHit.objects.filter(comment=OuterRef("pk"), rule=self.value())))


class _SameFilter(admin.SimpleListFilter):
    """Stands in the column only while it is used: a row's link leads to it. For moderators alone."""

    label = ""

    def lookups(self, request, model_admin):
        is_used = self.value() and model_admin.has_moderate_permission(request)
        return [(self.value(), self.label)] if is_used else []

    def queryset(self, request, comments):
        return comments.filter(**{self.field: self.value()}) if self.lookup_choices else comments


class SameWriter(_SameFilter):
    title, label = "writer", "This writer's"
    parameter_name, field = "writer", "commenter"

    def value(self):
        asked = super().value() or ""
        return asked if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


class SameNetwork(_SameFilter):
    title, label = "network", "From this network"
    parameter_name = field = "network"

    def queryset(self, request, comments):
        found = super().queryset(request, comments)
        return found.exclude(network="") if self.lookup_choices else found  # as the index of networks says it


def dress(comments, *, at, user):
    """Give each of ``comments`` its ``all_hits``, ``open_reports``, ``record`` and ``is_banned``, in three queries.

    The record is of what ``user`` moderates.
    """
    pks = [comment.pk for comment in comments]
    writers = {comment.commenter_id for comment in comments} - {None}
    hits, reports = _hits_of(pks), _open_reports_of(pks)
    bans = (bans_for(user) | Ban.objects.filter(outlet=None)).in_force(at=at)
    records = comments_for(user).records_of(writers, bans)
    for comment in comments:
        comment.all_hits = hits.get(comment.pk, [])
        comment.open_reports = reports.get(comment.pk, [])
        comment.record = records.get(comment.commenter_id)
        comment.is_banned = bool(comment.record and comment.record["is_banned"])


def record_in_words(record):
    """Return for example "12 public, 1 taken down"."""
    return f"{record['public']} public, {record['taken_down']} taken down" if record else "Not known"


def phrases_of(hits):
    """Return the words that ``hits`` found, each by itself where a rule finds several."""
    return [words for hit in hits for words in (hit.words.split() if hit.rule == "links" else [hit.words]) if words]


def excerpt(text, phrases, *, longest):
    """Return the start of ``text`` in marked pieces, at most ``longest`` characters."""
    start = text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
    return folding.mark(phrases, start)


def _hits_of(pks):
    found = {}
    for hit in RuleHit.objects.filter(comment__in=pks).order_by("pk"):
        found.setdefault(hit.comment_id, []).append(hit)
    return found


def _open_reports_of(pks):
    """Return {pk: [(kind in words, number)]}, what is illegal first, then what most say."""
    rows = Report.objects.undecided().filter(comment__in=pks).order_by()
    found = {}
    for pk, kind, number in rows.values_list("comment", "kind").annotate(number=Count("pk")):
        found.setdefault(pk, []).append((kind != Report.Kind.ILLEGAL, -number, Report.Kind(kind).label))
    return {pk: [(label, -number) for _, number, label in sorted(kinds)] for pk, kinds in found.items()}
