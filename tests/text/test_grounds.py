"""The gate's eyes: which numbers, days, names and quotations of a sentence are not in what it cites."""

import pytest

from articles.text import grounds

PASSAGE = (
    "The Sarn broke through its dyke at Ottery Marsh at four in the morning after 41 hours of rain. Fire crews from "
    "Harrowmere brought 1,412 people out on Thursday. “It was dark and cold,” said Agnes Holt, who lost 2.5 hectares."
)


def foreign(kind, sentence, *, language="en", source="en", passages=(PASSAGE,), **more):
    found = getattr(grounds, f"foreign_{kind}")
    return found(sentence, list(passages), language=language, source=source, **more)


@pytest.mark.parametrize(
    ("sentence", "language", "told"),
    [
        ("After 41 hours 1,412 people left.", "en", []),
        ("After 41 hours 1412 people left 2.5 hectares.", "en", []),
        ("It broke at 4.", "en", []),
        ("After forty-one hours two died.", "en", ["forty", "two"]),
        ("Some 25 hectares, 1.4 million crowns.", "en", ["25", "1.4", "million"]),
        ("After ４1 hours, ٤١ of them, and ٤٢.", "en", ["٤٢"]),
        ("Après 41 heures, 1 412 personnes, 2,5 hectares, à quatre heures.", "fr", []),
        ("Après 42 heures, trois personnes.", "fr", ["42", "trois"]),
        ("Nach 41 Stunden 1.412 Menschen, 2,5 Hektar, um vier Uhr.", "de", []),
        ("Nach 14 Stunden zwölf Millionen.", "de", ["14", "zwölf", "Millionen"]),
        ("41 時間後に 1412 人、13 人。", "ja", ["13"]),
    ],
)
def test_numbers(sentence, language, told):
    assert foreign("numbers", sentence, language=language) == told


@pytest.mark.parametrize(
    ("sentence", "language", "told"),
    [
        ("They came on Thursday.", "en", []),
        ("They may march on Friday in May.", "en", ["Friday", "May"]),
        ("Ils sont venus jeudi.", "fr", []),
        ("Ils viendront vendredi, en mai, demain.", "fr", ["vendredi", "mai", "demain"]),
        ("Sie kamen am Donnerstag, nicht am Freitag.", "de", ["Freitag"]),
    ],
)
def test_days(sentence, language, told):
    assert foreign("days", sentence, language=language) == told


@pytest.mark.parametrize(
    ("sentence", "language", "told"),
    [
        ("Agnes Holt’s house in Ottery Marsh.", "en", []),
        ("Holt was cold, said Harrowmere.", "en", []),
        ("Macron spoke. Agnes Macron did too.", "en", ["Macron", "Agnes Macron"]),
        ("Crews came, and so did Paris.", "en", ["Paris"]),
        ("Raining went on.", "en", []),
        ("Habitants et Agnes Holt sont partis de Paris.", "fr", ["Paris"]),
        ("Die Feuerwehr holte Agnes Holt, sagte Angela Merkel.", "de", ["Merkel"]),
    ],
)
def test_names(sentence, language, told):
    assert foreign("names", sentence, language=language, told=[PASSAGE]) == told


def test_name_that_an_editor_says_is_another_in_this_language():
    sentence, given = "On part de Allemagne pour Ottery Marsh.", {"Allemagne": "Harrowmere"}
    assert foreign("names", sentence, language="fr", renderings=given) == []
    assert foreign("names", sentence, language="fr", renderings={"Allemagne": "Germany"}) == ["Allemagne"]


def test_name_has_to_stand_there_whole():
    assert foreign("names", "They saw Agnes and Otter in Harrow.", told=[]) == ["Otter", "Harrow"]


def test_quotations_are_word_for_word_and_translated_ones_have_one_to_come_from():
    def quoted(sentence, *, is_translated=False, passages=(PASSAGE,)):
        return grounds.foreign_quotations(sentence, list(passages), is_translated=is_translated)

    assert quoted("She said “it was dark and cold”, “dark”.") == []
    assert quoted('She said “it was cold and dark” and "awful".') == ["it was cold and dark", "awful"]
    assert quoted("« Il faisait noir », dit-elle.", is_translated=True) == []
    assert quoted("« Il faisait noir », dit-elle.", is_translated=True, passages=["It rained."]) == ["Il faisait noir"]


def test_addresses_and_odd_letters():
    assert grounds.foreign_addresses("Go to evil.com, https://x.y/z or a@b.example.", [PASSAGE]) == [
        "evil.com",
        "https://x.y/z",
        "a@b.example",
    ]
    assert grounds.foreign_addresses("Go to help.org.", ["It says help.org."]) == []
    assert grounds.foreign_letters("Маcron and Макрон said so.", [PASSAGE]) == ["Маcron", "Макрон"]
    assert grounds.mixed_letters("Маcron и Макрон") == ["Маcron"]


def test_what_it_cannot_read_is_said():
    assert [grounds.unread(code) for code in ("en", "pt-br", "de", "lb")] == [
        "",
        "numbers and days in words",
        "names of one word",
        "numbers and days in words and names of one word",
    ]
