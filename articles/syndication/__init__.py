"""What programs outside are told of articles: one description of an article, and the formats that it goes out in."""

from articles.syndication.feeds import FORMATS, Channel
from articles.syndication.item import Item, absolute
from articles.syndication.news_article import graph

__all__ = ["FORMATS", "Channel", "Item", "absolute", "graph"]
