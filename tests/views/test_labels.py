"""Every list, feed and card says what kind a piece is, before its headline, and in which language its words are."""

import json
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles import related
from articles.models import Article, RelatedLink
from tests import make
from tests.documents import page, parse

pytestmark = pytest.mark.django_db

SPONSORED, OPINION = "Turbines for every weir", "Leave the weirs alone"
KINDS = {"analysis": "Analysis", "interview": "Interview", "live": "Live"}
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://127.0.0.1:8000"
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def newsroom():
    """Make a story told by many, in it a paid piece and an opinion; return every page that lists the two, by name."""
    edith, weirs, sarn = make.author("Edith Vane"), make.hashtag("Weirs"), make.story("The weirs of the Sarn")
    shared = {"hashtags": [weirs], "authors": [edith], "story": sarn, "outlet": make.outlet("The Beacon")}
    now = timezone.now()
    make.article("Older", at=now - make.DAY)
    for outlet in ("The Courier", "The Herald", "The Post"):
        make.article(f"Weirs by {outlet}", outlet=outlet, story=sarn, hashtags=[weirs], at=now - 2 * make.HOUR)
    paid = make.article(SPONSORED, kind="sponsored", sponsor="Sarn Power", **shared)
    opinion = make.article(OPINION, kind="opinion", **shared)
    for listed in (paid, opinion):
        listed.correct(by=None, at=now, text="There are nine.")
        make.comment(listed)
    reader = make.article("What is a weir?", hashtags=[weirs], at=now - 3 * make.DAY)
    for place, listed in enumerate((paid, opinion)):
        RelatedLink.objects.create(article=reader, related=listed, position=place, score=1, reason="", is_pinned=True)
    lists = {"front": "/", "latest": "/latest/", "search": "/search/?hashtag=weirs", "corrections": "/corrections/"}
    shown = {"section": paid.section, "outlet": paid.outlet, "hashtag": weirs, "author": edith, "story": sarn}
    return lists | {name: record.get_absolute_url() for name, record in (shown | {"related": reader}).items()}


def cards(response, headline):
    """Return the label before each occurrence of ``headline`` that leads to its article, in the same card."""
    found = []
    for link in page(response).one("body").all("a", href=None):
        if link.text == headline:
            assert link.parent.tag in HEADINGS or "kept-headline" in link.parent.classes
            card = link.parent.parent
            before = card.children[: card.children.index(link.parent)]
            labels = [node for part in before if not isinstance(part, str) for node in [part, *part.walk()]]
            found.append(" / ".join(node.text for node in labels if "kind" in node.classes))
    return found


def test_every_list_says_who_paid_and_what_is_opinion(client):
    paid = {address: set(cards(client.get(address), SPONSORED)) for address in newsroom().values()}
    assert paid == {address: {"Sponsored by Sarn Power"} for address in paid}
    opinion = {address: set(cards(client.get(address), OPINION)) for address in paid}
    named = "Opinion · Edith Vane"
    unnamed = {name for name, labels in opinion.items() if "Opinion" in labels}
    assert all(labels and labels <= {"Opinion", named} for labels in opinion.values()), opinion
    assert unnamed == {address for address in opinion if address in ("/", "/corrections/") or "what-is" in address}


def test_front_page_labels_a_piece_in_each_of_its_places(client):
    newsroom()
    answer = client.get("/")
    assert cards(answer, OPINION) == ["Opinion"] * 2  # beside the lead, whose story it tells; latest
    assert cards(answer, SPONSORED) == ["Sponsored by Sarn Power"] * 2  # latest; in its section


def test_today_in_brief_says_what_is_opinion_and_has_nothing_that_was_paid_for(client):
    newsroom()
    answer = client.get("/today/")
    assert (cards(answer, OPINION), cards(answer, SPONSORED)) == (["Opinion · Edith Vane"], [])


FEEDS = ["/", "/latest/", "/search/", "/sections/rivers/", "/outlets/the-beacon/", "/hashtags/weirs/"]
FEEDS += ["/authors/edith-vane/"]


@pytest.mark.parametrize("place", FEEDS)
def test_every_feed_says_who_paid_and_what_is_opinion(client, place):
    newsroom()
    found = json.loads(client.get(f"{place}feed.json").content)["items"]
    told = {item["title"]: (item["tags"], item["_kind"]) for item in found if "_kind" in item}
    paid = "Sponsored by Sarn Power"
    assert told == {
        f"{paid}: {SPONSORED}": ([paid, "Weirs"], {"kind": "sponsored", "label": paid}),
        OPINION: (["Opinion", "Weirs"], {"kind": "opinion", "label": "Opinion"}),
    }
    for form, title, tag in [
        ("rss", "channel/item/title", "channel/item/category"),
        ("atom", f"{ATOM}entry/{ATOM}title", f"{ATOM}entry/{ATOM}category"),
    ]:
        root = ElementTree.fromstring(client.get(f"{place}feed.{form}").content)
        tags = [node.text or node.get("term") for node in root.findall(tag)]
        assert {paid, "Opinion"} <= set(tags), form
        assert [node.text for node in root.findall(title) if SPONSORED in node.text] == [f"{paid}: {SPONSORED}"], form


def test_plain_news_has_no_kind_in_feeds(client):
    make.article("News")
    (item,) = json.loads(client.get("/feed.json").content)["items"]
    assert (item["title"], item.get("tags"), item.get("_kind")) == ("News", None, None)


def test_card_on_others_pages_says_who_paid_and_what_is_opinion(client):
    def card(**fields):
        told = client.get(f"/oembed/?url={SITE}{make.article('Weirs', **fields).get_absolute_url()}").json()
        lines = [line.text for line in parse(told["html"]).one("blockquote").all("p")]
        return told["title"], lines[: lines.index("Weirs")]

    assert card() == ("Weirs", [])
    assert card(kind="opinion") == ("Weirs", ["Opinion"])
    paid = "Sponsored by Sarn Power"
    assert card(kind="sponsored", sponsor="Sarn Power") == (f"{paid}: Weirs", [paid])


def test_link_shared_on_others_pages_says_who_paid(client):
    paid = make.article("Weirs", kind="sponsored", sponsor="Sarn Power")
    told = page(client.get(paid.get_absolute_url())).one("meta", property="og:title")
    assert told["content"] == "Sponsored by Sarn Power: Weirs"


def test_tab_and_mail_say_who_paid(client):
    paid = make.article("Weirs", kind="sponsored", sponsor="Sarn Power")
    document = page(client.get(paid.get_absolute_url()))
    assert document.one("title").text == "Sponsored by Sarn Power: Weirs – The Lantern"
    assert document.one("p", class_="tools")["data-title"] == "Sponsored by Sarn Power: Weirs"
    mail = document.one("p", class_="tools").one("a")["href"]
    assert mail.startswith("mailto:?subject=Sponsored%20by%20Sarn%20Power%3A%20Weirs&body=")


def test_widely_covered_story_labels_who_tells_it(client):
    lead, second = make.story(), make.story()
    for outlet in ("One", "Two", "Three", "Four"):
        make.article(outlet=outlet, story=lead)
    for outlet in ("One", "Two"):
        make.article(outlet=outlet, story=second, at=timezone.now() - 2 * make.HOUR)
    make.article(SPONSORED, kind="sponsored", sponsor="Sarn Power", outlet="Three", story=second)
    widely = page(client.get("/")).one("section", aria_labelledby="widely")
    telling = next(node for node in widely.all("article", class_="telling") if SPONSORED in node.text)
    assert telling.one(class_="kind").text == "Sponsored by Sarn Power"


@pytest.mark.parametrize(("kind", "label"), KINDS.items())
def test_other_kinds_are_named_wherever_they_lead_or_follow(client, kind, label):
    make.article("Lead", kind=kind, lead_image=make.image())
    make.article("Second", kind=kind, at=timezone.now() - 2 * make.HOUR)
    answer = client.get("/")
    assert cards(answer, "Lead") == cards(answer, "Second") == [label, label]


def test_plain_news_carries_no_label(client):
    make.article("News")
    assert cards(client.get("/"), "News") == ["", ""]


def test_opinion_without_a_name_is_still_opinion(client):
    make.article(OPINION, kind="opinion")
    assert cards(client.get("/latest/"), OPINION) == ["Opinion"]


def test_pages_of_comments_say_what_the_article_is(client):
    paid = make.article(SPONSORED, kind="sponsored", sponsor="Sarn Power")
    for address in (f"/articles/{paid.pk}/comments/", f"/articles/{paid.pk}/comments/own/"):
        assert page(client.get(address)).one("main").one(class_="kind").text == "Sponsored by Sarn Power"


# languages


def french(**fields):
    fields = {"standfirst": "Les eaux montent.", "language": "fr"} | fields
    return make.article("La rivière monte", **fields)


def texts_with_language(node):
    return {each.tag: each["lang"] for each in [node, *node.walk()] if each.get("lang") is not None}


def test_card_tells_the_language_of_its_headline_and_summary_alone(client):
    french()
    card = page(client.get("/latest/")).one("article", class_="card")
    assert texts_with_language(card) == {"h3": "fr", "p": "fr"}
    assert card.one("p", lang="fr").text == "Les eaux montent."


def test_related_article_tells_the_language_of_its_headline_and_summary_alone(client):
    reader, other = make.article(), french(kind=Article.Kind.ANALYSIS)
    related.relate(reader, at=timezone.now())
    item = page(client.get(reader.get_absolute_url())).one("article", data_article=str(other.pk))
    assert texts_with_language(item) == {"h4": "fr", "p": "fr"}
    assert [each.text for each in item.all(lang="fr")] == ["La rivière monte", "Les eaux montent."]
    assert item.one(class_="kind").text == "Analysis"


def test_picture_and_its_caption_speak_the_language_of_the_article(client):
    article = french(lead_image=make.image(alt="Une rivière.", caption="La Sarn.", credit="Photo: Ida Lind"))
    figure = page(client.get(article.get_absolute_url())).one("figure")
    assert (figure.one("img")["alt"], figure.one("img")["lang"]) == ("Une rivière.", "fr")
    assert figure.one("figcaption").one(lang="fr").text == "La Sarn."
    assert page(client.get("/")).one("section", class_="front-lead").one("img")["lang"] == "fr"


def test_picture_without_words_needs_no_language(client):
    french(lead_image=make.image())
    assert page(client.get("/latest/")).one("main").one("img").get("lang") is None


def test_english_article_needs_no_language(client):
    article = make.article(lead_image=make.image())
    assert page(client.get(article.get_absolute_url())).one("main").all(lang=None) == []


# headings


def test_headings_of_every_list_stand_in_order(client):
    for name, address in newsroom().items():
        levels = [int(node.tag[1]) for node in page(client.get(address)).walk() if node.tag in HEADINGS]
        steps = [(above, below) for above, below in pairwise(levels) if below > above + 1]
        assert (levels[0], levels.count(1), steps) == (1, 1, []), name
