"""What programs outside are told of articles: one description of an article, and the formats that it goes out in."""

from articles.syndication.feeds import FORMATS, Channel
from articles.syndication.item import Item, absolute
from articles.syndication.news_article import structured_data
from articles.syndication.websub import tell_hub

__all__ = ["FORMATS", "Channel", "Item", "absolute", "structured_data", "tell_hub"]
