"""What shared caches may keep, and until when at the latest."""

from datetime import timedelta

import pytest
from django.http import HttpResponse

from articles import caching
from articles.models import Article
from tests import make
from tests.make import DAY, HOUR, MICROSECOND, NOON

SECOND = timedelta(seconds=1)


def directives(response):
    return sorted(response["Cache-Control"].split(", "))


def seconds(at=NOON):
    """Return for how many seconds a shared cache may keep a page made at the instant."""
    found = [part for part in directives(caching.share(HttpResponse(), at=at)) if part.startswith("s-maxage=")]
    return int(found[0].removeprefix("s-maxage="))


@pytest.mark.django_db
def test_public_page_is_kept_for_a_minute_at_most():
    make.article(at=NOON - HOUR)
    response = caching.share(HttpResponse(), at=NOON, keys=["article-1", "lists"])
    assert directives(response) == ["max-age=0", "must-revalidate", "public", "s-maxage=60"]
    assert response["Surrogate-Key"] == "site article-1 lists"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("after", "kept"),
    [
        (MICROSECOND, 0),
        (SECOND - MICROSECOND, 0),
        (SECOND, 1),
        (30.5 * SECOND, 30),
        (60 * SECOND - MICROSECOND, 59),
        (60 * SECOND, 60),
        (60 * SECOND + MICROSECOND, 60),
    ],
)
@pytest.mark.parametrize("change", ["scheduled", "embargoed", "expires"])
def test_page_is_kept_no_longer_than_until_the_next_change(change, after, kept):
    if change == "scheduled":
        make.article(at=NOON + after)
    elif change == "embargoed":
        make.article(at=NOON - DAY, embargo_until=NOON + after)
    else:
        make.article(at=NOON - DAY, expires_at=NOON + after)
    assert seconds() == kept


@pytest.mark.django_db
def test_nearest_of_several_changes_counts():
    for after in (50, 20, 40):
        make.article(at=NOON + after * SECOND)
    assert seconds() == 20


@pytest.mark.django_db
def test_drafts_change_no_page():
    Article.objects.filter(pk=make.draft().pk).update(published_at=NOON + SECOND)
    make.draft(expires_at=NOON + SECOND)
    assert seconds() == 60


@pytest.mark.django_db
def test_page_is_never_kept_over_a_change():
    """At every second round a publication the page that a cache may still hold is the one that is right."""
    article = make.article(at=NOON + 90 * SECOND)
    for second in range(120):
        at = NOON + second * SECOND
        until = at + seconds(at) * SECOND - MICROSECOND
        assert (article in Article.objects.live(at=at)) == (article in Article.objects.live(at=max(at, until)))


@pytest.mark.django_db
def test_lifetime_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        caching.share(HttpResponse(), at=NOON)


def test_readers_own_page_is_kept_by_nobody():
    response = caching.keep_private(HttpResponse())
    assert directives(response) == ["no-store", "private"]
    assert "Surrogate-Key" not in response


def test_keys_name_what_they_purge():
    assert (caching.article_key(7), caching.outlet_key(make.Outlet(pk=8)), caching.LISTS_KEY) == (
        "article-7",
        "outlet-8",
        "lists",
    )
