"""The front page: what leads, what follows, and nothing twice."""

import pytest

from articles import front
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


def report(headline, *, hours=1, **fields):
    return make.article(headline, at=NOON - hours * HOUR, **fields)


def names(articles):
    return [article.headline for article in articles]


def picture():
    return make.image(width=12, height=8)


def test_empty_newsroom_has_an_empty_front():
    assert front.arrange(at=NOON) == front.Front()


def test_newest_report_leads_where_nothing_else_decides():
    report("Old", hours=3)
    report("New", hours=1)
    assert front.arrange(at=NOON).lead.headline == "New"


@pytest.mark.parametrize("kind", ["opinion", "sponsored"])
def test_opinion_and_what_somebody_paid_for_never_leads(kind):
    report("Report", hours=9)
    report("Other", kind=kind, sponsor="Acme" if kind == "sponsored" else "", lead_image=picture())
    arranged = front.arrange(at=NOON)
    assert (arranged.lead.headline, names(arranged.secondary)) == ("Report", [])


def test_report_with_a_picture_leads():
    report("With a picture", hours=9, lead_image=picture())
    report("Without", hours=1)
    assert front.arrange(at=NOON).lead.headline == "With a picture"


def test_report_whose_text_we_may_not_show_does_not_lead():
    report("Ours", hours=9, lead_image=picture())
    report("Theirs", hours=1, lead_image=picture(), outlet=make.outlet("Post", text_shown="summary"))
    assert front.arrange(at=NOON).lead.headline == "Ours"


def test_story_that_most_outlets_tell_leads():
    ottery = make.story("Ottery")
    for hours, outlet in [(5, "A"), (6, "B")]:
        report(f"Ottery by {outlet}", hours=hours, story=ottery, outlet=outlet)
    report("Newer", hours=1)
    arranged = front.arrange(at=NOON)
    assert (arranged.lead.headline, names(arranged.lead_story)) == ("Ottery by A", ["Ottery by B"])
    assert (arranged.lead_event, arranged.lead_event.outlet_count) == (ottery, 2)


def test_stale_report_leads_only_when_there_is_nothing_newer():
    ottery = make.story()
    for outlet in "AB":
        report(f"Ottery by {outlet}", hours=37, story=ottery, outlet=outlet, lead_image=picture())
    assert front.arrange(at=NOON).lead.headline == "Ottery by B"
    report("Fresh", hours=36)
    assert front.arrange(at=NOON).lead.headline == "Fresh"


def test_lead_is_told_by_each_other_outlet_once():
    ottery = make.story()
    for hours, outlet in [(1, "A"), (2, "A"), (3, "B"), (4, "B"), (5, "C"), (6, "D"), (7, "E")]:
        report(f"{outlet}{hours}", hours=hours, story=ottery, outlet=outlet)
    arranged = front.arrange(at=NOON)
    assert (arranged.lead.headline, names(arranged.lead_story)) == ("A1", ["B3", "C5", "D6"])


def test_second_rank_holds_other_stories_once_each():
    lead, dyke = make.story("Lead"), make.story("Dyke")
    for outlet in "AB":
        report(f"Lead by {outlet}", story=lead, outlet=outlet)
    for hours in range(2, 4):
        report(f"Dyke {hours}", hours=hours, story=dyke)
    for hours in range(4, 9):
        report(f"Single {hours}", hours=hours)
    assert names(front.arrange(at=NOON).secondary) == ["Dyke 2", "Single 4", "Single 5", "Single 6"]


def test_latest_are_the_newest_whatever_else_they_are():
    for hours in range(1, 12):
        report(f"{hours}", hours=hours)
    assert names(front.arrange(at=NOON).latest) == [str(hours) for hours in range(1, 10)]


def test_widely_covered_stories_show_the_newest_of_each_outlet():
    lead, wide, narrow = make.story("Lead"), make.story("Wide"), make.story("Narrow")
    for outlet in "ABCDE":
        report(f"Lead by {outlet}", story=lead, outlet=outlet)
    for hours, outlet in [(2, "A"), (3, "A"), (4, "B"), (5, "C")]:
        report(f"Wide {hours}", hours=hours, story=wide, outlet=outlet)
    for outlet in "AB":
        report(f"Narrow by {outlet}", story=narrow, outlet=outlet)
    arranged = front.arrange(at=NOON)
    assert arranged.lead_event == lead
    assert [(story.title, names(articles)) for story, articles in arranged.stories] == [
        ("Wide", ["Wide 2", "Wide 4", "Wide 5"])
    ]


def test_sections_stand_in_their_order_with_what_is_left():
    later, first = make.section("Music", position=2), make.section("Rivers", position=1)
    make.section("Empty", position=0)
    for hours in range(1, 8):
        report(f"River {hours}", hours=hours, section=first)
    report("Bach", hours=9, section=later)
    report("Opinion", hours=9, section=later, kind="opinion")
    arranged = front.arrange(at=NOON)
    assert [(section.name, names(articles)) for section, articles in arranged.sections] == [
        ("Rivers", ["River 6", "River 7"]),
        ("Music", ["Bach"]),
    ]
    assert names(arranged.opinion) == ["Opinion"]


def busy(days=3):
    """Make a newsroom in which everything could stand everywhere."""
    stories = [make.story() for _ in range(3)]
    for hours in range(1, days * 20):
        report(
            f"Report {hours}",
            hours=hours,
            story=stories[hours % 5] if hours % 5 < 3 else None,
            outlet=f"Paper {hours % 4}",
            section=make.section(f"Section {hours % 3}", position=hours % 3),
            kind="opinion" if hours % 7 == 0 else "news",
        )


def test_nothing_stands_in_two_places():
    busy()
    arranged = front.arrange(at=NOON)
    in_sections = [article for _, articles in arranged.sections for article in articles]
    placed = [arranged.lead, *arranged.lead_story, *arranged.secondary, *arranged.opinion, *in_sections]
    assert len(placed) == len(set(placed)) == 1 + 3 + 4 + 4 + 12


def test_same_instant_gives_the_same_front():
    busy()
    assert front.arrange(at=NOON) == front.arrange(at=NOON)


def test_front_at_another_instant_is_another_front():
    report("Now", hours=1)
    report("Tomorrow", hours=-24)
    report("Gone", hours=2, expires_at=NOON)
    assert names(front.arrange(at=NOON).latest) == ["Now"]
    assert names(front.arrange(at=NOON - HOUR).latest) == ["Now", "Gone"]
    assert names(front.arrange(at=NOON + DAY).latest) == ["Tomorrow", "Now"]


@pytest.mark.parametrize("days", [1, 3])
def test_front_costs_three_queries(django_assert_num_queries, days):
    busy(days)
    with django_assert_num_queries(3):
        arranged = front.arrange(at=NOON)
        assert [article.outlet.name and list(article.bylines.all()) for article in arranged.latest] == [[]] * 9
