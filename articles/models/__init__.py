"""The records of a newsroom. One file a record or a close family."""

from articles.models.address import OldAddress
from articles.models.allowance import Allowance, Limit, TooFast
from articles.models.appeal import Appeal, may_be_appealed
from articles.models.article import Article, article_changed
from articles.models.assist_draft import AssistDraft, assist_draft_changed
from articles.models.assist_ledger import AssistLedger, BudgetSpent, Resting
from articles.models.author import Author, Byline
from articles.models.charge import Charge
from articles.models.comment import Comment
from articles.models.comment_changes import CommentsClosed, comment_changed, comment_said
from articles.models.comment_policy import CommentsPolicy, Terms
from articles.models.commenter import Commenter, is_of_the_newsroom
from articles.models.conversation import Conversation, conversation_changed
from articles.models.correction import Correction
from articles.models.due import Due
from articles.models.edition import Edition
from articles.models.embedding import Embedding
from articles.models.front import PLACES, FrontPage, FrontPin, front_page_changed
from articles.models.glossary import GlossaryTerm
from articles.models.hashtag import Hashtag
from articles.models.image import Image
from articles.models.lesson import Lesson, WordCount
from articles.models.mailbox import Mailbox, Notice, Watch, silence
from articles.models.mistake import MistakeReport
from articles.models.moderation import Decision, Revision, RuleHit, Tally
from articles.models.outlet import Outlet
from articles.models.progress import Progress
from articles.models.quotations import CutQuotation
from articles.models.reading_aid import KeyPointsChoice, ReadingAid
from articles.models.related_link import RelatedChoice, RelatedLink, relations_changed
from articles.models.search_index import SearchEntry, SearchWord
from articles.models.section import Section
from articles.models.silence import Silence, digest_of
from articles.models.story import Story
from articles.models.term_index import PostingList, TermCount, TermVector
from articles.models.transition import StaleRecord, Transition
from articles.models.trust_page import TrustPage
from articles.models.voices import Recommendation, Report
from articles.models.words import Ban, WordRule

__all__ = [
    "PLACES",
    "Allowance",
    "Appeal",
    "Article",
    "AssistDraft",
    "AssistLedger",
    "Author",
    "Ban",
    "BudgetSpent",
    "Byline",
    "Charge",
    "Comment",
    "Commenter",
    "CommentsClosed",
    "CommentsPolicy",
    "Conversation",
    "Correction",
    "CutQuotation",
    "Decision",
    "Due",
    "Edition",
    "Embedding",
    "FrontPage",
    "FrontPin",
    "GlossaryTerm",
    "Hashtag",
    "Image",
    "KeyPointsChoice",
    "Lesson",
    "Limit",
    "Mailbox",
    "MistakeReport",
    "Notice",
    "OldAddress",
    "Outlet",
    "PostingList",
    "Progress",
    "ReadingAid",
    "Recommendation",
    "RelatedChoice",
    "RelatedLink",
    "Report",
    "Resting",
    "Revision",
    "RuleHit",
    "SearchEntry",
    "SearchWord",
    "Section",
    "Silence",
    "StaleRecord",
    "Story",
    "Tally",
    "TermCount",
    "TermVector",
    "Terms",
    "TooFast",
    "Transition",
    "TrustPage",
    "Watch",
    "WordCount",
    "WordRule",
    "article_changed",
    "assist_draft_changed",
    "comment_changed",
    "comment_said",
    "conversation_changed",
    "digest_of",
    "front_page_changed",
    "is_of_the_newsroom",
    "may_be_appealed",
    "relations_changed",
    "silence",
]
