"""A feed reader that people use, against the real server: what it asks, and what its reader gets to see."""

import pytest
from django.utils import timezone

from tests import make
from tests.browser.newsboat import Newsboat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SITE = "http://127.0.0.1:8000"
FORMS = ["rss", "atom"]  # newsboat 2.21 reads no JSON Feed
BODY = "<p>The river rose by two metres, and “nobody” was hurt.</p><p>The bridge & the mill are closed.</p>"


@pytest.fixture
def newsroom(live_server):
    """Return three articles of two outlets, the oldest first; both feeds of ``feeds_of`` hold the last two."""
    ada, bo, now = make.author("Ada Author"), make.author("Bo Writer"), timezone.now()
    return [
        make.article("From elsewhere", outlet=make.outlet("The Beacon"), authors=[bo], at=now - 3 * make.HOUR),
        make.article("River <rises> & falls", body=BODY, authors=[ada, bo], at=now - 2 * make.HOUR),
        make.article("Bridge closed", authors=[ada], at=now - make.HOUR),
    ]


@pytest.fixture
def subscribed(live_server, tmp_path):
    """Return a function that gives a new reader, who follows everything and one of the outlets as well."""

    def subscribe(form, name="reader"):
        (tmp_path / name).mkdir()
        return Newsboat(tmp_path / name, [live_server.url + path for path in feeds_of(form)])

    return subscribe


def feeds_of(form):
    return [f"/latest/feed.{form}", f"/outlets/the-lantern/feed.{form}"]


@pytest.fixture
def answers(caplog):
    """Return a function that gives what the server answered since it was last asked: (path, status)."""
    caplog.set_level("INFO", "newsroom.request")

    def since():
        facts = [record.facts for record in caplog.records if record.name == "newsroom.request"]
        caplog.clear()
        return sorted((said["path"], said["status"]) for said in facts)

    return since


def titles(items):
    return [item["title"] for item in items]


def all_with(form, status):
    return [(path, status) for path in feeds_of(form)]


@pytest.mark.parametrize("form", FORMS)
def test_subscriber_gets_each_article_once_and_whole(subscribed, newsroom, answers, form):
    items = subscribed(form).reload()
    assert answers() == all_with(form, 200)
    # Of several writers, each a dc:creator of their own in RSS, newsboat shows the last.
    both = "Bo Writer" if form == "rss" else "Ada Author, Bo Writer"
    assert [(item["title"], item["author"], item["url"], item["pubDate"], item["unread"]) for item in items] == [
        (article.headline, author, SITE + article.get_absolute_url(), int(article.published_at.timestamp()), 1)
        for article, author in zip(newsroom, ("Bo Writer", both, "Ada Author"), strict=True)
    ]
    assert [item["content"] for item in items] == [article.body for article in newsroom]


@pytest.mark.parametrize("form", FORMS)
def test_reader_who_has_it_all_is_told_so_in_a_line(subscribed, newsroom, answers, form):
    reader = subscribed(form)
    before = reader.reload()
    # newsboat notes ETag and date of a feed that it knows already: not yet at the first time, so the second is whole.
    assert reader.reload() == before
    assert answers() == sorted(2 * all_with(form, 200))
    assert reader.reload() == before
    assert answers() == all_with(form, 304)


@pytest.mark.parametrize("form", FORMS)
def test_edited_article_stays_one_item_and_a_new_one_comes_once(subscribed, newsroom, answers, form):
    reader = subscribed(form)
    before, (_, edited, _) = reader.reload(), newsroom
    answers()
    edited.headline, edited.body = "River falls", "<p>It fell by one metre.</p>"
    edited.save()
    make.article("Mill saved", at=timezone.now())
    after = reader.reload()
    assert answers() == all_with(form, 200)
    assert titles(after) == ["From elsewhere", "River falls", "Bridge closed", "Mill saved"]
    assert [item["guid"] for item in after[:3]] == [item["guid"] for item in before]
    assert after[1]["content"] == edited.body
    assert reader.reload() == after
    assert answers() == all_with(form, 304)


@pytest.mark.parametrize("form", FORMS)
def test_withdrawn_article_is_gone_for_whoever_subscribes_now(subscribed, newsroom, answers, form):
    early = subscribed(form)
    assert "Bridge closed" in titles(early.reload())
    newsroom[2].withdraw(by=None, at=timezone.now(), outcome="gone", reason="It was wrong.")
    answers()
    assert titles(subscribed(form, "late").reload()) == ["From elsewhere", "River <rises> & falls"]
    early.reload()
    assert answers() == sorted(2 * all_with(form, 200))  # the early one, too, is sent the list without it
