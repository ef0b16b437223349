"""Codes and scores, within which no line of a headline ends."""

import pytest

from articles.templatetags.newsroom import unbroken
from articles.text import plain


@pytest.mark.parametrize(
    ("headline", "whole"),
    [
        ("How section OM-14 was not repaired", ["OM-14"]),
        ("How a 4-2-3-1 beat Athletic 3-2", ["4-2-3-1", "3-2"]),
        ("A nine-year low", []),
        ("Dyke - 14 million", []),
        ("-14 degrees, and 3-", []),
        ("A-" + "1" * 20, []),
        ("", []),
    ],
)
def test_codes_and_scores_are_kept_whole(headline, whole):
    runs = plain.in_runs(headline)
    assert [run for run, is_whole in runs if is_whole] == whole
    assert "".join(run for run, _ in runs) == headline


def test_headline_is_escaped_around_them():
    assert unbroken("<b>OM-14</b>") == '&lt;b&gt;<span class="unbroken">OM-14</span>&lt;/b&gt;'


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        ([("How OM-14 broke", False)], "How {}OM-14</span> broke"),
        ([("How ", False), ("OM", True), ("-14 broke", False)], "How {}<mark>OM</mark>-14</span> broke"),
        ([("O", True), ("M-", False), ("14", True)], "{}<mark>O</mark>M-<mark>14</mark></span>"),
        (
            [("How OM-14", True), (" broke", False)],
            "<mark>How </mark>{}<mark>OM-14</mark></span> broke",
        ),
        ([("<b>", True), ("3-2&", False)], "<mark>&lt;b&gt;</mark>{}3-2</span>&amp;"),
        ([], ""),
    ],
)
def test_codes_of_a_marked_headline_are_kept_whole_too(pieces, shown):
    assert unbroken(pieces) == shown.replace("{}", '<span class="unbroken">')
