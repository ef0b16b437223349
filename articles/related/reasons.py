"""Say in a few words why two articles belong together, as an editor would."""

import math

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from articles.models import Article, Outlet
from articles.related import rows
from articles.related.scoring import COPY
from articles.text import mentions, plain, terms

MOST_NAMES = 2
LONGEST = 90  # characters of a reason; it stands on one line of a card
# Reasons are stored in English, as the desk reads them. What follows is how their beginnings are told to readers, and
# those that are said as they stand.
MENTIONS, ABOUT, PLACE = "Mentions ", "Also about #", "More in "
BEGINNINGS = {MENTIONS: _("Mentions {}"), ABOUT: _("Also about #{}"), PLACE: _("More in {}")}
STORY, ALIKE = _("Same story"), _("Alike in words")
WHOLE = (
    _("The same text"),
    STORY,
    ALIKE,
    _("Editors' choice"),
    _("More on this"),
    _("From this outlet"),
)


def told(reason):
    """Return a stored reason, or the heading of a group, in the language of the page."""
    for beginning, words in BEGINNINGS.items():
        if reason.startswith(beginning):
            return gettext(words).format(reason.removeprefix(beginning))
    return gettext(reason) if reason in WHOLE else reason


def of_place(article, other):
    """Return what ``other`` shares with ``article``: its ``hashtag``, the name of one or None, else the section."""
    if other.hashtag:
        return f"{ABOUT}{other.hashtag}"
    is_here = other.section_id is not None and other.section_id == article.section_id
    return f"{PLACE}{other.section_name}" if is_here else ALIKE


def is_good(reason):
    """Tell whether a stored reason alone is one to read on: a name of two words or more, or a hashtag."""
    return reason.startswith(ABOUT) or (reason.startswith(MENTIONS) and " " in _first_name(reason))


def _first_name(reason):
    return reason.removeprefix(MENTIONS).split(", ")[0]


class Reasons:
    """Finds the reasons between one article and others; holds what has to be looked up once for all of them."""

    def __init__(self, article, candidates):
        self.article = article
        apart = [candidate for candidate in candidates if not self._same(candidate)]
        self.tags = {tag.pk: tag for tag in article.hashtags.all()}
        self.tags_of = _tags_of(self.tags, [candidate.article_id for candidate in apart])
        self.names_in = self._read(apart)

    def of(self, candidate):
        """Return the reason to show ``candidate`` with the article."""
        if same := self._same(candidate):
            return same
        names = self.names_in.get(candidate.article_id, ())
        whole, single = ([name for name in names if name.is_whole is whole] for whole in (True, False))
        return _mentioned(whole) or self._hashtags(candidate) or _mentioned(single) or self._place(candidate)

    def _same(self, candidate):
        if candidate.likeness >= COPY:
            return "The same text"
        return STORY if self.article.story_id and candidate.story_id == self.article.story_id else ""

    def _read(self, candidates):
        """Return ``{article: the Mentions that it has as well, the heaviest first}``.

        Stems tell which may have one, and a look at the text which has: two words far apart are no name.
        """
        texts = self.article.headline, self.article.shown_standfirst, plain.from_html(self.article.shown_body)
        names = mentions.find(*texts, language=self.article.language) if candidates else []
        may = {}
        for candidate in candidates:
            shares = candidate.overlap
            if shared := [name for name in names if name.numbers <= shares.keys()]:
                shared.sort(key=lambda name: (-math.fsum(map(shares.get, name.numbers)), name.text))
                may[candidate.article_id] = shared
        return {pk: _unless_inside([name for name in may[pk] if name.text in text]) for pk, text in _texts(may)}

    def _hashtags(self, candidate):
        shared = [self.tags[pk] for pk in self.tags_of.get(candidate.article_id, ())]
        return f"{ABOUT}{min(shared, key=lambda tag: tag.key)}" if shared else ""

    def _place(self, candidate):
        if self.article.section_id and candidate.section_id == self.article.section_id:
            return f"{PLACE}{self.article.section}"
        return ALIKE


def _mentioned(names):
    """Return the reason that names the first of ``names``, as many as fit on a line."""
    for number in range(MOST_NAMES, 0, -1):
        reason = MENTIONS + ", ".join(name.text for name in names[:number])
        if names and len(reason) <= LONGEST:
            return reason
    return ""


def _unless_inside(names):
    """Leave out what only is a part of a longer one."""
    return [name for name in names if not any(name is not other and name.text in other.text for other in names)]


def _texts(article_ids):
    """Yield (article, what its names may stand in) of each: what readers may see of it, or they would not find them."""
    statement = (
        f"SELECT article.id, text_shown, headline, standfirst, substr(body, 1, {terms.MOST_CHARACTERS}) "  # noqa: S608
        f"FROM {rows.quoted(Article)} article JOIN {rows.quoted(Outlet)} outlet ON outlet.id = outlet_id "
        "WHERE article.id {}"
    )
    for pk, text_shown, *texts in rows.read(statement, list(article_ids)):
        outlet = Outlet(text_shown=text_shown)
        yield pk, mentions.said("\n".join(texts[: 1 + outlet.shows_standfirst + outlet.shows_body]))


def _tags_of(tags, article_ids):
    if not tags or not article_ids:
        return {}
    # In plain SQL: to build this through models takes ten times as long as the query.
    statement = (
        f"SELECT article_id, hashtag_id FROM {rows.quoted(Article.hashtags.through)} "  # noqa: S608 - numbers of our own
        f"WHERE hashtag_id IN ({', '.join(f'{pk:d}' for pk in tags)}) AND article_id {{}}"
    )
    found = {}
    for article_id, hashtag_id in rows.read(statement, article_ids):
        found.setdefault(article_id, []).append(hashtag_id)
    return found
