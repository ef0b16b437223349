"""The reading aid: what a program can do for a reader honestly, with the article's own words."""

from articles.assist.key_points import choose
from articles.assist.prepare import key_points_of, prepare

__all__ = ["choose", "key_points_of", "prepare"]
