"""Structured data: it says what the page shows, field by field, and nothing that the page does not."""

import json

import pytest
from django.utils import timezone

from articles.models import Article, Byline, TrustPage
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def told(client, article):
    """Return the page of ``article`` and what its structured data say, by type."""
    document = page(client.get(article.get_absolute_url()))
    data, crumbs = (json.loads(script.raw_text) for script in document.all("script", type="application/ld+json"))
    return document, data, crumbs


def test_structured_data_equal_the_page(client):
    article = make.article(
        "Rivers </script><b>&amp; dams",
        standfirst="The river rose. The bridge is closed. Nobody was hurt.",
        authors=[make.author("Ines Kolar"), make.author("Jon Berg")],
        hashtags=[make.hashtag("rivers")],
        lead_image=make.image(),
    )
    article.correct(by=None, at=timezone.now(), text="The dam is 40 metres high, not 14.")
    make.comment(article)
    document, data, _ = told(client, Article.objects.get())
    assert data["headline"] == document.one("h1").text
    assert data["description"] == document.one("p", class_="standfirst").text
    for name in ({"name": "description"}, {"property": "og:description"}):
        assert document.one("meta", **name)["content"] == data["description"]
    assert data["datePublished"] == document.one("time", itemprop="datePublished")["datetime"]
    assert data["dateModified"] == document.one("time", itemprop="dateModified")["datetime"]
    assert [person["name"] for person in data["author"]] == [
        name.text for name in document.one("ul", class_="bylines").all("span", itemprop="name")
    ]
    assert data["publisher"]["name"] == document.one("a", class_="article-outlet").text
    assert [f"#{word}" for word in data["keywords"]] == [link.text for link in document.all("a", rel="tag")]
    assert data["image"][0]["url"] == document.one("meta", itemprop="image")["content"]
    assert data["correction"][0]["text"] in document.one("section", class_="corrections").text
    assert data["commentCount"] == 1
    assert data["url"] == document.one("link", rel="canonical")["href"]


def test_byline_of_a_desk_is_no_person(client):
    desk = make.author("Lantern Staff", is_desk=True, outlet=make.outlet("The Lantern"))
    article = make.article(authors=[make.author("Ines Kolar"), desk])
    document, data, _ = told(client, article)
    types = [("Person", "Ines Kolar"), ("Organization", "Lantern Staff")]
    assert [(writer["@type"], writer["name"]) for writer in data["author"]] == types
    bylines = document.one("ul", class_="bylines").all(itemprop="author")
    assert [line["itemtype"] for line in bylines] == [f"https://schema.org/{type_}" for type_, _ in types]
    scripts = page(client.get(desk.get_absolute_url())).all("script", type="application/ld+json")
    profile = json.loads(scripts[0].raw_text)["mainEntity"]
    assert (profile["@type"], profile["parentOrganization"]["name"]) == ("Organization", "The Lantern")


def test_article_without_a_byline_is_the_outlets(client):
    article = make.article(outlet=make.outlet("The Lantern"))
    _, data, _ = told(client, article)
    assert [(author["@type"], author["name"]) for author in data["author"]] == [
        ("NewsMediaOrganization", "The Lantern")
    ]


@pytest.mark.parametrize("kind", ["sponsored", "news"])
def test_outlet_answers_at_every_door_for_what_those_named_did_not_write(client, kind):
    sponsor = "Sarn Waterworks" if kind == "sponsored" else ""
    article = make.article(outlet=make.outlet("The Lantern"), kind=kind, sponsor=sponsor)
    Byline.objects.create(article=article, author=make.author("Ed Itor"), role="editor")
    document, data, _ = told(client, article)
    (item,) = client.get("/feed.json").json()["items"]
    assert document.one("meta", name="author")["content"] == "The Lantern"
    assert [author["name"] for author in data["author"]] == ["The Lantern"]
    assert [author["name"] for author in item["authors"]] == ["The Lantern"]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("news", "NewsArticle"),
        ("analysis", ["NewsArticle", "AnalysisNewsArticle"]),
        ("opinion", ["NewsArticle", "OpinionNewsArticle"]),
        ("sponsored", ["NewsArticle", "AdvertiserContentArticle"]),
    ],
)
def test_kind_is_told_as_schema_org_calls_it(client, kind, type_):
    sponsor = "Sarn Waterworks" if kind == "sponsored" else ""
    _, data, _ = told(client, make.article(kind=kind, sponsor=sponsor))
    assert (data["@type"], data.get("sponsor", {}).get("name", "")) == (type_, sponsor)


@pytest.mark.parametrize("kind", Article.Kind.values)
def test_markup_of_the_page_says_what_the_structured_data_say(client, kind):
    sponsor = "Sarn Waterworks" if kind == "sponsored" else ""
    outlet = make.outlet("The Lantern")
    outlet.logo = "outlets/mark.webp"
    outlet.save()
    article = make.article(kind=kind, sponsor=sponsor, outlet=outlet, section=make.section("Rivers"))
    document, data, _ = told(client, article)
    types = [data["@type"]] if isinstance(data["@type"], str) else data["@type"]
    shown = document.one("article", class_="h-entry")
    assert shown["itemtype"].split() == [f"https://schema.org/{name}" for name in types]
    assert shown.one(itemprop="publisher")["itemtype"] == f"https://schema.org/{data['publisher']['@type']}"
    assert shown.one(itemprop="logo").one(itemprop="url")["content"] == data["publisher"]["logo"]["url"]
    assert document.one("nav", class_="crumbs").all("a")[-1].text == data["articleSection"] == "Rivers"
    labels = [label.text for label in shown.one(class_="article-title").all("p", class_="kind")]
    assert [data["sponsor"]["name"]] == ["Sarn Waterworks"] if sponsor else "sponsor" not in data
    label = f"Sponsored by {sponsor}" if sponsor else Article.Kind(kind).label
    assert labels == ([] if kind == "news" else [label])


def test_only_our_own_outlets_policies_are_told(client):
    _, own, _ = told(client, make.article(outlet=make.outlet("Own", text_shown="own")))
    _, carried, _ = told(client, make.article(outlet=make.outlet("Carried", text_shown="full")))
    assert own["publisher"]["publishingPrinciples"] == f"{SITE}/about/"
    assert own["publisher"]["noBylinesPolicy"] == f"{SITE}/about/#bylines"
    assert not {"publishingPrinciples", "noBylinesPolicy"} & carried["publisher"].keys()


def test_article_and_outlet_say_the_same_of_the_pages_that_answer_for_us(client):
    outlet = make.outlet("Own", text_shown="own", owner="The Own Trust")
    body = {"body": "<p>So.</p>"}
    for question in TrustPage.POLICIES:
        TrustPage.objects.create(title=f"On {question}", answers=question, **body)
    TrustPage.objects.create(title="Second on ethics", answers="ethics", position=1, **body)
    TrustPage.objects.create(title="Not shown", answers="principles", is_shown=False, **body)
    _, data, _ = told(client, make.article(outlet=outlet))
    place, _ = page(client.get(outlet.get_absolute_url())).all("script", type="application/ld+json")
    publisher = data["publisher"]
    assert [publisher[name] for name in ("publishingPrinciples", "ownershipFundingInfo", "ethicsPolicy")] == [
        f"{SITE}/about/on-{question}/" for question in ("principles", "ownership", "ethics")
    ]
    assert publisher["correctionsPolicy"] == f"{SITE}/about/on-corrections/"
    assert publisher.items() <= json.loads(place.raw_text)["mainEntity"].items()
    assert data["author"] == [publisher]


@pytest.mark.parametrize(
    ("text_shown", "robots"), [("own", ""), ("full", "noindex, follow, "), ("summary", ""), ("link", "")]
)
def test_whole_texts_of_others_are_not_for_search_engines(client, text_shown, robots):
    document, _, _ = told(client, make.article(outlet=make.outlet("Another", text_shown=text_shown)))
    assert document.one("meta", name="robots")["content"] == f"{robots}max-image-preview:large"


def test_breadcrumbs_lead_to_the_article(client):
    article = make.article("River rises", section=make.section("Rivers"))
    document, _, crumbs = told(client, article)
    shown = [(link.text, f"{SITE}{link['href']}") for link in document.one("nav", class_="crumbs").all("a")]
    assert shown == [(step["name"], step["item"]) for step in crumbs["itemListElement"][:-1]]
    assert [(step["name"], step["item"]) for step in crumbs["itemListElement"]] == [
        ("Newsroom", f"{SITE}/"),
        ("Rivers", f"{SITE}/sections/rivers/"),
        ("River rises", f"{SITE}{article.get_absolute_url()}"),
    ]
