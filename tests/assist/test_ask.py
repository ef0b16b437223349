"""Ask this story: passages word for word, or an honest nothing; never a word of what is not public."""

import json
from collections import Counter

import pytest
from django.utils import timezone

from articles import assist
from articles.models import Outlet
from articles.text import questions
from articles.views import ask as view
from articles.views.pace import Pace
from tests import make
from tests.benchmarks import assist as benchmark
from tests.documents import page

pytestmark = pytest.mark.django_db

BODY = (
    "<p>The Sarn broke through its dyke at Ottery Marsh at 3:52 a.m. on Thursday. The gauge showed 7.86 metres.</p>"
    "<p>Gerrit Aldous, 71, a retired lock-keeper, was found on the ground floor of his house.</p>"
    "<p>“It was on our list,” said Pavel Ostrander, director of the Rivers Authority.</p>"
)
NOTHING = "No passage in our coverage answers this."
SECRET = "<p>The secret embargo of the Rivers Authority names a culprit called Zebedee Quill.</p>"


@pytest.fixture
def article():
    return make.article("Dyke fails", body=BODY, story=make.story("The flood"))


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    monkeypatch.setattr(view, "PACE", Pace(1000, 60))


def ask(client, article, question):
    return client.get(f"/articles/{article.pk}/ask/", {"q": question})


def passages(response):
    return [node.text for node in page(response).all("blockquote")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "How old was Gerrit Aldous?",
            "Gerrit Aldous, 71, a retired lock-keeper, was found on the ground floor of his house.",
        ),
        ("What did the gauge show?", "The gauge showed 7.86 metres."),
        (
            "who is the director of the rivers authority",
            "“It was on our list,” said Pavel Ostrander, director of the Rivers Authority.",
        ),
    ],
)
def test_answer_is_a_sentence_of_the_article_with_its_outlet_and_place(client, article, question, answer):
    response = ask(client, article, question)
    assert passages(response)[0] == answer
    found = page(response).one("ol", class_="passages")
    assert "The Lantern" in found.text
    assert found.all("a")[0]["href"].startswith(f"{article.get_absolute_url()}#p")


@pytest.mark.parametrize(
    "question",
    [
        "What does Modi think?",
        "How many cars were lost?",
        "Was Gerrit Aldous married?",
        "What is the capital of France?",
        "the of and",
    ],
)
def test_question_without_an_answer_is_told_so(client, article, question):
    response = ask(client, article, question)
    assert passages(response) == []
    assert NOTHING in page(response).one("main").text


def test_other_reports_of_the_story_answer_too(client, article):
    make.article(
        "Farms", outlet="The Beacon", story=article.story, body="<p>Insurers count 240 drowned cows so far.</p>"
    )
    response = ask(client, article, "How many cows drowned?")
    assert passages(response) == ["Insurers count 240 drowned cows so far."]
    assert "The Beacon" in page(response).one("ol", class_="passages").text


@pytest.mark.parametrize(
    "hide",
    [
        lambda story: make.draft(body=SECRET, story=story),
        lambda story: make.scheduled(body=SECRET, story=story),
        lambda story: make.embargoed(body=SECRET, story=story),
        lambda story: make.expired(body=SECRET, story=story),
        lambda story: make.withdrawn(body=SECRET, story=story),
        lambda story: make.article(body=SECRET, story=story, outlet=make.outlet("Off", is_active=False)),
        lambda story: make.article(
            body=SECRET, story=story, outlet=make.outlet("No", text_shown=Outlet.TextShown.FULL)
        ),
        lambda story: make.article(body=SECRET, story=story, outlet=make.outlet("Sum", text_shown="summary")),
        lambda story: make.article(body=SECRET, story=story, kind="interview"),
        lambda story: make.article(body=SECRET, story=story, kind="sponsored", sponsor="Acme"),
        lambda story: make.article(body=SECRET, story=None),
    ],
)
def test_nothing_that_must_not_be_told_is_in_an_answer(client, article, hide):
    hidden = hide(article.story)
    question = "Which culprit does the secret embargo of the Rivers Authority name?"
    assert passages(ask(client, article, question)) == []
    if not hidden.is_live(at=timezone.now()) or not hidden.outlet.derives_texts or hidden.kind != "news":
        assert ask(client, hidden, question).status_code == 404
    shown = make.article(body=SECRET, story=article.story)
    assert passages(ask(client, shown, question)) != []


def test_answer_is_the_same_bytes_for_all_and_may_be_kept(client, article):
    first = ask(client, article, "What did the gauge show?")
    client.force_login(make.user("Editor"))
    second = ask(client, article, "What did the gauge show?")
    assert first.content == second.content
    assert "public" in first["Cache-Control"]
    assert first.cookies == {}
    assert f"article-{article.pk}" in first["Surrogate-Key"].split()


def test_too_many_questions_from_one_network_wait(client, article, monkeypatch):
    monkeypatch.setattr(view, "PACE", Pace(2, 60))
    answers = [ask(client, article, f"What did gauge {number} show?") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert "private" in answers[2]["Cache-Control"]
    assert client.get(f"/articles/{article.pk}/ask/").status_code == 200


def test_pace_counts_each_window_and_network_anew():
    pace = Pace(1, 60)
    later = make.NOON + make.HOUR
    waits = [pace.wait("a", at=make.NOON), pace.wait("a", at=make.NOON), pace.wait("b", at=make.NOON)]
    assert [*waits, pace.wait("a", at=later)] == [0, 60, 0, 0]


HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "(" * 200,
    "a" * 5000,
    "？" * 90,
    "%",
    "\\",
    "[a-z",
    "🏴" * 60,
]


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_question_is_a_question_without_an_answer(client, article, question):
    response = ask(client, article, question)
    assert (response.status_code, passages(response)) == (200, [])
    assert b"<script>alert" not in response.content


def test_question_is_read_with_its_names_and_what_it_wants():
    question = questions.read("When did Gerrit Aldous leave Ottery Marsh?")
    assert question.names == ("Gerrit Aldous", "Ottery Marsh")
    assert len(question.wants) == 1


def test_switched_off_there_is_no_such_page(client, article, settings):
    settings.READING_AID = False
    assert ask(client, article, "What did the gauge show?").status_code == 404


def test_asking_takes_one_query_beside_the_article(article, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert assist.ask(article, "What did the gauge show?", at=timezone.now()) != []


def test_known_questions_over_the_demo_are_answered_and_refused_as_well_as_we_say():
    """The floor under what the public page says; see docs/assist.md."""
    stories = benchmark.told_together()
    asked = json.loads(benchmark.QUESTIONS.read_text(encoding="utf-8"))
    found = Counter(
        benchmark.judge(row["answer"], benchmark.answer(row["question"], stories[row["article"]])) for row in asked
    )
    assert len(asked) >= 60
    assert (found["first"] >= 46, found["wrong"] <= 3, found["false"]) == (True, True, 0)
