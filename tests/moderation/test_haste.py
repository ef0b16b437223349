"""Who writes faster than a person can waits for a moderator. The time is a hint: it holds, and never refuses."""

import pytest
from django.test import override_settings

from articles.models import Comment
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def post(client, **fields):
    article = make.article()
    fields = {"name": "Rosa", "body": "I saw it."} | fields
    client.post(f"/articles/{article.pk}/comments/", fields, headers=HERE)
    return Comment.objects.get()


@override_settings(COMMENT_SPEED=1)
@pytest.mark.parametrize(
    ("elapsed", "state"),
    [
        ("0", "held"), ("1", "held"), ("2", "public"), ("90000", "public"), ("", "public"),
        ("-1", "public"), ("x", "public"), ("1" * 400, "public"), ("٣", "public"), ("0.5", "public"),
    ],
)  # fmt: skip
def test_comment_that_was_written_in_no_time_waits_and_any_other_hint_means_nothing(client, elapsed, state):
    comment = post(client, elapsed=elapsed)
    assert comment.state == state
    says = "Written and sent {} after the page was opened, as programs do."
    seconds = {"0": "0 seconds", "1": "1 second"}
    expected = [says.format(seconds[elapsed])] if elapsed in seconds else []
    assert list(comment.hits.values_list("says", flat=True)) == expected


@override_settings(COMMENT_SPEED=1)
def test_browser_without_script_says_nothing_of_the_time(client):
    assert post(client).state == "public"


def test_site_without_limits_does_not_look_at_the_time(client):
    assert post(client, elapsed="0").state == "public"


def test_form_for_everybody_holds_no_time(client):
    article = make.article()
    field = page(client.get(article.get_absolute_url())).one("input", name="elapsed")
    assert (field["type"], field.get("value")) == ("hidden", None)
