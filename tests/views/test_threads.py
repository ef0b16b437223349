"""Pages of comments: every comment once, in order, on pages of a bounded size, however many there are."""

import random
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.views import threads
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article(at=timezone.now() - 3 * make.DAY)


def comments_in(document):
    """Return the ids of the comments that a page shows, in order."""
    area = document.one(id="comments")
    return [int(node["id"].removeprefix("comment-")) for node in area.all("article") if node.get("id")]


def following(document, words=("Older comments", "Newer comments")):
    links = [link["href"] for link in document.one(id="comments").all("a") if link.text in words]
    assert len(links) <= 1
    return links[0] if links else None


def walk(client, address, between=lambda: None):
    """Follow the links to further comments from ``address``; return the ids on each page."""
    shown = []
    while address:
        document = page(client.get(address))
        shown.append(comments_in(document))
        link = following(document)
        path = address.partition("?")[0]
        address = link and (link if link.startswith("/") else path + link)
        between()
    return shown


def test_article_page_shows_the_newest_threads_and_leads_to_the_older(client, article):
    made = [comment.pk for comment in make.many_comments(article, 60)]
    shown = walk(client, article.get_absolute_url())
    assert [len(ids) for ids in shown] == [25, 25, 10]
    assert [pk for ids in shown for pk in ids] == made[::-1]


@pytest.mark.parametrize(("query", "oldest"), [("", False), ("?sort=newest", False), ("?sort=oldest", True)])
def test_pages_of_comments_go_through_all_of_them(client, article, query, oldest):
    made = [comment.pk for comment in make.many_comments(article, 60)]
    shown = walk(client, f"/articles/{article.pk}/comments/{query}")
    assert [pk for ids in shown for pk in ids] == (made if oldest else made[::-1])


def test_reader_who_goes_back_in_time_misses_nothing_while_others_write(client, article):
    made = [comment.pk for comment in make.many_comments(article, 60)]
    shown = walk(client, article.get_absolute_url(), between=lambda: make.comment(article, "New meanwhile."))
    assert [pk for ids in shown for pk in ids] == made[::-1]


def test_comments_of_one_instant_are_not_parted_by_a_page(client, article):
    at = timezone.now()
    made = [make.comment(article, f"At once {n}.", at=at).pk for n in range(30)]
    assert [pk for ids in walk(client, article.get_absolute_url()) for pk in ids] == made[::-1]


def test_cursor_of_a_comment_that_was_taken_away_still_leads_on(client, article):
    made = make.many_comments(article, 30)
    cursor = made[5]
    cursor.refresh_from_db()
    cursor.reject(by=None, at=timezone.now(), reason="Rude.")
    document = page(client.get(f"/articles/{article.pk}/comments/?after={cursor.pk}"))
    assert comments_in(document) == [comment.pk for comment in made[:5]][::-1]


@pytest.mark.parametrize(
    "query", ["after=0", "after=-1", "after=x", "after=999999", f"after={'9' * 30}", "sort=up", "thread=x"]
)
def test_question_that_makes_no_sense_gives_the_first_page(client, article, query):
    make.many_comments(article, 30)
    address = f"/articles/{article.pk}/comments/"
    assert comments_in(page(client.get(f"{address}?{query}"))) == comments_in(page(client.get(address)))


def test_comment_of_another_article_is_no_cursor_here(client, article):
    make.many_comments(article, 3)
    elsewhere = make.comment(make.article())
    address = f"/articles/{article.pk}/comments/"
    assert len(comments_in(page(client.get(f"{address}?after={elsewhere.pk}")))) == 3
    assert comments_in(page(client.get(f"{address}?thread={elsewhere.pk}"))) == []


def test_thread_shows_its_first_answers_and_leads_to_the_rest(client, article):
    thread = make.many_comments(article, 1)[0]
    answers = make.many_comments(article, 5, parent=thread, since=timezone.now())
    document = page(client.get(article.get_absolute_url()))
    assert comments_in(document) == [thread.pk, *(answer.pk for answer in answers[:3])]
    link = following(document, ["2 more replies"])
    assert comments_in(page(client.get(link))) == [thread.pk, *(answer.pk for answer in answers)]


def test_long_thread_has_pages_that_go_through_all_answers(client, article):
    thread = make.many_comments(article, 1)[0]
    answers = [answer.pk for answer in make.many_comments(article, 230, parent=thread, since=timezone.now())]
    shown = walk(client, f"/articles/{article.pk}/comments/?thread={thread.pk}")
    assert [len(ids) for ids in shown] == [51, 51, 51, 51, 31]
    assert [pk for ids in shown for pk in ids if pk != thread.pk] == answers


def place(client, comment):
    """Follow a comment's own link and return the address it leads to, after a look at whether the comment is there."""
    answer = client.get(f"/comments/{comment.pk}/")
    assert answer.status_code == 302
    address, _, anchor = answer["Location"].partition("#")
    assert anchor == f"comment-{comment.pk}"
    assert comment.pk in comments_in(page(client.get(address)))
    return address


def test_link_of_a_comment_leads_to_the_page_that_shows_it(client, article):
    threads = make.many_comments(article, 26)
    newest = threads[-1]
    answers = make.many_comments(article, 230, parent=newest, since=timezone.now())
    old_answer = make.many_comments(article, 1, parent=threads[0], since=timezone.now())[0]
    home, all_of_them = article.get_absolute_url(), f"/articles/{article.pk}/comments/"
    conversation = f"{all_of_them}?thread={newest.pk}"
    assert place(client, newest) == home
    assert place(client, threads[1]) == home
    assert place(client, threads[0]) == f"{all_of_them}?thread={threads[0].pk}"
    assert place(client, answers[2]) == home
    assert place(client, answers[3]) == conversation
    assert place(client, answers[49]) == conversation
    assert place(client, answers[50]) == f"{conversation}&after={answers[49].pk}"
    assert place(client, answers[229]) == f"{conversation}&after={answers[199].pk}"
    assert place(client, old_answer) == f"{all_of_them}?thread={threads[0].pk}"


def test_answer_to_an_answer_says_whom_it_answers(client, article):
    first = make.comment(article)
    second = make.comment(article, "Second.", parent=first, name="Bo Reader")
    third = make.comment(article, "Third.", parent=second, name="Cy Reader")
    document = page(client.get(article.get_absolute_url()))
    assert comments_in(document) == [first.pk, second.pk, third.pk]
    heading = document.one(id=f"comment-{third.pk}")
    assert [link.text for link in heading.all("a", href=f"#comment-{second.pk}")] == ["Bo Reader"]


def test_answers_to_a_hidden_comment_stay_and_the_hidden_one_does_not_show(client, article):
    first = make.comment(article, "Zephyrine", name="Hidden Name")
    second = make.comment(article, "Answer.", parent=first)
    third = make.comment(article, "Deeper.", parent=second)
    for comment in (first, second):
        comment.refresh_from_db()
        comment.reject(by=None, at=timezone.now(), reason="Reason")
    for address in (article.get_absolute_url(), f"/articles/{article.pk}/comments/?thread={first.pk}"):
        answer = client.get(address)
        assert comments_in(page(answer)) == [third.pk]
        assert not re.search("Zephyrine|Hidden Name|Answer\\.|Reason", answer.content.decode())


def test_journalist_who_answers_wears_the_outlets_name(client, article):
    ada = make.author("Ada Author", outlet=make.outlet("The Beacon"))
    comment = make.comment(article, "We asked again.", author=ada, name="Ada Author")
    shown = page(client.get(article.get_absolute_url())).one(id=f"comment-{comment.pk}")
    assert "The Beacon" in shown.text
    links = [link["href"] for link in shown.all("a") if link["href"].startswith("/authors/")]
    assert links == ["/authors/ada-author/"]
    assert client.get(links[0]).status_code == 200


def test_ten_thousand_comments_cost_a_page_no_more_than_thirty(client, article):
    threads = make.many_comments(article, 10_000, since=timezone.now() - timedelta(days=2))
    make.many_comments(article, 5_000, parent=threads[-1], since=timezone.now())
    # The number of queries, the most bytes and the most elements of each page.
    costs = {
        article.get_absolute_url(): (11, 42_000, 720),
        f"/articles/{article.pk}/comments/": (7, 42_000, 720),
        f"/articles/{article.pk}/comments/?after={threads[5000].pk}": (6, 42_000, 720),
        f"/articles/{article.pk}/comments/?thread={threads[-1].pk}": (5, 60_000, 800),
    }
    for address, (cost, size, elements) in costs.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert len(queries) == cost, address
        assert len(answer.content) <= size, address
        assert len(list(page(answer).walk())) <= elements, address


@pytest.mark.parametrize("seed", range(12))
def test_few_comments_make_the_same_page_as_many(article, monkeypatch, seed):
    """A short road for articles with few comments leads where the long one leads."""
    chance = random.Random(seed)  # noqa: S311 - a test that fails has to fail again
    made = []
    for number in range(chance.choice([3, 12, 60])):
        parent = chance.choice(made) if made and chance.random() < 0.6 else None
        made.append(make.comment(article, f"Comment {number}.", parent=parent))
    for comment in chance.sample(made, len(made) // 3):
        comment.refresh_from_db()
        chance.choice([comment.hold, comment.reject])(by=None, at=timezone.now(), reason="Because.")
    article.refresh_from_db()

    def rows(sort):
        found = threads.threads_of(article, sort=sort)
        return [(thread.comment, thread.answers, thread.more) for thread in found], found.after

    few = [rows(sort) for sort in ("newest", "oldest")]
    monkeypatch.setattr(threads, "FEW", -1)
    assert [rows(sort) for sort in ("newest", "oldest")] == few
