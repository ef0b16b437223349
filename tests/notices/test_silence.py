"""Whoever says "write to me no more" is never asked again, and nobody else finds out."""

import hashlib
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import erasure, notices
from articles.models import Allowance, Comment, Mailbox, Notice, Silence, digest_of, silence
from tests.documents import page
from tests.notices.reader import HERE, ROSA, answered, deliver, link, write

pytestmark = pytest.mark.django_db


def stopped(post_office):
    """End the letters to Rosa by the newest one; return the link by which she may be asked again."""
    answer = Client().post(link(post_office.letters.pop()[1], "stop"))
    [again] = [node["href"] for node in page(answer).all("a") if node["href"].startswith("/mail/again/")]
    return again


SPELLINGS = [ROSA, "Rosa@Reader.example", "rosa+news@reader.example", "ROSA+x+y@READER.EXAMPLE", "rosa@ｒeader.example"]


def test_address_whose_owner_said_stop_is_never_asked_again(article, post_office):
    write(Client(), article)
    deliver()
    stopped(post_office)
    for number, address in enumerate([*SPELLINGS, "bo@reader.example"]):
        Allowance.objects.all().delete()  # it is another day
        write(Client(), article, body=f"Words {number}.", email=address)
    deliver()
    assert [to for to, _ in post_office.letters] == [["bo@reader.example"]]
    assert sorted(Notice.objects.values_list("outcome", flat=True)) == ["dropped"] * len(SPELLINGS) + ["sent"]


def test_letter_that_was_due_is_not_sent_after_a_stop(watched, post_office):
    answered(watched)
    Silence.objects.create(digest=digest_of(ROSA), at=timezone.now())
    deliver()
    assert (post_office.letters, Notice.objects.get(kind="answer").outcome) == ([], "dropped")


def test_one_stop_ends_the_letters_of_every_browser_of_hers(article, post_office):
    for number in range(2):
        write(Client(), article, body=f"Words {number}.")
        deliver()
        Client().post(link(post_office.letters[-1][1], "confirm"), headers=HERE)
    assert Mailbox.objects.confirmed().count() == 2
    stopped(post_office)
    assert (Mailbox.objects.count(), set(Comment.objects.values_list("email", flat=True))) == (0, {""})


def test_owner_may_be_asked_again_by_the_link_and_by_no_other(article, post_office):
    write(Client(), article)
    deliver()
    stop = link(post_office.letters[0][1], "stop")
    again = stopped(post_office)
    for wrong in (again[:-3] + "xx/", stop.replace("stop", "again", 1), again.replace("again", "stop", 1)):
        assert Client().post(wrong, headers=HERE).status_code == 404
    assert Client().post(again, headers={"Origin": "https://evil.example"}).status_code == 403
    assert page(Client().get(again)).one("h1").text == "Letters again?"
    assert Silence.objects.count() == 1
    for _ in range(2):
        assert page(Client().post(again, headers=HERE)).one("h1").text == "You can be written to again"
    write(Client(), article, body="I want to know.")
    deliver()
    assert [letter["Subject"] for _, letter in post_office.letters] == ["Is this your address? – Newsroom"]


def test_nobody_learns_which_addresses_want_no_letters(article, post_office):
    write(Client(), article)
    deliver()
    stopped(post_office)
    seen, asked = [], []
    for number, address in enumerate([ROSA, "bo@reader.example"]):
        browser = Client()
        with CaptureQueriesContext(connection) as queries:
            answer, comment = write(browser, article, body=f"Words {number}.", email=address)
        deliver()
        own = browser.get(f"/articles/{article.pk}/comments/own/").content.decode()
        seen.append((answer.status_code, re.sub(r"\d+", "", own)))
        asked.append(len(queries))
        assert erasure.export(comment.commenter)["letters"] == []
    assert seen[0] == seen[1]
    assert asked[0] == asked[1]


def test_mark_of_a_silent_address_tells_nothing_without_the_key(settings):
    silence(digest_of(ROSA), at=timezone.now())
    assert Silence.objects.filter(digest__in=[hashlib.sha256(ROSA.encode()).hexdigest()[:32], ROSA]).count() == 0
    settings.SECRET_KEY = "another key"
    assert not Silence.objects.filter(digest=digest_of(ROSA)).exists()


def test_silence_outlives_who_typed_the_address_and_ends_at_its_owners_wish(article, post_office):
    stranger = write(Client(), article)[1].commenter
    deliver()
    stopped(post_office)
    erasure.forget(stranger, at=timezone.now())
    notices.purge(at=timezone.now() + timedelta(days=1000))
    assert Silence.objects.count() == 1
    call_command("forget_silence", "Rosa@reader.example", stdout=StringIO())
    assert Silence.objects.count() == 0
