"""Prose is split where its sentences end, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import sentences

SPLITS = {
    "plain": "The river rose.|It fell again!|Why?|Nobody knows.",
    "one": "No end in sight",
    "title": "Dr. Ada Lind met Mr. Orr at St. Mary’s.|They talked.",
    "initials": "J. R. Tolkien and B. Lind wrote it.|We read it.",
    "abbreviations": "The U.S. Senate met.|Acme Inc. paid, e.g. in 2020.|It was enough.",
    "numbers": "It cost 2.6 billion crowns.|It grew by 3.5 per cent.|No. 4 closed.",
    "time": "The water came at 4 a.m.|The dyke broke at 5 p.m.|It was dark.",
    "time within": "At 4 a.m. yesterday it broke.|Nobody slept.",
    "quotation": "“It broke.”|“We ran,” she said.|“Why?” he asked.|Silence.",
    "brackets": "It broke (at last).|(Nobody saw it.)|Then it rained.",
    "ellipsis": "And then … nothing.|It was over…|The end.",
    "lower case": "She works at news.example. in town.|It is small.",
    "dash": "It was late.|– Nobody came.",
    "I": "So did I.|We left.",
    "French": "L’eau est montée.|« Personne n’a dormi », dit-elle.|M. Dupont et Mme. Roche ont fui.|Où ?|À l’école.",
    "German": "Das Wasser stieg, z.B. in Köln.|Hr. Müller floh.|Warum?|Übrigens: niemand weiß es.",
    "Spanish": "El agua subió.|¿Por qué?|Nadie lo sabe.|¡Qué noche!",
    "Hindi": "पानी बढ़ गया।|कोई नहीं सोया।",
    "Urdu": "پانی چڑھ گیا۔|کوئی نہیں سویا۔",
    "Persian": "چرا؟|هیچ‌کس نمی‌داند.",
    "Burmese": "ရေကြီးသည်။|မည်သူမျှ မအိပ်ခဲ့ပါ။",
    "Russian": "Вода поднялась.|Никто не спал.",
    "Greek": "Το νερό ανέβηκε.|Κανείς δεν κοιμήθηκε.",
    "Arabic": "ارتفع الماء.|لم ينم أحد.",
    "digits": "It rose in 2025.|2026 was dry.",
    "several marks": "What?!|Really!!|Yes.",
}


@pytest.mark.parametrize("marked", SPLITS.values(), ids=SPLITS)
def test_sentences_end_where_a_reader_would_stop(marked):
    parts = marked.split("|")
    assert sentences.split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("洪水が来た。誰も眠れなかった！なぜ？", ["洪水が来た。", "誰も眠れなかった！", "なぜ？"]),
        ("「洪水だ。」彼は言った。", ["「洪水だ。」", "彼は言った。"]),
        ("水来了。没人睡觉。", ["水来了。", "没人睡觉。"]),
        ("", []),
        ("   ", []),
        ("...", ["..."]),
        ("One.Two.", ["One.Two."]),
    ],
)
def test_sentences_without_spaces_between_them(text, parts):
    assert sentences.split(text) == parts


@given(st.text(max_size=300))
def test_no_word_is_lost_and_none_is_added(text):
    parts = sentences.split(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part == part.strip() and part in text for part in parts)


@pytest.mark.parametrize("text", ["." * 40_000, "A. " * 13_000, ". " * 20_000, '."' * 20_000, "a." * 20_000 + "\n"])
def test_run_of_marks_is_read_once(text):
    """From each mark to the last one would be 800 million steps: this test would not end."""
    assert "".join(sentences.split(text)).replace(" ", "") == text.replace(" ", "").strip()
