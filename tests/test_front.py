"""The front page: what leads, what follows, and nothing twice."""

import pytest

from articles import front, related
from articles.models import Article
from tests import make
from tests.make import DAY, HOUR, MICROSECOND, NOON

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
        report(f"Single {hours}", hours=hours, outlet=f"Paper {hours}")
    assert names(front.arrange(at=NOON).secondary) == ["Dyke 2", "Single 4", "Single 5", "Single 6"]


def test_latest_are_the_newest_whatever_else_they_are():
    for hours in range(1, 12):
        report(f"{hours}", hours=hours)
    assert names(front.arrange(at=NOON).latest) == [str(hours) for hours in range(1, 7)]


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
    stands_nowhere_twice(front.arrange(at=NOON))


def stands_nowhere_twice(arranged):
    in_sections = [article for _, articles in arranged.sections for article in articles]
    placed = [arranged.lead, *arranged.lead_story, *arranged.secondary, *arranged.opinion, *in_sections]
    assert len(placed) == len(set(placed)) == 1 + 3 + 4 + 4 + 12


def test_text_that_several_outlets_ran_stands_once():
    text = "".join(
        f"<p>The ferry with {number} aboard lay on the ledge until the tide came back.</p>" for number in range(20)
    )
    ran = [
        report(f"Ferry aground, says {name}", hours=place, outlet=name, body=text, section=make.section("Regions"))
        for place, name in enumerate(("Wire", "Post", "Courier"), 1)
    ]
    for article in reversed(ran):
        related.relate(article, at=NOON)
    arranged = front.arrange(at=NOON)
    assert [arranged.lead, *arranged.secondary, *(one for _, articles in arranged.sections for one in articles)] == ran[
        :1
    ]


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
def test_front_costs_four_queries_with_and_without_pins(django_assert_num_queries, days):
    busy(days)
    for place, article in enumerate(Article.objects.order_by("pk")[: days - 1], start=1):
        make.front_pin(article, place=place)
    with django_assert_num_queries(4):
        arranged = front.arrange(at=NOON)
        assert [article.outlet.name and list(article.bylines.all()) for article in arranged.latest] == [[]] * 6


# what editors pinned


def top(arranged):
    return names([arranged.lead, *arranged.secondary])


def test_pinned_articles_take_their_places_and_rules_fill_the_rest():
    for hours in range(1, 6):
        report(f"{hours}", hours=hours, outlet=f"Paper {hours}")
    make.front_pin(report("Third", hours=400, outlet="Old"), place=3)
    assert top(front.arrange(at=NOON)) == ["1", "2", "Third", "3", "4"]
    make.front_pin(report("First", hours=300, outlet="Older"), place=1)
    assert top(front.arrange(at=NOON)) == ["First", "1", "Third", "2", "3"]


def test_pinned_lead_is_told_by_other_outlets():
    ottery = make.story("Ottery")
    pinned = report("Ottery by A", hours=200, story=ottery, outlet="A")
    report("Ottery by B", hours=1, story=ottery, outlet="B")
    report("Newest", hours=0, outlet="C")
    make.front_pin(pinned, place=1)
    arranged = front.arrange(at=NOON)
    assert (arranged.lead, names(arranged.lead_story), arranged.lead_event) == (pinned, ["Ottery by B"], ottery)


def test_pinned_article_stands_nowhere_else():
    busy()
    for place, article in enumerate(Article.objects.filter(kind="news").order_by("published_at")[40:45], start=1):
        make.front_pin(article, place=place)
    stands_nowhere_twice(front.arrange(at=NOON))


@pytest.mark.parametrize("why", ["draft", "embargo", "withdrawn", "outlet off", "scheduled"])
def test_pin_on_what_readers_may_not_see_shows_nothing_and_its_place_is_filled(why):
    report("Rule", hours=2, outlet="B")
    pinned = report("Pinned", hours=1, outlet="A")
    make.front_pin(pinned, place=1)
    assert top(front.arrange(at=NOON)) == ["Pinned", "Rule"]
    changes = {
        "draft": {"state": "draft", "published_at": None},
        "embargo": {"embargo_until": NOON + MICROSECOND},
        "withdrawn": {
            "state": "withdrawn",
            "withdrawn_at": NOON,
            "withdrawal_outcome": "gone",
            "withdrawal_reason": "Wrong.",
        },
        "scheduled": {"published_at": NOON + MICROSECOND},
    }
    if why == "outlet off":
        type(pinned.outlet).objects.filter(pk=pinned.outlet_id).update(is_active=False)
    else:
        Article.objects.filter(pk=pinned.pk).update(**changes[why])
    assert top(front.arrange(at=NOON)) == ["Rule"]


def test_pin_ends_at_its_instant():
    report("Rule", hours=2, outlet="B")
    make.front_pin(report("Pinned", hours=400, outlet="A"), place=1, ends_at=NOON)
    before, after = front.arrange(at=NOON - MICROSECOND), front.arrange(at=NOON)
    assert (top(before), before.until) == (["Pinned", "Rule"], NOON)
    assert (top(after), after.until) == (["Rule", "Pinned"], None)


def test_what_somebody_paid_for_stands_on_top_by_no_pin():
    report("Rule", hours=2)
    pinned = report("Sold", hours=1)
    make.front_pin(pinned, place=1)
    Article.objects.filter(pk=pinned.pk).update(kind="sponsored", sponsor="Acme")
    assert top(front.arrange(at=NOON)) == ["Rule"]


# one outlet among many


def test_rules_put_two_articles_of_an_outlet_on_top_at_most():
    for hours in range(1, 9):
        report(f"A{hours}", hours=hours, outlet="A")
    for hours in range(10, 14):
        report(f"B{hours}", hours=hours, outlet="B")
    assert top(front.arrange(at=NOON)) == ["A1", "A2", "B10", "B11"]


def test_pins_count_for_their_outlet_and_are_not_bound_by_the_number():
    for hours in range(1, 4):
        make.front_pin(report(f"A{hours}", hours=hours, outlet="A"), place=hours + 1)
    report("A5", hours=5, outlet="A")
    report("B6", hours=6, outlet="B")
    report("A7", hours=7, outlet="A")
    assert top(front.arrange(at=NOON)) == ["B6", "A1", "A2", "A3"]


def test_opinions_and_each_section_hold_two_of_an_outlet_at_most():
    rivers = make.section("Rivers")
    for hours in range(1, 12):
        report(f"A{hours}", hours=hours, outlet="A", section=rivers)
        report(f"Opinion A{hours}", hours=hours, outlet="A", kind="opinion")
    for number in range(5):
        report(f"Other {number}", hours=20, outlet=f"Other {number}", section=rivers)
    arranged = front.arrange(at=NOON)
    assert [article.outlet.name for article in arranged.opinion] == ["A", "A"]
    assert sorted(article.outlet.name for article in arranged.sections[0][1]) == ["A", "A", "Other 0", "Other 1"]


def test_newsroom_with_one_outlet_fills_its_front():
    for hours in range(1, 12):
        report(f"{hours}", hours=hours)
    arranged = front.arrange(at=NOON)
    assert (top(arranged), len(arranged.sections[0][1])) == (["1", "2", "3", "4", "5"], 4)


# pictures


def test_no_picture_stands_twice_on_the_front_page():
    drawing, other = picture(), picture()
    report("Lead", hours=1, lead_image=drawing)
    for name in "AB":
        for hours, image in [(20, drawing), (21, other)]:
            report(f"{name}{hours}", hours=hours, lead_image=image, outlet=name, section=make.section(name))
    for number in range(4):
        report(f"Second {number}", hours=2, outlet=f"Paper {number}")
    arranged = front.arrange(at=NOON)
    pictured = [article for _, articles in arranged.sections for article in articles if article.pk in arranged.pictured]
    assert (arranged.lead.pk in arranged.pictured, names(pictured)) == (True, ["A21"])
    assert [names(articles) for _, articles in arranged.sections] == [["A21", "A20"], ["B20", "B21"]]
