"""What a feed says of itself."""

import pytest

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
