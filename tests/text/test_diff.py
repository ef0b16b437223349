"""What changed between two texts: whole paragraphs, single words, and nothing that stayed."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text import diff


def test_changed_word_is_shown_within_its_paragraph():
    before = "The dam is 14 metres high.\nNobody was hurt."
    after = "The dam is 40 metres high.\nNobody was hurt."
    assert diff.paragraphs(before, after) == [
        [("same", "The dam is "), ("gone", "14"), ("new", "40"), ("same", " metres high.")]
    ]


def test_number_is_compared_as_a_whole():
    assert diff.words("4,300 left at 3:52", "3,400 left at 3:58") == [
        ("gone", "4,300"),
        ("new", "3,400"),
        ("same", " left at "),
        ("gone", "3:52"),
        ("new", "3:58"),
    ]


def test_paragraphs_that_came_and_went_stand_whole():
    assert diff.paragraphs("One.\nTwo.\nThree.", "One.\nThree.\nFour.") == [[("gone", "Two.")], [("new", "Four.")]]


def test_paragraph_that_became_another_is_not_taken_apart():
    before, after = "The river rose in the night.", "Ministers meet on Monday to talk about leases."
    assert diff.paragraphs(before, after) == [[("gone", before), ("new", after)]]


def test_same_text_has_no_changes():
    assert diff.paragraphs("One.\nTwo.", "One.\nTwo.") == []


def test_long_paragraph_is_not_compared_word_by_word():
    before, after = "word " * 700, "word " * 701
    assert diff.paragraphs(before, after) == [[("gone", before), ("new", after)]]


def test_text_of_very_many_lines_is_not_compared_line_by_line():
    before, after = "a\n" * 20_000, "b\na\n" * 10_000  # line by line it would be 400 million pairs
    assert diff.paragraphs(before, before) == []
    assert diff.paragraphs(before, after) == [
        *([("gone", "a")] for _ in range(20_000)), *([("new", text)] for _ in range(10_000) for text in "ba")
    ]  # fmt: skip


lines = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=30), max_size=6)


@given(lines, lines)
def test_both_texts_can_be_read_from_the_changes_and_what_stayed(before, after):
    """What is marked as gone stood before, what is marked as new stands now; a paragraph holds only such words."""
    changed = diff.paragraphs("\n".join(before), "\n".join(after))
    for paragraph in changed:
        old = "".join(text for kind, text in paragraph if kind != "new")
        new = "".join(text for kind, text in paragraph if kind != "gone")
        assert old in ["", *before]
        assert new in ["", *after]
        assert old != new


def test_word_is_never_torn_from_its_marks():
    assert diff.paragraphs("दिल्ली में बाढ़", "दिल्ला में बाढ़") == [
        [(diff.GONE, "दिल्ली"), (diff.NEW, "दिल्ला"), (diff.SAME, " में बाढ़")]
    ]
