"""The reading aid: what a program can do for a reader honestly, with the article's own words."""

from articles.assist.brief import choose_by_hand, leave_to_program, placed_in, sentences_of
from articles.assist.key_points import choose
from articles.assist.passages import ask, askable
from articles.assist.prepare import aid_of, concerned_by, forget_stale, may_have_aid, prepare
from articles.assist.story import compare, timeline

__all__ = [
    "aid_of",
    "ask",
    "askable",
    "choose",
    "choose_by_hand",
    "compare",
    "concerned_by",
    "forget_stale",
    "leave_to_program",
    "may_have_aid",
    "placed_in",
    "prepare",
    "sentences_of",
    "timeline",
]
