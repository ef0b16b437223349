"""The records of a newsroom. One file a record or a close family."""

from articles.models.address import OldAddress
from articles.models.allowance import Allowance, Limit, TooFast
from articles.models.article import Article, article_changed
from articles.models.author import Author, Byline
from articles.models.comment import Comment
from articles.models.comment_changes import CommentsClosed, comment_changed
from articles.models.commenter import Commenter
from articles.models.correction import Correction
from articles.models.hashtag import Hashtag
from articles.models.image import Image
from articles.models.moderation import Decision, Revision, RuleHit
from articles.models.outlet import Outlet
from articles.models.reading_aid import ReadingAid
from articles.models.related_link import RelatedLink
from articles.models.section import Section
from articles.models.story import Story
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
    "Hashtag",
    "Image",
    "Limit",
    "OldAddress",
    "Outlet",
    "ReadingAid",
    "Recommendation",
    "RelatedLink",
    "Report",
    "Revision",
    "RuleHit",
    "Section",
    "StaleRecord",
    "Story",
    "TooFast",
    "Transition",
    "WordRule",
    "article_changed",
    "comment_changed",
]
