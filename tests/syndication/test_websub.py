"""The hub is told of what became public, once, in every feed that it stands in; a hub that is away is told later."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from articles import work
from articles.models import Due
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hub(settings):
    """Start a hub on this machine; ``told`` are the forms that it got, ``status`` what it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            server.told.append(parse_qs(body))
            self.send_response(server.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.told, server.status = [], 204
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.WEBSUB_HUB = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_hub_is_told_of_every_feed_that_a_new_article_stands_in(hub):
    fields = {"hashtags": [make.hashtag("floods")], "authors": [make.author("Ada")], "story": make.story("Flood")}
    article = make.article(outlet=make.outlet("One"), section=make.section("Rivers"), **fields)
    work.do_all_due()
    pages = ["/", "/latest/", "/outlets/one/", "/sections/rivers/", article.story.get_absolute_url()]
    pages += ["/hashtags/floods/", "/authors/ada/"]
    feeds = [f"http://127.0.0.1:8000{page}feed.{form}" for page in pages for form in ("rss", "atom", "json")]
    assert hub.told == [{"hub.mode": ["publish"], "hub.url": feeds}]
    assert not Due.objects.exists()


def test_hub_hears_nothing_of_what_is_not_public(hub):
    for made in (make.draft(), make.scheduled(), make.embargoed(), make.withdrawn()):
        assert made.pk
    work.do_all_due()
    assert hub.told == []


def test_hub_that_refuses_is_told_again_later(hub):
    hub.status = 503
    make.article()
    work.do_all_due()
    (due,) = Due.objects.all()
    assert (due.kind, due.attempts, len(hub.told)) == ("hub", 1, 1)
    assert due.due_at > timezone.now()
    hub.status = 204
    Due.objects.update(due_at=timezone.now())
    work.do_all_due()
    assert (len(hub.told), Due.objects.count()) == (2, 0)


def test_nobody_is_told_where_no_hub_is_set(hub, settings):
    settings.WEBSUB_HUB = ""
    make.article()
    work.do_all_due()
    assert hub.told == []
