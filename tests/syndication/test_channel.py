"""What a feed says of itself."""

import pytest
import time_machine
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db

FORMS = ["rss", "atom", "json"]


@pytest.mark.parametrize("form", FORMS)
def test_feed_of_a_search_names_no_hub_because_nobody_tells_one_of_it(client, settings, form):
    settings.WEBSUB_HUB = "https://hub.example/"
    make.article("Flood")
    answer = client.get(f"/search/feed.{form}?q=flood")
    assert "hub.example" not in answer.content.decode()
    assert answer["Link"] == f'<http://127.0.0.1:8000/search/feed.{form}?q=flood>; rel="self"'


@pytest.mark.parametrize("form", FORMS)
def test_feed_without_items_stays_the_same_while_nothing_comes(client, form):
    address = f"/search/feed.{form}?q=nothing"
    first = client.get(address)
    with time_machine.travel(timezone.now() + make.HOUR, tick=False):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
