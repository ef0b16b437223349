"""The archive and the day in brief: everything public once, by the rule that the page states."""

import json
import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from django.utils import timezone

from articles import digest, front
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"

# Titles and tags of what a feed holds, by its form.
READ = {
    "rss": lambda content: [
        (item.findtext("title"), [tag.text for tag in item.findall("category")])
        for item in ElementTree.fromstring(content).findall("channel/item")
    ],
    "atom": lambda content: [
        (entry.findtext(f"{ATOM}title"), [tag.get("term") for tag in entry.findall(f"{ATOM}category")])
        for entry in ElementTree.fromstring(content).findall(f"{ATOM}entry")
    ],
    "json": lambda content: [(item["title"], item.get("tags", [])) for item in json.loads(content)["items"]],
}


def links(client, address):
    main = page(client.get(address)).one("main")
    return [
        (link["href"], link.text)
        for link in main.all("a")
        if re.match("/archive/.*/$|/archive/$|/articles/", link["href"])
    ]


def test_archive_leads_by_month_and_day_to_what_came_out(client):
    first, second = make.article("First", at=make.NOON), make.article("Second", at=make.NOON + DAY)
    make.article("April", at=make.NOON - 10 * DAY)
    make.withdrawn("Withdrawn")
    make.draft("Draft")
    assert links(client, "/archive/") == [("/archive/2026/5/", "May"), ("/archive/2026/4/", "April")]
    assert links(client, "/archive/2026/5/") == [
        ("/archive/2026/5/4/", "4 May"),
        ("/archive/2026/5/5/", "5 May"),
        (second.get_absolute_url(), "Second"),
        (first.get_absolute_url(), "First"),
    ]
    steps = page(client.get("/archive/2026/5/4/")).one("nav", class_="crumbs").all("a")
    assert [link["href"] for link in steps] == ["/", "/archive/", "/archive/2026/5/"]
    assert (first.get_absolute_url(), "First") in links(client, "/archive/2026/5/4/")
    assert (second.get_absolute_url(), "Second") not in links(client, "/archive/2026/5/4/")


def test_day_of_the_archive_leads_to_the_days_around_it_on_which_anything_came_out(client):
    for day in (-3, 0, 5):
        make.article(at=make.NOON + day * DAY)
    make.scheduled(publish_at=timezone.now() + DAY)
    make.withdrawn()

    def around(address):
        nav = page(client.get(address)).all("nav", class_="days-around")
        return [(link["rel"], link["href"]) for part in nav for link in part.all("a")]

    before, here, after = "/archive/2026/5/1/", "/archive/2026/5/4/", "/archive/2026/5/9/"
    assert around(before) == [("next", here)]
    assert around(here) == [("prev", before), ("next", after)]
    assert around(after) == [("prev", here)]


@pytest.mark.parametrize("month", ["2026/6/", "2026/13/", "0/1/", "9999/12/", "2026/5/32/", "2026/2/29/", "2026/5/6/"])
def test_day_on_which_nothing_came_out_is_not_there(client, month):
    make.article(at=make.NOON)
    assert client.get(f"/archive/{month}").status_code == 404


def test_day_of_the_archive_is_a_day_where_the_site_is(client, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    timezone.get_default_timezone.cache_clear()
    try:
        made = make.article("Late", at=make.NOON.replace(hour=13))  # past midnight in Auckland
        assert (made.get_absolute_url(), "Late") in links(client, "/archive/2026/5/5/")
        assert client.get("/archive/2026/5/4/").status_code == 404
    finally:
        timezone.get_default_timezone.cache_clear()


# --- the day in brief -------------------------------------------------------------------------------------------------


def told(at):
    return {
        part.heading: [article.headline for article in part.articles]
        for part in digest.today(at=at, leading=front.arrange(at=at).top)
    }


def test_day_in_brief_chooses_by_its_rules_and_nothing_twice():
    at = timezone.now()
    flood = make.story("Flood")
    for number, outlet in enumerate(("One", "Two", "Three")):
        fields = {"outlet": make.outlet(outlet), "story": flood}
        make.article(f"Flood {number}", at=at - (number + 1) * make.HOUR, **fields)
    make.article("Argued about the flood", at=at - make.HOUR / 2, kind="opinion", story=flood)
    two = make.story("Told by two")
    for outlet in ("One", "Two"):
        make.article(f"Two {outlet}", at=at - 5 * make.HOUR, outlet=make.outlet(outlet), story=two)
    make.article("Alone", at=at - 6 * make.HOUR)
    for number, outlet in enumerate(("One", "Two", "Three")):
        fields = {"outlet": make.outlet(outlet), "story": make.story("Fire") if number == 0 else fields["story"]}
        make.article(f"Fire {number}", at=at - (number + 9) * make.HOUR, **fields)
    make.article("Argued", at=at - make.HOUR, kind="opinion")
    make.article("Old argument", at=at - 25 * make.HOUR, kind="opinion")
    make.article("Paid", at=at - make.HOUR, kind="sponsored", sponsor="Sarn Waterworks")
    make.article("Long", at=at - 50 * make.HOUR, body=f"<p>{'word ' * 1000}</p>")
    make.article("Long ago", at=at - 80 * make.HOUR, body=f"<p>{'word ' * 1000}</p>")
    make.scheduled("Later")
    assert told(at) == {
        "On top": ["Flood 0", "Two Two", "Alone"],
        "Widely covered": ["Fire 0"],
        "Newest": ["Flood 1", "Flood 2", "Two One", "Fire 1", "Fire 2"],
        "Long reads": ["Long"],
        "Opinion": ["Argued about the flood", "Argued"],
    }


def test_long_opinion_of_the_day_stands_under_opinion_on_the_page_and_in_the_feed(client):
    at = timezone.now()
    long = f"<p>{'word ' * 1000}</p>"
    argued = make.article("Argued at length", at=at - make.HOUR, kind="opinion", body=long)
    make.article("Argued two days ago", at=at - 50 * make.HOUR, kind="opinion", body=long)
    assert told(at) == {"Opinion": ["Argued at length"]}
    assert [item["id"] for item in client.get("/today/feed.json").json()["items"]] == [argued.uuid.urn]


def test_day_in_brief_states_the_rule_of_what_is_widely_covered(client):
    at = timezone.now()
    old, new = make.story("Old"), make.story("New")
    for story, hours in ((old, 30), (new, 20)):
        for outlet in ("One", "Two", "Three"):
            make.article(str(story), at=at - hours * make.HOUR, outlet=make.outlet(outlet), story=story)
    make.article("Argued", at=at - make.HOUR, kind="opinion", story=old)
    most = make.story("Told by most")
    for outlet in ("One", "Two", "Three", "Four"):
        make.article("Leads", at=at - 2 * make.HOUR, outlet=make.outlet(outlet), story=most)
    for name in ("Alone", "Alone too"):
        make.article(name, at=at - make.HOUR)
    top, widely = page(client.get("/today/")).all("section")[:2]
    assert [headline.text for headline in top.all("p", class_="kept-headline")] == ["Leads", "Alone too", "Alone"]
    assert top.one("a", href=most.get_absolute_url()).text == "4 outlets"
    rule = "Stories that at least 3 outlets tell, with a report of the last 24 hours"
    assert widely.one("p", class_="digest-rule").text == rule
    assert [headline.text for headline in widely.all("p", class_="kept-headline")] == ["New"]


def test_day_in_brief_begins_with_what_editors_put_on_top(client):
    at = timezone.now()
    pinned, old = make.article("Pinned", at=at - 9 * make.HOUR), make.article("Pinned, but old", at=at - 3 * DAY)
    for hours in range(1, 8):
        make.article(f"Report {hours}", at=at - hours * make.HOUR)
    for place, article in enumerate((old, pinned), start=1):
        make.front_pin(article, place=place)
    assert told(at)["On top"] == ["Pinned", "Report 1", "Report 2"]


def test_day_in_brief_says_how_many_outlets_tell_a_story(client):
    flood = make.story("Flood")
    for outlet in ("One", "Two", "Three"):
        make.article(outlet=make.outlet(outlet), story=flood)
    link = page(client.get("/today/")).one("a", href=flood.get_absolute_url())
    assert link.text == "3 outlets"


def test_day_on_which_nothing_happened_says_so(client):
    make.article(at=timezone.now() - 10 * DAY)
    assert "Nothing was published in the last 24 hours" in client.get("/today/").content.decode()


def test_day_in_brief_is_a_feed_of_the_same_articles(client):
    wanted = make.article("Wanted")
    make.article("Old", at=timezone.now() - 10 * DAY)
    assert [item["id"] for item in client.get("/today/feed.json").json()["items"]] == [wanted.uuid.urn]


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_feed_of_the_day_in_brief_has_the_parts_of_the_page_in_their_order(client, form):
    at, sarn = timezone.now(), make.hashtag("Sarn")
    for hours in (5, 6, 7, 8):
        make.article(f"Report {hours}", at=at - hours * make.HOUR, hashtags=[sarn])
    make.article("Argued", at=at - make.HOUR, kind="opinion")
    make.article("Explained", at=at - 2 * make.HOUR, kind="analysis")
    make.article("Long", at=at - 50 * make.HOUR, body=f"<p>{'word ' * 1000}</p>")
    answer = client.get(f"/today/feed.{form}")
    assert READ[form](answer.content) == [
        ("Report 5", ["On top", "Sarn"]),
        ("Explained", ["On top", "Analysis"]),
        ("Report 6", ["On top", "Sarn"]),
        ("Report 7", ["Newest", "Sarn"]),
        ("Report 8", ["Newest", "Sarn"]),
        ("Long", ["Long reads"]),
        ("Argued", ["Opinion"]),
    ]
    on_the_page = page(client.get("/today/")).all("p", class_="kept-headline")
    assert [headline.text for headline in on_the_page] == [title for title, _ in READ[form](answer.content)]


# --- age --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, ""), (29, ""), (30, "1 month"), (65, "2 months"), (364, "1 year"), (366, "1 year"), (800, "2 years")],
)
def test_old_article_says_how_old_it_is(client, days, words):
    article = make.article(at=timezone.now() - days * DAY - make.HOUR)
    said = [note.text for note in page(client.get(article.get_absolute_url())).all("p", class_="age-warning")]
    assert said == ([f"This article is more than {words} old."] if words else [])


@pytest.mark.parametrize(("at", "said"), [("2024-05-04", "From May 2024: Weirs"), ("now", "Weirs")])
def test_link_to_an_article_that_is_older_than_a_year_says_when_it_is_from(client, at, said):
    now = timezone.now()
    published_at = now - timedelta(days=364) if at == "now" else datetime.fromisoformat(f"{at}T12:00Z")
    article = make.article("Weirs", at=published_at)
    address = article.get_absolute_url()
    document, card = page(client.get(address)), client.get(f"/oembed/?url=http://127.0.0.1:8000{address}").json()
    data = json.loads(document.all("script", type="application/ld+json")[0].raw_text)
    assert (document.one("meta", property="og:title")["content"], card["title"]) == (said, said)
    tools = document.one("p", class_="tools")
    subject = parse_qs(urlsplit(tools.one("a")["href"]).query)["subject"]
    assert (subject, tools["data-title"]) == ([said], said)
    # What says its day itself, or stands beside it, has the headline as it is.
    assert document.one("title").text.startswith("Weirs")
    assert (document.one("h1").text, data["headline"]) == ("Weirs", "Weirs")
    assert client.get("/feed.json").json()["items"][0]["title"] == "Weirs"


def test_page_that_was_kept_says_when_its_article_is_from_on_the_day_it_turns_a_year_old(client):
    article = make.article("Weirs", at=make.NOON)
    address = article.get_absolute_url()
    with time_machine.travel(make.NOON + timedelta(days=365, seconds=-1), tick=False) as clock:
        young = client.get(address)
        clock.shift(int(re.search(r"s-maxage=(\d+)", young["Cache-Control"])[1]))
        old = client.get(address, headers={"If-None-Match": young["ETag"]})
        again = client.get(address, headers={"If-None-Match": old["ETag"]})
    titles = [page(answer).one("meta", property="og:title")["content"] for answer in (young, old)]
    assert titles == ["Weirs", "From May 2026: Weirs"]
    assert again.status_code == 304
