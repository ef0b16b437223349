"""Who tells a story, and who does not: "4 of 9 outlets carry this"."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Article, Outlet, RelatedChoice
from articles.text import languages


@dataclass(frozen=True)
class Coverage:
    """``carriers`` of ``outlets`` carry the story.

    The set is all active outlets in the main language of the outlets that tell it, of which anything is public that
    came out from the first day of the story to the last. ``others`` tell it in other languages.
    """

    carriers: int
    outlets: int
    others: int
    language: str  # its name, as readers know it
    first_day: date
    last_day: date


def coverage(articles, *, at):
    """Return the Coverage of the story that ``articles``, its live ones in order of time, tell. One query.

    What somebody paid for is none, unless there is nothing else.
    """
    articles = [article for article in articles if not article.is_sponsored] or articles
    outlets = {article.outlet_id: article.outlet for article in articles}.values()
    spoken = Counter(outlet.language for outlet in outlets)
    language = max(spoken, key=lambda code: (spoken[code], code))
    first_day, last_day = (timezone.localdate(article.published_at) for article in (articles[0], articles[-1]))
    meanwhile = (
        Article.objects.live(at=at)
        .unpaid()
        .filter(published_at__gte=_midnight(first_day), published_at__lt=_midnight(last_day + timedelta(days=1)))
    )
    return Coverage(
        carriers=spoken[language],
        outlets=Outlet.objects.filter(language=language).that_published(meanwhile).count(),
        others=len(outlets) - spoken[language],
        language=languages.name(language),
        first_day=first_day,
        last_day=last_day,
    )


def reports_beside(article, *, at):
    """Return the live reports of the article's story, its own among them, with their reading aid. One query.

    Not what somebody paid for. ``article.story`` is called by its first report from then on, if nobody named it.
    """
    if article.story_id is None:
        return []
    told = Article.objects.live(at=at).filter(story=article.story_id).unpaid().first_report_first()
    told = told.annotate(is_refused=_is_refused(article)).select_related("outlet", "reading_aid")
    of_outlet = ("outlet__name", "outlet__text_shown", "outlet__allows_derived_texts")
    shown = ("slug", "headline", "published_at", "kind", "language", "reading_aid__found")
    reports = list(told.only(*shown, *of_outlet))
    article.story.first_headline = reports[0].headline if reports else ""
    return reports


def also_covered_by(article, reports):
    """Return the first of the ``reports`` beside the article of each other outlet, the earliest first.

    Not what an editor blocked here. The stored links cannot say it: they are few, and hold one report of several
    outlets that ran the same text.
    """
    first = {}
    for report in reports:
        if report.outlet_id != article.outlet_id and not report.is_refused:
            first.setdefault(report.outlet_id, report)
    return list(first.values())


def _is_refused(article):
    """Return whether an editor decided that the article never shows the other."""
    refused = RelatedChoice.objects.about(article.pk).exclude(choice=RelatedChoice.Choice.PIN)
    return Exists(refused.filter(Q(article=article.pk, other=OuterRef("pk")) | Q(article=OuterRef("pk"))))


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))
