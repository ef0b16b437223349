"""Letters to readers: to confirmed addresses alone, true when they are sent, and ended by one press."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import notices
from articles.models import Article, Comment, Due, Mailbox, Notice, Watch
from tests import make
from tests.documents import page
from tests.notices.reader import HERE, ROSA, answered, deliver, hand_letters_to, link, write

pytestmark = pytest.mark.django_db


# asking


def test_address_is_asked_once_and_nothing_else_is_sent_to_it_before_it_says_yes(client, article, post_office):
    comment = write(client, article)[1]
    write(client, article)
    answered(comment)
    deliver()
    [(to, letter)] = post_office.letters
    assert (to, letter["To"], letter["Subject"]) == ([ROSA], ROSA, "Is this your address? – Newsroom")
    assert "I live there" not in letter.get_content()
    assert letter.get_content_type() == "text/plain"


def test_link_is_confirmed_by_a_button_and_not_by_opening_it(client, article, post_office):
    write(client, article)
    deliver()
    address = link(post_office.letters[0][1], "confirm")
    for _ in range(2):
        assert page(Client().get(address)).one("h1").text == "Is this your address?"
    assert Mailbox.objects.get().confirmed_at is None
    assert Client().post(address, headers={"Origin": "https://evil.example"}).status_code == 403
    for _ in range(2):
        assert page(Client().post(address, headers=HERE)).one("h1").text == "Thank you"
    assert Mailbox.objects.get().confirmed_at is not None


@pytest.mark.parametrize("days", [0, 8])
def test_link_that_is_forged_or_too_old_confirms_nothing(client, article, post_office, time_machine, days):
    write(client, article)
    deliver()
    address = link(post_office.letters[0][1], "confirm")
    stop = link(post_office.letters[0][1], "stop")
    wrong = [address[:-3] + "xx/", address.replace("/mail/confirm/", "/mail/stop/"), stop.replace("stop", "confirm", 1)]
    if days:
        time_machine.move_to(timezone.now() + timedelta(days=days))
        wrong = [address]
    for each in wrong:
        assert client.post(each, headers=HERE).status_code == 404
    assert Mailbox.objects.get().confirmed_at is None


def test_stranger_cannot_have_an_address_flooded_and_learns_nothing_of_it(client, article, post_office):
    known, unknown = [], []
    for number in range(6):
        known.append(write(Client(), article, body=f"Words {number}.")[0])
        other = {"body": f"More {number}.", "email": f"r{number}@other.example", "tell_me": ""}
        unknown.append(write(Client(), article, **other)[0])
    deliver()
    assert [to for to, _ in post_office.letters] == [[ROSA]] * 3
    assert {answer.status_code for answer in known + unknown} == {303}
    assert [answer["Location"].strip("0123456789/") for answer in known] == ["comments"] * 6


def test_same_words_by_another_reader_do_not_watch_somebody_elses_comment(client, article):
    comment = write(client, article, tell_me="")[1]
    answer, _ = write(Client(), article, email="spy@other.example")
    assert answer["Location"] == comment.get_absolute_url()
    assert (Watch.objects.count(), Mailbox.objects.count()) == (0, 0)


def test_box_without_an_address_is_asked_about_and_loses_nothing(client, article):
    answer = write(client, article, email="")[0]
    form = page(answer).one("form", id="comment-form")
    assert (answer.status_code, "checked" in form.one("input", name="tell_me").attrs) == (422, True)
    assert "Give the address at which you want to be told." in form.text


# answers


def test_writer_is_told_of_an_answer(watched, post_office):
    answer = answered(watched, "So do <i>I</i>.\n\n" + "word " * 100)
    deliver()
    [(to, letter)] = post_office.letters
    text = letter.get_content()
    assert (to, letter["Subject"]) == ([ROSA], "An answer to your comment – Newsroom")
    assert f"/comments/{answer.pk}/" in text
    assert "Bo <b>Reader</b> has answered your comment" in text
    assert "> So do <i>I</i>." in text
    assert len(text) < 1000
    assert Notice.objects.get(kind="answer").outcome == "sent"


def test_letter_can_be_ended_from_the_mail_program(watched, post_office):
    answered(watched)
    deliver()
    letter = post_office.letters[0][1]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    address = re.fullmatch(r"<http://127\.0\.0\.1:8000(/mail/stop/\S+/)>", letter["List-Unsubscribe"].strip())[1]
    program = Client(enforce_csrf_checks=True)  # of the mail provider: no cookie, no origin
    assert page(program.get(address)).one("h1").text == "No more letters?"
    assert Mailbox.objects.count() == 1
    for _ in range(2):
        answer = program.post(address, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, page(answer).one("h1").text) == (200, "You are written to no more")
    assert (Mailbox.objects.count(), Watch.objects.count(), Notice.objects.count()) == (0, 0, 0)
    assert not Comment.objects.filter(pk=watched.pk).values_list("email", flat=True)[0]
    answered(watched, "Again.")
    deliver()
    assert len(post_office.letters) == 1


def test_link_to_stop_is_for_one_mailbox_and_cannot_be_forged(watched, post_office):
    answered(watched)
    deliver()
    address = link(post_office.letters[0][1], "stop")
    for wrong in (address[:-4] + "xxx/", "/mail/stop/x/", "/mail/stop/MQ:1:x/"):
        assert Client().post(wrong).status_code == 404
    assert Mailbox.objects.count() == 1


TAKEN_BACK = {
    "rejected": lambda answer, watched: answer.reject(by=None, at=timezone.now(), reason="Rude."),
    "held": lambda answer, watched: answer.hold(by=None, at=timezone.now()),
    "deleted": lambda answer, watched: answer.delete_text(at=timezone.now()),
    "watched deleted": lambda answer, watched: watched.delete_text(at=timezone.now()),
    "withdrawn": lambda answer, watched: Article.objects.get(pk=answer.article_id).withdraw(
        by=None, at=timezone.now(), outcome="gone", reason="Wrong."
    ),
    "comments off": lambda answer, watched: Article.objects.filter(pk=answer.article_id).update(comments_policy="off"),
}


@pytest.mark.parametrize("how", TAKEN_BACK)
def test_answer_that_is_no_longer_public_is_not_told(watched, post_office, how):
    answer = answered(watched)
    watched.refresh_from_db()
    answer.refresh_from_db()
    TAKEN_BACK[how](answer, watched)
    deliver()
    assert (post_office.letters, Notice.objects.get(kind="answer").outcome) == ([], "dropped")


def test_answer_that_comes_back_is_told_then_and_once(watched, post_office):
    answer = answered(watched)
    answer.hold(by=None, at=timezone.now())
    deliver()
    for _ in range(2):
        answer.approve(by=None, at=timezone.now())
        deliver()
        answer.hold(by=None, at=timezone.now())
        deliver()
    assert len(post_office.letters) == 1


def test_answer_that_waits_for_a_moderator_is_told_when_it_is_public(watched, post_office):
    answer = answered(watched, state="held")
    deliver()
    assert post_office.letters == []
    answer.approve(by=None, at=timezone.now())
    deliver()
    assert len(post_office.letters) == 1


def test_nobody_is_told_of_an_answer_of_their_own_or_to_somebody_else(client, article, watched, post_office):
    write(client, article, body="I add this.", parent=watched.pk, tell_me="")
    answered(answered(watched, commenter=watched.commenter))
    deliver()
    assert post_office.letters == []


def test_answer_is_told_after_the_minutes_in_which_its_author_may_take_it_back(watched):
    answered(watched)
    [due] = Due.objects.filter(kind="notice")
    assert timedelta(minutes=4) < due.due_at - timezone.now() <= timedelta(minutes=5)


# decisions


def test_writer_is_told_what_was_decided_and_how_to_appeal(watched, post_office):
    watched.reject(by=make.user("Moderator"), at=timezone.now(), reason="It insults a person.")
    deliver()
    [(_, letter)] = post_office.letters
    assert "taken your comment down: It insults a person." in letter.get_content()
    assert f"/articles/{watched.article_id}/comments/own/" in letter.get_content()


def test_writer_is_told_the_last_of_several_decisions_and_of_none_that_changed_nothing(watched, post_office):
    by = make.user("Moderator")
    watched.approve(by=by, at=timezone.now())
    deliver()
    assert post_office.letters == []
    watched.mark_as_spam(by=by, at=timezone.now())
    watched.approve(by=by, at=timezone.now())
    deliver()
    [(_, letter)] = post_office.letters
    assert "Your comment is public." in letter.get_content()


def test_writer_is_not_told_of_what_the_writer_did(watched, post_office):
    watched.delete_text(at=timezone.now())
    deliver()
    assert post_office.letters == []


# the mail server


def test_server_that_is_away_gets_the_letter_when_it_is_back(watched, post_office, settings):
    answered(watched)
    hand_letters_to(settings, 9)  # nobody listens there
    for attempt in range(12):
        deliver(after=make.DAY)
        notice = Notice.objects.get(kind="answer")
        assert (notice.outcome, notice.attempts) == ("", attempt + 1)
        wait = Due.objects.get(kind="notice", key=notice.pk).due_at - timezone.now()
        assert wait > min(timedelta(minutes=2 ** (attempt + 1)), timedelta(hours=6)) - timedelta(seconds=30)
    hand_letters_to(settings, post_office.port)
    deliver(after=make.DAY)
    deliver(after=make.DAY)
    assert len(post_office.letters) == 1
    assert (Notice.objects.get(kind="answer").outcome, Due.objects.filter(kind="notice").count()) == ("sent", 0)


@pytest.mark.parametrize(("refusal", "outcome"), [("550 nobody here", "given up"), ("450 later", "")])
def test_address_that_does_not_exist_is_given_up_and_one_that_is_busy_is_not(watched, post_office, refusal, outcome):
    answered(watched)
    post_office.refusal = refusal
    deliver()
    assert Notice.objects.get(kind="answer").outcome == outcome


def test_news_of_three_days_ago_is_no_news(watched, settings):
    answered(watched)
    hand_letters_to(settings, 9)
    notice = Notice.objects.get(kind="answer")
    notices.send(notice.pk, at=timezone.now() + timedelta(days=3, minutes=1))
    assert Notice.objects.get(kind="answer").outcome == "given up"


def test_letter_sent_again_after_a_crash_can_be_known_as_the_same(watched, post_office):
    """At least once: the process died after the server had taken the letter and before that was noted."""
    answered(watched)
    deliver()
    notice = Notice.objects.get(kind="answer")
    Notice.objects.filter(pk=notice.pk).update(outcome="", settled_at=None)
    notices.send(notice.pk, at=timezone.now())
    first, second = (letter["Message-ID"] for _, letter in post_office.letters)
    assert first == second


# hostile text


@pytest.mark.parametrize("name", ["Bo\r\nBcc: evil@evil.example", "=?utf-8?q?Bo?=", "Bo, evil@evil.example", "<Bo>"])
def test_name_and_words_get_into_no_header(watched, post_office, name):
    headline = "Bridge\r\nBcc: evil@evil.example"
    Article.objects.filter(pk=watched.article_id).update(headline=headline)
    answered(watched, ".\r\nQUIT\r\n\r\nBcc: evil@evil.example", name=name)
    deliver()
    [(to, letter)] = post_office.letters
    assert (to, letter["To"], letter["Bcc"]) == ([ROSA], ROSA, None)
    assert set(letter.keys()) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
        "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
    }  # fmt: skip


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: x@y.example", "a@b.example,x@y.example", "<a@b.example>"])
def test_address_that_is_more_than_one_address_is_refused(client, article, address):
    assert write(client, article, email=address)[0].status_code == 422
    assert Mailbox.objects.count() == 0


# what is kept


def test_addresses_go_when_nothing_is_watched_for_them(watched, article):
    now = timezone.now()
    unconfirmed = Mailbox.objects.of(make.commenter(), "x@y.example", at=now)
    Watch.objects.create(comment=make.comment(article), mailbox=unconfirmed)
    assert notices.purge(at=now + timedelta(days=6)) == {"mailboxes": 0, "notices": 0}
    assert notices.purge(at=now + timedelta(days=8)) == {"mailboxes": 1, "notices": 0}
    assert notices.purge(at=now + timedelta(days=181)) == {"mailboxes": 1, "notices": 0}
    assert (Mailbox.objects.count(), Notice.objects.count()) == (0, 0)


def test_page_of_own_comments_says_whether_its_reader_is_written_to(client, article, watched):
    own = f"/articles/{article.pk}/comments/own/"
    assert "You are told by e-mail who answers." in page(client.get(own)).text
    Mailbox.objects.update(confirmed_at=None)
    assert "open the link in the letter" in page(client.get(own)).text
    assert ROSA not in client.get(own).content.decode()


def test_comment_without_the_box_is_nobodys_letter(client, article, post_office):
    answered(write(client, article, tell_me="")[1])
    deliver()
    assert (post_office.letters, Mailbox.objects.count()) == ([], 0)
