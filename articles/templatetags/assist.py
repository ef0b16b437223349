"""What the templates of the reading aid ask for. Nothing here asks the database."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.assist import written_for as written
from articles.models import ReadingAid
from articles.text import hashtags

register = template.Library()

KINDS = (
    ("person", _("People")),
    ("organisation", _("Organisations")),
    ("place", _("Places")),
    ("other", _("Also named")),
)
# Who or what chose the key points.
CHOSEN_BY = {
    ReadingAid.By.PROGRAM: _("Chosen by a program from this article’s own sentences. Nothing is rewritten."),
    ReadingAid.By.CHOSEN: _("Chosen by an editor from this article’s own sentences. Nothing is rewritten."),
    ReadingAid.By.WRITTEN: _("By an editor: linked sentences are the article’s own, the others the editor’s."),
}


@register.filter
def who_and_what(aid, article):
    """Return ``[(heading, [(name, paragraph, address of what else the site has)])]``."""
    tags = {tag.key: tag for tag in article.hashtags.all()}
    found = aid.found.get("names", {})
    return [(heading, [_named(row, tags) for row in found[kind]]) for kind, heading in KINDS if found.get(kind)]


@register.filter
def written_for(aid, article):
    """Return (the summary or None, [the other texts]) that a program wrote and an editor approved."""
    return written(aid, article)


@register.filter
def chosen_by(aid):
    return CHOSEN_BY.get(aid.points_by, "")


@register.filter
def total(numbers):
    return sum(numbers)


def _named(row, tags):
    tag = tags.get(hashtags.key(row["name"]))
    quoted = f'"{row["name"]}"'
    more = tag.get_absolute_url() if tag else f"{reverse('search')}?{urlencode({'q': quoted})}"
    return row["name"], row["paragraph"], more
