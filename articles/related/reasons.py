"""Say in a few words why two articles belong together."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from articles.models import Article
from articles.related.scoring import COPY
from articles.text import plain, terms

MOST_NAMES = 2
LONGEST = 90  # characters of a reason; it stands on one line of a card
# Reasons are stored in English, as the desk reads them. What follows is how their beginnings are told to readers, and
# those that are said as they stand.
BEGINNINGS = {"Mentions ": _("Mentions {}"), "Also about #": _("Also about #{}"), "More in ": _("More in {}")}
WHOLE = (
    _("The same text"),
    _("Same story"),
    _("Alike in words"),
    _("Editors' choice"),
    _("Recently in the same section or under the same hashtag"),
    _("More on this"),
    _("From this outlet"),
)


def told(reason):
    """Return a stored reason, or the heading of a group, in the language of the page."""
    for beginning, words in BEGINNINGS.items():
        if reason.startswith(beginning):
            return gettext(words).format(reason.removeprefix(beginning))
    return gettext(reason) if reason in WHOLE else reason


class Reasons:
    """Finds the reasons between one article and others; holds what has to be looked up once for all of them."""

    def __init__(self, article, candidates):
        self.article = article
        texts = f"{article.headline}. {article.standfirst}", plain.from_html(article.body)
        self.names = terms.names(*texts, language=article.language)
        self.tags = {tag.pk: tag for tag in article.hashtags.all()}
        self.tags_of = _tags_of(self.tags, [candidate.article_id for candidate in candidates])

    def of(self, candidate):
        """Return the reason to show ``candidate`` with the article."""
        same_story = self.article.story_id and candidate.story_id == self.article.story_id
        if candidate.likeness >= COPY:
            return "The same text"
        if same_story:
            return "Same story"
        return self._names(candidate) or self._hashtags(candidate) or self._place(candidate)

    def _names(self, candidate):
        shared = [self.names[number] for number in candidate.shared if number in self.names]
        whole = [name for name in shared if not any(name != other and name in other for other in shared)]
        chosen = sorted(dict.fromkeys(whole), key=lambda name: (" " not in name, whole.index(name)))[:MOST_NAMES]
        reason = f"Mentions {', '.join(chosen)}"
        return reason if chosen and len(reason) <= LONGEST else ""

    def _hashtags(self, candidate):
        shared = sorted(self.tags[pk].name for pk in self.tags_of.get(candidate.article_id, ()))
        return f"Also about #{shared[0]}" if shared else ""

    def _place(self, candidate):
        if self.article.section_id and candidate.section_id == self.article.section_id:
            return f"More in {self.article.section}"
        return "Alike in words"


def _tags_of(tags, article_ids):
    if not tags:
        return {}
    rows = Article.hashtags.through.objects.filter(hashtag__in=tags, article__in=article_ids)
    found = {}
    for article_id, hashtag_id in rows.values_list("article_id", "hashtag_id"):
        found.setdefault(article_id, []).append(hashtag_id)
    return found
