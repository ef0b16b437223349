"""What happens to a comment when it comes in: public, held with all that speaks against it, or refused."""

import uuid
from datetime import timedelta

import pytest

from articles import moderation
from articles.models import Comment, Commenter, WordRule
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article(at=NOON - DAY)


def judged(article, body="I saw it too.", *, name="Rosa", **facts):
    comment = Comment(article=article, name=name, body=body)
    comment.tidy()
    return moderation.judge(comment, moderation.Facts(at=NOON, **facts))


def held_by(verdict):
    return [(hit.rule, hit.words, hit.says) for hit in verdict.hits]


def reader(**fields):
    return Commenter.objects.create(device=uuid.uuid4().hex, created_at=NOON - DAY, **fields)


LOUD = [("shouting", "", "Nearly all capitals.")]


@pytest.mark.parametrize(
    ("body", "hits"),
    [
        ("I saw it too.", []),
        ("See https://news.example/x.", [("links", "https://news.example/x", "1 link in a guest's comment.")]),
        ("https://a.example http://b.example",
         [("links", "https://a.example http://b.example", "2 links in a guest's comment.")]),
        ("www.news.example is no link", []),
        ("THE WATER BOARD KNEW IT ALL ALONG", LOUD),
        ("NATO, EU and UN", []),
        ("A" * 23, []),
        ("A" * 24, LOUD),
        ("A" * 70 + "a" * 30, []),
        ("A" * 71 + "a" * 29, LOUD),
        ("Der BUND und DIE LÄNDER haben versagt, wie immer.", []),
        ("ПОЧЕМУ НИКТО НЕ ПРЕДУПРЕДИЛ НАС", LOUD),
        ("洪水が来た。誰も眠れなかった。なぜ誰も警告しなかったのか。", []),
        ("لماذا لم يحذرنا أحد من الفيضان القادم إلى القرية", []),
        ("1234567890 " * 9, []),
    ],
)  # fmt: skip
def test_comment_is_judged_by_its_text(article, body, hits):
    verdict = judged(article, body)
    assert (held_by(verdict), verdict.state, verdict.refusals) == (hits, "held" if hits else "public", {})


def test_moderator_sees_everything_that_speaks_against_it(article):
    verdict = judged(article, "HTTPS://A.EXAMPLE IS WHERE THEY ALL LIED TO US", trap_filled=True)
    assert [rule for rule, _, _ in held_by(verdict)] == ["trap", "links", "shouting"]
    assert verdict.reason == "The hidden field was filled in, as programs do."


@pytest.mark.parametrize("body", ["https://a.example " * 250, "A" * 5000])
def test_what_a_rule_says_fits_its_columns(article, body):
    verdict = judged(article, body)
    assert all(len(hit.words) <= 200 and len(hit.says) <= 200 for hit in verdict.hits)


def test_word_on_the_list_waits_and_the_moderator_sees_how_it_was_written(article):
    WordRule.objects.create(phrase="viagra")
    WordRule.objects.create(phrase="cheap pills", outlet=make.outlet("The Other"))
    assert held_by(judged(article, "Buy vіаgrа, cheap pills")) == [
        ("words_on_the_list", "vіаgrа", "“viagra” is on the list of words.")
    ]
    assert held_by(judged(article, name="V1agra")) != []
    assert held_by(judged(article, "Buy nothing")) == []


def test_word_of_an_outlets_own_list_waits_under_its_articles(article):
    WordRule.objects.create(phrase="cheap pills", outlet=article.outlet)
    assert [rule for rule, _, _ in held_by(judged(article, "cheap pills"))] == ["words_on_the_list"]


def test_refused_word_is_named_to_its_writer(article):
    WordRule.objects.create(phrase="vermin", effect="refuse")
    assert judged(article, "They are V3RMIN!").refusals == {
        "body": "We do not publish “V3RMIN”. Say it in other words."
    }
    assert judged(article, "They are V3RMIN!", is_staff=True).refusals != {}


@pytest.mark.parametrize(
    "name",
    [
        "Moderator",
        "Аdmin",
        "m0derator",
        "THE LANTERN",
        "Newsroom",
        "E.d.i.t.o.r",
        "The L4ntern",
        "Rnoderator",
        "Tһe Ⅼantern",
    ],
)
def test_name_of_the_newsroom_or_an_outlet_is_refused(article, name):
    assert judged(article, name=name).refusals == {"name": "That name belongs to the newsroom. Choose one of your own."}
    assert judged(article, name=name, is_staff=True).refusals == {}


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Harbour Post Editor", "editor"),
        ("The Harbour Post Team", "Harbour Post"),
        ("Hаrbоur Ρоst 24", "Harbour Post"),
        ("H.A.R.B.O.U.R Post live", "Harbour Post"),
        ("HarbourPost_Live", "Harbour Post"),
        ("harb\u200bourpostlive", "Harbour Post"),
        ("Ｎewsroom desk", "newsroom"),
        ("Ann, rnoderator", "moderator"),
        ("TheModerator24", "moderator"),
        ("Lantern", "The Lantern"),
        ("The Lantern’s Ann", "The Lantern"),
        ("Rosa Lantern", None),
        ("Harbour Master", None),
        ("Ann Stafford", None),
        ("A Creditor", None),
        ("Edith Or", None),
        ("Administrateur retraité", None),
    ],
)
def test_name_that_holds_one_of_the_newsrooms_waits(article, name, held):
    make.outlet("Harbour Post")
    verdict = judged(article, name=name)
    says = f"The name holds “{held}”, as if it were the newsroom's."
    assert (verdict.refusals, held_by(verdict)) == ({}, [("name_like_ours", held, says)] if held else [])
    assert judged(article, name=name, is_staff=True).state == "public"


def test_same_words_again_wait_from_the_same_reader_or_network(article):
    ann = reader()
    make.comment(article, "Sign the petition now!", at=NOON - timedelta(minutes=59), commenter=ann, network="n1")
    again = "SIGN the petition, now"
    assert [rule for rule, _, _ in held_by(judged(article, again, commenter=ann))] == ["same_words_again"]
    assert [rule for rule, _, _ in held_by(judged(article, again, network="n1"))] == ["same_words_again"]
    assert held_by(judged(article, again, commenter=reader(), network="n2")) == []
    assert held_by(judged(article, "Other words altogether", commenter=ann)) == []
    later = moderation.Facts(at=NOON + timedelta(minutes=2), commenter=ann)
    comment = Comment(article=article, name="Ann", body=again)
    comment.tidy()
    assert moderation.judge(comment, later).state == "public"


def test_first_comments_of_a_newcomer_wait(article):
    ann = reader()
    for expected in ("held", "held", "public"):
        assert judged(article, "I saw it.", commenter=ann, held_at_first=2).state == expected
        make.comment(article, f"Seen {expected} {uuid.uuid4()}", at=NOON - DAY, commenter=ann)
    assert held_by(judged(article, held_at_first=2)) == [("history", "", "A newcomer's comment.")]


def test_reader_whose_comments_were_taken_down_waits_again(article):
    ann = reader()
    for state in ("public", "rejected", "spam"):
        made = make.comment(article, f"It is {state}", at=NOON - DAY, state=state, commenter=ann)
        if state == "public":
            made.approve(by=None, at=NOON - DAY)
    assert held_by(judged(article, commenter=ann)) == [
        ("history", "", "2 of this reader's 3 comments of the last week were taken down.")
    ]
    Comment.objects.update(created_at=NOON - 8 * DAY)
    assert judged(article, commenter=ann).state == "public"


def test_staff_is_not_held(article):
    assert judged(article, "https://a.example", is_staff=True, held_at_first=2).state == "public"


def test_judging_costs_the_same_however_many_comments_there_are(article, django_assert_num_queries):
    ann = reader()
    make.many_comments(article, 5)
    with django_assert_num_queries(6):
        judged(article, "I saw it too, from the bridge.", commenter=ann, network="n1", held_at_first=2)
