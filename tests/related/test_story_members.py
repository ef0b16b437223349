"""Who counts as a member of a story: what readers may see at that moment, and nothing else."""

import pytest

from articles.models import Article, Outlet
from articles.related import stories
from tests import make
from tests.make import DAY, NOON
from tests.related.reports import MANY, like, program_story, report

pytestmark = pytest.mark.django_db
LIKE, LATER = 0.3, NOON + 30 * DAY
HIDES = [{"expires_at": LATER}, {"embargo_until": LATER + DAY}, {"published_at": LATER + DAY}, {"outlet": "OFF"}]


def hide(articles, how):
    """Take ``articles`` from readers' eyes without anybody looking at their story."""
    if "outlet" in how:
        Outlet.objects.filter(articles__in=articles).update(is_active=False)
    else:
        Article.objects.filter(pk__in=[each.pk for each in articles]).update(**how)


def join(article, *candidates):
    article.refresh_from_db()
    return stories.join(article, list(candidates), among=MANY, at=LATER)


@pytest.mark.parametrize("how", HIDES, ids=["expired", "embargoed again", "scheduled again", "outlet switched off"])
def test_member_that_readers_cannot_see_makes_no_other_less_like_the_story(how):
    story, told = program_story(6)
    late, near = report(), [like(each, LIKE) for each in told[:2]]
    assert join(late, *near) is None
    hide(told[2:], how)
    assert join(late, *near) == story.pk


def test_story_of_which_readers_see_nothing_any_more_is_not_joined():
    _, told = program_story()
    near = [like(each, 0.9) for each in told]
    hide(told, HIDES[0])
    assert join(report(), *near) is None


def test_story_is_as_large_as_what_readers_see_of_it():
    story, told = program_story(stories.LARGEST)
    late, near = report(), [like(each, 0.9) for each in told[:5]]
    assert join(late, *near) is None
    hide(told[-1:], HIDES[0])
    assert join(late, *near) == story.pk


def test_story_begins_with_the_first_report_that_readers_see():
    story, first = program_story()
    latest = [report(story, at=NOON + 10 * DAY) for _ in range(2)]
    late, near = report(at=NOON + 15 * DAY), [like(each, 0.9) for each in latest]
    assert join(late, *near) is None
    hide(first, HIDES[0])
    assert join(late, *near) == story.pk


@pytest.mark.parametrize("likeness", [0.0, 0.9])
def test_article_stays_in_a_story_of_which_readers_see_nothing_else(likeness):
    story, told = program_story(3)
    near = [like(each, likeness) for each in told[1:]]
    hide(told[1:], HIDES[0])
    assert join(told[0], *near) == story.pk


def test_article_goes_over_to_another_story_where_the_rest_of_its_own_has_expired():
    _, told = program_story(3)
    hide(told[1:], HIDES[0])
    other, known = program_story()
    assert join(told[0], *[like(each, LIKE) for each in known]) == other.pk


@pytest.mark.parametrize("kept", ["is_named", "is_locked"])
def test_article_stays_in_a_story_that_an_editor_keeps_where_the_rest_has_expired(kept):
    story = make.story(**({"is_named": False} | {kept: True}))
    article, rest = report(story), report(story)
    hide([rest], HIDES[0])
    _, known = program_story()
    assert join(article, *[like(each, 0.9) for each in known]) == story.pk
