"""What readers see and get where comments are closed, off, read first or slow."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Comment, Conversation, Outlet
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def article():
    made = make.article(outlet=make.outlet("The Courier"))
    make.comment(made, "As said before.")
    return made


def post(client, article, **fields):
    data = {"name": "Rosa", "body": "I saw it too."} | fields
    return client.post(f"/articles/{article.pk}/comments/", data, headers=HERE)


def halt():
    Conversation.objects.get().halt(by=None, at=timezone.now(), reason="A storm of spam.")


CLOSINGS = {
    "switch": (halt, "Commenting has stopped on the whole site for now. A storm of spam."),
    "site": (lambda: Conversation.objects.update(comments_policy="closed"), "This site takes no new comments."),
    "outlet": (lambda: Outlet.objects.update(comments_policy="closed"), "The Courier takes no new comments."),
    "clock": (
        lambda: Article.objects.update(published_at=timezone.now() - 15 * make.DAY, comments_close_after_days=14),
        "Comments close 14 days after publication.",
    ),
}


@pytest.mark.parametrize(("close", "reason"), CLOSINGS.values(), ids=CLOSINGS)
def test_closed_comments_are_read_with_the_reason_and_without_a_form(client, article, close, reason):
    close()
    for address in (article.get_absolute_url(), f"/articles/{article.pk}/comments/"):
        document = page(client.get(address))
        assert "As said before." in document.text
        assert reason in document.one("p", class_="comments-closed").text
        assert document.all("form", method="post") == []
    answer = post(client, article)
    assert (answer.status_code, Comment.objects.count()) == (422, 1)
    assert page(answer).one("textarea", name="body").raw_text == "\nI saw it too."
    assert reason in page(answer).text
    comment = Comment.objects.get()
    assert client.post(f"{comment.get_absolute_url()}recommend/", headers=HERE).status_code == 409


@pytest.mark.parametrize("model", [Conversation, Outlet, Article])
def test_comments_that_are_off_are_nowhere_and_the_page_says_why(client, article, model):
    comment = Comment.objects.get()
    model.objects.update(comments_policy="off")
    document = page(client.get(article.get_absolute_url()))
    reason = {Conversation: "This site", Outlet: "The Courier", Article: "This article"}[model]
    assert document.one("p", class_="comments-off").text.strip() == f"{reason} takes no comments."
    assert document.all(id="comments") == []
    addresses = [f"/articles/{article.pk}/comments/", f"/articles/{article.pk}/comments/own/"]
    addresses += [comment.get_absolute_url(), f"{comment.get_absolute_url()}report/"]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert post(client, article).status_code == 404


def test_readers_are_told_beforehand_that_comments_are_read_first_slow_and_end(client, article):
    Outlet.objects.update(comments_policy="held", comments_pause_seconds=180, comments_close_after_days=7)
    form = page(client.get(article.get_absolute_url())).one("form", id="comment-form").text
    assert "A moderator reads every comment on articles of The Courier before it appears." in form
    assert "You can write one comment every 3 minutes here." in form
    closes = Article.objects.get().published_at + 7 * make.DAY
    assert f"Comments close on {closes.day} {closes:%B %Y, %H:%M} UTC." in " ".join(form.split())


def test_too_fast_in_slow_mode_is_told_when_and_keeps_the_words(client, article):
    Article.objects.update(comments_pause_seconds=90)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert post(client, article).status_code == 303
        clock.shift(timedelta(seconds=20))
        answer = post(client, article, body="And another thing.")
        assert (answer.status_code, answer["Retry-After"]) == (429, "70")
        assert page(answer).one("textarea", name="body").raw_text == "\nAnd another thing."
        assert post(client, article).status_code == 303  # the first, sent twice, is no second one
        clock.shift(timedelta(seconds=70))
        assert post(client, article, body="And another thing.").status_code == 303
    assert Comment.objects.count() == 3


def test_page_is_kept_no_longer_than_until_its_comments_close(client):
    now = timezone.now()
    article = make.article(at=now - make.DAY + timedelta(seconds=20.5))
    Article.objects.filter(pk=article.pk).update(comments_close_after_days=1)
    with time_machine.travel(now, tick=False) as clock:
        for address in (article.get_absolute_url(), f"/articles/{article.pk}/comments/"):
            assert "s-maxage=20" in client.get(address)["Cache-Control"]
        assert "s-maxage=60" in client.get("/latest/")["Cache-Control"]
        clock.shift(21)
        assert "s-maxage=60" in client.get(article.get_absolute_url())["Cache-Control"]
