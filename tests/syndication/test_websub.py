"""The hub is told of what became public, once, in every feed that it stands in; a hub that is away is told later."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import get_resolver, resolve
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


def feeds(pages):
    return [f"http://127.0.0.1:8000{page}feed.{form}" for page in pages for form in ("rss", "atom", "json")]


def told(hub):
    """Return the forms that the hub got."""
    return [parse_qs(body.decode()) for body, _ in hub.asked]


def test_hub_is_told_of_every_feed_that_a_new_article_stands_in(hub):
    fields = {"hashtags": [make.hashtag("floods")], "authors": [make.author("Ada")], "story": make.story("Flood")}
    article = make.article(outlet=make.outlet("One"), section=make.section("Rivers"), **fields)
    work.do_all_due()
    day = timezone.localtime(article.published_at)
    archive = [f"/archive/{day.year}/{day.month}/", f"/archive/{day.year}/{day.month}/{day.day}/"]
    pages = ["/", "/latest/", "/today/", *archive, "/outlets/one/", "/sections/rivers/"]
    pages += [article.story.get_absolute_url(), "/hashtags/floods/", "/authors/ada/"]
    assert told(hub) == [{"hub.mode": ["publish"], "hub.url": feeds(pages)}]
    assert not Due.objects.exists()


def test_hub_is_told_of_the_archive_of_the_day_where_the_site_is(hub, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    timezone.get_default_timezone.cache_clear()
    try:
        make.article(at=make.NOON.replace(month=4, day=30, hour=13))  # past midnight in Auckland
        work.do_all_due()
    finally:
        timezone.get_default_timezone.cache_clear()
    (said,) = told(hub)
    archive = [url for url in said["hub.url"] if "/archive/" in url]
    assert archive == feeds(["/archive/2026/5/", "/archive/2026/5/1/"])


def test_hub_is_told_of_corrections_when_one_is_made(hub):
    article = make.article()
    work.do_all_due()
    article.correct(by=None, at=timezone.now(), text="There are nine weirs.")
    work.do_all_due()
    new, corrected = (said["hub.url"] for said in told(hub))
    assert corrected == [*new, *feeds(["/corrections/"])]


def test_every_feed_that_names_the_hub_is_one_that_the_hub_is_told_of(hub, client):
    """All but those of searches, which are without number and name none."""
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str) and name.endswith("-feed")}
    fields = {"hashtags": [make.hashtag("floods")], "authors": [make.author("Ada")], "story": make.story("Flood")}
    article = make.article(section=make.section("Rivers"), **fields)
    article.correct(by=None, at=timezone.now(), text="There are nine weirs.")
    work.do_all_due()
    paths = {urlsplit(url).path for url in told(hub)[-1]["hub.url"]}
    assert {resolve(path).url_name for path in paths} == named - {"search-feed"}
    for path in paths:
        assert 'rel="hub"' in client.get(path)["Link"], path


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
