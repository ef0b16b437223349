"""A comment is taken down while others quote it, on the real database."""

import pytest
from django.utils import timezone

from articles.models import Article, Comment
from articles.text.quotations import REMOVED
from tests import make
from tests.concurrency.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The mayor lied about the dam."


@pytest.mark.parametrize("how", ["reject", "delete_text"])
def test_no_answer_quotes_a_comment_that_is_taken_down_meanwhile(how):
    source = make.comment(make.article(), WORDS)

    def answer(number):
        def post():
            article, parent = Article.objects.get(pk=source.article_id), Comment.objects.get(pk=source.pk)
            body = f"> {WORDS}\n\nNo, {number}."
            Comment(article=article, parent=parent, name="Bo", body=body).post(at=timezone.now(), state="public")

        return post

    def take_down():
        mine = Comment.objects.get(pk=source.pk)
        if how == "reject":
            mine.reject(by=None, at=timezone.now(), reason="Libel.")
        else:
            mine.delete_text(at=timezone.now())

    results = at_once(*[answer(number) for number in range(4)], take_down, *[answer(number) for number in range(4, 8)])
    assert results[4] is None
    bodies = list(Comment.objects.filter(parent=source).values_list("body", flat=True))
    assert [body for body in bodies if not body.startswith(REMOVED)] == []
    assert Article.objects.get().comment_count == len(bodies)
