"""Pages that are no articles say to programs what they are, where they stand, and how they look when shared."""

import json

import pytest
from django.utils import timezone

from articles import assist
from articles.models import TrustPage
from tests import make
from tests.assist.test_facts import BODY
from tests.documents import page

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def newsroom(**fields):
    """Make an article in every kind of list and return the pages, by name."""
    outlet = make.outlet("The Lantern", description="A weekly.")
    ada = make.author("Ada Lund", outlet=outlet, biography="She writes on rivers.")
    shared = {"hashtags": [make.hashtag("weirs", description="All on weirs.")], "authors": [ada]}
    sarn = make.story("The Sarn flood", summary="The river rose.")
    section = make.section("Rivers", description="All rivers.")
    make.article("Weirs", at=make.NOON, outlet=outlet, section=section, story=sarn, **shared, **fields)
    trust = TrustPage.objects.create(title="Who owns us", lede="We do.", body="<p>We.</p>")
    records = {"section": section, "outlet": outlet, "hashtag": shared["hashtags"][0], "author": ada, "story": sarn}
    records["trust page"] = trust
    return {name: record.get_absolute_url() for name, record in records.items()} | {
        "front": "/",
        "latest": "/latest/",
        "today": "/today/",
        "search": "/search/?q=weirs",
        "outlets": "/outlets/",
        "hashtags": "/hashtags/",
        "archive": "/archive/",
        "month": "/archive/2026/5/",
        "day": "/archive/2026/5/4/",
        "corrections": "/corrections/",
        "about": "/about/",
        "programs": "/ai/",
        "moderation": f"{outlet.get_absolute_url()}moderation/",
        "saved": "/saved/",
        "following": "/following/",
        "settings": "/settings/",
    }


def shared(document):
    return {
        meta["property"].removeprefix("og:"): meta["content"]
        for meta in document.all("meta", property=None)
        if meta["property"].startswith("og:")
    }


def data(document):
    return [json.loads(script.raw_text) for script in document.all("script", type="application/ld+json")]


def test_every_page_can_be_shared_as_what_it_is(client):
    titles = {
        "front": "Newsroom", "latest": "Latest", "today": "Today in brief", "search": "“weirs”", "section": "Rivers",
        "outlet": "The Lantern", "hashtag": "#weirs", "author": "Ada Lund", "story": "The Sarn flood",
        "outlets": "Outlets", "hashtags": "Hashtags", "archive": "Archive", "month": "May 2026", "day": "4 May 2026",
        "corrections": "Corrections", "about": "About us", "programs": "What programs do here",
        "moderation": "How comments are moderated", "saved": "Saved articles", "following": "Following",
        "settings": "Reading settings",
        "trust page": "Who owns us",
    }  # fmt: skip
    for name, address in newsroom().items():
        document = page(client.get(address))
        told = shared(document)
        description = document.one("meta", name="description")["content"]
        assert told == {
            "type": "website",
            "site_name": "Newsroom",
            "title": titles[name],
            "url": f"{SITE}{address}",
            "description": description,
        }, name


def test_list_is_shared_with_the_picture_of_its_first_report_that_has_one(client):
    picture = make.image()
    addresses = newsroom(lead_image=picture)
    carried = {"story": make.story("Other"), "outlet": make.outlet("Tide", text_shown="link")}
    hidden = make.article("Theirs", lead_image=make.image(), section=make.section("Theirs"), **carried)
    make.article("Paid", kind="sponsored", sponsor="Acme", lead_image=make.image(), section=make.section("Rivers"))
    for name in ("front", "latest", "section", "outlet", "hashtag", "author", "story", "month", "day"):
        assert shared(page(client.get(addresses[name])))["image"] == f"{SITE}{picture.file.url}", name
    for record in (hidden.outlet, hidden.section, hidden.story):
        assert "image" not in shared(page(client.get(record.get_absolute_url()))), record


def test_steps_to_a_page_are_shown_and_told_alike(client):
    addresses = newsroom()
    steps = {
        "section": ["Rivers"],
        "outlet": ["Outlets", "The Lantern"],
        "hashtag": ["Hashtags", "#weirs"],
        "author": ["Outlets", "The Lantern", "Ada Lund"],
        "story": ["The Sarn flood"],
        "month": ["Archive", "May 2026"],
        "day": ["Archive", "May 2026", "4 May 2026"],
        "trust page": ["About us", "Who owns us"],
        "latest": ["Latest"],
        "today": ["Today in brief"],
        "outlets": ["Outlets"],
        "hashtags": ["Hashtags"],
        "archive": ["Archive"],
        "corrections": ["Corrections"],
        "about": ["About us"],
        "programs": ["What programs do here"],
        "moderation": ["Outlets", "The Lantern", "How comments are moderated"],
    }
    unlisted = {"search": ["Search", "“weirs”"], "saved": ["Saved articles"], "following": ["Following"]}
    unlisted["settings"] = ["Reading settings"]  # search engines shall not keep these, and are told no steps
    assert set(addresses) == {"front", *steps, *unlisted}
    for name, wanted in unlisted.items():
        document = page(client.get(addresses[name]))
        nav = document.one("nav", class_="crumbs")
        assert [link.text for link in nav.all("a")] == ["Newsroom", *wanted[:-1]], name
        assert (nav.one(aria_current="page").text, data(document)) == (wanted[-1], [])
    for name, wanted in steps.items():
        document = page(client.get(addresses[name]))
        nav = document.one("nav", class_="crumbs")
        (crumbs,) = [each["itemListElement"] for each in data(document) if each["@type"] == "BreadcrumbList"]
        assert [step["name"] for step in crumbs] == ["Newsroom", *wanted], name
        assert [link.text for link in nav.all("a")] == ["Newsroom", *wanted[:-1]], name
        assert nav.one(aria_current="page").text == wanted[-1]
        assert [f"{SITE}{link['href']}" for link in nav.all("a")] == [step["item"] for step in crumbs[:-1]], name
        assert crumbs[-1]["item"] == f"{SITE}{addresses[name]}"
        assert {client.get(step["item"].removeprefix(SITE)).status_code for step in crumbs} == {200}


def test_author_of_an_outlet_that_is_off_is_not_led_to_it(client):
    ada = make.author("Ada Lund", outlet=make.outlet("Off", is_active=False))
    make.article(authors=[ada])
    answer = client.get(ada.get_absolute_url())
    assert [link.text for link in page(answer).one("nav", class_="crumbs").all("a")] == ["Newsroom"]
    assert "Off" not in json.dumps(data(page(answer)))


def test_pages_say_what_they_are(client):
    kinds = {"section": "CollectionPage", "story": "CollectionPage", "hashtag": "CollectionPage"}
    kinds |= {"outlet": "ProfilePage", "author": "ProfilePage", "month": "CollectionPage", "trust page": "AboutPage"}
    addresses = newsroom()
    found = {name: data(page(client.get(addresses[name])))[0] for name in [*kinds, "front"]}
    assert {name: found[name]["@type"] for name in kinds} == kinds
    assert found["author"]["mainEntity"] == {
        "@type": "Person",
        "name": "Ada Lund",
        "url": f"{SITE}/authors/ada-lund/",
        "worksFor": {"@type": "NewsMediaOrganization", "name": "The Lantern", "url": f"{SITE}/outlets/the-lantern/"},
        "description": "She writes on rivers.",
    }
    front = found["front"]
    assert (front["@type"], front["name"], front["url"]) == ("WebSite", "Newsroom", f"{SITE}/")
    assert front["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/search/?q={{search_term_string}}"


def test_outlet_tells_of_itself_and_links_to_its_own_pages(client):
    fields = {"contact_url": "contact", "ethics_url": "ethics", "corrections_url": "corrections"}
    links = {name: f"https://tide.example/{path}" for name, path in fields.items()}
    for answers in ("principles", "ownership", "corrections"):
        TrustPage.objects.create(title=f"On {answers}", body="<p>So.</p>", answers=answers)
    TrustPage.objects.create(title="Not shown", body="<p>So.</p>", answers="ethics", is_shown=False)
    make.outlet("Tide", text_shown="full", description="A paper.", owner="Its readers", **links)
    make.outlet("Ours", text_shown="own", homepage="", owner="Its readers")
    document = page(client.get("/outlets/tide/"))
    entity = data(document)[0]["mainEntity"]
    assert (entity["name"], entity["description"], entity["sameAs"]) == ("Tide", "A paper.", "https://lantern.example/")
    assert entity["contactPoint"]["url"] == links["contact_url"]
    assert (entity["ethicsPolicy"], entity["correctionsPolicy"]) == (links["ethics_url"], links["corrections_url"])
    assert "publishingPrinciples" not in entity
    shown = {link["href"] for link in document.one("dl", class_="outlet-facts").all("a")}
    assert set(links.values()) <= shown
    assert data(page(client.get("/outlets/ours/")))[0]["mainEntity"] == {
        "@type": "NewsMediaOrganization",
        "name": "Ours",
        "url": f"{SITE}/outlets/ours/",
        "publishingPrinciples": f"{SITE}/about/on-principles/",
        "noBylinesPolicy": f"{SITE}/about/#bylines",
        "correctionsPolicy": f"{SITE}/about/on-corrections/",
        "ownershipFundingInfo": f"{SITE}/about/on-ownership/",
    }


def test_reading_settings_are_not_for_search_engines(client):
    assert page(client.get("/settings/")).one("meta", name="robots")["content"] == "noindex, follow"


def test_boxes_around_the_text_say_that_they_are_no_part_of_it(client):
    # Readers' views of browsers leave out what calls itself supplemental (Readability's list of unlikely candidates).
    article = make.article(hashtags=[make.hashtag("weirs")], body=BODY)
    article.correct(by=None, at=timezone.now(), text="There are nine.")
    assist.prepare(article)
    document = page(client.get(article.get_absolute_url()))
    for part in ("hashtags", "assist"):
        assert "supplemental" in document.one(data_module=part).classes
    assert "supplemental" not in document.one("section", class_="corrections").classes  # it is part of the text


def test_what_stands_around_the_text_is_an_aside_or_a_footer(client):
    # Readability takes <main> for an article of less than 500 characters, by fewer rules each time, and leaves asides
    # and footers out by every one of them (_prepArticle). A section counts for what it stands in (_grabArticle), so
    # the asides stand in sections: <main> has to count for more than a list of comments does.
    article = make.article(hashtags=[make.hashtag("weirs")], body=BODY, story=make.story("Weirs"))
    assist.prepare(article)
    document = page(client.get(article.get_absolute_url()))
    for part in ("assist", "comments"):
        around = document.one("section", data_module=part)
        [beside] = [node for node in around.walk() if node.parent is around]
        assert (beside.tag, document.one(id=beside["aria-labelledby"]).tag) == ("aside", "h2")
    assert {part.tag for part in document.all(data_module="hashtags")} == {"footer"}
    told = document.all(class_="article-rail") + document.all(class_="article-story")
    assert [part.parent.tag for part in told] == ["footer"] * 2
    assert document.one("main").all("nav") == []


def test_picture_text_and_corrections_are_parts_alike(client):
    # Readability takes what stands beside the text if its class is the same, and has a paragraph (_grabArticle).
    article = make.article(body=BODY, lead_image=make.image(caption="The weir at dusk.", credit="Photo: Ida Lind"))
    article.correct(by=None, at=timezone.now(), text="There are nine.")
    parts = page(client.get(article.get_absolute_url())).all(class_="article-part")
    inside = [[node for node in part.walk() if node.parent is part] for part in parts]
    assert [[node.classes[0] for node in nodes] for nodes in inside] == [
        ["lead-image"],
        ["article-body"],
        ["corrections"],
    ]
    assert [part["class"] for part in parts] == ["article-part"] * 3
    assert parts[0].one("p").text == "The weir at dusk. Photo: Ida Lind"


def test_comment_counts_for_no_article_however_long_it_is(client):
    # Readability counts paragraphs; newspaper4k all that an <article> says, but not what follows an HTML comment.
    article = make.article()
    comment = make.comment(article, "I saw it.\nSo did he.\n\n> Nobody did.\n\nSee https://a.example and say so.")
    answer = client.get(article.get_absolute_url())
    words = page(answer).one(id=f"comment-{comment.pk}").one(data_comment_body=None)
    assert [node["role"] for node in words.all("span")] == ["paragraph", "blockquote", "paragraph", "paragraph"]
    assert {node.tag for node in words.walk()} == {"span", "br", "a"}
    shown = answer.content.decode().partition("data-comment-body")[2].partition("</div>")[0]
    assert shown.count("<!--comment-->") == 6  # lines, words and a link


def test_lines_beside_the_text_that_are_about_the_page_say_that_they_are_no_part_of_it(client):
    # "extra" is what both of the two Readabilities leave out; they keep when an article came out and who wrote it.
    article = make.article(body=BODY, story=make.story("Weirs"), authors=[make.author()])
    make.article(outlet=make.outlet("The Beacon"), story=article.story)
    make.comment(article)
    head = page(client.get(article.get_absolute_url())).one(class_="article-head")
    kept = [term.text for term in head.all("dt") if "extra" not in term.parent.classes]
    left_out = [term.text for term in head.all("dt") if "extra" in term.parent.classes]
    assert kept == ["Published"]
    assert left_out == ["Reading time", "Comments", "Story", "Also covered by"]
    assert "extra" in head.one("p", class_="tools").classes
