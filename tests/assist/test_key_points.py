"""Key points: an article's own sentences, word for word, where they may be shown and while the text is the same."""

import json

import pytest

from articles import assist
from articles.models import Article, ReadingAid
from articles.text import html, plain
from newsroom.settings import BASE_DIR
from tests import make
from tests.make import NOON

HEADLINE = "Sarn dyke breaks at Ottery Marsh"
STANDFIRST = "Four hundred people left their homes in the night."
SENTENCES = [
    "The Sarn broke through its dyke at Ottery Marsh at four in the morning after 41 hours of rain.",
    "Fire crews from Harrowmere and Wexcombe brought 412 people out of their houses by boat and bus.",
    "Engineers of the water board had measured seepage at the same place on three days in October.",
    "The board’s director Agnes Holt said the repair had been planned for the spring of next year.",
    "Around 110 square kilometres of fields and gardens between Ottery and Caldmoor stand under water.",
    "Railway traffic between Harrowmere and the coast will not run before the end of the week.",
    "Insurers put the damage to houses and barns at 240 million crowns in a first estimate.",
    "Parliament will hear the minister for rivers on Thursday about the warnings of the engineers.",
]
BODY = "".join(f"<p>{first} {second}</p>" for first, second in zip(SENTENCES[::2], SENTENCES[1::2], strict=True))


def choose(body=BODY, headline=HEADLINE, standfirst=STANDFIRST):
    return assist.choose(headline=headline, standfirst=standfirst, body=body)


def fixture_articles():
    rows = json.loads((BASE_DIR / "fixtures" / "articles.json").read_text(encoding="utf-8"))
    return [row["fields"] for row in rows if row["model"] == "articles.article"]


# --- chosen -----------------------------------------------------------------------------------------------------------


def test_key_points_are_sentences_of_the_article_and_name_their_paragraph():
    points = choose()
    assert len(points) == 3
    for point in points:
        assert point == {"text": point["text"], "paragraph": SENTENCES.index(point["text"]) // 2 + 1}
    assert [SENTENCES.index(point["text"]) for point in points] == sorted(
        SENTENCES.index(point["text"]) for point in points
    )


def test_first_report_of_the_event_is_among_them():
    assert choose()[0] == {"text": SENTENCES[0], "paragraph": 1}


def test_every_article_of_the_demo_gets_its_own_words_from_the_right_place():
    numbers = set()
    for article in fixture_articles():
        points = assist.choose(**{name: article.get(name, "") for name in ("headline", "standfirst", "body")})
        numbers.add(len(points))
        paragraphs = plain.paragraphs(html.sanitise(article["body"]))
        assert [point for point in points if point["text"] not in paragraphs[point["paragraph"] - 1]] == []
        assert [point["paragraph"] for point in points] == sorted(point["paragraph"] for point in points)
        assert len({point["text"] for point in points}) == len(points)
    assert numbers <= {0, 1, 2, 3, 4, 5}
    assert max(numbers) >= 3


def test_same_text_gives_the_same_points():
    assert [choose() for _ in range(5)] == [choose()] * 5


@pytest.mark.parametrize("body", ["", "<p>Short.</p>", "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:5])])
def test_short_text_needs_no_points(body):
    assert choose(body) == []


def test_long_text_gets_five_points_at_most():
    body = "".join(
        f"<p>In {place} the gauge number {number} of the water board showed {number * 7} centimetres on Monday.</p>"
        for number, place in enumerate(
            "Ottery Wexcombe Caldmoor Aubrelle Harrowmere Lindow Marwick Tarn Selby Orrin".split() * 6, start=1
        )
    )
    distinct = body + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES * 6)
    assert len(choose(distinct)) <= 5
    varied = "".join(
        f"<p>{' '.join(f'word{number}x{place}' for place in range(10))} counted {number} in Harrowmere.</p>"
        for number in range(60)
    )
    assert len(choose(varied)) == 5


UNFIT = {
    "a quotation": "“The water came at four in the morning and nobody had told us,” said Agnes Holt of Ottery.",
    "the writer": "We had left the house on Mill Lane at four when the dyke of the Sarn broke behind us at Ottery.",
    "a pronoun at its head": "They had left the house on Mill Lane at four when the dyke broke behind them at Ottery.",
    "a French pronoun": "Ils avaient quitté la maison de la rue du Moulin à quatre heures, la digue rompue.",
    "a question": "Why had the water board not repaired the dyke of the Sarn at Ottery Marsh in October already?",
    "an announcement": "These are the roads between Harrowmere and the coast that remain closed until Friday evening:",
    "a broken-off sentence": "Nobody at the water board in Harrowmere wanted to say when the repair would begin…",
    "too short": "The dyke at Ottery broke at four.",
    "too long": "The dyke of the Sarn at Ottery Marsh broke " + "and broke again at Wexcombe " * 12 + "at four.",
}


@pytest.mark.parametrize("sentence", UNFIT.values(), ids=UNFIT)
def test_sentence_that_cannot_stand_by_itself_is_no_point(sentence):
    """It is put where a chooser would take it: first, and in the headline's own words."""
    body = f"<p>{sentence}</p>{BODY}"
    assert sentence not in [point["text"] for point in choose(body, headline=sentence)]
    assert len(choose(body, headline=sentence)) >= 3


def test_point_is_not_said_twice():
    repeated = SENTENCES[0].replace("at four in the morning", "at 4 in the morning")
    points = [point["text"] for point in choose(BODY + f"<p>{repeated}</p>")]
    assert sum(text in (SENTENCES[0], repeated) for text in points) == 1


def test_words_outside_paragraphs_are_no_points():
    outside = f"<h2>{SENTENCES[0]}</h2><ul><li>{SENTENCES[1]}</li></ul>"
    points = choose(outside + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[2:]))
    assert len(points) == 3
    assert not {SENTENCES[0], SENTENCES[1]} & {point["text"] for point in points}


def test_text_of_nothing_but_small_words_is_no_error():
    body = "".join(f"<p>{'Of all ' + 'of the ' * 8}other {'more ' * number}.</p>" for number in range(1, 8))
    assert len(choose(body, headline="", standfirst="")) == 3


# --- prepared and shown -----------------------------------------------------------------------------------------------


@pytest.fixture
def article(db):
    return make.article(HEADLINE, standfirst=STANDFIRST, body=BODY, at=NOON)


def shown(article=None):
    """Return the key points that the article page would show."""
    aid = assist.aid_of(article or Article.objects.for_page().get())
    return aid.key_points if aid else []


def test_points_are_prepared_once_and_read_with_the_page(article, django_assert_num_queries):
    aid = assist.prepare(article)
    assert (str(aid), aid.source_hash, aid.key_points) == (
        f"Reading aid of article {article.pk}",
        article.source_hash,
        choose(),
    )
    page = Article.objects.for_page().get(pk=article.pk)
    with django_assert_num_queries(0):
        assert shown(page) == choose()


def test_preparing_again_keeps_one_row(article):
    assist.prepare(article)
    assist.prepare(article)
    assert ReadingAid.objects.count() == 1


def test_what_was_prepared_is_what_is_shown(article):
    assist.prepare(article)
    ReadingAid.objects.update(key_points=[{"text": "Marker.", "paragraph": 1}])
    assert shown() == [{"text": "Marker.", "paragraph": 1}]


@pytest.mark.parametrize(
    ("field", "value"),
    [("headline", "Another"), ("standfirst", "Another."), ("body", BODY.replace("412", "413")), ("language", "fr")],
)
def test_points_of_an_older_text_are_never_shown(article, field, value):
    assist.prepare(article)
    assert shown() == choose()
    Article.objects.update(**{field: value})
    assert shown() == []
    assist.prepare(Article.objects.get())
    assert len(shown()) >= 3


def test_edit_takes_what_was_found_in_the_older_text_away_in_its_own_transaction(article):
    assist.prepare(article)
    article.body = BODY.replace("412", "413")
    article.save()
    assert ReadingAid.objects.count() == 0


def test_page_makes_nothing_itself(article):
    assert shown() == []
    assert ReadingAid.objects.count() == 0


def test_operator_can_switch_all_of_it_off(article, settings):
    assist.prepare(article)
    settings.READING_AID = False
    assert shown() == []
    assert assist.prepare(article) is None
    assert ReadingAid.objects.count() == 0


@pytest.mark.parametrize("kind", Article.Kind)
def test_words_of_others_are_not_put_into_the_outlets_mouth(article, kind):
    """What somebody said in an interview, live, or for money is not what the outlet says."""
    article.kind, article.sponsor = kind, "Acme" if kind == "sponsored" else ""
    article.save()
    gets_points = kind not in ("interview", "live", "sponsored")
    assert (assist.prepare(article) is not None) is gets_points
    assert bool(shown()) is gets_points
    assert ReadingAid.objects.count() == gets_points


@pytest.mark.parametrize(
    ("text_shown", "allowed", "gets_points"),
    [
        ("own", False, True),
        ("full", True, True),
        ("full", False, False),
        ("summary", True, False),
        ("link", True, False),
    ],
)
def test_outlet_that_allows_no_derived_texts_gets_none(article, text_shown, allowed, gets_points):
    assist.prepare(article)
    article.outlet.text_shown, article.outlet.allows_derived_texts = text_shown, allowed
    article.outlet.save()
    assert bool(shown()) is gets_points
    assert (assist.prepare(article) is not None) is gets_points
    assert ReadingAid.objects.count() == gets_points


def test_edit_that_came_while_it_was_prepared_leaves_nothing_of_the_older_text(article):
    read_before = Article.objects.get()
    article.body = BODY.replace("412", "413")
    article.save()
    assert assist.prepare(read_before) is None
    assert ReadingAid.objects.count() == 0
