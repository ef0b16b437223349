"""What is found in an article's own text: names, figures, quotations and days."""

from datetime import date

import pytest

from articles.assist import facts
from articles.text import dates, figures, names, plain, speech
from tests.assist.test_key_points import fixture_articles

BODY = (
    "<p>The Sarn broke through its dyke at Ottery Marsh after 41 hours of rain, Interior Minister Ana Holm said on "
    "Thursday. Fire crews from Wexcombe brought 412 people out of their houses in the marsh by boat.</p>"
    "<p>“We had measured seepage three times,” said Agnes Brill, who runs the Rivers Authority. “Nobody listened.”</p>"
    "<p>“Clear water, you stand and watch it,” he said.</p>"
)


def test_names_are_grouped_by_what_bears_them():
    found = facts.gather(body=BODY)["names"]
    assert {kind: {name["name"] for name in rows} for kind, rows in found.items()} == {
        "person": {"Agnes Brill", "Ana Holm"},
        "organisation": {"Rivers Authority"},
        "place": {"Ottery Marsh"},
        "other": {"Sarn", "Wexcombe"},
    }


def test_figures_stand_with_their_sentence_and_who_said_it():
    assert facts.gather(body=BODY)["figures"] == [
        {
            "figure": "41 hours",
            "text": "The Sarn broke through its dyke at Ottery Marsh after 41 hours of rain, Interior Minister "
            "Ana Holm said on Thursday.",
            "paragraph": 1,
            "by": "Ana Holm",
        },
        {
            "figure": "412 people",
            "text": "Fire crews from Wexcombe brought 412 people out of their houses in the marsh by boat.",
            "paragraph": 1,
            "by": "",
        },
    ]


def test_quotation_has_a_speaker_only_where_the_paragraph_names_one():
    assert facts.gather(body=BODY)["quotations"] == [
        {"text": "We had measured seepage three times", "paragraph": 2, "by": "Agnes Brill"},
        {"text": "Nobody listened.", "paragraph": 2, "by": "Agnes Brill"},
        {"text": "Clear water, you stand and watch it", "paragraph": 3, "by": ""},
    ]


def test_pronoun_that_may_mean_two_people_names_nobody():
    people = ["Ana Holm", "Agnes Brill"]
    text = "Ana Holm met Agnes Brill at the quay. “There is no more time for any of this,” she said."
    assert speech.quotations(text, people=people) == [("There is no more time for any of this,", "")]
    one = "Ana Holm went to the quay. “There is no more time for any of this,” she said."
    assert speech.quotations(one, people=people) == [("There is no more time for any of this,", "Ana Holm")]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The dyke was 12 centimetres higher, according to Agnes Brill.", "Agnes Brill"),
        ("The ministry said that Pellworth’s staff had been locked out.", ""),
        ("Turnout was 51 per cent.", ""),
    ],
)
def test_source_of_a_sentence_is_whom_it_names_as_that(sentence, source):
    assert speech.attributed(sentence) == source


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost 1.9 billion crowns in 1954.", [("1.9 billion crowns", "1.9")]),
        ("Some 478,200 people and 40 per cent", [("478,200 people", "478200"), ("40 per cent", "40")]),
        ("At 3:52 a.m., aged 71, on 2026-11-19", []),
        ("$5 each", [("$5 each", "5")]),
        ("He has 12 and the rest", []),
    ],
)
def test_figure_is_a_number_that_says_what_it_counts(text, found):
    assert figures.find(text) == found


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("It broke on Thursday.", date(2026, 11, 19)),
        ("It broke on Sunday.", date(2026, 11, 22)),
        ("It will be closed on Thursday.", date(2026, 11, 26)),
        ("Crossings are cancelled until Wednesday.", date(2026, 11, 25)),
        ("People must leave by Sunday.", date(2026, 11, 29)),
        ("Die Fähre ist bis Mittwoch gestrichen.", date(2026, 11, 25)),
        ("La ligne est fermée jusqu’à mercredi.", date(2026, 11, 25)),
        ("The road is closed since Thursday.", date(2026, 11, 19)),
        ("The rain lasted until Thursday.", None),
        ("By Thursday the water fell.", None),
        ("It broke yesterday.", date(2026, 11, 21)),
        ("It was found three days ago.", date(2026, 11, 19)),
        ("It broke on 3 December.", date(2026, 12, 3)),
        ("It broke on January 5.", date(2027, 1, 5)),
        ("It broke on 31 February.", None),
        ("It broke on 2024-02-29.", date(2024, 2, 29)),
        ("La digue a cédé jeudi.", date(2026, 11, 19)),
    ],
)
def test_day_is_worked_out_from_the_day_of_publication(sentence, day):
    assert dates.resolve(dates.find(sentence), date(2026, 11, 22)) == day


@pytest.mark.parametrize("sentence", ["It broke.", "Open on Mondays.", "From Monday to Friday it may rain.", "may 5"])
def test_sentence_that_names_no_one_day_is_no_event(sentence):
    assert dates.find(sentence) == ""


def test_language_that_writes_every_noun_with_a_capital_gives_no_names():
    assert names.find(["Der Fluss trat bei Harrowmere über die Ufer."], language="de") == []


def test_everything_found_in_the_demo_is_the_articles_own_words():
    for article in fixture_articles():
        found = facts.gather(body=article["body"], language=article.get("language", "en"))
        paragraphs = plain.paragraphs(article["body"])
        rows = [*found["figures"], *found["quotations"], *found["days"]]
        rows += [{"text": row["name"]} | row for part in found["names"].values() for row in part]
        assert [row for row in rows if row["text"].split(" ")[-1] not in paragraphs[row["paragraph"] - 1]] == []
        told = [*found["figures"], *found["quotations"], *found["days"]]
        assert [row for row in told if row["text"] not in paragraphs[row["paragraph"] - 1]] == []
        assert found == facts.gather(body=article["body"], language=article.get("language", "en"))


@pytest.mark.parametrize(
    "bad", ["A" * 9000, "A " * 5000, "“" * 9000, "“A said " * 1500, "1," * 5000, "A, B, said " * 900]
)
def test_hostile_text_is_no_error(bad):
    assert facts.gather(body=f"<p>{bad}</p>")["words"] >= 0
