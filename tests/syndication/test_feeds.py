"""Feeds: what a feed reader gets of an article, in each of the three forms, and what it does not."""

import html
import json
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
PICTURE = "{http://search.yahoo.com/mrss/}content"
SITE = "http://127.0.0.1:8000"
FORMS = ["rss", "atom", "json"]


def from_rss(text):
    channel = ElementTree.fromstring(text).find("channel")
    return [
        {
            "id": item.findtext("guid"),
            "url": item.findtext("link"),
            "title": item.findtext("title"),
            "summary": item.findtext("description"),
            "html": item.findtext(CONTENT),
            "author": ", ".join(name.text for name in item.findall(CREATOR)),
            "published": parsedate_to_datetime(item.findtext("pubDate")),
            "tags": [tag.text for tag in item.findall("category")],
            "image": getattr(item.find(PICTURE), "attrib", {}).get("url"),
        }
        for item in channel.findall("item")
    ]


def from_atom(text):
    return [
        {
            "id": entry.findtext(f"{ATOM}id"),
            "url": entry.find(f"{ATOM}link[@rel='alternate']").get("href"),
            "title": entry.findtext(f"{ATOM}title"),
            "summary": entry.findtext(f"{ATOM}summary"),
            "html": entry.findtext(f"{ATOM}content"),
            "author": ", ".join(name.text for name in entry.findall(f"{ATOM}author/{ATOM}name")),
            "published": timezone.datetime.fromisoformat(entry.findtext(f"{ATOM}published")),
            "tags": [tag.get("term") for tag in entry.findall(f"{ATOM}category")],
            "image": getattr(entry.find(PICTURE), "attrib", {}).get("url"),
        }
        for entry in ElementTree.fromstring(text).findall(f"{ATOM}entry")
    ]


def from_json(text):
    return [
        {
            "id": item["id"],
            "url": item["url"],
            "title": item["title"],
            "summary": item.get("summary"),
            "html": item.get("content_html"),
            "author": ", ".join(author["name"] for author in item["authors"]),
            "published": timezone.datetime.fromisoformat(item["date_published"]),
            "tags": item.get("tags", []),
            "image": item.get("image"),
        }
        for item in json.loads(text)["items"]
    ]


READ = {"rss": from_rss, "atom": from_atom, "json": from_json}


def items(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return READ[address.partition("?")[0].rpartition(".")[2]](answer.content.decode())


@pytest.mark.parametrize("form", FORMS)
def test_each_form_tells_the_whole_article(client, form):
    at = timezone.now().replace(microsecond=0) - make.HOUR
    picture = make.image()
    article = make.article(
        "Rivers & <Dams>",
        at=at,
        body='<p>One <a href="/about/">of ours</a> and <a title="x" href="https://else.example/">theirs</a>.</p>',
        authors=[make.author("Ines Kolar"), make.author("Jon Berg")],
        hashtags=[make.hashtag("rivers"), make.hashtag("Dams")],
        lead_image=picture,
    )
    html = (
        f'<p>One <a href="{SITE}/about/" rel="noopener">of ours</a> and '
        '<a title="x" href="https://else.example/" rel="noopener">theirs</a>.</p>'
    )
    assert items(client, f"/feed.{form}") == [
        {
            "id": f"urn:uuid:{article.uuid}",
            "url": f"{SITE}{article.get_absolute_url()}",
            "title": "Rivers & <Dams>",
            "summary": "What the water left behind.",
            "html": html,
            "author": "Ines Kolar, Jon Berg",
            "published": at.astimezone(UTC),
            "tags": ["Dams", "rivers"],
            "image": f"{SITE}{picture.file.url}",
        }
    ]


@pytest.mark.parametrize(
    ("form", "element"), [("rss", f"channel/item/{CREATOR}"), ("atom", f"{ATOM}entry/{ATOM}author")]
)
def test_each_of_several_writers_has_an_element(client, form, element):
    make.article(authors=[make.author("Ines Kolar"), make.author("Jon Berg")])
    found = ElementTree.fromstring(client.get(f"/feed.{form}").content).findall(element)
    assert ["".join(writer.itertext()) for writer in found] == (
        ["Ines Kolar", "Jon Berg"]
        if form == "rss"
        else [f"Ines Kolar{SITE}/authors/ines-kolar/", f"Jon Berg{SITE}/authors/jon-berg/"]
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("text_shown", "summary", "has_text"),
    [("own", True, True), ("full", True, True), ("summary", True, False), ("link", False, False)],
)
def test_nothing_goes_beyond_what_the_outlet_allows(client, form, text_shown, summary, has_text):
    make.article(outlet=make.outlet("Another", text_shown=text_shown))
    (item,) = items(client, f"/feed.{form}")
    assert (bool(item["summary"]), bool(item["html"])) == (summary, has_text)


def test_every_list_has_its_feeds(client):
    story = make.story("The flood")
    fields = {"section": make.section("Rivers"), "outlet": make.outlet("One"), "story": story}
    wanted = make.article("Wanted", hashtags=[make.hashtag("floods")], authors=[make.author("Ada")], **fields)
    make.article("Other", section=make.section("Money"), outlet=make.outlet("Two"))
    narrow = ["/sections/rivers/", "/outlets/one/", "/hashtags/floods/", "/authors/ada/", story.get_absolute_url()]
    for place in narrow:
        for form in FORMS:
            assert [item["title"] for item in items(client, f"{place}feed.{form}")] == ["Wanted"], place
    for place in ("/", "/latest/"):
        for form in FORMS:
            assert [item["title"] for item in items(client, f"{place}feed.{form}")] == ["Other", "Wanted"]
    assert [item["id"] for item in items(client, "/search/feed.json?q=wanted")] == [wanted.uuid.urn]


@pytest.mark.parametrize("form", FORMS)
def test_feed_names_its_own_address_and_its_page(client, form):
    make.section("Rivers")
    text = client.get(f"/sections/rivers/feed.{form}").content.decode()
    own, page_url = f"{SITE}/sections/rivers/feed.{form}", f"{SITE}/sections/rivers/"
    if form == "json":
        told = json.loads(text)
        assert (told["feed_url"], told["home_page_url"]) == (own, page_url)
        return
    root = ElementTree.fromstring(text)
    links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
    alternate = root.findtext("channel/link") or links.get("alternate")
    assert (links["self"], alternate) == (own, page_url)


@pytest.mark.parametrize("form", FORMS)
def test_id_stays_when_the_headline_changes(client, form):
    article = make.article("River rises")
    (before,) = items(client, f"/feed.{form}")
    article.headline = "River falls"
    article.save()
    (after,) = items(client, f"/feed.{form}")
    assert (after["id"], after["title"]) == (before["id"], "River falls")
    assert after["url"] != before["url"]


@pytest.mark.parametrize("form", FORMS)
def test_withdrawn_scheduled_and_expired_articles_are_in_no_feed(client, form):
    for made in (make.withdrawn("W"), make.scheduled("S"), make.embargoed("E"), make.expired("X"), make.draft("D")):
        assert made.pk
    shown = make.article("Shown")
    assert [item["title"] for item in items(client, f"/feed.{form}")] == ["Shown"]
    shown.withdraw(by=None, at=timezone.now(), outcome=Article.Outcome.GONE, reason="It was wrong.")
    assert items(client, f"/feed.{form}") == []


@pytest.mark.parametrize("form", FORMS)
def test_reader_who_has_the_feed_is_not_sent_it_again(client, form):
    make.article("First")
    address = f"/feed.{form}"
    mark = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(address, headers={"If-None-Match": mark}).status_code == 304
    make.article("Second")
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 200
    assert client.head(address, headers={"If-None-Match": mark}).status_code == 200


@pytest.mark.parametrize("ask", ["get", "head"])
def test_reader_who_asks_by_date_is_sent_what_changed_and_nothing_else(client, ask):
    article = make.article("First")

    def status(since):
        return getattr(client, ask)("/feed.rss", headers={"If-Modified-Since": since}).status_code

    since = client.get("/feed.rss")["Last-Modified"]
    assert status(since) == 304
    article.withdraw(by=None, at=timezone.now(), outcome=Article.Outcome.GONE, reason="It was wrong.")
    assert status(since) == 200
    assert status(client.get("/feed.rss")["Last-Modified"]) == 304


@pytest.mark.parametrize("form", FORMS)
def test_archive_has_feeds_by_month_and_day(client, form):
    make.article("Early", at=make.NOON)
    make.article("Late", at=make.NOON + make.DAY)
    make.article("June", at=make.NOON + 40 * make.DAY)
    make.withdrawn("Gone")
    for place, titles in (("2026/5", ["Late", "Early"]), ("2026/5/4", ["Early"])):
        address = f"/archive/{place}/feed.{form}"
        assert [item["title"] for item in items(client, address)] == titles
        assert f'href="{address}"' in client.get(f"/archive/{place}/").content.decode()
    for nothing in ("2026/7", "2026/13", "2026/5/6", "2026/5/32"):
        assert client.get(f"/archive/{nothing}/feed.{form}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_corrections_have_a_feed(client, form):
    now = timezone.now().replace(microsecond=0)
    article, other = (make.article(title, at=now - make.DAY) for title in ("Weirs & dams", "Dykes"))
    article.correct(by=None, at=now - make.HOUR, text="There are <nine> weirs.")
    other.correct(by=None, at=now, text="It was a Tuesday.")
    other.outlet = make.outlet("Tide", text_shown="link")
    other.save()
    gone = make.article("Gone")
    gone.correct(by=None, at=now, text="It never was.")
    gone.withdraw(by=None, at=now, outcome=Article.Outcome.GONE, reason="It was wrong.")
    last, first = items(client, f"/corrections/feed.{form}")
    assert (first["title"], first["html"], first["published"]) == (
        "Correction: Weirs & dams",
        "<p>There are &lt;nine&gt; weirs.</p>",
        (now - make.HOUR).astimezone(UTC),
    )
    assert (last["title"], last["html"]) == ("Correction: Dykes", None)
    assert first["url"] == f"{SITE}{article.get_absolute_url()}#corrections"
    assert len({first["id"], last["id"], article.uuid.urn}) == 3


def test_feed_follows_a_renamed_record(client):
    section = make.section("Rivers")
    section.slug = "waters"
    section.save()
    answer = client.get("/sections/rivers/feed.rss")
    assert (answer.status_code, answer["Location"]) == (301, "/sections/waters/feed.rss")
    article = make.article(story=make.story("The flood"))
    answer = client.get(f"/stories/{article.story.pk}/another/feed.json")
    assert (answer.status_code, answer["Location"]) == (301, f"{article.story.get_absolute_url()}feed.json")


def test_feed_of_nothing_public_is_not_there(client):
    make.draft(hashtags=[make.hashtag("secret")], story=make.story("Secret"))
    assert client.get("/hashtags/secret/feed.atom").status_code == 404
    assert client.get("/stories/1/secret/feed.atom").status_code == 404
    assert client.get("/sections/none/feed.atom").status_code == 404
    assert client.get("/feed.xml").status_code == 404


def test_feed_holds_the_newest_fifty(client):
    now = timezone.now()
    for minute in range(52):
        make.article(f"Report {minute}", at=now - timedelta(minutes=minute + 1))
    titles = [item["title"] for item in items(client, "/feed.json")]
    assert titles == [f"Report {minute}" for minute in range(50)]


def test_feed_of_a_search_is_not_for_search_engines(client):
    assert client.get("/search/feed.rss?q=river")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/feed.rss")


def test_feed_of_a_search_is_called_by_all_that_it_was_narrowed_by(client):
    make.article("Flood", outlet=make.outlet("The Beacon"), kind="opinion", language="fr")
    for query, name in (
        ("q=flood", "“flood”"),
        ("outlet=the-beacon", "Search · The Beacon"),
        ("q=flood&kind=opinion&language=fr", "“flood” · Opinion · French"),
    ):
        assert client.get(f"/search/feed.json?{query}").json()["title"] == f"{name} – Newsroom"


# Signs that no XML document may hold: pasted from elsewhere, or asked for.
FORBIDDEN = "\x01\x0b\x0c\x1f\x7f\ufffe\uffff"


def test_no_sign_that_xml_forbids_breaks_a_feed_or_the_list_of_outlets(client):
    said = f"A riv{FORBIDDEN}er & <more>."
    outlet = make.outlet("The Beacon", description=said)
    rivers, flood = make.hashtag("Rivers", description=said), make.story("Flood", summary=said)
    picture = make.image(caption=said, credit=f"I{FORBIDDEN}da", alt=said)
    make.article("Flood", outlet=outlet, hashtags=[rivers], story=flood, lead_image=picture)
    for record in (outlet, rivers, flood):
        for form in ("rss", "atom"):
            text = client.get(f"{record.get_absolute_url()}feed.{form}").content.decode()
            assert "A river & <more>." in "".join(ElementTree.fromstring(text).itertext())
    (line,) = ElementTree.fromstring(client.get("/outlets.opml").content).iter("outline")
    assert line.get("description") == "A river & <more>."
    for form in ("rss", "atom"):
        asked = client.get(f"/search/feed.{form}", {"q": f"flo{FORBIDDEN[:-1]}od", "page": "\x0b"})
        told = "".join(ElementTree.fromstring(asked.content).itertext())
        assert "“flo od”" in " ".join(told.split())
        assert "%01" not in told


@pytest.mark.parametrize("form", FORMS)
def test_summary_is_read_as_it_is_written(client, form):
    summary = "The <b>river</b> & its dykes: 3 < 5 &amp; more"
    make.article("Flood", standfirst=summary)
    (item,) = items(client, f"/feed.{form}")
    assert (html.unescape(item["summary"]) if form != "json" else item["summary"]) == summary
    assert ("<b>" in item["summary"]) is (form == "json")  # the others hold HTML


@pytest.mark.parametrize("form", FORMS)
def test_hub_is_named_where_there_is_one(client, settings, form):
    assert "hub" not in client.get(f"/feed.{form}").content.decode()
    settings.WEBSUB_HUB = "https://hub.example/"
    answer = client.get(f"/feed.{form}")
    assert "https://hub.example/" in answer.content.decode()
    assert answer["Link"] == f'<{SITE}/feed.{form}>; rel="self", <https://hub.example/>; rel="hub"'


def test_article_names_the_feeds_of_its_story_outlet_and_section_before_the_sites(client):
    article = make.article(story=make.story("Flood"), outlet=make.outlet("One"), section=make.section("Rivers"))
    links = page(client.get(article.get_absolute_url())).all("link", rel="alternate", type="application/atom+xml")
    lists = [article.story.get_absolute_url(), "/outlets/one/", "/sections/rivers/", "/"]
    assert [link["href"] for link in links] == [f"{address}feed.atom" for address in lists]


def test_every_list_page_names_its_feeds_before_the_sites(client):
    make.section("Rivers")
    text = client.get("/sections/rivers/").content.decode()
    own, site = text.index('href="/sections/rivers/feed.atom"'), text.index('href="/feed.atom"')
    assert own < site
    assert (
        'href="/search/feed.rss?q=a%26b&amp;outlet=x"'
        in client.get("/search/?q=a%26b&outlet=x&page=1").content.decode()
    )


def test_feed_in_brief_tells_all_but_the_text_and_loads_none(client):
    for number in range(3):
        make.article(f"Report {number}", body=f"<p>{'Water. ' * 500}</p>", hashtags=[make.hashtag()])
    whole = client.get("/latest/feed.json").json()
    with CaptureQueriesContext(connection) as asked:
        brief = client.get("/latest/feed.json?brief=1").json()
    assert [query for query in asked.captured_queries if '"articles_article"."body"' in query["sql"]] == []
    for item in whole["items"]:
        item["content_text"] = item["summary"]
        del item["content_html"]
    assert (brief, len(asked)) == (whole, 4)
    assert client.get("/latest/feed.atom?brief=1").content == client.get("/latest/feed.atom").content


def test_search_in_brief_is_the_same_search(client):
    make.article("River rises")
    brief = client.get("/search/feed.json?q=rises&brief=1").json()
    assert (brief["feed_url"], brief["home_page_url"]) == (
        f"{SITE}/search/feed.json?q=rises",
        f"{SITE}/search/?q=rises",
    )
    assert [item["title"] for item in brief["items"]] == ["River rises"]
