"""Trust pages: written at the desk, shown where they are listed, found at every address they ever had."""

import json
import re
from importlib import import_module

import pytest
from django.apps import apps

from articles.models import TrustPage
from articles.text import html
from tests import make
from tests.admin.desk import enter
from tests.documents import page

pytestmark = pytest.mark.django_db


def trust_page(title="Who owns us", **fields):
    return TrustPage.objects.create(title=title, **{"body": "<p>We do.</p>", "lede": "In a sentence."} | fields)


def test_page_is_listed_and_shown_until_it_is_taken_off(client):
    made = trust_page()
    assert page(client.get("/about/")).one("main").one("a", href="/about/who-owns-us/").text == "Who owns us"
    main = page(client.get("/about/who-owns-us/")).one("main")
    assert (main.one("h1").text, main.one("p", class_="page-lede").text) == ("Who owns us", "In a sentence.")
    made.is_shown = False
    made.save()
    assert client.get("/about/who-owns-us/").status_code == 404
    assert "who-owns-us" not in client.get("/about/").content.decode()


def test_every_page_names_the_pages_below_itself_in_their_order(client):
    trust_page("How to reach us", position=2)
    trust_page(position=1)
    trust_page("Hidden", is_shown=False)
    article = make.article(section=make.section("Rivers"))
    for address in ("/", article.get_absolute_url(), "/about/", "/saved/"):
        document = page(client.get(address))
        links = [(link.text, link["href"]) for link in document.one("nav", aria_label="Trust").all("a")]
        own = [link for link in links if re.fullmatch("/about/.+/", link[1])]
        assert own == [("Who owns us", "/about/who-owns-us/"), ("How to reach us", "/about/how-to-reach-us/")], address
        assert [link.text for link in document.one("nav", aria_label="All sections").all("a")] == ["Rivers"]


def test_text_is_made_safe_when_it_is_stored(client):
    trust_page(title="Odd\x00 one", body='<p onclick="x()">A<script>alert(1)</script><a href="javascript:x">b</a></p>')
    text = client.get("/about/odd-one/").content.decode()
    assert '<p>A<a rel="noopener">b</a></p>' in text


def test_renamed_page_leads_on(client):
    made = trust_page()
    made.slug = "ownership"
    made.save()
    answer = client.get("/about/who-owns-us/")
    assert (answer.status_code, answer["Location"]) == (301, "/about/ownership/")


def test_chief_writes_pages_at_the_desk_and_an_empty_one_is_refused():
    client = enter("Chief")
    fields = {"title": "Contact", "lede": "", "position": "0", "is_shown": "on", "slug": ""}
    refused = client.post("/admin/articles/trustpage/add/", fields | {"body": "<p> </p>"})
    assert (refused.status_code, "Write something first." in refused.content.decode()) == (200, True)
    client.post("/admin/articles/trustpage/add/", fields | {"body": "<p>Ring the bell.</p>"})
    assert TrustPage.objects.get(slug="contact").body == "<p>Ring the bell.</p>"


@pytest.mark.parametrize(("answers", "address"), [("about", "/about/"), ("ai", "/ai/")])
def test_editors_words_stand_first_on_a_page_of_the_program(client, answers, address):
    stated = page(client.get(address)).one("main").text
    made = trust_page("Our own words", answers=answers, body="<h2>Why</h2><p>We say why.</p>")
    main = page(client.get(address)).one("main")
    assert main.text.replace("WhyWe say why. ", "", 1) == stated
    assert main.text.index("We say why.") < main.text.index(main.one("p", class_="page-lede").text)
    answer = client.get(made.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert "Our own words" not in client.get("/about/").content.decode()
    assert made.get_absolute_url() not in client.get("/sitemap-lists.xml").content.decode()


def test_only_one_page_stands_first_on_a_page_of_the_program():
    trust_page("Our own words", answers="ai")
    fields = {"title": "Others", "lede": "", "body": "<p>No.</p>", "answers": "ai", "position": "0", "slug": ""}
    refused = enter("Chief").post("/admin/articles/trustpage/add/", fields | {"is_shown": "on"})
    assert "Another page stands there already." in refused.content.decode()


def drafts():
    """Make the drafts of a new site; another test may have emptied the database."""
    TrustPage.objects.all().delete()
    import_module("articles.migrations.0031_trust_page_drafts").make_drafts(apps, None)
    return TrustPage.objects.in_order()


def test_new_site_has_drafts_that_no_reader_sees(client):
    made = drafts()
    assert [page.answers for page in made] == ["ownership", "principles", "corrections", ""]
    assert [page.pk for page in made.unwritten().in_order()] == [page.pk for page in made]
    assert [html.sanitise(page.body) for page in made] == [page.body for page in made]
    assert {client.get(page.get_absolute_url()).status_code for page in made} == {404}
    text = client.get("/about/").content.decode()
    assert [page.title for page in made if page.title in text] == []


def test_site_that_has_pages_gets_no_drafts():
    TrustPage.objects.all().delete()
    trust_page()
    import_module("articles.migrations.0031_trust_page_drafts").make_drafts(apps, None)
    assert [str(page) for page in TrustPage.objects.all()] == ["Who owns us"]


def test_draft_is_shown_only_when_it_is_written():
    draft, client = drafts()[0], enter("Chief")
    address = f"/admin/articles/trustpage/{draft.pk}/change/"
    fields = {"title": draft.title, "lede": "", "position": "0", "slug": draft.slug, "answers": draft.answers}
    refused = client.post(address, fields | {"body": draft.body, "is_shown": "on"})
    assert "This is still the draft." in refused.content.decode()
    client.post(address, fields | {"body": "<p>We own it.</p>", "is_shown": "on"})
    assert TrustPage.objects.shown().get().body == "<p>We own it.</p>"


def test_article_without_a_name_says_whose_desk_answers_for_it(client):
    unnamed, named = make.article(), make.article(authors=[make.author("Ada")])
    line = page(client.get(unnamed.get_absolute_url())).one("p", class_="bylines")
    assert (line.text, line.one("a")["href"]) == ("By the desk of The Lantern", "/about/#bylines")
    assert page(client.get(named.get_absolute_url())).all("p", class_="bylines") == []
    assert "By the desk of" in page(client.get("/about/")).one("p", id="bylines").text


def test_desk_answers_for_an_article_of_which_only_the_editor_is_named(client):
    article = make.article(outlet="The Lantern")
    article.bylines.create(author=make.author("Ada"), role="editor")
    answer = client.get(article.get_absolute_url())
    line = page(answer).one("p", class_="bylines")
    assert (line.text, line["itemprop"], "p-author" in line.classes) == ("By the desk of The Lantern", "author", True)
    assert line.one(itemprop="name")["value"] == "The Lantern"
    assert page(answer).one("ul", class_="bylines").text == "Ada Editor"
    data = json.loads(page(answer).all("script", type="application/ld+json")[0].raw_text)
    assert [author["name"] for author in data["author"]] == ["The Lantern"]
    assert line["itemtype"] == f"https://schema.org/{data['author'][0]['@type']}"


def test_related_articles_lead_to_how_they_are_chosen(client):
    article = make.article()
    article.related_links.create(related=make.article(), position=1, score=1, reason="The same event")
    aside = page(client.get(article.get_absolute_url())).one("aside", class_="related")
    assert aside.one("p", class_="related-how").one("a")["href"] == "/about/#related"
    assert "comparing words" in page(client.get("/about/")).one("p", id="related").text


def test_about_us_says_that_a_model_compares_meanings_where_one_does(client, settings):
    assert "what the texts mean" not in page(client.get("/about/")).one("p", id="related").text
    settings.RELATED_MODEL = "/models/one"
    assert "what the texts mean" in page(client.get("/about/")).one("p", id="related").text
