"""Which reports the program puts into one story, and which it leaves outside or takes out again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import related
from articles.models import Article, Story
from articles.related import index, stories
from tests import make
from tests.make import DAY, NOON
from tests.related.reports import MANY, concert, flood, like, program_story, relate, report

pytestmark = pytest.mark.django_db
LIKE, SOMEWHAT, UNLIKE = 0.3, 0.2, 0.1  # more than joins, less than joins and more than leaves, less than leaves


def join(article, *candidates, among=MANY):
    """Let the program look for the story of ``article``; return the id of the one it then stands in."""
    article.refresh_from_db()
    found = stories.join(article, list(candidates), among=among, at=NOON + 50 * DAY)
    article.refresh_from_db()
    assert found == article.story_id
    return found


# how it begins


def test_two_outlets_with_one_event_make_a_story():
    one, other = report(), report()
    story = Story.objects.get(pk=join(one, like(other, 0.241)))
    assert (set(story.articles.all()), story.is_named, story.title, story.slug) == ({one, other}, False, "", "reports")


def test_two_reports_that_are_less_alike_make_none():
    assert join(report(), like(report(), 0.239)) is None


def test_young_site_asks_for_more_likeness():
    one, other = report(), report()
    assert [join(one, like(other, LIKE), among=among) for among in (2, 10, 20)] == [None, None, None]
    assert join(one, like(other, LIKE), among=100) is not None


@pytest.mark.parametrize(("among", "least"), [(1, 0.5733), (10, 0.3733), (100, 0.259), (1000, 0.242)])
def test_as_much_likeness_is_asked_for_as_there_is_reason_to_doubt_it(among, least):
    one, other = report(), report()
    assert join(one, like(other, least - 0.0005), among=among) is None
    assert join(one, like(other, least + 0.0005), among=among) is not None


def test_young_site_lets_nobody_join_on_little_likeness():
    story, told = program_story()
    late = report()
    assert join(late, *[like(each, LIKE) for each in told], among=10) is None
    assert join(late, *[like(each, LIKE) for each in told], among=100) == story.pk


def test_language_new_to_the_site_is_as_young_as_a_new_site():
    relate(*[concert(f"Cellist {number} plays") for number in range(30)])
    german = flood("Deich der Sarn bricht", language="de")
    assert index.keep(german).compared_among == 1


def test_what_one_outlet_says_twice_is_no_story():
    one, other = report(outlet="The Lantern"), report(outlet="The Lantern")
    assert join(one, like(other, 0.9)) is None


def test_what_the_program_has_not_looked_at_yet_starts_none():
    assert join(report(), like(report(), 0.9, is_related=False)) is None


@pytest.mark.parametrize(("apart", "is_one"), [(7, True), (-7, True), (7.001, False), (-7.001, False)])
def test_reports_a_week_apart_make_a_story_and_no_others(apart, is_one):
    assert (join(report(at=NOON + apart * DAY), like(report(), 0.9)) is not None) is is_one


def test_of_two_strangers_equally_alike_the_later_one_begins_the_story():
    article, first, second = report(), report(), report()
    told = Story.objects.get(pk=join(article, like(second, LIKE), like(first, LIKE))).articles
    assert set(told.all()) == {article, second}


@pytest.mark.parametrize("at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_reports_of_the_first_and_the_last_day_there_is_make_a_story(at):
    assert join(report(at=at), like(report(at=at + make.HOUR), LIKE)) is not None


def test_report_that_was_deleted_meanwhile_starts_no_story():
    article, other = report(), report()
    gone = like(other, 0.9)
    Article.objects.filter(pk=other.pk).delete()
    assert (join(article, gone), Story.objects.count()) == (None, 0)


def test_article_that_was_put_into_a_story_meanwhile_starts_no_other():
    article, near = report(), like(report(), 0.9)
    story, _ = program_story()
    Article.objects.filter(pk=article.pk).update(story=story)
    assert stories.join(article, [near], among=MANY, at=NOON) == story.pk
    assert (Story.objects.count(), story.articles.count()) == (1, 3)


def test_article_that_an_editor_took_out_meanwhile_starts_no_story():
    article, near = report(), like(report(), 0.9)
    Article.objects.filter(pk=article.pk).update(story_is_set=True)
    assert (stories.join(article, [near], among=MANY, at=NOON), Story.objects.count()) == (None, 0)


def test_report_that_was_put_into_a_story_meanwhile_takes_the_other_along():
    article, other = report(), report()
    alone = like(other, 0.9)
    story, _ = program_story()
    Article.objects.filter(pk=other.pk).update(story=story)
    assert (join(article, alone), alone.story_id) == (story.pk, story.pk)


# how it grows


def test_article_joins_the_story_whose_members_it_is_like():
    story, told = program_story()
    assert join(report(), *[like(each, LIKE) for each in told]) == story.pk


def test_chain_of_pairs_ties_no_two_events_together():
    """C is like B alone, and B like A alone: what holds A and B together does not take C in."""
    story, (a, b) = program_story()
    c = report()
    assert join(c, like(b, 0.4)) is None
    assert join(c, like(b, 0.4), like(a, 0.1)) == story.pk


def test_article_is_weighed_against_five_members():
    _, told = program_story(6)
    late = report()
    assert join(late, *[like(each, 0.25) for each in told[:4]]) is None
    assert join(late, *[like(each, 0.25) for each in told[:5]]) is not None


def test_members_weighed_against_are_the_nearest_wherever_they_stand():
    story, told = program_story(6)
    found = [like(told[0], 0.1), *[like(each, 0.25) for each in told[1:]]]
    assert join(report(), *found) == story.pk


def test_member_that_the_program_has_not_looked_at_yet_makes_no_other_less_like_the_story():
    story, told = program_story()
    for _ in range(4):
        report(story, is_related=False)
    assert join(report(), *[like(each, LIKE) for each in told]) == story.pk


@pytest.mark.parametrize(("likeness", "stays"), [(0.41, True), (0.39, False)])
def test_article_goes_over_to_another_story_only_where_it_is_much_more_like_it(likeness, stays):
    own, other = (program_story(3) for _ in range(2))
    article, near = own[1][0], [like(each, likeness) for each in own[1][1:]] + [like(each, 0.5) for each in other[1]]
    assert join(article, *near) == (own if stays else other)[0].pk


def test_stranger_outside_who_is_much_more_alike_comes_before_a_story():
    story, told = program_story()
    late, stranger = report(), report()
    found = join(late, *[like(each, LIKE) for each in told], like(stranger, LIKE / 0.79))
    stranger.refresh_from_db()
    assert (found not in (None, story.pk), stranger.story_id) == (True, found)


def test_stranger_who_is_little_more_alike_does_not():
    story, told = program_story()
    assert join(report(), *[like(each, LIKE) for each in told], like(report(), LIKE / 0.81)) == story.pk


def test_story_takes_in_no_more_than_its_most():
    story = make.story(is_named=False)
    told = [report(story, outlet="A") for _ in range(120)]
    late = report()
    assert join(late, *[like(each, 0.9) for each in told[:5]]) is None
    Article.objects.filter(pk=told[-1].pk).update(story=None)
    assert join(late, *[like(each, 0.9) for each in told[:5]]) == story.pk


def test_story_goes_on_for_two_weeks():
    story, _ = program_story()
    latest = report(story, at=NOON + 8 * DAY)
    late, too_late = report(at=NOON + 14 * DAY), report(at=NOON + 14 * DAY + make.MICROSECOND)
    assert join(too_late, like(latest, 0.9)) is None
    assert join(late, *[like(each, 0.9) for each in story.articles.all()]) == story.pk


def test_story_reaches_back_two_weeks():
    story, _ = program_story(at=NOON + 14 * DAY)
    first = report(story, at=NOON + 6 * DAY)
    early, too_early = report(at=NOON), report(at=NOON - make.MICROSECOND)
    assert [join(too_early, like(first, 0.9)), join(early, like(first, 0.9))] == [None, story.pk]


def test_story_that_an_editor_named_goes_on_for_longer():
    story = make.story("The Lower Sarn flood")
    told = [report(story, at=NOON), report(story, at=NOON + 30 * DAY)]
    assert join(report(at=NOON + 31 * DAY), like(told[0], 0.9), like(told[1], 0.9)) is not None


def test_daily_report_does_not_chain_into_one_story():
    report()
    for day in range(1, 40):
        article = report(at=NOON + day * DAY)
        near = Article.objects.filter(published_at__lt=article.published_at).order_by("-published_at")[:6]
        join(article, *[like(each, 0.5) for each in near])
    spans = [
        max(times) - min(times)
        for times in (list(story.articles.values_list("published_at", flat=True)) for story in Story.objects.all())
    ]
    assert (len(spans) > 2, max(spans) <= stories.SPAN) == (True, True)


# an editor's word


def test_locked_story_takes_in_no_more():
    _, told = program_story(is_locked=True)
    assert join(report(), *[like(each, 0.9) for each in told]) is None


@pytest.mark.parametrize("kept", ["is_named", "is_locked"])
def test_no_article_goes_over_from_a_story_that_an_editor_keeps(kept):
    story = make.story(**({"is_named": False} | {kept: True}))
    article = report(story)
    report(story)
    _, told = program_story()
    assert join(article, *[like(each, 0.9) for each in told]) == story.pk


@pytest.mark.parametrize("likeness", [0.0, 0.9])
def test_article_stays_where_an_editor_put_it(likeness):
    _, told = program_story()
    mine = make.story()
    article = report(mine, story_is_set=True)
    assert join(article, *[like(each, likeness) for each in told]) == mine.pk


def test_article_that_an_editor_took_out_stays_out():
    _, told = program_story()
    assert join(report(story_is_set=True), *[like(each, 0.9) for each in told], like(report(), 0.9)) is None


def test_article_that_an_editor_took_out_starts_no_story_with_others():
    taken_out = report(story_is_set=True)
    assert (join(report(), like(taken_out, 0.9)), Story.objects.count()) == (None, 0)


# how an article leaves


@pytest.mark.parametrize(("likeness", "stays"), [(0.143, False), (0.145, True)])
def test_article_leaves_that_is_far_less_like_its_story_than_one_that_joins(likeness, stays):
    story, told = program_story(3)
    assert (join(told[0], *[like(each, likeness) for each in told[1:]]) == story.pk) is stays


def paid_for(article):
    Article.objects.filter(pk=article.pk).update(kind="sponsored", sponsor="A spa")
    return article


def test_article_that_turns_out_to_be_paid_for_leaves_its_story():
    story, told = program_story(3)
    assert join(paid_for(told[0]), *[like(each, 0.9) for each in told[1:]]) is None
    assert set(story.articles.all()) == set(told[1:])


@pytest.mark.parametrize("kept", ["is_named", "is_locked"])
def test_editor_may_keep_what_was_paid_for_in_a_story(kept):
    story = make.story(**({"is_named": False} | {kept: True}))
    told = [report(story) for _ in range(3)]
    assert join(paid_for(told[0])) == story.pk


def test_article_that_is_like_its_story_no_more_leaves_it():
    story, told = program_story(3)
    assert join(told[0], *[like(each, UNLIKE) for each in told[1:]]) is None
    assert set(story.articles.all()) == set(told[1:])


def test_article_that_is_somewhat_like_its_story_stays():
    story, told = program_story(3)
    assert join(told[0], *[like(each, SOMEWHAT) for each in told[1:]]) == story.pk


def test_article_that_left_does_not_come_back_by_itself():
    _, told = program_story(3)
    found = [join(told[0], *[like(each, UNLIKE) for each in told[1:]]) for _ in range(3)]
    assert found == [None] * 3


def test_article_that_finds_none_of_its_story_leaves_it():
    _, told = program_story(3)
    assert join(told[0]) is None


def test_article_that_left_may_start_another_story():
    story, told = program_story(3)
    other = report()
    found = join(told[0], *[like(each, UNLIKE) for each in told[1:]], like(other, LIKE))
    assert (found not in (None, story.pk), set(Story.objects.get(pk=found).articles.all())) == (True, {told[0], other})


@pytest.mark.parametrize("kept", ["is_named", "is_locked"])
def test_no_article_leaves_a_story_that_an_editor_keeps(kept):
    story = make.story(**({"is_named": False} | {kept: True}))
    told = [report(story) for _ in range(3)]
    assert join(told[0], *[like(each, UNLIKE) for each in told[1:]]) == story.pk


def test_article_stays_that_is_like_a_member_of_its_story_however_long_before_it_came_out():
    story, (article,) = program_story(1)
    latest = report(story, at=NOON + 8 * DAY)
    assert join(article, like(latest, 0.9)) == story.pk


def test_last_article_of_a_story_stays_in_it():
    story, told = program_story(1)
    assert join(told[0]) == story.pk


def test_story_that_was_left_by_all_is_gone():
    story, (article, hidden) = program_story()
    _, told = program_story()
    Article.objects.filter(pk=hidden.pk).update(story=None)
    join(article, *[like(each, LIKE) for each in told])
    assert not Story.objects.filter(pk=story.pk).exists()


def test_story_that_chained_before_comes_apart():
    story = make.story(is_named=False)
    told = [report(story, at=NOON + day * DAY) for day in range(0, 40, 4)]
    for _ in range(2):
        for article in told:
            near = [like(each, 0.5) for each in told if each != article]
            join(article, *near)
    spans = [
        max(times) - min(times)
        for times in (list(each.articles.values_list("published_at", flat=True)) for each in Story.objects.all())
    ]
    assert max(spans, default=timedelta()) <= stories.SPAN


def test_article_rewritten_to_another_subject_leaves_when_related_anew():
    relate(*[concert(f"Cellist {number} plays Bach") for number in range(20)])
    told = [flood(f"Sarn dyke breaks, part {number}") for number in range(3)]
    relate(*told)
    assert Article.objects.filter(pk__in=[each.pk for each in told], story=None).count() == 0
    told[2].refresh_from_db()
    told[2].headline, told[2].standfirst = "Council chooses a new mayor", "The vote took an hour."
    told[2].body = "<p>Nine of twelve voted for the baker.</p>"
    told[2].save()
    relate(told[2])
    related.relate_everything(at=timezone.now())
    for each in told:
        each.refresh_from_db()
    assert (told[2].story_id, told[0].story_id == told[1].story_id is not None) == (None, True)
