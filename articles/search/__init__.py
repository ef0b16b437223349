"""Search: what a reader's words find among the live articles.

The database's own full-text index says which articles have the words (`sqlite`, `postgresql`); words are folded and
stemmed here before they go there, so that both find the same. docs/decisions/0015 says why.
"""

from articles.search.facets import count_facets, start_of
from articles.search.finding import MOST_LOOKED_THROUGH, MOST_SHOWN, Found, find
from articles.search.house import House
from articles.search.index import FACTS, go_on, learn, missing, put, put_missing, rebuild, remove
from articles.search.query import MOST_IN_A_ROW, MOST_LETTERS, MOST_TERMS, clean, cut, parse
from articles.search.snippets import Excerpt, excerpts
from articles.search.spelling import did_you_mean
from articles.search.suggestions import suggest

__all__ = [
    "FACTS",
    "MOST_IN_A_ROW",
    "MOST_LETTERS",
    "MOST_LOOKED_THROUGH",
    "MOST_SHOWN",
    "MOST_TERMS",
    "Excerpt",
    "Found",
    "House",
    "clean",
    "count_facets",
    "cut",
    "did_you_mean",
    "excerpts",
    "find",
    "go_on",
    "learn",
    "missing",
    "parse",
    "put",
    "put_missing",
    "rebuild",
    "remove",
    "start_of",
    "suggest",
]
