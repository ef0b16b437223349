"""What the page of a search offers to narrow it by, and what of that is chosen."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.filters import PERIODS, SEVERAL
from articles.models import Article, Author, Hashtag
from articles.text import calendar, languages

MOST_OPTIONS = 40  # of a facet: a list that a reader can still look through
BOUNDS = {"since": _("From %s"), "until": _("To %s")}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    number: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list

    @property
    def is_open(self):
        return self.name in ("section", "outlet") or any(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Chip:
    """One thing that is chosen, and the query string without it."""

    label: str
    query: str


def facets(chosen, found, *, at):
    """Return the Facets of an ArticleFilter's search, those of which there is a choice, and its periods."""
    wanted = {name: {getattr(one, "pk", one) for one in chosen.chosen[name]} for name in SEVERAL}
    wanted |= {name: chosen.chosen[name] for name in ("since", "until", "period")}
    counts = search.count_facets(found.rows, wanted, at=at)
    known = _known(chosen, counts)
    shown = [
        Facet(name, chosen.filters[name].label, _options(name, counts[name], known[name], wanted[name]))
        for name in SEVERAL
    ]
    periods = [
        Option(name, label, counts["period"][name], name == chosen.asked("period"))
        for name, label in PERIODS.items()
        if counts["period"][name] or name == chosen.asked("period")
    ]
    return [facet for facet in shown if facet.options], periods


def chips(chosen, query):
    """Return the Chips of what is chosen; ``query`` is the QueryDict of the request."""
    found = []
    for name in SEVERAL:
        for one in chosen.chosen[name]:
            value = getattr(one, "slug", one)
            rest = query.copy()
            rest.setlist(name, [other for other in rest.getlist(name) if other != value])
            label = _label(name, one)
            found.append(Chip(label, rest.urlencode()))
        for value in chosen.unknown.get(name, ()):
            rest = query.copy()
            del rest[name]
            found.append(Chip(gettext("“%s”") % value, rest.urlencode()))
    told = {name: BOUNDS[name] % calendar.written(day, "day") for name in BOUNDS if (day := chosen.asked(name))}
    if period := chosen.asked("period"):
        told["period"] = PERIODS[period]
    for name, label in told.items():
        rest = query.copy()
        del rest[name]
        found.append(Chip(label, rest.urlencode()))
    return found


def named(words, chips):
    """Return what a search is called where it is followed: "“river” · The Lantern"."""
    return " · ".join([gettext("“%s”") % words if words else gettext("Search"), *(str(chip.label) for chip in chips)])


def _known(chosen, counts):
    """Return ``{facet: {key: record or value}}`` of all that can be offered. Two queries."""
    house = chosen.house
    most = {name: _most(counts[name]) | {one.pk for one in chosen.chosen[name]} for name in ("hashtag", "author")}
    return {
        "outlet": house.outlets,
        "section": house.sections,
        "kind": dict(Article.Kind.choices),
        "language": dict(languages.choices()),
        "hashtag": Hashtag.objects.canonical().in_bulk(most["hashtag"]),
        "author": Author.objects.in_bulk(most["author"]),
    }


def _most(counts):
    """Return the keys with the highest counts, the same on every database."""
    return set(sorted(counts, key=lambda key: (-counts[key], key))[:MOST_OPTIONS])


def _options(name, counts, known, wanted):
    """Return those with the most articles, and those that are chosen already; none where there is nothing to choose."""
    offered = [key for key in known if counts[key] or key in wanted]
    options = [
        Option(getattr(known[key], "slug", key), _label(name, known[key], key), counts[key], key in wanted)
        for key in offered
    ]
    options.sort(key=lambda option: (-option.number, option.label.casefold(), option.value))
    kept = options[:MOST_OPTIONS]
    return kept + [option for option in options[MOST_OPTIONS:] if option.is_chosen]


def _label(name, one, key=""):
    if name == "kind":
        return Article.Kind(key or one).label
    if name == "language":
        return capfirst(languages.name(key or one))
    return f"#{one}" if name == "hashtag" else str(one)
