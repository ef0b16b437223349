"""Lists in pages: every list has the pages that it has, and no others."""

import pytest
from django.utils import timezone

from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

LISTS = [
    "/latest/",
    "/sections/rivers/",
    "/outlets/the-lantern/",
    "/hashtags/weirs/",
    "/hashtags/",
    "/authors/ada-lund/",
    "/search/",
    "/search/?q=weir",
    "/search/?hashtag=weirs&sort=oldest",
    "/corrections/",
    "/archive/2026/5/",
    "/archive/2026/5/4/",
]
NOT_IN_PAGES = ["/", "/today/", "/outlets/", "/archive/", "/about/"]


@pytest.fixture
def two_pages(monkeypatch):
    """Make two pages of everything: as few rows as will do, as lists are cut short here."""
    from articles.views import page as pages

    whole = pages.Paginator
    monkeypatch.setattr(pages, "Paginator", lambda rows, size: whole(rows, 2))
    tags, authors = [make.hashtag(name) for name in ("weirs", "dams", "quays")], [make.author("Ada Lund")]
    places = {"section": make.section("Rivers"), "outlet": make.outlet("The Lantern"), "authors": authors}
    for number in range(3):
        article = make.article(f"Weir {number}", at=make.NOON, hashtags=tags, **places)
        article.correct(by=None, at=timezone.now(), text="Two weirs, not three.")


def at_page(address, number):
    return f"{address}{'&' if '?' in address else '?'}page={number}"


@pytest.mark.parametrize("address", LISTS)
def test_list_has_the_pages_that_it_has_and_no_others(client, two_pages, address):
    asked = ["1", "2", "", "3", "0", "-1", "abc", "99999", "1.5", "01", "+1", "１", "9" * 5000, "%201", "1&page=0"]
    answers = {number: client.get(at_page(address, number)).status_code for number in asked}
    assert answers == dict.fromkeys(asked, 404) | {"1": 200, "2": 200, "": 200}
    links = page(client.get(at_page(address, 2))).one("nav", class_="pagination").all("a")
    assert {client.get(f"{address.partition('?')[0]}{link['href']}").status_code for link in links} == {200}


@pytest.mark.parametrize("address", ["/latest/", "/search/?q=nothing", "/hashtags/", "/corrections/"])
def test_empty_list_has_one_page(client, address):
    assert [client.get(at_page(address, number)).status_code for number in (1, 2)] == [200, 404]


@pytest.mark.parametrize("address", NOT_IN_PAGES)
def test_what_does_not_come_in_pages_knows_no_page(client, two_pages, address):
    assert {client.get(at_page(address, number)).status_code for number in (0, 2, "abc")} == {200}
