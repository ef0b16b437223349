"""Excerpts show where the words stand, marked, and only what may be shown."""

import pytest

from articles import search
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db
LONG = " ".join(["The quay was quiet in the morning and nobody spoke of it."] * 12)


def excerpt(article, words):
    (found,) = search.excerpts([article], search.parse(words, (article.language,)).terms)
    return found


def told(pieces):
    return "".join(f"[{text}]" if is_match else text for text, is_match in pieces)


def test_words_are_marked_in_headline_and_text_however_they_are_spelt():
    article = make.article("Rivers rise in Szórád", standfirst="The river rose.", body="<p>No word of it.</p>")
    found = excerpt(article, "river szorad")
    assert (told(found.headline), told(found.text)) == ("[Rivers] rise in [Szórád]", "The [river] rose.")


def test_two_fragments_are_cut_from_a_long_text_at_words():
    whole = f"{LONG} A zephyr came. {LONG} And a monsoon. {LONG}"
    article = make.article(standfirst="", body=f"<p>{whole}</p>")
    text = told(excerpt(article, "zephyr monsoon").text)
    first, second = text.removeprefix("… ").removesuffix(" …").split(" … ")
    assert ("[zephyr]" in first, "[monsoon]" in second, len(text) < 420) == (True, True, True)
    assert all(part.replace("[", "").replace("]", "") in whole for part in (first, second))


def test_phrase_is_marked_as_a_whole_and_its_words_alone_are_not():
    article = make.article(standfirst="A river of flood, then a river flood.", body="<p>No.</p>")
    assert told(excerpt(article, '"river flood"').text) == "A river of flood, then a [river flood]."


def test_what_stands_in_quotes_is_marked_where_it_stands_like_that():
    article = make.article(standfirst="A flood bridge, the Flooded bridges, bridges.", body="<p>No.</p>")
    assert told(excerpt(article, '"flooded bridges"').text) == "A flood bridge, the [Flooded bridges], bridges."
    assert told(excerpt(article, '"flooded bridges" bridge').text).count("[") == 3


def test_characters_of_scripts_without_spaces_are_marked():
    article = make.article("大洪水が来た", language="ja", standfirst="")
    assert told(excerpt(article, "洪水").headline) == "大[洪水]が来た"
    assert told(excerpt(article, "洪").headline) == "大[洪]水が来た"


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_word_is_marked_with_the_signs_in_it_that_nobody_sees(sign):
    headline, standfirst = f"{sign}Fluss{sign}ufer{sign} weg", f"Am Fluß{sign}ufer, {sign}洪{sign}水{sign}."
    article = make.article(headline, language="de", standfirst=standfirst, body="<p>Nein.</p>")
    for words in ("flussufer 洪水", f"fluss{sign}ufer {sign}洪{sign}水"):
        found = excerpt(article, words)
        assert (told(found.headline), told(found.text)) == (
            f"{sign}[Fluss{sign}ufer]{sign} weg",
            f"Am [Fluß{sign}ufer], {sign}[洪{sign}水]{sign}.",
        )
    assert told(excerpt(article, '"flussufer weg"').headline) == f"{sign}[Fluss{sign}ufer{sign} weg]"


@pytest.mark.parametrize("words", ["نمیخواهم", "نمی\u200cخواهم"])
def test_word_is_marked_with_what_joins_its_letters_unseen(words):
    article = make.article("خانه نمی\u200cخواهم", language="fa", standfirst="")
    assert told(excerpt(article, words).headline) == "خانه [نمی\u200cخواهم]"


@pytest.mark.parametrize(
    ("text_shown", "shown"),
    [("full", "[Zephyr] one. [Zephyr] two."), ("summary", "[Zephyr] one."), ("link", "")],
)
def test_excerpt_holds_nothing_that_the_agreement_hides(text_shown, shown):
    outlet = make.outlet("The Courier", text_shown=text_shown)
    article = make.article("A headline", outlet=outlet, standfirst="Zephyr one.", body="<p>Zephyr two.</p>")
    assert told(excerpt(article, "zephyr").text) == shown


def test_excerpt_is_escaped_and_tells_its_language(client):
    make.article("Zephyr & <i>", standfirst='Le zephyr "<b>" &amp; fin.', language="fr")
    summary = page(client.get("/search/?q=zephyr")).one("p", class_="card-summary")
    assert (summary.text, summary["lang"]) == ('Le zephyr "<b>" &amp; fin.', "fr")
    assert [mark.text for mark in summary.all()] == ["zephyr"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("flood", ["#SarnFloods"]),
        ("sarnfloods lind", ["#SarnFloods", "Ada Lind"]),
        ('"sarn floods"', ["#SarnFloods"]),
        ('"sarn flood"', []),
        ("highwater", ["#HighWater"]),
        ("author:lind", ["Ada Lind"]),
        ("author:floods #lind", []),
        ("dam", []),
    ],
)
def test_hashtags_and_authors_that_have_the_words_are_named(words, names):
    tag = make.hashtag("SarnFloods")
    make.hashtag("HighWater", alias_of=tag)
    authors = [make.author("Ada Lind"), make.author("Bo Dahl")]
    article = make.article("Dam", hashtags=[tag, make.hashtag("Weirs")], authors=authors)
    assert excerpt(article, words).names == names


def test_result_that_a_hashtag_or_an_author_found_shows_it_marked(client):
    make.article("Dam", hashtags=[make.hashtag("Floods")], authors=[make.author("Ada Lind")])
    for words, marks in (("floods", ["#Floods"]), ("lind floods", ["#Floods", "Ada Lind"]), ("dam", ["Dam"])):
        results = page(client.get("/search/", {"q": words})).one("ol", class_="river")
        assert [mark.text for mark in results.all("mark")] == marks


def test_of_several_articles_each_shows_its_own_words():
    """What is no match in one article is none in the next; in another language it may be one."""
    texts = [("en", "Wind, winds, winding."), ("de", "Wind und Winde."), ("en", "No breeze, and then a wind.")]
    made = [make.article("Sarn", language=language, body=f"<p>{text}</p>") for language, text in texts]
    found = search.excerpts(made, search.parse("winds", ("en", "de")).terms)
    assert [told(each.text) for each in found] == [
        "[Wind], [winds], [winding].",
        "[Wind] und [Winde].",
        "No breeze, and then a [wind].",
    ]


@pytest.mark.parametrize(
    ("words", "shown"),
    [("om", "<mark>OM</mark>-14"), ("14 om", "<mark>OM</mark>-<mark>14</mark>"), ("om-14", "<mark>OM-14</mark>")],
)
def test_no_line_of_a_headline_that_was_found_ends_within_a_code(client, words, shown):
    make.article("How OM-14 broke")
    answer = client.get("/search/", {"q": words}).content.decode()
    assert f'>How <span class="unbroken">{shown}</span> broke</a>' in answer
