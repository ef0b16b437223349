"""What a feed says of itself: its hub, its language, and when it last changed."""

from xml.etree import ElementTree

import pytest
import time_machine
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FORMS = ["rss", "atom", "json"]


def languages(client, address):
    """Return the language of the feed at ``address`` and those of its items."""
    answer = client.get(address)
    if address.endswith("json"):
        told = answer.json()
        return told["language"], [item["language"] for item in told["items"]]
    root = ElementTree.fromstring(answer.content)
    if address.endswith("atom"):
        return root.get(LANGUAGE), [entry.get(LANGUAGE) for entry in root.findall(f"{ATOM}entry")]
    element = "{http://purl.org/dc/elements/1.1/}language"
    return root.findtext("channel/language"), [item.findtext(element) for item in root.findall("channel/item")]


@pytest.mark.parametrize("form", FORMS)
def test_feed_of_a_search_names_no_hub_because_nobody_tells_one_of_it(client, settings, form):
    settings.WEBSUB_HUB = "https://hub.example/"
    make.article("Flood")
    answer = client.get(f"/search/feed.{form}?q=flood")
    assert "hub.example" not in answer.content.decode()
    assert answer["Link"] == f'<http://127.0.0.1:8000/search/feed.{form}?q=flood>; rel="self"'


@pytest.mark.parametrize("form", FORMS)
def test_feed_is_in_the_language_that_all_its_items_are_in(client, form):
    outlet = make.outlet("Le Courrier")
    for number in range(2):
        make.article(f"La crue {number}", outlet=outlet, language="fr")
    address = f"/outlets/le-courrier/feed.{form}"
    assert languages(client, address) == ("fr", ["fr", "fr"])
    make.article("Die Flut", outlet=outlet, language="de")
    assert languages(client, address) == ("en", ["de", "fr", "fr"])


@pytest.mark.parametrize("form", FORMS)
def test_feed_without_items_is_in_the_language_of_the_site(client, settings, form):
    settings.SITE_LANGUAGE = "de-at"
    make.section("Rivers")
    assert languages(client, f"/sections/rivers/feed.{form}") == ("de-at", [])


@pytest.mark.parametrize("form", FORMS)
def test_feed_without_items_stays_the_same_while_nothing_comes(client, form):
    address = f"/search/feed.{form}?q=nothing"
    first = client.get(address)
    with time_machine.travel(timezone.now() + make.HOUR, tick=False):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
