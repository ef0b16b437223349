"""manage.py relate and recount: what they do, what they say, and how they refuse."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, RelatedLink, TermVector
from tests import make

pytestmark = pytest.mark.django_db
# What is said on the way by so many articles: three rounds of one step each.
STEPS = {
    number: [f"{100 * part // 3} % ({part * number} of {3 * number} steps)" for part in (1, 2, 3)] for number in (2, 3)
}


def run(*command, **options):
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def three_days():
    """Return articles that are one hour, one day and two days old."""
    now = timezone.now()
    ages = (timedelta(hours=1), timedelta(days=1, hours=1), timedelta(days=2, hours=1))
    return [make.article("Sarn dyke breaks", at=now - age, outlet=f"Paper {age}") for age in ages]


def indexed():
    return set(TermVector.objects.filter(is_related=True).values_list("article", flat=True))


def test_all_published_articles_are_related(three_days):
    make.draft()
    assert run("relate", "--all").splitlines() == [*STEPS[3], "3 articles related."]
    assert indexed() == {article.pk for article in three_days}
    assert RelatedLink.objects.count() == 6


@pytest.mark.parametrize("form", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S+00:00", "%Y-%m-%d %H:%M:%S"])
def test_articles_since_an_instant_are_related(three_days, form):
    since = timezone.now() - timedelta(days=1, hours=2)
    assert run("relate", f"--since={since.strftime(form)}").splitlines() == [*STEPS[2], "2 articles related."]
    assert indexed() == {article.pk for article in three_days[:2]}


def test_day_begins_at_midnight_of_the_sites_own_time(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    midnight = datetime(2026, 5, 3, 15, tzinfo=UTC)
    inside, outside = (make.article("Sarn dyke", at=midnight + delta) for delta in (timedelta(0), -make.MICROSECOND))
    assert run("relate", "--since", "2026-05-04").splitlines()[-1] == "1 articles related."
    assert (indexed(), outside.pk in indexed()) == ({inside.pk}, False)


@pytest.mark.parametrize("since", ["2026-05-32", "yesterday", "2026-13-01", "2026-05-01T25:00", "", "1777777777"])
def test_time_that_is_none_is_refused_with_an_example(since):
    with pytest.raises(CommandError) as refused:
        run("relate", f"--since={since}")
    assert str(refused.value) == f"--since: {since!r} is no date or time; write it as 2026-05-01 or 2026-05-01T12:00."


@pytest.mark.parametrize("command", [("relate",), ("relate", "--all", "--since=2026-05-01")])
def test_relate_wants_to_know_which_articles(command):
    with pytest.raises(CommandError, match=r"one of the arguments --all --since is required|not allowed with argument"):
        run(*command)


def test_wrong_numbers_of_comments_are_put_right_and_counted():
    article, other = make.article(), make.article()
    make.comment(article)
    Article.objects.update(comment_count=5)
    assert run("recount") == "2 articles had a wrong number of comments.\n"
    assert dict(Article.objects.values_list("pk", "comment_count")) == {article.pk: 1, other.pk: 0}
    assert run("recount") == "0 articles had a wrong number of comments.\n"
