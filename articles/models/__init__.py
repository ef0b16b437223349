"""The records of a newsroom. One file a record or a close family."""

from articles.models.address import OldAddress
from articles.models.allowance import Allowance, Limit, TooFast
from articles.models.article import Article, article_changed
from articles.models.author import Author, Byline
from articles.models.comment import Comment
from articles.models.comment_changes import CommentsClosed, comment_changed
from articles.models.commenter import Commenter
from articles.models.correction import Correction
from articles.models.due import Due
from articles.models.hashtag import Hashtag
from articles.models.image import Image
from articles.models.moderation import Decision, Revision, RuleHit
from articles.models.outlet import Outlet
from articles.models.progress import Progress
from articles.models.reading_aid import ReadingAid
from articles.models.related_link import RelatedChoice, RelatedLink, relations_changed
from articles.models.search_index import SearchEntry, SearchWord
from articles.models.section import Section
from articles.models.story import Story
from articles.models.term_index import TermCount, TermPosting, TermVector
from articles.models.transition import StaleRecord, Transition
from articles.models.voices import Recommendation, Report
from articles.models.words import Ban, WordRule

__all__ = [
    "Allowance",
    "Article",
    "Author",
    "Ban",
    "Byline",
    "Comment",
    "Commenter",
    "CommentsClosed",
    "Correction",
    "Decision",
    "Due",
    "Hashtag",
    "Image",
    "Limit",
    "OldAddress",
    "Outlet",
    "Progress",
    "ReadingAid",
    "Recommendation",
    "RelatedChoice",
    "RelatedLink",
    "Report",
    "Revision",
    "RuleHit",
    "SearchEntry",
    "SearchWord",
    "Section",
    "StaleRecord",
    "Story",
    "TermCount",
    "TermPosting",
    "TermVector",
    "TooFast",
    "Transition",
    "WordRule",
    "article_changed",
    "comment_changed",
    "relations_changed",
]
