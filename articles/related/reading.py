"""What the related module under an article shows: one query, arranged."""

from collections import Counter, namedtuple
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from django.db import connection
from django.db.models import BigIntegerField, Case, F, FilteredRelation, OuterRef, Q, Subquery, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from articles.models import Article, Hashtag, RelatedChoice, TermVector
from articles.related import reasons
from articles.related.links import COPIES, STORED
from articles.related.scoring import COPY, REPEATED_OUTLET

MOST = 8  # articles in the module
MOST_OF_STORY = 4  # the story's own page has the rest
MOST_OF_OUTLET = 2
FIRM = 0.2  # score from which an article of no common story is shown without being needed
FAIR = 0.12  # score from which one is shown for a good reason, a whole name or a hashtag, where there is room
FULL = 6  # articles from which on there is no such room: chapters of the story come first, then what else is near
FEW = 3  # articles below which weaker ones are shown as well, rather than next to nothing


@dataclass
class Related:
    """The articles to show, by what ties them to the one being read; each has ``reason`` and ``also_in`` (outlets).

    ``copies`` are other outlets' prints of the very same text, one of each outlet.
    """

    pinned: list = field(default_factory=list)
    story: list = field(default_factory=list)
    more: list = field(default_factory=list)
    outlet: list = field(default_factory=list)
    copies: list = field(default_factory=list)

    def __iter__(self):
        return iter([*self.pinned, *self.story, *self.more, *self.outlet])

    def __len__(self):
        return len(self.pinned) + len(self.story) + len(self.more) + len(self.outlet)

    def __bool__(self):
        return bool(len(self) or self.copies)

    @property
    def groups(self):
        """Return (heading, articles) of the groups that have any; what editors chose stands before all else."""
        named = [
            ("Editors' choice", self.pinned),
            ("Same story", self.story),
            ("More on this", self.more),
            ("From this outlet", self.outlet),
        ]
        return [(heading, articles) for heading, articles in named if articles]


def links_for(article, *, at):
    """Return the Related of ``article`` at the instant ``at``: nothing in it that is not live then. One query.

    Where no link leads anywhere, the newest articles that share a hashtag or the section.
    """
    tie = FilteredRelation("related_from", condition=Q(related_from__article=article))
    shown = Article.objects.live(at=at).filter(pk__in=_to_show(article, at=at)).annotate(tie=tie)
    shown = shown.annotate(
        reason=F("tie__reason"),
        score=F("tie__score"),
        likeness=F("tie__likeness"),
        is_pinned=F("tie__is_pinned"),
        copy_of=F("term_vector__copy_of"),
        hashtag=_shared_hashtag(article),
        section_name=F("section__name"),
    ).order_by(
        F("tie__is_pinned").desc(nulls_last=True),
        "tie__position",
        "-tie__score",
        "tie__related_id",
        "-published_at",
        "-pk",
    )
    items = shown.select_related("outlet", "lead_image").defer("body", "embargo_note", "withdrawal_reason")
    return _arranged(article, [_complete(article, item) for item in items[: 2 * STORED + COPIES]])


def ranked(article):
    """Return the ids of all stored links of ``article`` in the order in which the page would take them."""
    rows = article.related_links.select_related("related").only("is_pinned", "position", "score", "related__outlet_id")
    rows = rows.order_by("-is_pinned", "position", "-score", "related_id")
    found = [_Ranked(row.related_id, row.related.outlet_id, row.score, row.is_pinned) for row in rows]
    return [item.pk for item in _varied(found, Counter({article.outlet_id: 1}))]


_Ranked = namedtuple("_Ranked", "pk outlet_id score is_pinned")


def _to_show(article, *, at):
    """Return the ids of what is linked, and, if readers could see none of that, of the newest that are akin.

    Both in one subquery: whether the second half is needed the database finds out by itself, before it looks for it.
    """
    pk, section, instant = -1, -2, datetime.max.replace(tzinfo=UTC)
    statement, values = _statement(article.section_id is not None)
    given = {pk: article.pk, section: article.section_id, _as_stored(instant): _as_stored(at)}
    return RawSQL(statement, [given.get(value, value) for value in values])  # noqa: S611 - it is Django's own


def _as_stored(instant):
    return connection.ops.adapt_datetimefield_value(instant)


@lru_cache
def _statement(has_section):
    """Return the statement of ``_to_show`` with stand-ins for its values: to build it takes longer than to run it."""
    article, at = Article(pk=-1, section_id=-2 if has_section else None), datetime.max.replace(tzinfo=UTC)
    is_pinned = Q(related_from__is_pinned=True)
    may_be_shown = Q(related_from__article=article) & (is_pinned | ~Q(kind=Article.Kind.SPONSORED))
    linked = Article.objects.live(at=at).filter(may_be_shown).order_by()
    some = Article.objects.live(at=at).filter(may_be_shown, is_pinned | Q(related_from__likeness__lt=COPY)).order_by()
    parts = [linked, _akin(article, at=at).order_by("-published_at", "-pk"), some]
    compiled = [part.values("pk").query.get_compiler(connection=connection).as_sql() for part in parts]
    sqls, values = zip(*compiled, strict=True)
    limit = f"LIMIT CASE WHEN EXISTS ({sqls[2]}) THEN 0 ELSE {MOST} END"
    statement = f"{sqls[0]} UNION ALL SELECT * FROM ({sqls[1]} {limit}) AS akin"  # noqa: S608 - all of it is Django's
    return statement, [value for each in values for value in each]


def _akin(article, *, at):
    """Return what is live, shares the section or a hashtag, and was not refused by an editor or paid for.

    Nor another print of the same text.
    """
    tagged = Article.hashtags.through.objects
    akin = Q(pk__in=tagged.filter(hashtag__in=_hashtags_of(article)).values("article"))
    if article.section_id:
        akin |= Q(section=article.section_id)
    refused = RelatedChoice.objects.exclude(choice=RelatedChoice.Choice.PIN)
    here, both = refused.filter(article=article), refused.filter(choice=RelatedChoice.Choice.BLOCK_BOTH, other=article)
    found = Article.objects.live(at=at).filter(akin).exclude(pk=article.pk).exclude(kind=Article.Kind.SPONSORED)
    first = Coalesce("copy_of", F("article"), output_field=BigIntegerField())
    first = TermVector.objects.filter(article=article).values_list(first)
    prints = TermVector.objects.filter(Q(article__in=first) | Q(copy_of__in=first))
    found = found.exclude(pk__in=prints.values("article"))
    return found.exclude(pk__in=here.values("other")).exclude(pk__in=both.values("article"))


def _hashtags_of(article):
    return Article.hashtags.through.objects.filter(article=article).values("hashtag")


def _shared_hashtag(article):
    """Return the name of the first hashtag that an article shares with ``article``, where a reason has to name one."""
    shared = Hashtag.objects.filter(articles=OuterRef("pk")).filter(pk__in=_hashtags_of(article)).order_by("key")
    is_told = Q(tie__reason=None) | Q(tie__reason__startswith=reasons.ABOUT) | Q(tie__reason=reasons.STORY)
    return Case(When(is_told, then=Subquery(shared.values("name")[:1])))


def _complete(article, item):
    """Fill in what a link would say of an article that is only akin, and say by what names hashtag and section go now.

    They are merged and renamed, and stories come apart, at a time when the reason has long been stored.
    """
    item.is_akin = item.reason is None
    if item.is_akin:
        item.score, item.likeness, item.is_pinned = 0.0, 0.0, False
    has_left = item.reason == reasons.STORY and not _same_story(article, item)
    if item.is_akin or has_left or item.reason.startswith((reasons.ABOUT, reasons.PLACE)):
        item.reason = reasons.of_place(article, item)
    item.also_in = []
    return item


def _arranged(article, found):
    """Put the firm links first; then those of a good reason, more of the story, and weak ones where little is there."""
    related, prints, surplus, weak = Related(), {}, [], []
    for item in _varied(found, Counter({article.outlet_id: 1})):
        if item.likeness >= COPY and not item.is_pinned:
            related.copies.append(item)
        elif _text(item) in prints and not item.is_pinned:
            prints[_text(item)].append(item)
        elif (group := _group(article, item, related)) is None:
            surplus += [item] if _same_story(article, item) else []
        elif group is not related.pinned and not _is_firm(article, item):
            weak.append(item)
        elif len(related) < MOST:
            _show(item, group, prints)
    weak = _added(article, weak, related, prints, until=FULL, those=_is_fair)
    for item in surplus:
        if _text(item) in prints:
            prints[_text(item)].append(item)
        elif len(related) < MOST:
            _show(item, related.story, prints)
    _added(article, weak, related, prints, until=FEW, those=lambda item: True)
    for item, *others in prints.values():
        item.also_in = [other.outlet for other in _one_of_each_outlet(others, but=item.outlet_id)]
    related.copies = _one_of_each_outlet(related.copies, but=article.outlet_id)
    return related


def _added(article, items, related, prints, *, until, those):
    """Add the items that are of ``those`` until the module has so many; return those left."""
    left = []
    for item in items:
        if _text(item) in prints:
            prints[_text(item)].append(item)
        elif len(related) < until and those(item) and (group := _group(article, item, related)) is not None:
            _show(item, group, prints)
        else:
            left.append(item)
    return left


def _show(item, group, prints):
    prints.setdefault(_text(item), [item])
    group.append(item)


def _text(item):
    """Return what stands for the text of ``item``: its first print."""
    return item.copy_of or item.pk


def _one_of_each_outlet(items, *, but):
    """Return the first of ``items`` of each outlet ``but`` one."""
    first = {}
    for item in items:
        first.setdefault(item.outlet_id, item)
    first.pop(but, None)
    return list(first.values())


def _is_fair(item):
    return item.score >= FAIR and reasons.is_good(item.reason)


def _is_firm(article, item):
    return item.score >= FIRM or item.is_akin or _same_story(article, item)


def _same_story(article, item):
    return bool(article.story_id) and item.story_id == article.story_id


def _varied(found, outlets):
    """Yield pins first, then the best, each damped by how many of its outlet have been yielded before."""
    pool = list(found)
    while pool:
        best = max(pool, key=lambda item: (item.is_pinned, item.score * REPEATED_OUTLET ** outlets[item.outlet_id]))
        if best.is_pinned:
            best = pool[0]
        pool.remove(best)
        outlets[best.outlet_id] += 1
        yield best


def _group(article, item, related):
    """Return the list that ``item`` belongs in, or None where that list is full."""
    if item.is_pinned:
        return related.pinned
    if item.is_akin:
        return related.more
    if _same_story(article, item):
        return related.story if len(related.story) < MOST_OF_STORY else None
    if item.outlet_id == article.outlet_id:
        return related.outlet if len(related.outlet) < MOST_OF_OUTLET else None
    return related.more
