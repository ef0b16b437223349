"""Pages are the same bytes for every reader, and no cache keeps one for longer than it is true."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    """Return the address of each kind of public page."""
    rivers, ada, flood = make.hashtag("Rivers"), make.author("Ada Author"), make.story("Flood")
    article = make.article(hashtags=[rivers], authors=[ada], story=flood, lead_image=make.image())
    make.article(hashtags=[rivers])
    thread = make.comment(article)
    make.comment(article, "Mine too.", parent=thread)
    records = [article, rivers, ada, flood, article.outlet, article.section]
    notice = make.withdrawn(outcome=Article.Outcome.NOTICE)
    fixed = ["/", "/latest/", "/outlets/", "/hashtags/", "/search/", "/search/?q=river", "/corrections/", "/about/"]
    fixed += [
        f"/articles/{article.pk}/comments/{query}"
        for query in ("", f"?thread={thread.pk}", "?sort=oldest", "?sort=top")
    ]
    fixed += [f"/articles/{article.pk}/comments/?parent={thread.pk}"]
    return [record.get_absolute_url() for record in [*records, notice]] + fixed


def test_pages_are_the_same_bytes_for_every_reader(pages):
    editor = Client(headers={"User-Agent": "Editor/1"})
    editor.force_login(make.user("Chief"))
    readers = [Client(), Client(headers={"User-Agent": "Other/2", "Accept-Language": "de", "Cookie": "a=b"}), editor]
    for address in pages:
        answers = [reader.get(address) for reader in readers]
        assert {answer.status_code for answer in answers} == {200}, address
        assert len({answer.content for answer in answers}) == 1, address
        headers = [{n: v for n, v in answer.headers.items() if n != "X-Request-ID"} for answer in answers]
        assert headers[1:] == headers[:-1], address


def test_pages_hold_nothing_that_belongs_to_one_reader(client, pages):
    for address in pages:
        answer = client.get(address)
        assert (dict(answer.cookies), "Cookie" in answer.get("Vary", "")) == ({}, False), address
        assert not re.search(r"csrf|nonce-", answer.content.decode(), re.IGNORECASE), address
        values = re.findall(r'name="nonce"[^>]*value="([^"]*)"', answer.content.decode())
        assert set(values) <= {""}, address


def test_damaged_cookies_of_one_reader_do_not_get_into_a_page_for_all(pages):
    """Django replaces a token that it cannot read and deletes a session that it cannot: not in an answer for all."""
    for address in pages:
        answer = Client(headers={"Cookie": "csrftoken=damaged; sessionid=%00; messages=x"}).get(address)
        assert (dict(answer.cookies), "Cookie" in answer.get("Vary", "")) == ({}, False), address


def test_page_may_be_kept_for_a_minute(client, pages):
    kept = {address: client.get(address)["Cache-Control"] for address in pages}
    assert set(kept.values()) == {"public, max-age=0, s-maxage=60, must-revalidate"}


def lifetime(answer):
    return int(re.search(r"s-maxage=(\d+)", answer["Cache-Control"])[1])


@pytest.mark.parametrize("what", ["scheduled", "embargoed", "expiring"])
@pytest.mark.parametrize(("seconds", "kept"), [(20, 20), (59.5, 59), (0.4, 0), (61, 60)])
def test_no_page_outlives_the_next_moment_at_which_an_article_comes_or_goes(pages, client, what, seconds, kept):
    moment = timezone.now() + timedelta(hours=1)
    with time_machine.travel(moment, tick=False):
        at = timezone.now()
        change = at + timedelta(seconds=seconds)
        if what == "scheduled":
            make.scheduled(publish_at=change)
        elif what == "embargoed":
            make.embargoed(until=change)
        else:
            make.article(expires_at=change)
        assert {address: lifetime(client.get(address)) for address in pages} == dict.fromkeys(pages, kept)


def test_page_is_kept_in_full_when_all_that_changes_is_a_draft(pages, client):
    make.draft(expires_at=timezone.now() + timedelta(seconds=20))
    assert lifetime(client.get("/")) == 60


def test_answer_that_is_one_readers_own_is_kept_nowhere(client):
    article = make.article()
    comment = make.comment(article)
    gone, legal = make.withdrawn(), make.withdrawn(outcome=Article.Outcome.LEGAL)
    own = {"Origin": "http://testserver"}
    answers = [
        client.get(comment.get_absolute_url()),
        client.post(f"/articles/{article.pk}/comments/", {"name": "A", "body": "B"}, headers=own),
        client.post(f"/articles/{article.pk}/comments/", {"name": "A", "body": ""}, headers=own),
        client.post(f"/articles/{article.pk}/comments/", {"name": "A", "body": "B"}),
        client.post(f"/articles/{article.pk}/comments/", {}, headers={"Origin": "https://evil.example"}),
        client.get("/no/such/"),
        client.put("/latest/"),
        client.get(gone.get_absolute_url()),
        client.get(legal.get_absolute_url()),
    ]
    assert [answer.status_code for answer in answers] == [302, 303, 422, 200, 403, 404, 405, 410, 451]
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}


def test_page_names_what_a_cache_has_to_drop_with_it(client):
    article = make.article()
    keys = client.get(article.get_absolute_url())["Surrogate-Key"].split()
    assert keys == ["site", f"article-{article.pk}", f"outlet-{article.outlet_id}"]
    assert client.get("/latest/")["Surrogate-Key"] == "site lists"
