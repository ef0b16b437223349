"""Quotations in comments: how one begins, and how one is known again when its source has gone."""

import time

import pytest

from articles.text import comment as comment_text
from articles.text import quotations

GONE = quotations.REMOVED
SOURCE = "The mayor lied about the dam in March.\nEverybody at the office knew."


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("One line.", "> One line."),
        ("One.\n\nTwo.", "> One.\n> Two."),
        ("> Somebody else.\n\nMine.", "> Mine."),
        ("> Nothing of mine.", ""),
        ("word " * 100, "> " + ("word " * 59) + "word …"),
        ("x" * 400, "> " + "x" * 300 + " …"),
    ],
)
def test_quotation_is_the_first_words_and_not_what_they_quote(said, quoted):
    assert quotations.quote(said) == quoted


def test_quotation_is_shown_as_one():
    assert comment_text.render(f"{quotations.quote('<b>One</b>')}\n\nNo.") == (
        "<blockquote><p>&lt;b&gt;One&lt;/b&gt;</p></blockquote><p>No.</p>"
    )


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        (f"{quotations.quote(SOURCE)}\n\nHe did not.", f"{GONE}\n\nHe did not."),
        ("> mayor lied about the dam\nNo.", f"{GONE}\nNo."),
        (">> The mayor LIED about   the dam\n\nNo.", f"{GONE}\n\nNo."),
        ("> T.h.e mayоr l1ed about thе dam\n\nNo.", f"{GONE}\n\nNo."),
        ("First.\n\n> Everybody at the office knew.\n> And more.\n\nLast.", f"First.\n\n{GONE}\n\nLast."),
        ("> knew\n\nDid they?", f"{GONE}\n\nDid they?"),
        ("> One about a bridge in May.\n\nHe did not.", None),
        ("> \n\nNothing quoted.", None),
        ("The mayor lied about the dam in March, I say too.", None),
        ("", None),
    ],
)
def test_quotation_of_what_is_gone_goes_whole_and_nothing_else_does(answer, left):
    assert quotations.without(answer, [SOURCE]) == (answer if left is None else left)


def test_quotation_of_any_of_its_versions_goes():
    assert quotations.without("> An older wording of it", ["New words.", "An older wording of it."]) == GONE


def test_marker_itself_stays_what_it_is():
    assert quotations.without(f"{GONE}\n\nNo.", [SOURCE]) == f"{GONE}\n\nNo."


@pytest.mark.parametrize("text", ["> a " * 1250, "> a\n" * 1250, ">" * 5000, "> " + "a." * 2500])
def test_hostile_text_takes_no_time(text):
    started = time.perf_counter()
    quotations.without(text, [text, SOURCE])
    quotations.quote(text)
    assert time.perf_counter() - started < 1
