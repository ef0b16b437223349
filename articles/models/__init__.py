"""The records of a newsroom. One file a record or a close family."""

from articles.models.address import OldAddress
from articles.models.article import Article, article_changed
from articles.models.author import Author, Byline
from articles.models.comment import Comment, CommentsClosed, comment_changed
from articles.models.correction import Correction
from articles.models.due import Due
from articles.models.hashtag import Hashtag
from articles.models.image import Image
from articles.models.outlet import Outlet
from articles.models.progress import Progress
from articles.models.reading_aid import ReadingAid
from articles.models.related_link import RelatedChoice, RelatedLink, relations_changed
from articles.models.section import Section
from articles.models.story import Story
from articles.models.term_index import TermCount, TermPosting, TermVector
from articles.models.transition import StaleRecord, Transition

__all__ = [
    "Article",
    "Author",
    "Byline",
    "Comment",
    "CommentsClosed",
    "Correction",
    "Due",
    "Hashtag",
    "Image",
    "OldAddress",
    "Outlet",
    "Progress",
    "ReadingAid",
    "RelatedChoice",
    "RelatedLink",
    "Section",
    "StaleRecord",
    "Story",
    "TermCount",
    "TermPosting",
    "TermVector",
    "Transition",
    "article_changed",
    "comment_changed",
    "relations_changed",
]
