"""Editors' picks and the pinned comment, as readers see them."""

import pytest
from django.utils import timezone

from tests import make
from tests.documents import page
from tests.make import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article(outlet=make.outlet("The Courier"), at=timezone.now() - 3 * DAY)


def shown(client, address):
    document = page(client.get(address))
    return [node["id"] for node in document.one(id="comments").all("article")]


def anchor(comment):
    return f"comment-{comment.pk}"


def test_pick_names_the_outlet_on_the_comment_where_it_stands(client, article):
    comment, other = make.comment(article), make.comment(article)
    comment.pick(by=None, at=timezone.now())
    document = page(client.get(article.get_absolute_url()))
    assert document.one(id=anchor(comment)).one("span", class_="badge-pick").text == "Editors’ pick, The Courier"
    assert document.one(id=anchor(other)).all("span", class_="badge-pick") == []
    assert [node["id"] for node in document.one(id="comments").all("article")] == [anchor(other), anchor(comment)]


@pytest.mark.parametrize("more", [0, 130])
@pytest.mark.parametrize("sort", ["newest", "oldest", "top"])
def test_pinned_comment_stands_first_once_with_its_answers(client, article, more, sort):
    now = timezone.now()
    pinned = make.comment(article, at=now - DAY / 2)
    answer = make.comment(article, parent=pinned, at=now)
    make.many_comments(article, 40 + more)
    pinned.pin()
    address = f"/articles/{article.pk}/comments/?sort={sort}"
    ids = shown(client, address)
    assert ids[:2] == [anchor(pinned), anchor(answer)]
    assert page(client.get(address)).one(id=anchor(pinned)).one("p", class_="comment-pinned").text == (
        "Pinned by The Courier"
    )
    seen, document = list(ids), page(client.get(address))
    while links := [link for link in document.all("a") if "after=" in link["href"]]:
        document = page(client.get(links[-1]["href"]))
        seen += [node["id"] for node in document.one(id="comments").all("article")]
    assert len(seen) == len(set(seen)) == 42 + more


def test_links_to_comments_lead_to_where_they_stand_beside_a_pin(client, article):
    oldest = make.comment(article, at=timezone.now() - 2 * DAY)
    comments = make.many_comments(article, 30)
    oldest.pin()
    for comment in (oldest, comments[-1], comments[5], comments[4], comments[0]):
        address, fragment = client.get(comment.get_absolute_url())["Location"].split("#")
        assert fragment in shown(client, address), comment.body


def test_comment_that_was_taken_down_leaves_no_pin_on_the_page(client, article):
    comment = make.comment(article)
    comment.pin()
    comment.reject(by=None, at=timezone.now(), reason="Rude.")
    assert "Pinned by" not in client.get(article.get_absolute_url()).content.decode()


def test_reader_cannot_ask_for_badge_pick_or_pin(client, article):
    author = make.author("Ada")
    wanted = {"author": author.pk, "is_pinned": "1", "picked_at": "2026-01-01", "picked_by": "1", "state": "public"}
    fields = {"name": "Ada", "body": "I am she."} | wanted
    answer = client.post(f"/articles/{article.pk}/comments/", fields, headers={"Origin": "http://testserver"})
    assert answer.status_code == 303
    [stored] = article.comments.values_list("author", "is_pinned", "picked_at", "picked_by")
    assert stored == (None, False, None, None)
