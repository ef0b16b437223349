"""The public page on how an outlet's comments are moderated."""

import pytest
from django.utils import timezone

from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db


def test_page_tells_numbers_and_neither_names_nor_words(client):
    article = make.article(outlet=make.outlet("The Courier"))
    comment = make.comment(article, "Zephyrine words.", name="Zephyrine Reader", state="held")
    comment.reject(
        by=make.user("Moderator", username="zephyrine"), at=timezone.now(), reason="Zephyrine.", kind="abuse"
    )
    make.comment(article, "Fine.")
    answer = client.get("/outlets/the-courier/moderation/")
    assert "zephyrine" not in answer.content.decode().lower()
    rows = [
        [cell.text.strip() for cell in [*row.all("th"), *row.all("td")]] for row in page(answer).one("tbody").all("tr")
    ]
    assert [row for row in rows if row[1] != "0"] == [
        ["Comments received", "2"],
        ["Published", "1"],
        ["Rejected", "1"],
        ["Rejected: it insults or threatens somebody", "1"],
        ["Decisions by a person", "1"],
    ]
    assert "had waited for less than a minute at most" in page(answer).text


def test_page_is_the_same_for_everybody_and_kept_for_a_minute(client):
    outlet = make.article().outlet
    address = f"{outlet.get_absolute_url()}moderation/"
    answer = client.get(address)
    assert "nobody has commented here" in page(answer).text
    assert (answer.cookies, "s-maxage=60" in answer["Cache-Control"]) == ({}, True)
    client.force_login(make.user("Chief"))
    assert client.get(address).content == answer.content
    assert client.post(address).status_code == 405


def test_page_is_where_the_outlets_is_and_nowhere_else(client):
    outlet = make.outlet("The Courier")
    assert client.get("/outlets/nobody/moderation/").status_code == 404
    outlet.slug = "courier"
    outlet.save()
    led = client.get("/outlets/the-courier/moderation/")
    assert (led.status_code, led["Location"]) == (301, "/outlets/courier/moderation/")
    outlet.is_active = False
    outlet.save()
    assert client.get("/outlets/courier/moderation/").status_code == 404


def test_outlet_and_its_articles_lead_to_the_page(client):
    article = make.article()
    address = f"{article.outlet.get_absolute_url()}moderation/"
    for start in (article.outlet.get_absolute_url(), article.get_absolute_url()):
        assert address in [link["href"] for link in page(client.get(start)).all("a")]
