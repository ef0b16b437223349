"""One mailbox has one key, however its address is typed."""

import pytest

from articles.text import mailboxes


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("rosa@reader.example", "rosa@reader.example"),
        ("Rosa@READER.example", "rosa@reader.example"),
        ("rosa+news@reader.example", "rosa@reader.example"),
        ("+rosa@reader.example", "+rosa@reader.example"),
        ("ｒosa@reader.example.", "rosa@reader.example"),
        ("r.osa@reader.example", "r.osa@reader.example"),
        ("Straße@reader.example", "strasse@reader.example"),
        ("", "@"),
    ],
)
def test_ways_to_type_an_address_have_one_key(address, key):
    assert mailboxes.key(address) == key
