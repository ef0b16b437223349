"""A reader appeals from the page of own comments, and reads there what came of it."""

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Appeal, Comment
from tests import make
from tests.admin.desk import enter, messages, text, url
from tests.documents import page

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def article():
    return make.article()


@pytest.fixture
def mine(client, article):
    """Return a comment that ``client`` posted and a moderator took down."""
    client.post(f"/articles/{article.pk}/comments/", {"name": "Rosa", "body": "I saw <b>it</b>."}, headers=HERE)
    comment = Comment.objects.get()
    comment.reject(by=make.user("Moderator"), at=timezone.now(), reason="Rude.")
    return comment


def address(comment):
    return f"/comments/{comment.pk}/appeal/"


def own(client, article):
    return page(client.get(f"/articles/{article.pk}/comments/own/"))


def appeal(client, comment, text="It was <i>not</i> rude.", headers=HERE):
    return client.post(address(comment), {"text": text}, headers=headers)


def test_reader_appeals_once_and_sees_that_it_waits(client, article, mine):
    [link] = own(client, article).all("a", href=address(mine))
    assert link.text == "Appeal"
    assert "A moderator has taken it down: Rude." in page(client.get(address(mine))).text
    answers = [appeal(client, mine, text) for text in ("First & last.", "Second.")]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (303, f"/articles/{article.pk}/comments/own/")
    ] * 2
    assert Appeal.objects.get().text == "First & last."
    document = own(client, article)
    assert "Another moderator will look at it" in document.text
    assert document.all("a", href=address(mine)) == []
    assert client.get(address(mine)).status_code == 404


@pytest.mark.parametrize("verb", ["uphold", "overturn"])
def test_reader_reads_what_was_decided_and_why(client, article, mine, verb):
    appeal(client, mine)
    desk = enter("Moderator")
    row = Appeal.objects.get()
    assert "It was &lt;i&gt;not&lt;/i&gt; rude." in text(desk.get(url("articles_appeal_changelist")))
    assert "Rude." in text(desk.get(url("articles_appeal_change", row.pk)))
    said = desk.post(url(f"articles_appeal_{verb}", row.pk), {"words": "We <b>looked</b> at it again."}, follow=True)
    assert messages(said)[0].startswith("Appeal about")
    document = own(client, article)
    assert "We <b>looked</b> at it again." in document.text
    assert ("The decision stands." in document.text) is (verb == "uphold")
    mine.refresh_from_db()
    assert mine.is_public is (verb == "overturn")


def test_desk_tells_the_moderator_who_decided_to_leave_it_to_a_colleague(client, mine):
    appeal(client, mine)
    desk = enter("Moderator")
    Comment.objects.update(decided_by=desk.person)
    answer = desk.post(url("articles_appeal_uphold", Appeal.objects.get().pk), {"words": "No."})
    assert (answer.status_code, Appeal.objects.get().outcome) == (422, "")
    assert "A colleague has to decide on this appeal" in text(answer)


@pytest.mark.parametrize("written", ["", "\u200b", "x" * 2001])
def test_appeal_that_says_nothing_or_too_much_is_given_back(client, mine, written):
    answer = appeal(client, mine, written)
    assert (answer.status_code, Appeal.objects.count()) == (422, 0)
    assert page(answer).one("textarea", name="text").raw_text == f"\n{written}"


def test_nobody_appeals_for_another_reader(client, mine):
    for stranger in (Client(), enter("Moderator")):
        assert appeal(stranger, mine).status_code == 404
        assert stranger.get(address(mine)).status_code == 404
    assert Appeal.objects.count() == 0


def test_comment_that_stands_has_nothing_to_appeal_against(client, article, mine):
    mine.approve(by=None, at=timezone.now())
    assert own(client, article).all("a", href=address(mine)) == []
    assert client.get(address(mine)).status_code == 404
    assert (appeal(client, mine, "Why?").status_code, Appeal.objects.count()) == (422, 0)


def test_appeal_from_another_site_is_refused(client, mine):
    assert appeal(client, mine, headers={"Origin": "https://evil.example"}).status_code == 403
    assert Appeal.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_lists_appeals_at_a_fixed_cost(article, rows, django_assert_num_queries):
    for _ in range(rows):
        make.appeal(make.comment(article, state="rejected"))
    desk = enter("Moderator")
    desk.get(url("articles_appeal_changelist"))
    with django_assert_num_queries(9):
        desk.get(url("articles_appeal_changelist"))
