"""The machine gate: each sentence cites a paragraph that is there, and states nothing that it does not say."""

import pytest

from articles.assist import gate
from articles.models import AssistDraft
from tests import make

PASSAGES = {
    0: "River rises. What the water left behind.",
    1: "The river rose two metres in one night.",
    2: "Nobody was hurt, said Agnes Holt on Thursday.",
}


def problems(*rows, kind="summary", language="en", passages=PASSAGES, **more):
    draft = AssistDraft(kind=kind, language=language)
    sentences = [{"text": text, "paragraphs": cited} for text, cited in rows]
    found = gate.findings(draft, sentences, passages, source="en", **more)
    return [(finding["sentence"], finding["problem"]) for finding in found]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("The river rose two metres.", [1]), None),
        (("The river rose two metres, said Agnes Holt on Thursday.", [1, 2]), None),
        (("The river rose two metres, said Agnes Holt.", [1]), "The name “Agnes Holt” is not in what it cites."),
        (("The river rose three metres.", [1]), "The number “three” is not in what it cites."),
        (("Nobody was hurt on Friday.", [2]), "The day or month “Friday” is not in what it cites."),
        (("Holt said “all are well”.", [2]), "“all are well” is not said so in what it cites."),
        (("Nobody was hurt; see evil.com for more.", [2]), "The address “evil.com” is not in what it cites."),
        (("The rivеr rose.", [1]), "“rivеr” is written in other letters than the article."),
        (("The river rose.", []), "It cites no paragraph."),
        (("The river rose.", [1, 7, -1]), "There is no paragraph 7, -1."),
        (("", [1]), "It has 0 characters; 1 to 600 are right."),
        (("The river " * 70, [1]), "It has 700 characters; 1 to 600 are right."),
    ],
)
def test_sentence(row, told):
    long = PASSAGES | {9: "word " * 300}
    assert problems(row, passages=long) == ([(0, told)] if told else [])


def test_sentence_that_leans_on_everything_leans_on_nothing():
    many = dict.fromkeys(range(1, 9), "The river rose.")
    assert problems(("The river rose.", [1, 2, 3, 4, 5]), passages=many) == [(0, "It cites more than 4 paragraphs.")]


def test_whole_text_has_its_measure():
    assert problems() == [(None, "It has no sentence.")]
    assert problems(*[("It rose.", [1])] * 7) == [(None, "It has 7 sentences; 6 are the most.")]
    assert problems(*[("The river rose and rose and rose. " * 3, [1])] * 4) == [
        (None, "It has 408 characters; of this article 300 are the most.")
    ]


def test_translation_keeps_names_and_numbers():
    good = [("La rivière a monté de deux mètres.", [1]), ("Personne n’est blessé, dit Agnes Holt jeudi.", [2])]
    assert problems(*good, kind="translation", language="fr") == []
    bad = [("La rivière a monté de trois mètres à Paris.", [1])]
    assert problems(*bad, kind="translation", language="fr") == [
        (0, "The number “trois” is not in what it cites."),
        (0, "The name “Paris” is not in what it cites."),
    ]
    assert problems(("À Rivière.", [1]), kind="translation", language="fr", renderings={"Rivière": "river"}) == []


def test_what_may_be_cited_are_the_paragraphs_as_the_page_numbers_them():
    article = make.Article(headline="River", standfirst="It rises.", body="<p>One.</p><ul><li>x</li></ul><p>Two.</p>")
    assert gate.passages_of(article) == {0: "River. It rises.", 1: "One.", 2: "Two."}


@pytest.mark.parametrize("text", ["It\u202e rose\x00.\n", " It  rose. "])
def test_stored_text_is_plain_and_on_one_line(text):
    assert gate.tidy(text) == "It rose."
