"""Files for programs: what they list, and that they list nothing that search engines may not have."""

import json
from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles.models import TrustPage
from articles.syndication import sitemaps
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def places(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return [node.text for node in ElementTree.fromstring(answer.content).iter() if node.tag.endswith("}loc")]


def test_sitemap_lists_what_may_be_indexed_month_by_month(client):
    march, april = make.NOON - timedelta(days=60), make.NOON - timedelta(days=29)
    early, late = make.article("Early", at=march), make.article("Late", at=april)
    make.article("Carried", at=april, outlet=make.outlet("Carried", text_shown="full"))
    make.withdrawn("Withdrawn")
    make.embargoed("Embargoed")
    assert places(client, "/sitemap.xml") == [
        f"{SITE}/sitemap-lists.xml",
        f"{SITE}/sitemap-stories.xml",
        f"{SITE}/sitemap-hashtags.xml",
        f"{SITE}/sitemap-authors.xml",
        f"{SITE}/sitemap-2026-4.xml",
        f"{SITE}/sitemap-2026-3.xml",
    ]
    assert places(client, "/sitemap-2026-4.xml") == [f"{SITE}{late.get_absolute_url()}"]
    assert places(client, "/sitemap-2026-3.xml") == [f"{SITE}{early.get_absolute_url()}"]
    for nothing in ("2026-2", "2026-13", "2026-0", "0-1", "9999-12", "2026-4-2", "99999-1"):
        assert client.get(f"/sitemap-{nothing}.xml").status_code == 404


def test_month_of_more_articles_than_a_file_may_list_is_parted(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 2)
    for hour in range(5):
        make.article(at=make.NOON + hour * make.HOUR)
    files = places(client, "/sitemap.xml")[4:]
    assert files == [f"{SITE}/sitemap-2026-5{part}.xml" for part in ("", "-2", "-3")]
    assert [len(places(client, file.removeprefix(SITE))) for file in files] == [2, 2, 1]


def test_sitemap_of_lists_has_every_page_that_is_always_there(client):
    make.article(section=make.section("Rivers"), outlet=make.outlet("The Lantern"), at=make.NOON)
    make.article(section=make.section("Rivers"), outlet=make.outlet("The Lantern"), at=make.NOON - 40 * make.DAY)
    make.outlet("Off", is_active=False)
    TrustPage.objects.create(title="Who owns us", body="<p>We do.</p>")
    TrustPage.objects.create(title="Hidden", body="<p>No.</p>", is_shown=False)
    fixed = ["", "latest/", "today/", "outlets/", "hashtags/", "archive/", "about/", "corrections/", "ai/"]
    records = ["sections/rivers/", "outlets/the-lantern/", "about/who-owns-us/", "archive/2026/5/", "archive/2026/3/"]
    assert places(client, "/sitemap-lists.xml") == [f"{SITE}/{path}" for path in fixed + records]


def test_sitemaps_of_records_list_those_that_anything_public_stands_under(client):
    shared = {"story": make.story("Flood"), "hashtags": [make.hashtag("Sarn")], "authors": [make.author("Ada Lund")]}
    make.article(**shared)
    make.article(**shared)
    hidden = {"story": make.story("Secret"), "hashtags": [make.hashtag("Secret")], "authors": [make.author("Secret")]}
    for made in (make.draft, make.embargoed, make.withdrawn):
        made(**hidden)
    for name, record in (("stories", "story"), ("hashtags", "hashtags"), ("authors", "authors")):
        listed = shared[record][0] if isinstance(shared[record], list) else shared[record]
        assert places(client, f"/sitemap-{name}.xml") == [f"{SITE}{listed.get_absolute_url()}"]


def test_news_sitemap_lists_our_own_news_of_two_days(client):
    now = timezone.now()
    new = make.article("New", at=now - timedelta(hours=47))
    make.article("Old", at=now - timedelta(hours=49))
    make.article("Carried", outlet=make.outlet("Carried", text_shown="summary"))
    make.article("Opinion", kind="opinion")
    assert places(client, "/sitemap-news.xml") == [f"{SITE}{new.get_absolute_url()}"]


def rules_for(text, agent):
    """Return the rules of robots.txt that hold for ``agent``."""
    for block in text.split("\n\n"):
        if f"User-agent: {agent}" in block.splitlines():
            return [line.partition(": ")[2] for line in block.splitlines() if line.startswith("Disallow")]
    return None


def test_robots_txt_asks_by_purpose(client, settings):
    text = client.get("/robots.txt").content.decode()
    assert rules_for(text, "GPTBot") == ["/"]
    for agent in ("Googlebot", "ChatGPT-User", "*"):
        assert rules_for(text, agent)[0] == "/admin/"
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    settings.ROBOTS = {"search": False, "training": True, "user_fetch": True}
    text = client.get("/robots.txt").content.decode()
    assert (rules_for(text, "Googlebot"), rules_for(text, "*")) == (["/"], ["/"])
    assert rules_for(text, "GPTBot")[0] == "/admin/"


def test_rights_to_learn_from_texts_are_told_the_same_everywhere(client, settings):
    article = make.article()
    for training, value in ((False, 1), (True, 0)):
        settings.ROBOTS = {"search": True, "training": training, "user_fetch": True}
        assert client.get("/.well-known/tdmrep.json").json() == [{"location": "/", "tdm-reservation": value}]
        answer = client.get(article.get_absolute_url())
        assert f'<meta name="tdm-reservation" content="{value}">' in answer.content.decode()
        answers = [answer, *(client.get(address) for address in ("/", "/feed.rss", "/robots.txt", "/nothing/"))]
        assert [each["tdm-reservation"] for each in answers] == [str(value)] * 5


@pytest.mark.parametrize("text_shown", ["full", "summary", "link"])
def test_rights_of_outlets_that_we_carry_are_never_given_away(client, settings, text_shown):
    settings.ROBOTS = {"search": True, "training": True, "user_fetch": True}
    article = make.article(outlet=make.outlet("The Wire", text_shown=text_shown))
    make.outlet("Ours", text_shown="own")
    assert client.get("/.well-known/tdmrep.json").json() == [
        {"location": "/outlets/the-wire/", "tdm-reservation": 1},
        {"location": "/", "tdm-reservation": 0},
    ]
    answer = client.get(article.get_absolute_url())
    assert '<meta name="tdm-reservation" content="1">' in answer.content.decode()
    assert [client.get(address)["tdm-reservation"] for address in ("/feed.rss", "/about/")] == ["1", "0"]
    assert answer["tdm-reservation"] == "1"


POLICY = "https://newsroom.example/rights/?of=texts&for=programs#terms"


def test_terms_are_named_where_rights_are_kept(client, settings):
    settings.ROBOTS_TRAINING_POLICY = POLICY
    article = make.article()
    pages = (article.get_absolute_url(), "/", "/feed.rss", "/robots.txt", "/nothing/")
    kept = {"location": "/", "tdm-reservation": 1, "tdm-policy": POLICY}
    assert client.get("/.well-known/tdmrep.json").json() == [kept]
    assert page(client.get(pages[0])).one("meta", name="tdm-policy")["content"] == POLICY
    assert [client.get(address).get("tdm-policy") for address in pages] == [POLICY] * 5
    settings.ROBOTS = {"search": True, "training": True, "user_fetch": True}
    assert client.get("/.well-known/tdmrep.json").json() == [{"location": "/", "tdm-reservation": 0}]
    assert page(client.get(pages[0])).all("meta", name="tdm-policy") == []
    assert [client.get(address).get("tdm-policy") for address in pages] == [None] * 5


def test_no_terms_are_set_for_texts_of_others(client, settings):
    settings.ROBOTS_TRAINING_POLICY = POLICY
    article = make.article(outlet=make.outlet("The Wire", text_shown="full"))
    assert client.get("/.well-known/tdmrep.json").json() == [
        {"location": "/outlets/the-wire/", "tdm-reservation": 1},
        {"location": "/", "tdm-reservation": 1, "tdm-policy": POLICY},
    ]
    answers = [client.get(address) for address in (article.get_absolute_url(), "/feed.rss")]
    assert [(each["tdm-reservation"], each.get("tdm-policy")) for each in answers] == [("1", None)] * 2
    assert page(answers[0]).all("meta", name="tdm-policy") == []


def test_outlets_can_be_subscribed_to_at_once(client):
    make.outlet("The “Lantern” & Co")
    make.outlet("Off", is_active=False)
    root = ElementTree.fromstring(client.get("/outlets.opml").content)
    rows = [(row.get("text"), row.get("xmlUrl")) for row in root.iter("outline")]
    assert rows == [("The “Lantern” & Co", f"{SITE}/outlets/the-lantern-co/feed.rss")]


def test_browser_can_search_the_site(client):
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    (template, *_) = [node.get("template") for node in root.iter() if node.tag.endswith("}Url")]
    assert template == f"{SITE}/search/?q={{searchTerms}}"


def test_browser_is_given_suggestions_as_it_reads_them(client):
    make.article("Harrowmere floods again", outlet=make.outlet("The Harrow Courier"))
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    (template,) = [node.get("template") for node in root if node.get("type") == "application/x-suggestions+json"]
    answer = client.get(template.replace("{searchTerms}", "harr").removeprefix(SITE))
    assert answer["Content-Type"] == "application/x-suggestions+json"
    assert answer.json() == ["harr", ["The Harrow Courier", "Harrowmere floods again"]]


# --- cards on others' pages -------------------------------------------------------------------------------------------


def card(client, address, **more):
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return client.get(f"/oembed/?url={quote(address, safe='')}{query}")


def test_article_can_be_embedded_as_a_card_without_script(client):
    article = make.article("Rivers <rise>")
    told = card(client, f"{SITE}{article.get_absolute_url()}", maxwidth=300).json()
    assert (told["version"], told["type"], told["title"], told["width"]) == ("1.0", "rich", "Rivers <rise>", 300)
    assert "Rivers &lt;rise&gt;" in told["html"]
    assert "<script" not in told["html"]


HTTPS = SITE.replace("http:", "https:")


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}/articles/{{}}/",
        f"{SITE}/articles/{{}}",
        f"{SITE}/articles/{{}}/rivers-rise",
        f"{SITE}/articles/{{}}/a-former-headline/",
        f"{SITE}/articles/{{}}/fl%C3%BCsse-steigen/",
        f"{SITE}/articles/{{}}/rivers-rise/?from=mail#comments",
        f"{HTTPS}/articles/{{}}/rivers-rise/",
    ],
)
def test_every_address_that_leads_to_an_article_gives_its_card(client, settings, address):
    article = make.article("Rivers rise")
    assert card(client, address.format(article.pk)).json()["title"] == "Rivers rise"
    settings.SITE_URL = HTTPS
    assert card(client, address.format(article.pk)).json()["title"] == "Rivers rise"


@pytest.mark.parametrize("address", ["http://news.example:80", "https://News.Example:443", "https://news.example"])
def test_host_is_the_same_however_it_is_written(client, settings, address):
    settings.SITE_URL = "http://news.example"
    article = make.article("Rivers rise")
    assert card(client, f"{address}{article.get_absolute_url()}").json()["title"] == "Rivers rise"


@pytest.mark.parametrize(
    "host",
    [
        "http://127.0.0.1:8001",
        "http://127.0.0.1",
        "https://else.example",
        "ftp://127.0.0.1:8000",
        "http://me@127.0.0.1:8000",
        "//127.0.0.1:8000",
        "http://127.0.0.1:8000.else.example",
    ],
)
def test_there_is_no_card_of_an_article_at_another_host(client, host):
    assert card(client, f"{host}{make.article().get_absolute_url()}").status_code == 404


def test_card_of_a_merged_article_is_that_of_the_one_it_leads_to(client):
    new = make.article("Took its place")
    old = make.withdrawn(outcome="redirect", redirect_to=new)
    assert card(client, f"{SITE}{old.get_absolute_url()}").json()["title"] == "Took its place"
    new.withdraw(by=None, at=timezone.now(), outcome="gone", reason="It was wrong.")
    assert card(client, f"{SITE}{old.get_absolute_url()}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://else.example/articles/1/x/",
        f"{SITE}/",
        f"{SITE}/articles/999/x/",
        "http://[",
        "/articles/1/x/",
        f"{SITE}/%00",
    ],
)
def test_there_is_no_card_for_anything_else(client, address):
    assert card(client, address).status_code == 404


def test_there_is_no_card_of_what_is_not_public(client):
    for article in (make.draft(), make.embargoed(), make.withdrawn(outcome="notice")):
        assert card(client, f"{SITE}{article.get_absolute_url()}").status_code == 404


def test_form_that_is_not_given_is_said_so(client):
    assert card(client, f"{SITE}/articles/1/x/", format="xml").status_code == 501
    assert json.loads(card(client, f"{SITE}{make.article().get_absolute_url()}", maxwidth="0x").content)["width"] == 480
