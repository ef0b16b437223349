"""The article page: what stands on it, in which order, under the hooks that other programs rely on."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import assist, related
from articles.models import Article, Outlet
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

LONG_BODY = "".join(
    f"<p>The gauge at Lower Sarn stood at {height} metres on the morning of day {height}, the office said. "
    f"Workers carried {height * 40} sandbags to the old bridge before the evening came.</p>"
    for height in range(2, 9)
)


@pytest.fixture
def article():
    """Return an article that has everything an article can have."""
    story, rivers, ada = make.story("The flood"), make.hashtag("Rivers"), make.author("Ada Author")
    at = timezone.now() - 2 * make.HOUR
    made = make.article(
        "River rises", at=at, body=LONG_BODY, hashtags=[rivers], authors=[ada], story=story, lead_image=make.image()
    )
    twin = make.article("Sarn is high", outlet=make.outlet("The Beacon"), hashtags=[rivers], story=story)
    harbour = make.article("Boats stay in port", at=at - 30 * make.DAY, hashtags=[rivers], section=make.section("Sea"))
    made.correct(by=None, at=at + make.HOUR, text="The bridge is older than we said.")
    first = make.comment(made, "I live there.", at=at + make.HOUR)
    make.comment(made, "So do I.", parent=first, name="Bo Reader")
    assist.prepare(made)
    for each in (twin, harbour, made):
        related.relate(each, at=timezone.now())
    made.twin = twin
    return made


@pytest.fixture
def document(client, article):
    return page(client.get(article.get_absolute_url()))


def test_modules_stand_in_the_agreed_order(document):
    everything = list(document.walk())
    main = document.one("main")
    entry = main.one("article", class_="h-entry")
    modules = document.all(data_module=None)
    assert [node["data-module"] for node in modules] == ["hashtags", "assist", "comments", "related"]
    headline, body = entry.one("h1"), entry.one(itemprop="articleBody")
    comments, related_aside = modules[2:]
    assert headline.text == "River rises"
    places = [everything.index(node) for node in (main, entry, headline, body, *modules)]
    assert places == sorted(places)
    assert (related_aside.tag, related_aside.classes) == ("aside", ["related"])
    assert not related_aside.inside(main)
    assert (comments.tag, comments["id"], "comments" in comments.classes) == ("section", "comments", True)
    assert len(document.all("h1")) == 1


def test_body_is_the_articles_own(document, article):
    paragraphs = document.one("main").one(itemprop="articleBody").all("p")
    assert [p.text for p in paragraphs] == [
        re.sub("<[^>]*>", "", line) for line in re.findall(r"<p>(.*?)</p>", LONG_BODY)
    ]
    assert [p["id"] for p in paragraphs] == [f"p{number}" for number in range(1, 8)]


def test_every_time_is_an_instant_with_its_offset(document, article):
    times = document.one("main").all("time") + document.one("aside", class_="related").all("time")
    assert len(times) >= 2
    for time in times:
        assert datetime.fromisoformat(time["datetime"]).utcoffset() is not None, time
    entry = document.one("main").one("article", class_="h-entry")
    instants = [datetime.fromisoformat(time["datetime"]) for time in entry.all("time")]
    assert article.published_at.replace(microsecond=0) in instants
    assert article.updated_at.replace(microsecond=0) in instants


def test_related_articles_say_which_and_why(document, article):
    items = document.one("aside", class_="related").all(data_article=None)
    reasons = {item["data-article"]: item["data-reason"] for item in items}
    assert reasons.pop(str(article.twin.pk)) == "Same story"
    assert list(reasons.values()) == ["Also about #Rivers"]
    for item in items:
        address = Article.objects.get(pk=item["data-article"]).get_absolute_url()
        assert address in [link["href"] for link in [*item.all("a"), item] if link.get("href")]


def test_comments_carry_their_hooks(document, article):
    area = document.one("section", id="comments")
    first, answer = article.comments.order_by("pk")
    shown = area.all("article")
    assert [node["id"] for node in shown] == [f"comment-{first.pk}", f"comment-{answer.pk}"]
    own = [
        (
            node.all(data_comment_author=None)[0].text,
            node.all(data_comment_body=None)[0].text,
        )
        for node in shown
    ]
    assert own == [("Rosa Reader", "I live there."), ("Bo Reader", "So do I.")]


def test_form_for_a_comment_has_exactly_the_agreed_fields(document, article):
    form = document.one("form", method="post", action=f"/articles/{article.pk}/comments/")
    fields = {node["name"] for tag in ("input", "textarea", "select") for node in form.all(tag) if node.get("name")}
    assert fields == {"name", "email", "body", "parent", "nonce", "website", "tell_me", "elapsed"}


def test_correction_stands_on_the_page(document):
    assert "The bridge is older than we said." in document.one("main").text


def test_empty_modules_are_left_out_but_for_the_comments_which_invite(client):
    article = make.article("Nothing else happened", section=make.section("Alone"), body="<p>Short.</p>")
    document = page(client.get(article.get_absolute_url()))
    assert [node["data-module"] for node in document.all(data_module=None)] == ["comments"]
    area = document.one("section", id="comments")
    assert area.all("article") == []
    assert area.one("form", method="post")


def test_closed_comments_are_shown_without_a_form(client, article):
    Article.objects.filter(pk=article.pk).update(comments_policy="closed")
    document = page(client.get(article.get_absolute_url()))
    area = document.one("section", id="comments")
    assert len(area.all("article")) == 2
    assert document.all("form", method="post") == []


def test_comments_that_are_off_leave_no_trace(client, article):
    Article.objects.filter(pk=article.pk).update(comments_policy="off")
    document = page(client.get(article.get_absolute_url()))
    assert [node["data-module"] for node in document.all(data_module=None)] == ["hashtags", "assist", "related"]
    assert document.all(id="comments") == []
    assert [link["href"] for link in document.all("a") if "comment" in link.get("href", "")] == ["/about/#comments"]
    assert client.get(f"/articles/{article.pk}/comments/").status_code == 404


def test_outlet_that_lends_only_summaries_keeps_its_text(client):
    courier = make.outlet("The Courier", text_shown=Outlet.TextShown.SUMMARY, allows_derived_texts=True)
    article = make.article(outlet=courier, standfirst="The gist of it.", body=LONG_BODY)
    answer = client.get(article.get_absolute_url())
    assert "sandbags" not in answer.content.decode()
    document = page(answer)
    assert "The gist of it." in document.one("main").text
    assert "https://lantern.example/1" in [link["href"] for link in document.one("main").all("a")]
    assert "assist" not in [node["data-module"] for node in document.all(data_module=None)]


def test_outlet_that_lends_only_headlines_keeps_its_standfirst(client):
    courier = make.outlet("The Courier", text_shown=Outlet.TextShown.LINK)
    article = make.article("Only this line", outlet=courier, standfirst="The gist of it.", body=LONG_BODY)
    for address in (article.get_absolute_url(), "/", "/latest/", "/outlets/the-courier/", "/search/?q=line"):
        answer = client.get(address)
        assert "Only this line" in page(answer).one("main").text
        text = answer.content.decode()
        assert "The gist of it." not in text
        assert "sandbags" not in text


def test_sponsored_article_names_who_paid(client):
    article = make.article(kind=Article.Kind.SPONSORED, sponsor="Sarn Water Board")
    for address in (article.get_absolute_url(), "/latest/"):
        assert "Sarn Water Board" in page(client.get(address)).one("main").text


def test_article_in_another_language_says_so(client):
    article = make.article("De rivier stijgt", language="nl")
    entry = page(client.get(article.get_absolute_url())).one("main").one("article", class_="h-entry")
    node = entry.one("h1")
    while node is not None and not node.get("lang"):
        node = node.parent
    assert node["lang"] == "nl"


def test_related_article_that_is_taken_back_is_gone_from_the_page(client, article):
    article.twin.withdraw(by=None, at=timezone.now(), outcome="gone", reason="It was wrong.")
    document = page(client.get(article.get_absolute_url()))
    shown = [item["data-article"] for item in document.one("aside", class_="related").all(data_article=None)]
    assert str(article.twin.pk) not in shown
    assert len(shown) == 1


def test_comment_that_was_deleted_leaves_a_stone_only_where_answers_hang_on_it(client, article):
    first = article.comments.order_by("pk").first()
    alone = make.comment(article, "A secret of mine.", name="Sam Shy")
    for comment in (first, alone):
        comment.refresh_from_db()
        comment.delete_text(at=timezone.now())
    area = page(client.get(article.get_absolute_url())).one("section", id="comments")
    answer = article.comments.get(parent=first)
    anchors = [node["id"] for node in area.walk() if re.fullmatch(r"comment-\d+", node.get("id", ""))]
    assert anchors == [f"comment-{first.pk}", f"comment-{answer.pk}"]
    assert area.one(id=anchors[0]).text == "Deleted by its author"
    assert [node.text for node in area.all(data_comment_body=None)] == ["So do I."]
    assert [node.text for node in area.all(data_comment_author=None)] == ["Bo Reader"]


def test_article_appears_and_goes_by_the_clock_alone(client):
    now = timezone.now()
    article = make.scheduled("Appears", publish_at=now + timedelta(hours=1), expires_at=now + timedelta(hours=2))
    address = article.get_absolute_url()
    seen = []
    for minutes in (0, 59.99, 60, 119.99, 120):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            seen.append((client.get(address).status_code, "Appears" in client.get("/latest/").content.decode()))
    assert seen == [(404, False), (404, False), (200, True), (200, True), (404, False)]


@pytest.mark.parametrize(("text_shown", "told"), [("own", 1), ("full", 1), ("summary", 0), ("link", 0)])
def test_reading_time_is_told_only_where_the_text_may_be_read_here(client, text_shown, told):
    article = make.article(outlet=make.outlet("Another", text_shown=text_shown), standfirst="In short.")
    facts = page(client.get(article.get_absolute_url())).one("dl", class_="article-facts").all("dt")
    assert [fact.text for fact in facts].count("Reading time") == told
