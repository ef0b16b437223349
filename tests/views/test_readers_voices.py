"""Readers recommend and report comments, and see to their own."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import Article, Comment, Commenter, Decision, Recommendation, Report, Revision
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def article():
    return make.article()


@pytest.fixture
def comment(article):
    return make.comment(article, "I saw the water.", name="Ann")


def send(client, address, headers=HERE, **fields):
    return client.post(address, fields, headers=headers)


def post(client, article, body="I saw the mud.", **fields):
    """Let the client's reader post, and return the comment."""
    before = set(Comment.objects.values_list("pk", flat=True))
    answer = send(client, f"/articles/{article.pk}/comments/", name="Bo", body=body, **fields)
    assert answer.status_code == 303
    return Comment.objects.exclude(pk__in=before).get()


def counts(comment):
    comment.refresh_from_db()
    return comment.recommendation_count, comment.recommendations.count()


# who it is


def test_reader_gets_a_cookie_by_writing_and_not_before(client, article, comment):
    for address in (article.get_absolute_url(), f"/articles/{article.pk}/comments/own/", comment.get_absolute_url()):
        assert client.get(address).cookies == {}
    send(client, f"/articles/{article.pk}/comments/", name="Bo", body="")
    assert (client.cookies, Commenter.objects.count()) == ({}, 0)
    answer = send(client, f"/articles/{article.pk}/comments/", name="Bo", body="I saw the mud.")
    cookie = answer.cookies["reader"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie.value not in str(list(Commenter.objects.values()))
    assert send(client, f"/articles/{article.pk}/comments/", name="Bo", body="And more.").cookies == {}
    assert set(Comment.objects.filter(name="Bo").values_list("commenter", flat=True)) == {Commenter.objects.get().pk}


def test_reader_with_an_account_is_known_by_it(article):
    reader = Client()
    reader.force_login(make.user())
    written = post(reader, article)
    assert written.commenter.user == Commenter.objects.get().user
    assert "reader" not in reader.cookies


def test_form_sent_twice_by_a_stranger_makes_one_reader(article):
    one, other = Client(), Client()
    nonce = "6f1d3f0e-6a56-4c43-9a6f-2f9f4a0f7c12"
    answers = [
        send(who, f"/articles/{article.pk}/comments/", name="B", body="x y", nonce=nonce) for who in (one, other)
    ]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (Comment.objects.count(), Commenter.objects.count(), "reader" in other.cookies) == (1, 1, False)


def test_network_is_stored_as_a_digest_that_changes_each_day(client, article):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        networks = []
        for address in ("192.0.2.1", "192.0.2.77", "192.0.3.1", "2001:db8::1", "2001:db8::ffff", "2001:db8:0:1::1"):
            answer = client.post(
                f"/articles/{article.pk}/comments/", {"name": "B", "body": address}, headers=HERE, REMOTE_ADDR=address
            )
            assert answer.status_code == 303
        networks = list(Comment.objects.order_by("pk").values_list("network", flat=True))
        clock.shift(timedelta(days=1))
        tomorrow = post(client, article, body="Next day.").network
    assert (networks[0] == networks[1], networks[3] == networks[4], len({*networks, tomorrow})) == (True, True, 5)
    assert not any("192.0" in network or ":" in network for network in networks)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "same"),
    [
        (0, ["203.0.113.1", "198.51.100.1"], True),  # nobody may write it
        (1, ["203.0.113.1", "198.51.100.1"], False),
        (1, ["198.51.100.9, 203.0.113.1", "192.0.2.9, 203.0.113.1"], True),  # what the reader wrote does not count
        (2, ["203.0.113.1, 192.0.2.1", "198.51.100.1, 192.0.2.1"], False),
        (2, ["203.0.113.1", "198.51.100.1"], True),  # came past a proxy of ours
        (1, ["rubbish", "nonsense"], True),
    ],
)
def test_address_is_what_a_proxy_of_ours_saw(client, article, settings, proxies, forwarded, same):
    settings.TRUSTED_PROXIES = proxies
    for number, header in enumerate(forwarded):
        client.post(
            f"/articles/{article.pk}/comments/",
            {"name": "B", "body": f"Number {number}"},
            headers=HERE | {"X-Forwarded-For": header},
        )
    assert len(set(Comment.objects.values_list("network", flat=True))) == (1 if same else 2)


# how fast


def test_reader_who_writes_too_fast_is_told_when_and_keeps_the_text(client, article, settings):
    settings.COMMENT_SPEED = 1
    with time_machine.travel(timezone.now().replace(second=20, microsecond=0), tick=False):
        for number in range(3):
            post(client, article, body=f"Number {number}.")
        answer = send(client, f"/articles/{article.pk}/comments/", name="Bo", body="Number 3.")
    assert (answer.status_code, answer["Retry-After"], Comment.objects.count()) == (429, "40", 3)
    document = page(answer)
    assert document.one("textarea", name="body").raw_text == "\nNumber 3."
    assert "Post this in 40 seconds." in document.one(role="alert").text


def test_network_is_limited_whatever_cookies_are_thrown_away(article, settings):
    settings.COMMENT_SPEED = 1
    with time_machine.travel(timezone.now(), tick=False):
        answers = [
            send(Client(), f"/articles/{article.pk}/comments/", name="Bo", body=f"Number {number}.").status_code
            for number in range(12)
        ]
    assert answers == [303] * 10 + [429] * 2
    assert (Comment.objects.count(), Commenter.objects.count()) == (10, 10)


# recommend


def test_each_reader_recommends_once_and_may_take_it_back(client, comment):
    address = f"{comment.get_absolute_url()}recommend/"
    for _ in range(2):
        answer = send(client, address)
        assert (answer.status_code, answer["Location"]) == (303, comment.get_absolute_url())
    assert counts(comment) == (1, 1)
    send(Client(), address)
    assert counts(comment) == (2, 2)
    assert (
        page(client.get(comment.article.get_absolute_url()))
        .one("form", class_="recommend")
        .text.startswith("Recommend 2")
    )
    for _ in range(2):
        assert send(client, address, undo="1").status_code == 303
    assert counts(comment) == (1, 1)


def test_own_comment_cannot_be_recommended(client, article):
    mine = post(client, article)
    answer = send(client, f"{mine.get_absolute_url()}recommend/")
    assert (answer.status_code, counts(mine)) == (409, (0, 0))
    assert "your own comment" in page(answer).one(role="alert").text


def test_what_is_recommended_stays_as_it_is_when_comments_are_closed(client, comment):
    send(client, f"{comment.get_absolute_url()}recommend/")
    Article.objects.update(comments_policy="closed")
    for fields in ({}, {"undo": "1"}):
        answer = send(Client() if not fields else client, f"{comment.get_absolute_url()}recommend/", **fields)
        assert (answer.status_code, counts(comment)) == (409, (1, 1))
    document = page(client.get(comment.article.get_absolute_url()))
    assert (document.all("form", class_="recommend"), "Recommended 1" in document.text) == ([], True)


@pytest.mark.parametrize("state", ["held", "rejected", "spam", "deleted"])
@pytest.mark.parametrize("verb", ["recommend", "report", "edit", "delete"])
def test_comment_that_readers_do_not_see_answers_as_if_it_did_not_exist(client, article, state, verb):
    hidden = make.comment(article, state=state)
    answers = [send(client, f"/comments/{pk}/{verb}/", kind="spam") for pk in (hidden.pk, 999_999)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert (Recommendation.objects.count(), Report.objects.count()) == (0, 0)


def test_voices_are_limited(client, article, settings):
    settings.COMMENT_SPEED = 1
    comments = make.many_comments(article, 31)
    with time_machine.travel(timezone.now(), tick=False):
        answers = [send(client, f"/comments/{made.pk}/recommend/") for made in comments]
    assert [answer.status_code for answer in answers] == [303] * 30 + [429]
    assert answers[-1]["Retry-After"].isdigit()


@pytest.mark.parametrize("verb", ["recommend", "report", "edit", "delete"])
def test_another_site_cannot_speak_for_a_reader(client, comment, verb):
    mine = post(client, comment.article)
    target = mine if verb in ("edit", "delete") else comment
    address = f"{target.get_absolute_url()}{verb}/"
    fields = {"kind": "spam", "body": "Other words"}
    assert send(client, address, headers={"Origin": "https://evil.example"}, **fields).status_code == 403
    answer = client.post(address, fields)
    assert (answer.status_code, page(answer).one("h1").text) == (200, "One more click")
    assert (counts(comment), Report.objects.count()) == ((0, 0), 0)
    mine.refresh_from_db()
    assert (mine.state, mine.body) == ("public", "I saw the mud.")


def test_reader_who_throws_the_cookie_away_has_few_voices(comment, settings):
    settings.COMMENT_SPEED = 1
    answers = [send(Client(), f"{comment.get_absolute_url()}recommend/").status_code for _ in range(8)]
    assert (answers, counts(comment)) == ([303] * 5 + [429] * 3, (5, 5))
    elsewhere = Client(REMOTE_ADDR="192.0.2.1")
    assert send(elsewhere, f"{comment.get_absolute_url()}recommend/").status_code == 303
    assert Commenter.objects.count() == 6


# report


def test_report_is_stored_once_for_each_reader(client, comment):
    address = f"{comment.get_absolute_url()}report/"
    assert page(client.get(address)).one("h1").text == "Report a comment"
    for text in ("He means my sister.", "Again."):
        answer = send(client, address, kind="abuse", text=text)
        assert (answer.status_code, page(answer).one("h1").text) == (200, "Thank you")
    assert list(Report.objects.values_list("kind", "text", "reference")) == [("abuse", "He means my sister.", "")]
    comment.refresh_from_db()
    assert (comment.report_count, comment.state) == (1, "public")


@pytest.mark.parametrize(
    ("fields", "field"),
    [({}, "kind"), ({"kind": "no such"}, "kind"), ({"kind": "illegal", "email": "a@b.example"}, "text"),
     ({"kind": "illegal", "text": "Paragraph 130."}, "email"), ({"kind": "spam", "email": "no"}, "email"),
     ({"kind": "spam", "text": "x" * 2001}, "text")],
)  # fmt: skip
def test_report_with_an_error_says_which_and_keeps_the_words(client, comment, fields, field):
    answer = send(client, f"{comment.get_absolute_url()}report/", **fields)
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert page(answer).one(id=f"report-{field}_error").text
    assert page(answer).one("textarea", name="text").raw_text.strip() == fields.get("text", "")


def test_report_of_what_is_illegal_has_a_number(client, comment):
    answer = send(
        client, f"{comment.get_absolute_url()}report/", kind="illegal", text="Paragraph 130.", email="a@b.example"
    )
    report = Report.objects.get()
    assert len(report.reference) == 17
    assert report.reference in page(answer).text


def test_comment_that_three_places_report_waits_for_a_moderator(article, comment):
    for number in range(3):
        comment.refresh_from_db()
        assert comment.state == "public"
        for _ in range(2):  # two readers in each place
            client = Client(REMOTE_ADDR=f"192.0.{number}.1")
            answer = send(client, f"{comment.get_absolute_url()}report/", kind="abuse")
            if answer.status_code != 200:
                break
    comment.refresh_from_db()
    article.refresh_from_db()
    assert (comment.state, comment.state_reason) == ("held", "Readers in 3 places reported it.")
    assert article.comment_count == 0


def test_comment_that_a_moderator_approved_stays_whatever_is_reported(article, comment):
    comment.approve(by=None, at=timezone.now())
    for number in range(5):
        send(Client(REMOTE_ADDR=f"192.0.{number}.1"), f"{comment.get_absolute_url()}report/", kind="abuse")
    comment.refresh_from_db()
    assert (comment.state, comment.report_count) == ("public", 5)


def test_decision_is_the_answer_to_the_reports(article, comment):
    other = make.comment(article)
    for made in (comment, other):
        send(Client(), f"{made.get_absolute_url()}report/", kind="abuse")
        made.refresh_from_db()
    comment.approve(by=None, at=timezone.now())
    other.reject(by=None, at=timezone.now(), reason="An insult.")
    assert list(Report.objects.order_by("pk").values_list("outcome", flat=True)) == ["dismissed", "upheld"]
    assert set(Comment.objects.values_list("report_count", flat=True)) == {0}


# one's own


def test_reader_sees_the_own_comment_that_waits_and_nobody_else_does(client, article, settings):
    settings.COMMENTS_HELD_AT_FIRST = 2
    waiting = post(client, article, body="Zephyr over the marsh.")
    own = f"/articles/{article.pk}/comments/own/"
    document = page(client.get(own))
    assert document.one(id=f"comment-{waiting.pk}").one(class_="comment-state").text.startswith("It waits until")
    assert "Zephyr" in document.text
    assert "Zephyr" not in page(Client().get(own)).text
    assert "Zephyr" not in Client(headers={"Cookie": "reader=forged"}).get(own).content.decode()
    assert client.get(own)["Cache-Control"] == "private, no-store"
    waiting.reject(by=None, at=timezone.now(), reason="Not about the article.")
    assert "taken it down: Not about the article." in page(client.get(own)).text


def test_author_mends_a_slip_of_the_pen(client, article):
    mine = post(client, article, body="I saw teh mud.")
    answer = send(client, f"{mine.get_absolute_url()}edit/", body="I saw the mud.")
    assert (answer.status_code, answer["Location"]) == (303, mine.get_absolute_url())
    mine.refresh_from_db()
    assert (mine.body, mine.state, mine.edited_at is not None, mine.version) == ("I saw the mud.", "public", True, 2)
    assert list(Revision.objects.values_list("body", flat=True)) == ["I saw teh mud."]
    assert "changed by its author" in page(client.get(article.get_absolute_url())).text


def test_changed_comment_passes_all_rules_again(client, article):
    mine = post(client, article)
    assert send(client, f"{mine.get_absolute_url()}edit/", body="Buy at https://spam.example/").status_code == 303
    mine.refresh_from_db()
    article.refresh_from_db()
    assert (mine.state, [hit.rule for hit in mine.hits.all()], article.comment_count) == ("held", ["links"], 0)


@pytest.mark.parametrize("why", ["late", "answered", "reported", "decided"])
def test_comment_can_no_longer_be_changed(client, article, why):
    mine = post(client, article)
    if why == "answered":
        make.comment(article, parent=mine)
    elif why == "reported":
        send(Client(), f"{mine.get_absolute_url()}report/", kind="abuse")
    elif why == "decided":
        mine.approve(by=None, at=timezone.now())
    with time_machine.travel(timezone.now() + (6 * MINUTE if why == "late" else MINUTE)):
        answer = send(client, f"{mine.get_absolute_url()}edit/", body="Something else")
    assert answer.status_code in (409, 422)
    mine.refresh_from_db()
    assert (mine.body, Revision.objects.count()) == ("I saw the mud.", 0)
    assert "no longer be changed" in page(answer).text


@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_comment_of_somebody_else_cannot_be_touched(client, article, comment, verb):
    post(client, article)
    for who in (client, Client()):
        answers = [send(who, f"/comments/{pk}/{verb}/", body="Mine now") for pk in (comment.pk, 999_999)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert who.get(f"/comments/{comment.pk}/{verb}/").status_code == 404
    comment.refresh_from_db()
    assert comment.body == "I saw the water."


def test_author_deletes_the_own_comment_and_its_traces(client, article):
    mine = post(client, article, body="I saw teh mud.", email="bo@reader.example")
    send(client, f"{mine.get_absolute_url()}edit/", body="I saw the mud.")
    assert page(client.get(f"{mine.get_absolute_url()}delete/")).one("h1").text == "Delete your comment?"
    assert send(client, f"{mine.get_absolute_url()}delete/").status_code == 303
    mine.refresh_from_db()
    article.refresh_from_db()
    assert (mine.body, mine.email, mine.gist, mine.state, article.comment_count) == ("", "", "", "deleted", 0)
    assert (Revision.objects.count(), mine.hits.count()) == (0, 0)
    assert send(client, f"{mine.get_absolute_url()}delete/").status_code == 404
    assert "mud" not in page(client.get(article.get_absolute_url())).text


# what is decided


def test_log_tells_every_decision_and_one_can_be_undone(article, comment):
    chief = make.user("Chief")
    at = timezone.now()
    comment.reject(by=chief, at=at, reason="An insult.")
    comment.undo(by=chief, at=at + MINUTE)
    assert comment.state == "public"
    lines = Decision.objects.order_by("pk").values_list("from_state", "to_state", "reason", "by")
    assert list(lines) == [
        ("public", "rejected", "An insult.", chief.pk),
        ("rejected", "public", "", chief.pk),
    ]
    assert Article.objects.get().comment_count == 1


def test_most_recommended_come_first_page_by_page(client, article):
    made = make.many_comments(article, 60)
    for number, one in enumerate(made):
        Comment.objects.filter(pk=one.pk).update(recommendation_count=number % 7)
    seen, address = [], f"/articles/{article.pk}/comments/?sort=top"
    while address:
        document = page(client.get(address))
        seen += [int(node["id"].removeprefix("comment-")) for node in document.all("article", class_="comment")]
        more = [node["href"] for node in document.all("a") if node.text == "More comments"]
        address = more[0] if more else None
    ranked = sorted(made, key=lambda one: (-(made.index(one) % 7), -one.pk))
    assert seen == [one.pk for one in ranked]
