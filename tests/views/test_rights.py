"""What the agreement with an outlet does not let us show stands behind no door."""

import json

import pytest
from django.utils import timezone

from articles.models import RelatedLink
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

WITH_PICTURES = {
    "article", "front", "latest", "section", "outlet", "hashtag", "author", "story", "search", "related",
    "archive of the month", "archive of the day", "rss", "atom", "json", "feed of a search",
}  # fmt: skip


def doors(**rights):
    """Make a corrected article with a picture, whose outlet has ``rights``; return the addresses that tell of it."""
    sarn, weirs, ada = make.story("The Sarn"), make.hashtag("weirs"), make.author("Ada Lund")
    picture = make.image("secret-heron.png", alt="A heron.", caption="The heron of Sarn.", credit="Photo: Ida Lind")
    shared = {"story": sarn, "hashtags": [weirs], "authors": [ada], "lead_image": picture}
    shown = make.article("Weirs", outlet=make.outlet("The Heron", text_shown="own"), **shared)
    shown.headline = "Weirs and dams"  # so that there is a page of changes
    shown.save()
    shown.correct(by=None, at=timezone.now(), text="There are nine weirs, not ten.")
    for name, value in rights.items():  # the agreement may change at any time
        setattr(shown.outlet, name, value)
    shown.outlet.save()
    reader = make.article("What is a weir?", at=timezone.now() - 3 * make.DAY)
    RelatedLink.objects.create(article=reader, related=shown, position=0, score=1, reason="Mentions Weirs")
    day = timezone.localtime(shown.published_at)
    lists = {"section": shown.section, "outlet": shown.outlet, "hashtag": weirs, "author": ada, "story": sarn}
    records = lists | {"article": shown, "related": reader}
    return {name: record.get_absolute_url() for name, record in records.items()} | {
        "front": "/",
        "latest": "/latest/",
        "today": "/today/",
        "search": "/search/?q=weirs",
        "corrections": "/corrections/",
        "what changed": f"/articles/{shown.pk}/changes/",
        "archive of the month": f"/archive/{day:%Y/%m}/",
        "archive of the day": f"/archive/{day:%Y/%m/%d}/",
        "rss": "/feed.rss",
        "atom": "/feed.atom",
        "json": "/feed.json",
        "feed of a search": "/search/feed.json?q=weirs",
        "card": f"/oembed/?url=http://127.0.0.1:8000{shown.get_absolute_url()}",
    }


def told(client, addresses, *words):
    """Return the names of the doors whose answers hold any of ``words``."""
    answers = {name: client.get(address) for name, address in addresses.items()}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {name for name, answer in answers.items() if any(word in answer.content.decode() for word in words)}


PICTURE = ("secret-heron", "The heron of Sarn", "Photo: Ida Lind", "A heron.")


@pytest.mark.parametrize(
    ("rights", "is_shown"),
    [
        ({"text_shown": "own"}, True),
        ({"text_shown": "full"}, True),
        ({"text_shown": "summary"}, False),
        ({"text_shown": "link"}, False),
        ({"text_shown": "summary", "allows_pictures": True}, True),
        ({"text_shown": "link", "allows_pictures": True}, True),
    ],
)
def test_picture_is_shown_where_the_outlet_lets_us_and_nowhere_else(client, rights, is_shown):
    addresses = doors(**rights)
    assert told(client, addresses, *PICTURE) >= (WITH_PICTURES if is_shown else set())
    assert is_shown or told(client, addresses, *PICTURE) == set()


@pytest.mark.parametrize(
    ("text_shown", "is_shown"), [("own", True), ("full", True), ("summary", False), ("link", False)]
)
def test_correction_is_told_in_full_where_the_text_may_be(client, text_shown, is_shown):
    addresses = doors(text_shown=text_shown, allows_pictures=True)
    assert told(client, addresses, "nine weirs") == ({"article", "corrections", "what changed"} if is_shown else set())
    note = page(client.get(addresses["article"])).one("section", class_="corrections").one("p")
    assert ("lets us say no more" in note.text, bool(note.one("time"))) == (not is_shown, True)


def test_structured_data_tell_no_correction_that_the_page_does_not(client):
    addresses = doors(text_shown="summary")
    scripts = page(client.get(addresses["article"])).all("script", type="application/ld+json")
    assert [data.get("correction", []) for data in (json.loads(one.raw_text) for one in scripts)] == [[], []]
