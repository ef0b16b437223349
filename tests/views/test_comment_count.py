"""The few bytes that tell an open page whether there is anything new."""

import pytest
from django.test import override_settings
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article()


def asked(client, article):
    return client.get(f"/articles/{article.pk}/comments/count.json")


def test_count_is_that_of_public_comments_and_names_the_newest(client, article):
    assert asked(client, article).json() == {"count": 0, "newest": 0}
    make.comment(article)
    newest = make.comment(article)
    for state in ("held", "rejected", "spam", "deleted"):
        make.comment(article, state=state)
    assert asked(client, article).json() == {"count": 2, "newest": newest.pk}
    newest.reject(by=None, at=timezone.now(), reason="Rude.")
    assert asked(client, article).json()["count"] == 1


def test_count_is_the_same_for_everybody_and_may_be_kept(client, article):
    answer = asked(client, article)
    assert (answer["Cache-Control"], answer["Surrogate-Key"]) == (
        "public, max-age=0, s-maxage=60, must-revalidate",
        f"site article-{article.pk}",
    )
    assert not answer.cookies
    assert answer.get("Vary", "") in ("", "Accept-Encoding")


@override_settings(PAGE_CACHE_MEGABYTES=4)
def test_page_that_asks_again_is_told_that_nothing_changed_until_something_did(
    client, article, django_capture_on_commit_callbacks
):
    first = asked(client, article)
    address = f"/articles/{article.pk}/comments/count.json"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with django_capture_on_commit_callbacks(execute=True):
        make.comment(article)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["count"]) == (200, 1)


def test_count_of_what_nobody_sees_is_not_told(client):
    off = make.article(comments_policy="off")
    for hidden in (make.draft(), make.scheduled(), make.embargoed(), make.withdrawn(), off):
        assert asked(client, hidden).status_code == 404


def test_count_is_asked_for_and_never_posted(client, article):
    assert client.post(f"/articles/{article.pk}/comments/count.json").status_code == 405
