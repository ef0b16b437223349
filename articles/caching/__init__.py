"""What caches may keep of the public pages, for how long and under which keys; ours and those in front of the site."""

from articles.caching.dates import date
from articles.caching.lifetimes import LISTS_KEY, SITE_KEY, article_key, keep_private, outlet_key, share
from articles.caching.marks import Unreachable, marks, purge
from articles.caching.pages import Page, Pages

__all__ = [
    "LISTS_KEY",
    "SITE_KEY",
    "Page",
    "Pages",
    "Unreachable",
    "article_key",
    "date",
    "keep_private",
    "marks",
    "outlet_key",
    "purge",
    "share",
]
