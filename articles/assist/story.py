"""A story across outlets: what happened on which day, and what each outlet alone tells. All in their own words.

Made from what was prepared for each article, so a page of it loads no text; articles whose outlets allow no derived
texts are left out of both, and the comparison says so.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from articles.assist.prepare import may_have_aid
from articles.models import Article, Outlet
from articles.text import dates

MOST_DAYS, MOST_A_DAY = 14, 4
MOST_TOLD = 8  # names or figures of one outlet


@dataclass(frozen=True)
class Told:
    article: Article
    text: str
    paragraph: int


@dataclass
class Account:
    """What one outlet tells of a story. ``names`` and ``figures`` are those that no other outlet has."""

    outlet: Outlet
    first_at: datetime
    reports: int
    words: int = 0
    is_compared: bool = False
    names: list = field(default_factory=list)
    figures: list = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    article: Article  # of those compared, the one to report a mistake with
    accounts: list
    shared_names: list  # that all compared outlets have
    shared_figures: list


def timeline(articles):
    """Return ``[(date, [Told, ...])]`` of the days that sentences of ``articles`` name, the earliest first."""
    days, seen = defaultdict(list), set()
    for article in _with_aid(articles):
        published_on = timezone.localdate(article.published_at)
        for row in article.reading_aid.found.get("days", []):
            day = dates.resolve(row["day"], published_on)
            if day is not None and row["text"] not in seen and len(days[day]) < MOST_A_DAY:
                seen.add(row["text"])
                days[day].append(Told(article, row["text"], row["paragraph"]))
    told = sorted((day, rows) for day, rows in days.items() if rows)
    return told[-MOST_DAYS:] if len(told) > 1 else []


def compare(articles):
    """Return the Comparison of the outlets that tell the story of ``articles``; None with fewer than two to compare."""
    by_outlet = defaultdict(list)
    for article in articles:
        by_outlet[article.outlet].append(article)
    compared = _in_one_language(_with_aid(articles))
    names = {outlet: _all(told, "all_names") for outlet, told in compared.items()}
    figures = {outlet: _all(told, "numbers") for outlet, told in compared.items()}
    if len(compared) < 2:
        return None
    accounts = [
        Account(
            outlet=outlet,
            first_at=min(article.published_at for article in told),
            reports=len(told),
            words=sum(article.reading_aid.found.get("words", 0) for article in compared.get(outlet, [])),
            is_compared=outlet in compared,
            names=_only(outlet, names, by=_surname),
            figures=_only(outlet, figures),
        )
        for outlet, told in by_outlet.items()
    ]
    accounts.sort(key=lambda account: (account.first_at, account.outlet.name))
    return Comparison(next(iter(compared.values()))[0], accounts, _shared(names), _shared(figures))


def story_parts(articles):
    """Return the parts that the page of the story of ``articles`` has: "timeline", "compare"."""
    has = {"timeline": bool(timeline(articles)), "compare": len(_in_one_language(_with_aid(articles))) > 1}
    return [part for part in has if has[part]]


def _with_aid(articles):
    return [article for article in articles if getattr(article, "reading_aid", None) and may_have_aid(article)]


def _in_one_language(articles):
    """Return ``{outlet: articles}`` in the language of most: a figure's unit has another name in another one."""
    spoken = Counter(article.language for article in articles)
    if not spoken:
        return {}
    language = max(spoken, key=lambda code: (spoken[code], code))
    by_outlet = defaultdict(list)
    for article in articles:
        if article.language == language:
            by_outlet[article.outlet].append(article)
    return dict(by_outlet)


def _all(articles, part):
    """Return how often each name or figure stands in the articles of one outlet."""
    return Counter(each for article in articles for each in article.reading_aid.found.get(part, []))


def _only(outlet, told, *, by=str):
    others = {by(each) for other, known in told.items() if other != outlet for each in known}
    alone = [each for each in told.get(outlet, ()) if by(each) not in others]
    return sorted(alone, key=lambda each: (-told[outlet][each], each))[:MOST_TOLD]


def _shared(told):
    first, *others = told.values()
    return sorted(each for each in first if all(each in known for known in others))[:MOST_TOLD]


def _surname(name):
    return name.split(" ")[-1]
