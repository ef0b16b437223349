"""Pages that are no articles: what programs are told of them, and the steps by which readers come to them."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.syndication.item import absolute
from articles.syndication.organisation import organisation_in_full
from articles.text import calendar

CONTEXT = {"@context": "https://schema.org"}
DESCRIPTIONS = {
    "section": _("The section {} of {}."),
    "outlet": _("All reports of {} on {}."),
    "hashtag": _("Everything under #{} on {}."),
    "author": _("All texts by {} on {}."),
    "story": _("{}: the story as all outlets on {} tell it."),
}
KINDS = {"outlet": "ProfilePage", "author": "ProfilePage"}


@dataclass(frozen=True)
class Place:
    """``above`` are (name, path) of the pages between the front page and this one.
    ``kind`` is a type of schema.org, "" for what search engines shall not keep; ``entity`` is what the page is about,
    as structured data; ``pictured`` the article whose picture stands for the page, or None."""

    title: str
    description: str
    path: str
    above: list = field(default_factory=list)
    kind: str = "CollectionPage"
    entity: dict | None = None
    pictured: Article | None = None

    @property
    def url(self):
        return absolute(self.path)

    @property
    def steps(self):
        """The way from the front page to this one, (name, path), which the front page itself has not."""
        return [] if self.kind == "WebSite" else [*self.above, (self.title, self.path)]

    def structured_data(self):
        """Return what the page is and where it stands, as dicts, each for an element of its own."""
        if not self.kind:
            return []
        site = {"@type": "WebSite", "name": settings.SITE_NAME, "url": absolute("/")}
        if self.kind == "WebSite":
            return [CONTEXT | site | {"description": self.description, "potentialAction": _search()}]
        told = {"@type": self.kind, "@id": self.url, "url": self.url, "name": self.title}
        told |= {"description": self.description, "isPartOf": site, "mainEntity": self.entity}
        told = {name: value for name, value in told.items() if value}
        return [CONTEXT | told, CONTEXT | breadcrumbs(self.steps)]


def breadcrumbs(steps):
    """Return a BreadcrumbList from the front page along ``steps``, (name, path)."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
        for place, (name, path) in enumerate([(settings.SITE_NAME, "/"), *steps], start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def described(name, record):
    """Return what a list of the kind ``name`` holds, in a sentence: the record's own, or one made of its name."""
    own = getattr(record, "description", "") or getattr(record, "summary", "")
    return own or DESCRIPTIONS[name].format(record, settings.SITE_NAME)


def place_of(name, record, *, articles=(), pages=None):
    """Describe the page of a ``record`` that lists ``articles``. ``pages`` are needed for an outlet: `organisation`."""
    title, path = f"{'#' if name == 'hashtag' else ''}{record}", record.get_absolute_url()
    told = getattr(record, "biography", "") or described(name, record)
    entity = {"outlet": organisation_in_full, "author": _person}[name](record, pages) if name in KINDS else None
    kind = KINDS.get(name, "CollectionPage")
    pictured = first_pictured(articles)
    return Place(title, told, path, _above(name, record), kind=kind, entity=entity, pictured=pictured)


def day_of_archive(start):
    """Return the steps to a day of the archive, which begins at ``start``."""
    path = reverse("archive-day", args=[start.year, start.month, start.day])
    return [*month_of_archive(start), (calendar.written(start, "day"), path)]


def month_of_archive(start):
    path = reverse("archive-month", args=[start.year, start.month])
    return [(gettext("Archive"), reverse("archive")), (calendar.written(start, "month"), path)]


def first_pictured(articles):
    """Return the first of ``articles`` whose picture may stand for a list: nobody can buy that place."""
    return next((one for one in articles if one.shown_image and not one.is_sponsored), None)


def way_to_outlet(outlet):
    """Return the steps to the page of an outlet, for what stands below it."""
    return [(gettext("Outlets"), reverse("outlets")), (outlet.name, outlet.get_absolute_url())]


def _above(name, record):
    if name == "hashtag":
        return [(gettext("Hashtags"), reverse("hashtags"))]
    if name == "outlet":
        return [(gettext("Outlets"), reverse("outlets"))]
    if name == "author" and record.outlet and record.outlet.is_active:
        return way_to_outlet(record.outlet)
    return []


def _person(author, pages):
    told = {"@type": author.schema_type, "name": author.name, "url": absolute(author.get_absolute_url())}
    if author.outlet and author.outlet.is_active:
        url = absolute(author.outlet.get_absolute_url())
        part = "parentOrganization" if author.is_desk else "worksFor"
        told[part] = {"@type": "NewsMediaOrganization", "name": author.outlet.name, "url": url}
    return told | ({"description": author.biography} if author.biography else {})


def _search():
    target = {"@type": "EntryPoint", "urlTemplate": f"{absolute(reverse('search'))}?q={{search_term_string}}"}
    return {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
