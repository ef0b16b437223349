"""What a reader may mean who has typed the first letters: names and headlines, of live articles only."""

from dataclasses import dataclass

from articles.models import Article, Author, Hashtag, Story
from articles.search.asking import matching
from articles.search.query import Term
from articles.text import search_words

LEAST_LETTERS = 2  # for outlets and sections; three for what the index is asked for
MOST = {"Hashtag": 3, "Outlet": 2, "Author": 2, "Section": 2, "Story": 2, "Article": 4}
LOOKED_AT = 40  # articles with a hashtag or an author of that name
_LEAST_FOR_INDEX = 3


@dataclass(frozen=True)
class Suggestion:
    kind: str
    text: str
    url: str
    language: str = ""


def suggest(text, articles, house):
    """Return Suggestions for what was typed so far, from ``articles``, a QuerySet of live ones."""
    words = search_words.tokens(text.lstrip("#"), "")
    if not words or len("".join(words)) < LEAST_LETTERS:
        return []
    by_name = [*_named("Outlet", house.outlets.values(), words), *_named("Section", house.sections.values(), words)]
    if len("".join(words)) < _LEAST_FOR_INDEX and not search_words.is_unspaced(words[-1]):
        return by_name
    rows = _with_names(words, articles, house)
    hashtags = Hashtag.objects.canonical().filter(articles__in=rows).distinct().by_name()
    authors = Author.objects.filter(bylines__article__in=rows).distinct().by_name()
    told = _with_headline(words, articles, house)
    stories = Story.objects.filter(pk__in={row.story for row in told if row.story}).called_by(articles).order_by("-pk")
    return [
        *_named("Hashtag", hashtags, words, sign="#"),
        *by_name,
        *_named("Author", authors, words),
        *_titled(stories, words),
        *_headlines([row.pk for row in told]),
    ]


def _with_names(words, articles, house):
    ways = (tuple(words), ("".join(words),), *search_words.alternatives(" ".join(words), house.languages))
    term = Term("", tuple(dict.fromkeys(ways)), ("hashtags", "bylines"), is_prefix=True)
    return [row.pk for row in matching((term,), articles, house, most=LOOKED_AT)]


def _with_headline(words, articles, house):
    *before, last = words
    stems = search_words.alternatives
    terms = [Term("", stems(word, house.languages), ("headline",)) for word in before]
    terms.append(Term("", stems(last, house.languages), ("headline",), is_prefix=True))
    return matching(tuple(terms), articles, house, most=MOST["Article"])


def _named(kind, records, words, sign=""):
    """Return the records with a name that goes on as was typed, the shortest names first."""
    found = [record for record in records if _goes_on(record.name, words)]
    found.sort(key=lambda record: (len(record.name), record.name))
    return [Suggestion(kind, f"{sign}{record}", record.get_absolute_url()) for record in found[: MOST[kind]]]


def _goes_on(name, words):
    """Tell whether ``words`` stand in ``name``, the last one begun at least; run together as well."""
    typed = " ".join(words)
    spaced = f" {' '.join(search_words.tokens(name, ''))}"
    parts = f" {' '.join(search_words.hashtag(name, ''))}"
    return f" {typed}" in spaced or f" {typed}" in parts or spaced.replace(" ", "").startswith("".join(words))


def _titled(stories, words):
    found = [story for story in stories if _goes_on(str(story), words[-1:])]
    return [Suggestion("Story", str(story), story.get_absolute_url()) for story in found[: MOST["Story"]]]


def _headlines(keys):
    found = Article.objects.filter(pk__in=keys).only("headline", "slug", "language").newest_first()
    return [Suggestion("Article", article.headline, article.get_absolute_url(), article.language) for article in found]
