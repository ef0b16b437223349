"""Readers see how widely a story is told, by whom first, and who put the reports together."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.related.coverage import also_covered_by, coverage, reports_beside
from tests import make
from tests.documents import page
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


def report(outlet, *, at=NOON, **fields):
    return make.article(at=at, outlet=outlet, **fields)


def covered(story, *, at=NOON + DAY):
    found = coverage(list(Article.objects.live(at=at).filter(story=story).first_report_first().for_cards()), at=at)
    return found.carriers, found.outlets, found.others


# coverage


def test_outlets_that_published_meanwhile_are_the_set():
    story = make.story()
    report("A", story=story, at=NOON - DAY)
    report("B", story=story)
    report("B", story=story)
    report("C", at=NOON - DAY - HOUR)
    report("D", at=NOON - 3 * DAY)
    assert covered(story) == (2, 3, 0)


def test_outlet_that_was_paid_carries_no_story():
    story = make.story()
    report("A", story=story)
    report("B", story=story, kind="sponsored", sponsor="A spa")
    assert covered(story) == (1, 1, 0)
    Article.objects.filter(kind="news").delete()
    assert covered(story)[0] == 1


def test_first_and_last_day_count_whole():
    story = make.story()
    report("A", story=story)
    midnight = NOON.replace(hour=0)
    report("B", at=midnight)
    report("C", at=midnight + DAY - make.MICROSECOND)
    report("D", at=midnight - make.MICROSECOND)
    report("E", at=midnight + DAY)
    assert covered(story, at=NOON + 9 * DAY) == (1, 3, 0)


def test_days_are_those_of_the_sites_own_clock():
    story = make.story()
    report("A", story=story, at=NOON + 4 * HOUR)
    report("B", at=NOON + 13 * HOUR)
    with timezone.override("Asia/Tokyo"):  # where it was the 5th of May already
        assert covered(story) == (1, 2, 0)


def test_outlets_in_other_languages_are_counted_apart():
    story = make.story()
    for name in ("A", "B"):
        report(name, story=story)
    report(make.outlet("Die Laterne", language="de"), story=story)
    report(make.outlet("Der Pegel", language="de"))
    assert covered(story) == (2, 2, 1)


def test_main_language_is_the_one_of_most_outlets_that_tell_the_story():
    story = make.story()
    for name in ("Die Laterne", "Der Pegel"):
        report(make.outlet(name, language="de"), story=story)
    report("A", story=story)
    assert covered(story) == (2, 2, 1)


def test_of_languages_spoken_by_as_many_one_is_the_main_one_always():
    story = make.story()
    report(make.outlet("Die Laterne", language="de"), story=story)
    report("A", story=story)
    report("B")
    assert covered(story) == (1, 2, 1)


HIDDEN = {
    "an outlet taken off": lambda: report(make.outlet("Shut", is_active=False)),
    "a scheduled article": lambda: report("Z", at=NOON + timedelta(hours=11)),
    "an embargoed article": lambda: report("Z", embargo_until=NOON + 9 * DAY),
    "an expired article": lambda: report("Z", expires_at=NOON + timedelta(minutes=1)),
    "a withdrawn article": lambda: make.withdrawn(at=NOON, outlet="Z"),
    "a draft": lambda: make.draft(outlet="Z"),
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_what_readers_do_not_see_is_not_counted(hidden):
    story = make.story()
    report("A", story=story)
    report("B")
    hidden()
    assert covered(story, at=NOON + HOUR) == (1, 2, 0)


def words(response):
    return [node.text for node in page(response).all("p", class_="story-count")]


def test_story_says_how_many_outlets_carry_it_and_of_which(client):
    story = make.story()
    for name in ("A", "B"):
        report(name, story=story)
    report("C", at=NOON + HOUR)
    assert words(client.get(story.get_absolute_url()))[1:] == [
        "2 of 3 outlets in English carry this, counting those here that published anything on 4 May 2026."
    ]


def test_story_names_both_days_and_other_languages(client):
    story = make.story()
    report("A", story=story, at=NOON - 9 * DAY)
    report("B", story=story)
    report(make.outlet("Die Laterne", language="de"), story=story)
    assert words(client.get(story.get_absolute_url()))[1:] == [
        "2 of 2 outlets in English carry this, counting those here that published anything from 25 April to "
        "4 May 2026. 1 more carries it in another language."
    ]


def test_story_of_one_outlet_is_worded_as_one(client):
    story = make.story()
    report("A", story=story)
    assert words(client.get(story.get_absolute_url()))[1:] == [
        "1 of 1 outlet in English carries this, counting those here that published anything on 4 May 2026."
    ]


@pytest.mark.parametrize("is_named", [True, False])
def test_story_says_when_a_program_put_it_together(client, is_named):
    story = make.story(is_named=is_named)
    report("A", story=story)
    told = [line for line in words(client.get(story.get_absolute_url())) if "Grouped by a program" in line]
    assert len(told) == (0 if is_named else 1)


# on the article


def also(client, article):
    """Return what stands behind "Also covered by"; no line, nothing."""
    lines = page(client.get(article.get_absolute_url())).all("div", class_="also-covered")
    assert {line.one("dt").text for line in lines} <= {"Also covered by"}
    return [line.one("dd").text for line in lines]


def test_article_names_the_others_that_cover_its_story(client):
    story = make.story()
    article = report("A", story=story)
    report("C", story=story, at=NOON + HOUR)
    report("B", story=story, at=NOON - HOUR)
    report("B", story=story, at=NOON + 2 * HOUR)
    report("A", story=story)
    assert also(client, article) == ["B, C"]


def test_article_leads_to_the_first_report_of_each(client):
    story = make.story()
    article, first = report("A", story=story), report("B", story=story)
    report("B", story=story, at=NOON + HOUR)
    document = page(client.get(article.get_absolute_url())).one("div", class_="also-covered")
    assert [link["href"] for link in document.all("a")] == [first.get_absolute_url()]


def test_article_names_five_and_leads_to_the_rest(client):
    story = make.story()
    article = report("A", story=story)
    for name in "BCDEFGH":
        report(name, story=story)
    assert also(client, article) == ["B, C, D, E, F and others"]


def test_article_says_that_a_program_grouped_it(client):
    story = make.story(is_named=False)
    article = report("A", story=story)
    report("B", story=story)
    assert also(client, article) == ["B (grouped by a program)"]


def test_article_alone_in_its_story_says_nothing(client):
    story = make.story()
    article = report("A", story=story)
    report("A", story=story)
    assert also(client, article) == []
    assert also(client, report("A")) == []


@pytest.mark.parametrize("hidden", ["draft", "scheduled", "embargoed", "expired", "withdrawn"])
def test_article_never_names_what_readers_do_not_see(hidden):
    story = make.story()
    article = report("A", story=story)
    report("B", story=story)
    getattr(make, hidden)(story=story, outlet="Secret")
    assert [other.outlet.name for other in also_covered_by(article, reports_beside(article, at=NOON + DAY))] == ["B"]
