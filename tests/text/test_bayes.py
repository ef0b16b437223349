"""How much a text is like others of two kinds, by its words."""

import time

import pytest

from articles.text import bayes


def test_words_count_by_their_folded_form():
    assert set(bayes.keys("Viagra")) == set(bayes.keys("V1AGRA vіаgrа"))
    assert list(bayes.keys("The Old old bridge").values()) == ["The", "Old", "bridge"]


def test_short_and_endless_words_do_not_count():
    assert bayes.keys("a to of " + "x" * 25) == {}
    assert len(bayes.keys(" ".join(f"word{'abcdefghij'[n % 10] * (n // 10 + 1)}" for n in range(200)))) <= 120


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [(0, 0, 0.5), (10, 0, 0.5 / 11), (0, 10, 10.5 / 11), (5, 5, 0.5), (0, 1, 0.75), (1, 0, 0.25)],
)
def test_chance_of_a_word_is_drawn_towards_even_where_it_was_seldom_seen(good, bad, expected):
    assert bayes.chance(good, bad, all_good=100, all_bad=100) == pytest.approx(expected)


def test_chance_allows_for_how_many_there_are_of_either_kind():
    assert bayes.chance(10, 1, all_good=1000, all_bad=10) > 0.8


def test_badness_is_even_where_words_say_nothing_and_moves_with_them():
    assert bayes.badness([]) == 0.5
    assert bayes.badness([0.5, 0.5]) == pytest.approx(0.5)
    assert bayes.badness([0.9] * 8) > 0.95
    assert bayes.badness([0.1] * 8) < 0.05
    assert bayes.badness([0.9] * 4 + [0.1] * 4) == pytest.approx(0.5)
    assert bayes.badness([0.9]) < 0.95  # one word alone settles nothing


def test_largest_comment_is_weighed_in_no_time():
    text = "spam " * 1000
    started = time.process_time()
    bayes.badness([bayes.chance(1, 5, all_good=9, all_bad=9) for _ in bayes.keys(text)] * 200)
    assert time.process_time() - started < 1
