"""Plain text out of an article's HTML, and how long it is."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import html, plain


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("", ""),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<br>two</p>\n<hr><h2>Head</h2>", "One\ntwo\nHead"),
        ("<p>One <strong>bold</strong>er &amp; &lt;b&gt; caf&eacute;&nbsp;!</p>", "One bolder & <b> café\u00a0!"),
        ("<ul><li>One</li><li><p>Two</p></li></ul><blockquote><p>Three</p></blockquote>", "One\nTwo\nThree"),
        ("<pre>a\n  b</pre>", "a\nb"),
        (
            "<table><thead><tr><th>Year</th><th>Level</th></tr></thead><tr><td>2025</td><td>4 m</td></tr></table>",
            "Year Level\n2025 4 m",
        ),
        ('<p><a href="/x" title="a &gt; b" rel="noopener">Link</a></p>', "Link"),
    ],
)
def test_text_is_one_block_a_line(page, text):
    assert plain.from_html(page) == text


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        ("", []),
        ("<h2>Head</h2>", []),
        ("<p>One</p><h2>Head</h2><p>Two &amp; three</p>", ["One", "Two & three"]),
        ("<p>The end of it.<br>The beginning.</p>", ["The end of it. The beginning."]),
        ("<p>One\n  <em>two</em></p><blockquote><p>Three</p></blockquote>", ["One two", "Three"]),
    ],
)
def test_paragraphs_are_counted_as_on_the_page(page, paragraphs):
    assert plain.paragraphs(page) == paragraphs


@pytest.mark.parametrize(
    ("text", "line"),
    [("", ""), ("\u00a0 a \n\t b\u00a0: c\u2028d\u202f! \u00a0", "a b\u00a0: c d\u202f!"), ("a\u200bb", "a\u200bb")],
)
def test_white_space_is_folded(text, line):
    assert plain.one_line(text) == line


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        ("", 0, 1),
        ("one two\nthree", 3, 1),
        ("word " * 238, 238, 1),
        ("word " * 239, 239, 2),
        ("洪水", 2, 1),
        ("水" * 500, 500, 1),
        ("水" * 501, 501, 2),
        ("東京 flood です", 5, 1),
        ("word " * 119 + "水" * 250, 369, 1),
        ("word " * 120 + "水" * 250, 370, 2),
        ("홍수가 났어요", 2, 1),
    ],
)
def test_text_is_measured_in_words_and_minutes(text, words, minutes):
    assert (plain.count_words(text), plain.reading_minutes(text)) == (words, minutes)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("", ""),
        ("One sentence.", "One sentence."),
        ("One. Two. Three.", "One. Two."),
        ("One.\n Two.", "One. Two."),
        ("Short. Long " + "long " * 60 + "end.", "Short."),
        ("long " * 60, "long " * 46 + "long…"),
        ("x" * 300, "x" * 239 + "…"),
        ("洪水。" * 3, "洪水。 洪水。"),
    ],
)
def test_summary_is_at_most_two_whole_sentences(text, short):
    assert plain.shorten(text) == short


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("one two", 7, "one two"),
        ("one two three", 8, "one…"),
        ("one, two three", 6, "one…"),
        ("onetwothree", 6, "onetw…"),
        ("cafe\u0301s are shut", 5, "caf…"),
        ("", 5, ""),
    ],
)
def test_text_is_cut_at_a_word(text, most, cut):
    assert plain.cut(text, most) == cut


@given(st.text(max_size=400), st.integers(2, 300))
def test_cut_text_is_never_too_long_and_never_another(text, most):
    short = plain.cut(text, most)
    assert len(short) <= most
    assert short == text or text.startswith(short[:-1])


@given(st.text(max_size=600))
def test_summary_fits_its_column(text):
    assert len(plain.shorten(text)) <= 240


@given(st.text(max_size=300))
def test_text_that_went_through_html_is_the_same_text(text):
    page = html.sanitise(f"<p>{escape(text)}</p>")
    assert plain.one_line(plain.from_html(page)) == plain.one_line(html.strip_forbidden(text))
