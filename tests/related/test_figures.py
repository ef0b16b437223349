"""The figures that say how well stories match events, and how many copies are found."""

import pytest
from django.utils import timezone

from articles import related
from articles.text import plain
from tests import make
from tests.benchmarks import copies
from tests.benchmarks.related import _clustering
from tests.browser.pages import LONG_BODY

EVENTS = dict(zip("abcdef", (1, 1, 1, 1, 2, 2), strict=True))


def figures(*clusters):
    found = _clustering(EVENTS, dict(zip("abcdef", clusters, strict=True)))
    names = ["B-cubed precision (purity)", "B-cubed recall", "pair precision", "pair recall"]
    return tuple(round(found[name], 4) for name in names)


@pytest.mark.parametrize(
    ("clusters", "expected"),
    [
        ((1, 1, 1, 1, 2, 2), (1, 1, 1, 1)),
        ((1, 2, 3, 4, 5, 6), (1, round((4 / 4 + 2 / 2) / 6, 4), 0, 0)),
        ((1, 1, 1, 1, 1, 1), (round((4 * 4 / 6 + 2 * 2 / 6) / 6, 4), 1, round(7 / 15, 4), 1)),
        # Two of the first event alone, two with one of the second: by hand.
        (
            (1, 1, 2, 2, 2, 3),
            (round((2 + 2 * 2 / 3 + 1 / 3 + 1) / 6, 4), round((4 * 2 / 4 + 2 / 2) / 6, 4), 0.5, round(2 / 7, 4)),
        ),
    ],
    ids=["right", "all alone", "all in one", "mixed"],
)
def test_stories_are_measured_against_events(clusters, expected):
    assert figures(*clusters) == expected


def test_f1_is_the_harmonic_mean_and_nothing_found_is_no_error():
    found = _clustering(EVENTS, dict(zip("abcdef", range(6), strict=True)))
    assert (round(found["B-cubed F1"], 4), found["pair F1"]) == (0.5, 0.0)


@pytest.mark.django_db
def test_copy_is_counted_at_each_step_on_its_way_to_editors():
    article, at = make.article("River rises", body=LONG_BODY), timezone.now()
    related.relate(article, at=at)
    words, other = plain.from_html(LONG_BODY).split(), "The port of Ottery counts its cranes anew".split()
    assert copies._copied(article, words, other, at) == [True] * 4
    assert copies._copied(article, words[: len(words) // 2], other, at) == [False] * 4
