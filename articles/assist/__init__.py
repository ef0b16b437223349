"""The reading aid: what a program can do for a reader honestly, with the article's own words."""

from articles.assist.brief import choose_by_hand, leave_to_program, placed_in, sentences_of
from articles.assist.drafts import approve as approve_draft
from articles.assist.drafts import ask as ask_for_draft
from articles.assist.drafts import mend as mend_draft
from articles.assist.drafts import reject as reject_draft
from articles.assist.drafts import shown as written_at
from articles.assist.drafts import why_not_sent, written_for
from articles.assist.drafts import write as write_draft
from articles.assist.gate import passages_of
from articles.assist.key_points import choose
from articles.assist.passages import ask, askable
from articles.assist.prepare import aid_of, concerned_by, forget_stale, may_have_aid, prepare, without_aid
from articles.assist.story import compare, story_parts, timeline

__all__ = [
    "aid_of",
    "approve_draft",
    "ask",
    "ask_for_draft",
    "askable",
    "choose",
    "choose_by_hand",
    "compare",
    "concerned_by",
    "forget_stale",
    "leave_to_program",
    "may_have_aid",
    "mend_draft",
    "passages_of",
    "placed_in",
    "prepare",
    "reject_draft",
    "sentences_of",
    "story_parts",
    "timeline",
    "why_not_sent",
    "without_aid",
    "write_draft",
    "written_at",
    "written_for",
]
