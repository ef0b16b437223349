"""The hub is told of what became public, once, in every feed that it stands in; a hub that is away is told later."""

from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from articles import work
from articles.models import Due
from tests import make
from tests.listener import listener

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hub(settings):
    with listener(204) as server:
        settings.WEBSUB_HUB = server.url
        yield server


def told(hub):
    """Return the forms that the hub got."""
    return [parse_qs(body.decode()) for body, _ in hub.asked]


def test_hub_is_told_of_every_feed_that_a_new_article_stands_in(hub):
    fields = {"hashtags": [make.hashtag("floods")], "authors": [make.author("Ada")], "story": make.story("Flood")}
    article = make.article(outlet=make.outlet("One"), section=make.section("Rivers"), **fields)
    work.do_all_due()
    pages = ["/", "/latest/", "/outlets/one/", "/sections/rivers/", article.story.get_absolute_url()]
    pages += ["/hashtags/floods/", "/authors/ada/"]
    feeds = [f"http://127.0.0.1:8000{page}feed.{form}" for page in pages for form in ("rss", "atom", "json")]
    assert told(hub) == [{"hub.mode": ["publish"], "hub.url": feeds}]
    assert not Due.objects.exists()


def test_hub_hears_nothing_of_what_is_not_public(hub):
    for made in (make.draft(), make.scheduled(), make.embargoed(), make.withdrawn()):
        assert made.pk
    work.do_all_due()
    assert told(hub) == []


def test_hub_that_refuses_is_told_again_later(hub):
    hub.answer = (503, b"")
    make.article()
    work.do_all_due()
    (due,) = Due.objects.all()
    assert (due.kind, due.attempts, len(told(hub))) == ("hub", 1, 1)
    assert due.due_at > timezone.now()
    hub.answer = (204, b"")
    Due.objects.update(due_at=timezone.now())
    work.do_all_due()
    assert (len(told(hub)), Due.objects.count()) == (2, 0)


def test_nobody_is_told_where_no_hub_is_set(hub, settings):
    settings.WEBSUB_HUB = ""
    make.article()
    work.do_all_due()
    assert told(hub) == []
