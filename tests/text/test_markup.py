"""HTML from other programs as the plain text of our comments."""

import pytest

from articles.text.markup import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One\nline.<br>Next.</p>", "One line.\nNext."),
        ("One.\nTwo.\n\nThree.", "One.\nTwo.\n\nThree."),
        ("One <em>or</em> <b>two</b> &amp; &lt;three&gt;", "One or two & <three>"),
        ("<blockquote><p>Said.</p><p>And said.</p></blockquote><p>Answer.</p>", "> Said.\n>\n> And said.\n\nAnswer."),
        ("> Said.\n\nAnswer.", "> Said.\n\nAnswer."),
        ('<a href="https://a.example/x">the report</a>.', "the report (https://a.example/x)."),
        ('<a href="https://a.example/x">https://a.example/x</a>', "https://a.example/x"),
        ('<a href="https://a.example/long/x">a.example/lo...</a>', "https://a.example/long/x"),
        ('<a href="https://a.example/x"></a>', "https://a.example/x"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ('<p>See<img src="https://a.example/i.png"></p>', "See https://a.example/i.png"),
        ("<script>alert(1)</script><p>Words.</p><style>p{}</style>", "Words."),
        ("<p>not closed <b>at all", "not closed at all"),
        ("a < b and c > d", "a < b and c > d"),
        ("", ""),
        ("<p>&nbsp;</p>", ""),
        ("&#0;&#x202e;x", "\ufffdx"),
    ],
)
def test_html_becomes_the_text_that_its_writer_meant(html, text):
    assert to_text(html) == text
