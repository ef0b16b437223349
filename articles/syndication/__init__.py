"""What programs outside are told of articles: one description of an article, and the formats that it goes out in."""

from articles.syndication.feeds import FORMATS, Channel
from articles.syndication.item import Item, absolute, shared_title
from articles.syndication.news_article import schema_types, structured_data
from articles.syndication.place import (
    Place,
    day_of_archive,
    described,
    first_pictured,
    month_of_archive,
    place_of,
    way_to_outlet,
)
from articles.syndication.rights import reserve
from articles.syndication.rights import told as rights_told
from articles.syndication.websub import tell_hub

__all__ = [
    "FORMATS",
    "Channel",
    "Item",
    "Place",
    "absolute",
    "day_of_archive",
    "described",
    "first_pictured",
    "month_of_archive",
    "place_of",
    "reserve",
    "rights_told",
    "schema_types",
    "shared_title",
    "structured_data",
    "tell_hub",
    "way_to_outlet",
]
