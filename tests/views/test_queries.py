"""Every page asks the database a fixed number of questions, however much there is to show, and loads what it shows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import assist, related, search
from articles.models import Article, TrustPage
from tests import make

pytestmark = pytest.mark.django_db

# The number of queries of each page. One more needs a reason; one that grows with the rows is a fault.
COSTS = {
    "front": 6,  # the second asks what editors pinned
    "latest": 5,
    "section": 6,
    "outlet": 7,  # the last asks which of our pages speak for our outlets
    "outlet's moderation": 10,
    "hashtag": 6,
    "author": 6,
    "story": 6,  # the last counts the outlets that might have told it
    "outlets": 4,
    "hashtags": 4,
    "search": 12,
    "search for words": 14,  # the last two ask for the hashtags of what was found, and for their other names
    "search that finds nothing": 9,
    "suggestions": 8,
    "search for everything": 22,
    "corrections": 4,
    "about": 4,  # the last asks what editors say first
    "today": 9,
    "archive": 3,
    "archive of a month": 6,
    "archive of a day": 7,  # the last two look for the days before and after
    "article": 9,  # the last asks who else covers its story
    "article without its slug": 5,
    "question": 4,  # with the other reports of the story
    "form for a mistake": 3,
    "what programs do": 6,  # the last two count what a program wrote and what readers said of it
    "text by a program": 4,
    "comments": 4,
    "comments, oldest first": 5,
    "one thread": 5,
    "an answer to a comment": 5,
    "own comments": 2,
    "count of comments": 3,
    "answer that quotes": 5,
    "permalink": 2,
    "permalink of an answer": 3,
    "withdrawn": 4,
    "gone": 2,
    "unknown": 2,
    "what changed": 5,
    "feed": 4,
    "feed of a section": 6,
    "feed of an author": 6,
    "feed of a story": 5,
    "feed of a search": 8,
    "feed of corrections": 2,
    "feed of a month": 5,
    "sitemap": 2,
    "sitemap of a month": 2,
    "sitemap of lists": 5,  # the last two ask for trust pages and for months of the archive
    "sitemap of records": 2,
    "sitemap of news": 2,
    "list of outlets": 2,
    "robots": 1,
    "rights": 2,
    "card": 3,
}
# PostgreSQL is asked first how far its index reaches: see `rows` in articles/search/postgresql.py.
ON_POSTGRESQL = {
    "search for words": 15,
    "search for everything": 24,
    "search that finds nothing": 12,
    "suggestions": 10,
    "feed of a search": 9,
}


def a_newsroom(rows):
    """Make ``rows`` of everything and return the pages that show them, by name."""
    made = some_of_everything(rows)
    return addresses(**made) | for_programs(made["main"])


def some_of_everything(rows):
    authors = [make.author(f"Author {n}", outlet=make.outlet()) for n in range(rows)]
    hashtags = [make.hashtag(f"Tag{n}") for n in range(rows)]
    sections = [make.section(f"Section {n}") for n in range(rows)]
    for n in range(rows):
        TrustPage.objects.create(title=f"Page {n}", body="<p>So.</p>")
    outlets = [make.outlet(f"Outlet {n}") for n in range(rows)]
    story = make.story("Flood")
    shared = {"hashtags": hashtags, "authors": authors, "story": story}
    articles = [
        make.article(section=sections[n % rows], outlet=outlets[n % rows], lead_image=make.image(), **shared)
        for n in range(rows * 2)
    ]
    main = articles[0]
    now = timezone.now()
    for n in range(rows):
        main.standfirst = f"What the water left behind on day {n}."
        main.save()
    for n in range(rows):
        main.correct(by=None, at=now - n * make.HOUR / 60, text=f"Correction {n}.")
        thread = make.comment(main, f"Thread {n}.", author=authors[n])
        for answer in range(rows):
            deep = make.comment(main, f"Answer {n} {answer}.", parent=make.comment(main, "Mm.", parent=thread))
        make.comment(main, f"Held {n}.", state="held")
    for article in articles * 2:  # on a site this small a term counts only once two articles have it
        assist.prepare(article)
        related.relate(article, at=now)
    main.outlet.allows_remote_assist = True
    main.outlet.save()
    for kind in ("summary", "easy"):
        make.approved(main, *[("The river rose.", [1])] * rows, kind=kind)
    search.learn(*(article.pk for article in articles))
    for _ in range(rows):
        make.article(kind=Article.Kind.OPINION, authors=authors, section=sections[0])
    lists = {"section": sections[0], "outlet": outlets[0], "hashtag": hashtags[0], "author": authors[0], "story": story}
    taken_back = {"withdrawn": make.withdrawn(outcome="notice"), "gone": make.withdrawn()}
    return {"main": main, "thread": thread, "deep": deep, "records": lists | taken_back}


def addresses(*, main, thread, deep, records):
    comments = f"/articles/{main.pk}/comments/"
    return {name: record.get_absolute_url() for name, record in records.items()} | {
        "front": "/",
        "outlet's moderation": f"{main.outlet.get_absolute_url()}moderation/",
        "latest": "/latest/",
        "outlets": "/outlets/",
        "hashtags": "/hashtags/",
        "search": "/search/",
        "search for everything": "/search/?q=river&outlet=outlet-0&section=section-0&hashtag=tag0&author=author-0"
        "&kind=news&language=en&since=2020-01-01&until=2040-01-01&sort=oldest",
        "corrections": "/corrections/",
        "about": "/about/",
        "today": "/today/",
        "archive": "/archive/",
        "archive of a month": f"/archive/{main.published_at:%Y/%m}/",
        "archive of a day": f"/archive/{main.published_at:%Y/%m/%d}/",
        "article": main.get_absolute_url(),
        "article without its slug": f"/articles/{main.pk}/",
        "question": f"/articles/{main.pk}/ask/?q=how+high+did+the+river+rise",
        "form for a mistake": f"/articles/{main.pk}/mistake/",
        "what programs do": "/ai/",
        "text by a program": f"/articles/{main.pk}/in/easy/",
        "comments": comments,
        "comments, oldest first": f"{comments}?sort=oldest&after={thread.pk}",
        "one thread": f"{comments}?thread={thread.pk}",
        "an answer to a comment": f"{comments}?parent={thread.pk}",
        "own comments": f"{comments}own/",
        "count of comments": f"{comments}count.json",
        "answer that quotes": f"{comments}?parent={thread.pk}&quote=1",
        "permalink": thread.get_absolute_url(),
        "permalink of an answer": deep.get_absolute_url(),
        "unknown": "/articles/999999/",
        "what changed": f"/articles/{main.pk}/changes/",
        "feed": "/feed.atom",
        "feed of a section": f"{records['section'].get_absolute_url()}feed.rss",
        "feed of an author": f"{records['author'].get_absolute_url()}feed.json",
        "feed of a story": f"{records['story'].get_absolute_url()}feed.atom",
        "search for words": "/search/?q=river",
        "search that finds nothing": "/search/?q=rivver",
        "suggestions": "/search/suggestions.json?q=tag",
        "feed of a search": "/search/feed.rss?q=river",
        "feed of corrections": "/corrections/feed.rss",
        "feed of a month": f"/archive/{main.published_at:%Y/%m}/feed.rss",
    }


def for_programs(main):
    return {
        "sitemap": "/sitemap.xml",
        "sitemap of a month": f"/sitemap-{main.published_at:%Y-%m}.xml",
        "sitemap of lists": "/sitemap-lists.xml",
        "sitemap of records": "/sitemap-hashtags.xml",
        "rights": "/.well-known/tdmrep.json",
        "sitemap of news": "/sitemap-news.xml",
        "list of outlets": "/outlets.opml",
        "robots": "/robots.txt",
        "card": f"/oembed/?url=http://127.0.0.1:8000{main.get_absolute_url()}",
    }


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("rows", [1, 3])
def test_every_page_costs_a_fixed_number_of_queries(client, rows):
    pages = a_newsroom(rows)
    client.get("/")
    costs = COSTS | (ON_POSTGRESQL if connection.vendor == "postgresql" else {})
    assert {name: len(asked(client, address)) for name, address in pages.items()} == costs
    assert pages.keys() == COSTS.keys()


def loaded(sql):
    """Return the columns that a statement brings home, of all its SELECTs but those inside a condition."""
    return sql[: sql.find(" FROM ")] if sql.startswith("SELECT") else ""


def test_no_page_loads_a_body_that_it_does_not_show(client):
    found = {}
    for name, address in a_newsroom(2).items():
        statements = asked(client, address)
        if name in {"withdrawn", "gone", "unknown"}:
            statements = statements[1:]  # the first asks for the live article, and finds none
        columns = ", ".join(loaded(sql) for sql in statements)
        found[name] = set(re.findall(r'"articles_article"\."(body|embargo_note|withdrawal_reason)"', columns))
    allowed = {name: set() for name in found}
    allowed["article"] = allowed["article without its slug"] = {"body", "embargo_note", "withdrawal_reason"}
    allowed["question"] = allowed["text by a program"] = {"body", "embargo_note", "withdrawal_reason"}
    for name in (
        "feed",
        "feed of a section",
        "feed of an author",
        "feed of a story",
        "feed of a search",
        "feed of a month",
        "what changed",
    ):
        allowed[name] = {"body"}
    allowed["search for words"] = allowed["search for everything"] = {"body"}  # shown where the words stand in it
    allowed["withdrawn"] = allowed["gone"] = allowed["unknown"] = {"withdrawal_reason"}
    assert found == allowed


def test_no_page_for_readers_loads_a_commenters_address(client):
    for name, address in a_newsroom(2).items():
        columns = ", ".join(loaded(sql) for sql in asked(client, address))
        assert '"articles_comment"."email"' not in columns, name


@pytest.mark.parametrize("address", ["/latest/?page=2", "/search/?q=river&page=2", "/?page=2"])
def test_further_page_of_a_list_costs_what_the_first_does(client, address):
    for _ in range(30):
        make.article()
    assert len(asked(client, address)) == len(asked(client, address.replace("2", "1")))


def test_front_page_asks_once_for_all_its_stories(client):
    for _ in range(3):
        story = make.story()
        for outlet in ("One", "Two", "Three"):
            make.article(story=story, outlet=make.outlet(outlet))
        assert len(asked(client, "/")) == 6
