"""What counts as one hashtag, in every script."""

import pytest

from articles.text import hashtags


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("LowerSarn", "LowerSarn"),
        ("#Lower Sarn!", "LowerSarn"),
        ("  _flood_2026_ ", "flood_2026"),
        ("Ｗｅｔｔｅｒ", "Wetter"),
        ("e\u0301te\u0301", "été"),
        ("L’Aurel", "LAurel"),
        ("洪水 2026", "洪水2026"),
        ("हिन्दी", "हिन्दी"),
        ("น้ำท่วม", "น\u0e49\u0e4d\u0e32ท่วม"),  # NFKC takes SARA AM apart
        ("مُحَمَّد", "مُحَمَّد"),
        ("می\u200cخواهم", "میخواهم"),
        ("🌊Flut🌊", "Flut"),
        ("1\ufe0f\u20e3", "1"),
        ("🌊\ufe0f", ""),
        ("\u0301", ""),
        ("#", ""),
        ("", ""),
        ("x" * 70, "x" * 60),
    ],
)
def test_name_is_tidied(name, tidy):
    assert hashtags.tidy(name) == tidy
    assert hashtags.tidy(tidy) == tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("#LowerSarn", "lower sarn"),
        ("STRASSE", "Straße"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("Cafe\u0301", "CAFÉ"),
        ("ﬂood", "Flood"),
    ],
)
def test_spellings_share_a_key(one, other):
    assert hashtags.key(one) == hashtags.key(other)


@pytest.mark.parametrize(("one", "other"), [("rivers", "river"), ("resume", "résumé"), ("a_b", "ab"), ("कि", "की")])
def test_other_words_have_other_keys(one, other):
    assert hashtags.key(one) != hashtags.key(other)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", []),
        ("rivers floods", ["rivers", "floods"]),
        ("#rivers #Lower Sarn", ["rivers", "LowerSarn"]),
        ("rivers, Lower Sarn; floods", ["rivers", "LowerSarn", "floods"]),
        ("rivers\nRivers\n#RIVERS", ["rivers"]),
        ("Straße, STRASSE", ["Straße"]),
        (" , ;# !! ", []),
    ],
)
def test_pasted_line_gives_each_name_once(line, names):
    assert hashtags.split(line) == names
