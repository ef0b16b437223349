"""What the program would show with an article now, and why: for the desk. Nothing is stored."""

from dataclasses import dataclass

from articles.models import Article, RelatedChoice, RelatedLink
from articles.related import index, scoring
from articles.related.links import compare
from articles.related.reasons import Reasons
from articles.text import plain, terms

MOST = 20  # candidates shown
WORDS = 6  # shared words named of each


@dataclass(frozen=True)
class Finding:
    """A candidate as an editor weighs it. ``likeness`` is the share of the text that both have, from 0 to 1."""

    article: Article
    candidate: scoring.Candidate
    reason: str
    words: list
    choice: str  # "pin", "block", "both", or "" where no editor has decided
    link: RelatedLink | None  # as it is stored, among those that readers are shown from

    @property
    def is_copy(self):
        return self.candidate.is_copy

    @property
    def percent(self):
        """How much of the text is the same, for words: "98 %"."""
        return round(100 * self.candidate.likeness)


def stored(article):
    """Return ``{article: link}`` of what is stored to be shown with ``article``."""
    return {link.related_id: link for link in RelatedLink.objects.filter(article=article)}


def preview(article, *, at, links):
    """Return the Findings for ``article``, the best first, as the program would find them at ``at``.

    After them what has the same text, however old it is. ``links`` are those ``stored``. Eight queries and two of the
    hashtags at most. What an editor pinned or blocked is among them, and says so.
    """
    # Only looked at, not stored: it may be a draft, which must not be found by others.
    found = compare(article, index.look(article), at=at)
    best = scoring.arrange(found, MOST, own_outlet=article.outlet_id)
    best += _copies(found, but={candidate.article_id for candidate in best})
    articles = Article.objects.for_desk().in_bulk([candidate.article_id for candidate in best])
    reasons, words = Reasons(article, best), _words(article)
    choices = _choices(article)
    return [
        Finding(
            article=articles[candidate.article_id],
            candidate=candidate,
            reason=reasons.of(candidate),
            words=_named(candidate, words),
            choice=choices.get(candidate.article_id, ""),
            link=links.get(candidate.article_id),
        )
        for candidate in best
        if candidate.article_id in articles
    ]


def _copies(found, *, but):
    copies = [candidate for candidate in found if candidate.is_copy and candidate.article_id not in but]
    return sorted(copies, key=lambda candidate: (-candidate.likeness, candidate.article_id))[:MOST]


def _tags(article):
    return [tag.name for tag in article.hashtags.all()]


def _choices(article):
    choices = {}
    for row in RelatedChoice.objects.about(article.pk):
        other = row.other_id if row.article_id == article.pk else row.article_id
        if row.article_id == article.pk or other not in choices:
            choices[other] = row.choice
    return choices


def _words(article):
    """Return ``{number: words}`` of the article's terms as it writes them."""
    texts = article.headline, article.standfirst, plain.from_html(article.body)
    return terms.written(*texts, hashtags=_tags(article), language=article.language)


def _named(candidate, words):
    """Return the heaviest shared words; a word that stands in a pair named before it is not said twice."""
    named = []
    for word in (words[number] for number in candidate.shared if number in words):
        if not any(word.lower() in other.lower() for other in named):
            named.append(word)
    return named[:WORDS]
