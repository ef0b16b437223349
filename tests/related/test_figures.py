"""The figures that say how well stories match events."""

import pytest

from tests.benchmarks.related import _clustering

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
