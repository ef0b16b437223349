"""The readers' site in another language: every word of it, and nothing that programs read."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone, translation

from articles import assist, notices
from articles.models import Article, AssistDraft, Notice
from articles.notices.letters import write
from tests import catalogues, make
from tests.admin.desk import enter, text, url
from tests.assist.test_facts import BODY
from tests.catalogues import SPOKEN, SPOKEN_FOR_IT
from tests.documents import page, parse
from tests.views.test_queries import a_newsroom

HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


# --- the pages ------------------------------------------------------------------------------------------------------


def visits(client):
    """Return what the site answers at every kind of address, and to what readers send, by a name for each."""
    addresses = a_newsroom(2)
    article = Article.objects.get(pk=addresses["article"].split("/")[2])
    comments = addresses["comments"]
    comment = article.comments.public().first()
    link = make.article(outlet=make.outlet("Tide", text_shown="link"), standfirst="")
    make.article(kind="sponsored", sponsor="Sarn Ferries")
    read = with_reading_aid()
    addresses |= {
        "article elsewhere": link.get_absolute_url(),
        "article with a reading aid": read.get_absolute_url(),
        "settings": "/settings/",
        "own settings": "/settings/own/",
        "saved": "/saved/",
        "following": "/following/",
        "offline": "/offline/",
        "no address": "/nothing/",
        "report": f"{comment.get_absolute_url()}report/",
        "question without words": f"/articles/{article.pk}/ask/",
        "question that nothing answers": f"/articles/{article.pk}/ask/?q=zebra",
        "search for nothing": "/search/?q=zebra&kind=live",
        "link of a letter": "/mail/confirm/x/",
        "other link of a letter": "/mail/stop/x/",
        "wrong method": f"{comment.get_absolute_url()}recommend/",
    }
    found = {name: client.get(address) for name, address in addresses.items()}
    fields = {"name": "Rosa Reader", "body": "I saw the water."}

    def sent(address, headers=HERE, **fields):
        return client.post(address, fields, headers=headers)

    found |= {
        "empty comment": sent(comments),
        "preview": sent(f"{comments}preview/", **fields),
        "comment to be confirmed": sent(comments, headers={}, **fields),
        "foreign comment": sent(comments, headers={"Origin": "https://other.example"}, **fields),
        "comment": sent(comments, **fields),
        "own comment": client.get(f"{comments}own/"),
        "empty report": sent(f"{comment.get_absolute_url()}report/"),
        "illegal without a word": sent(f"{comment.get_absolute_url()}report/", kind="illegal"),
        "sent report": sent(f"{comment.get_absolute_url()}report/", kind="spam"),
        "report of a mistake": sent(f"/articles/{article.pk}/mistake/", part="brief", text="Wrong."),
        "empty report of a mistake": sent(f"/articles/{article.pk}/mistake/"),
    }
    mine = article.comments.get(body="I saw the water.").get_absolute_url()
    return found | {verb: client.get(f"{mine}{verb}/") for verb in ("edit", "delete")}


def with_reading_aid():
    article = make.article("Dyke breaks", body=BODY)
    assist.prepare(article)
    return article


def html_of(responses):
    kept = {name: each for name, each in responses.items() if each["Content-Type"].startswith("text/html")}
    return {name: parse(each.content) for name, each in kept.items() if each.content}


def told(document):
    """Return the words of a page that people read, piece by piece."""
    found = [node[name] for node in document.walk() for name in SPOKEN | SPOKEN_FOR_IT if node.get(name)]
    for node in document.walk():
        if node.tag not in {"script", "style"}:
            found += [re.sub(r"\s+", " ", child).strip() for child in node.children if isinstance(child, str)]
    found += [node["content"] for node in document.all("meta", name="description")]
    return [words for words in found if words]


@pytest.fixture
def german(settings):
    settings.LANGUAGE_CODE = settings.SITE_LANGUAGE = "de"


@pytest.mark.django_db
def test_page_in_german_says_nothing_in_english(client, german):
    english = {entry.words.text for entry in catalogues.entries("de") if entry.words.text != entry.said[0]}
    left = {}
    for name, document in html_of(visits(client)).items():
        assert document.one("html")["lang"] == "de", name
        left[name] = sorted(set(told(document)) & english)
    assert left == {name: [] for name in left}
    assert len(left) > 50


@pytest.mark.django_db
def test_page_in_german_speaks_german(client, german):
    article = make.article(at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC))
    document = page(client.get(article.get_absolute_url()))
    assert {"Zum Inhalt springen", "Noch keine Kommentare.", "Kommentar abschicken"} <= set(told(document))
    assert document.one("time", class_="dt-published").text == "22. November 2026, 14:05 UTC"
    assert document.one("time", class_="dt-published")["datetime"] == "2026-11-22T14:05:00+00:00"
    search = page(client.get("/search/?q=zebra&since=2026-11-03"))
    assert "Vom 3. November 2026 an" in told(search)
    assert search.one("input", id="id_since")["value"] == "2026-11-03"
    posted = parse(client.post(f"/articles/{article.pk}/comments/", headers=HERE).content)
    assert "Dieses Feld ist zwingend erforderlich." in told(posted)


FULL_WIDTH = {ord(letter): ord(letter) + 0xFEE0 for letter in map(chr, range(65, 123)) if letter.isalpha()}
KEPT = re.compile(r"(%\(\w+\)s|%s|\{\w*\}|<[^>]*>|&\w+;)")


def disguised(words):
    """Return words in letters of full width, with what is filled in as it is."""
    return "".join(part if KEPT.fullmatch(part) else part.translate(FULL_WIDTH) for part in KEPT.split(words))


@pytest.fixture
def disguise(monkeypatch):
    """Have every word that is looked up for translation come back in other letters."""
    real = translation._trans

    def plural(one, many, number):
        return disguised(one if number == 1 else many)

    def in_context(context, words):
        return words if context == "date format" else disguised(words)

    monkeypatch.setattr(real, "gettext", disguised)
    monkeypatch.setattr(real, "ngettext", plural)
    monkeypatch.setattr(real, "pgettext", in_context)


def written_by_people():
    """Return every text in the database, one a line."""
    lines = [
        "Newsroom",
        "RSS",
        "Atom",
        "JSON",
        "UTC",
        "I saw the water.",
        "zebra",
        "rivver",
        "river",
        "how high did the river rise",
    ]
    for model in apps.get_app_config("articles").get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
        ]
        lines += [str(value) for row in model.objects.values_list(*names) for value in row] if names else []
    for draft in AssistDraft.objects.all():
        lines.append(" ".join(sentence["text"] for sentence in draft.sentences))
    return "\n".join(lines)


@pytest.mark.django_db
def test_every_word_that_nobody_wrote_is_looked_up(client, disguise):
    found = html_of(visits(client))
    written = re.sub(r"<[^>]*>", "", written_by_people())
    left = {}
    for name, document in found.items():
        pieces = {
            piece.strip(" ,.’-") for words in told(document) for piece in re.findall(r"[A-Za-z][A-Za-z ,.’'-]+", words)
        }
        left[name] = sorted(piece for piece in pieces if len(piece) > 1 and piece not in written)
    assert left == {name: [] for name in left}


# --- what programs read ---------------------------------------------------------------------------------------------


def unspoken(data):
    """Return structured data without what they call things and say of them."""
    if isinstance(data, dict):
        return {key: unspoken(value) for key, value in data.items() if key not in {"name", "description"}}
    return [unspoken(each) for each in data] if isinstance(data, list) else data


def shape(node):
    """Return a page as programs read it: its elements, and their attributes but those with words for people."""
    says = node.get("name") == "description" or node.get("property") in {"og:title", "og:description"}
    words = SPOKEN | SPOKEN_FOR_IT | ({"content"} if says else set()) | {"lang", "dir"}
    attrs = {name: value for name, value in node.attrs.items() if name not in words}
    data = unspoken(json.loads(node.raw_text)) if node.get("type") == "application/ld+json" else ""
    return [
        (node.tag, attrs, data),
        *(part for child in node.children if not isinstance(child, str) for part in shape(child)),
    ]


@pytest.mark.django_db
def test_programs_read_the_same_in_every_language(client, settings):
    make.article(at=timezone.now() - 400 * make.DAY)
    pages = a_newsroom(2)
    spoken = {"feed", "feed of a section", "feed of an author", "feed of a story", "feed of a search", "card"}
    spoken |= {"suggestions", "list of outlets", "feed of corrections", "feed of a month"}
    in_english = {name: client.get(address) for name, address in pages.items()}
    settings.LANGUAGE_CODE = "de"
    for name, address in pages.items():
        answer, other = client.get(address), in_english[name]
        if answer["Content-Type"].startswith("text/html") and answer.content:
            in_english_too = shape(parse(other.content))
            assert [part for part in shape(parse(answer.content)) if part not in in_english_too] == [], name
        elif name not in spoken:
            assert answer.content == other.content, name
        headers = {"ETag", "Content-Length", "X-Request-ID", "Last-Modified"}
        assert {key: value for key, value in answer.items() if key not in headers} == {
            key: value for key, value in other.items() if key not in headers
        }, name


@pytest.mark.django_db
def test_large_numbers_stay_numbers(client, german):
    article = make.article(pk=1234567)
    comment = make.comment(article)
    Article.objects.filter(pk=article.pk).update(comment_count=12345)
    document = page(client.get(article.get_absolute_url()))
    comments = document.one(id="comments")
    assert (comments["data-comments"], comments["data-count"]) == ("/articles/1234567/comments/", "12345")
    assert document.one(id=f"comment-{comment.pk}")


@pytest.mark.django_db
def test_feed_is_named_in_german_and_dated_for_programs(client, german):
    sarn = make.hashtag("Sarn")
    article = make.article(at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC), hashtags=[sarn])
    make.article(at=make.NOON, hashtags=[sarn], language="de")
    feed = json.loads(client.get("/hashtags/sarn/feed.json").content)
    assert (feed["description"], feed["language"]) == ("Alles unter #Sarn auf Newsroom.", "de")
    assert feed["items"][0]["date_published"] == "2026-11-22T14:05:00+00:00"
    assert "<title>Der Tag in Kürze – Newsroom</title>" in client.get("/today/feed.rss").content.decode()
    assert "Sun, 22 Nov 2026 14:05:00 +0000" in client.get("/feed.rss").content.decode()
    told = client.get(f"/oembed/?url=http://127.0.0.1:8000{article.get_absolute_url()}").json()["html"]
    assert "The Lantern, 22. November 2026, auf <a" in told
    assert client.get("/search/suggestions.json?q=sarn").json()["suggestions"][0]["kind"] == "Hashtag"


# --- whose language -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_article_in_another_language_than_the_site_says_so(client, german):
    def headline(language):
        document = page(client.get(make.article(language=language).get_absolute_url()))
        return [document.one("html")["lang"], document.one("h1").get("lang"), document.one("h1").get("dir")], [
            meta["content"] for meta in document.all("meta", property="og:locale")
        ]

    assert headline("de") == (["de", None, None], [])
    assert headline("en-gb") == (["de", "en-gb", None], ["en_GB"])
    assert headline("ar") == (["de", "ar", "rtl"], [])


@pytest.mark.django_db
def test_words_of_the_site_in_an_article_say_that_they_are_german(client, german):
    document = page(client.get(with_reading_aid().get_absolute_url()))
    assert document.one(class_="aid-told")["lang"] == "en"
    names = document.one("dl", class_="aid-names")
    assert {heading["lang"] for heading in names.all("dt")} == {"de"}
    assert {link["lang"] for link in names.all("a", class_="aid-more")} == {"de"}


@pytest.mark.django_db
def test_reason_is_stored_in_english_and_told_in_german(client, german):
    article, other = (make.article(hashtags=[]) for _ in range(2))
    article.related_links.create(related=other, reason="Mentions Sarn, Ida {Lind}", score=0.9, parts={}, position=0)
    item = page(client.get(article.get_absolute_url())).one(data_article=str(other.pk))
    assert item["data-reason"] == "Mentions Sarn, Ida {Lind}"
    assert item.one(class_="card-reason").text == "Nennt Sarn, Ida {Lind}"


@pytest.mark.django_db
def test_desk_stays_in_english(german):
    make.article(kind="opinion")
    browser = enter()
    assert "Log in" in text(Client().get(url("login")))
    listed = browser.get(url("articles_article_changelist"))
    assert "Select article to change" in text(listed)
    assert "Opinion" in text(listed)
    assert parse(listed.content).one("html")["lang"] == "en"
    assert parse(browser.get("/latest/").content).one("html")["lang"] == "de"


@pytest.mark.django_db
def test_letter_is_in_the_language_of_the_site_whoever_causes_it(german):
    comment = make.comment(make.article("Bridge closed"), email="rosa@reader.example", commenter=make.commenter())
    notices.ask(comment, email=comment.email, network="", at=timezone.now())
    with translation.override("en"):
        letter = write(Notice.objects.get())
    assert letter.subject == "Ist das Ihre Adresse? – Newsroom"
    assert "Keine Nachrichten mehr erhalten: http" in letter.text
