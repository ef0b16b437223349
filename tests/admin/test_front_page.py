"""The front page at the desk: what stands on top and why, who may change it, and two editors at once."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles import front
from articles.models import Article, FrontPage, FrontPin
from tests import make
from tests.admin.desk import article_url, enter, messages, text, url
from tests.documents import page

pytestmark = pytest.mark.django_db
DESK = "articles_frontpage_changelist"


@pytest.fixture
def editor():
    return enter("Editor", username="jo")


@pytest.fixture
def three():
    return [make.article(name, outlet=name) for name in ("Flood", "Budget", "Strike")]


def put(browser, article, place, **fields):
    """Fill in and send the form on the page of the article, as it is now."""
    data = {"seen_version": article.version, "seen_front": FrontPage.objects.get().version, "place": place}
    return browser.post(article_url(article, "front"), data | fields, follow=True)


def press(browser, verb, article, *, version=None, **fields):
    """Press the button ``verb`` beside the article, on the page as it is now."""
    data = {"seen_version": version or FrontPage.objects.get().version, "article_id": article.pk}
    return browser.post(url(f"articles_frontpage_{verb}", 1), data | fields, follow=True)


def pins():
    return list(FrontPin.objects.in_order().values_list("article__headline", "place"))


def top():
    arranged = front.arrange(at=timezone.now())
    return [article.headline for article in (arranged.lead, *arranged.secondary)]


# putting it there


def test_article_is_put_on_the_front_page_from_its_own_page(editor, three):
    links = [link["href"] for link in page(editor.get(article_url(three[0]))).all("a", href=None)]
    assert article_url(three[0], "front") in links
    response = put(editor, three[0], 1)
    assert messages(response) == ["“Flood” is on the front page, as long as readers may see it."]
    assert (pins(), top()[0]) == ([("Flood", 1)], "Flood")


def test_what_is_pinned_there_moves_down_and_the_last_leaves(editor, three):
    others = [make.article(f"Other {number}") for number in range(4)]
    for place, article in enumerate([*three[:2], *others[:3]], start=1):
        put(editor, article, place)
    put(editor, three[2], 2)
    assert pins() == [("Flood", 1), ("Strike", 2), ("Budget", 3), ("Other 0", 4), ("Other 1", 5)]
    assert "“Other 2” had to leave it." in text(editor.get(url(DESK)))


def test_gap_takes_up_what_moves_down(editor, three):
    for place, article in [(1, three[0]), (3, three[1])]:
        put(editor, article, place)
    put(editor, three[2], 1)
    assert pins() == [("Strike", 1), ("Flood", 2), ("Budget", 3)]


def test_article_that_is_pinned_again_moves(editor, three):
    put(editor, three[0], 1)
    put(editor, three[0], 4)
    assert pins() == [("Flood", 4)]


def test_article_is_pinned_from_the_page_of_the_front_page(editor, three):
    data = {"seen_version": FrontPage.objects.get().version, "article": three[1].pk, "place": 2}
    response = editor.post(url("articles_frontpage_pin", 1), data, follow=True)
    assert messages(response) == ["“Budget” stands at place 2 of the front page."]
    assert pins() == [("Budget", 2)]


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"place": 6}, "Select a valid choice"),
        ({"place": ""}, "This field is required"),
        ({"ends_at_0": "2020-01-01", "ends_at_1": "10:00"}, "That time has passed."),
        ({"ends_at_0": "soon", "ends_at_1": "10:00"}, "Enter a valid date."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(editor, three, fields, complaint):
    response = put(editor, three[0], **{"place": 1} | fields)
    assert (response.status_code, pins()) == (422, [])
    assert complaint in text(response)


def test_draft_and_what_somebody_paid_for_are_refused(editor):
    sold = make.article("Sold", kind="sponsored", sponsor="Acme")
    for article in (make.draft("Draft"), sold):
        data = {"seen_version": FrontPage.objects.get().version, "article": article.pk, "place": 1}
        assert editor.post(url("articles_frontpage_pin", 1), data).status_code == 422
        assert put(editor, article, 1).status_code == 422
    assert pins() == []


# the order


def test_buttons_move_a_pin_up_and_down(editor, three):
    for place, article in enumerate(three, start=1):
        put(editor, article, place)
    press(editor, "up", three[2])
    assert pins() == [("Flood", 1), ("Strike", 2), ("Budget", 3)]
    assert messages(press(editor, "down", three[1])) == ["“Budget” stands at place 4 now."]
    assert pins() == [("Flood", 1), ("Strike", 2), ("Budget", 4)]
    assert press(editor, "up", three[0]).status_code == 422  # it leads already


def test_pin_is_taken_off(editor, three):
    put(editor, three[0], 1)
    assert messages(press(editor, "unpin", three[0])) == ["“Flood” is left to the rules."]
    assert pins() == []
    assert "It is not pinned any more." in text(press(editor, "unpin", three[0]))


def test_pin_gets_an_end_and_loses_it(editor, three):
    put(editor, three[0], 1)
    press(editor, "end", three[0], ends_at_0="2199-01-01", ends_at_1="10:00")
    assert FrontPin.objects.get().ends_at.year == 2199
    press(editor, "end", three[0], ends_at_0="", ends_at_1="")
    assert FrontPin.objects.get().ends_at is None


def test_pin_that_has_ended_makes_room(editor, three):
    now = timezone.now()
    make.front_pin(three[0], place=1, at=now - make.DAY, ends_at=now - make.HOUR)
    put(editor, three[1], 1)
    assert pins() == [("Budget", 1)]


# what the desk shows


def test_places_say_who_put_what_there_and_until_when(editor, three):
    put(editor, three[2], 1, ends_at_0="2199-01-01", ends_at_1="10:00")
    words = text(editor.get(url(DESK)))
    assert "Lead Strike Strike" in words
    assert "Pinned by jo" in words
    assert "until 1 Jan 2199, 10:00 UTC" in words
    assert words.count("By rule") == 4


@pytest.mark.parametrize("why", ["withdrawn", "scheduled", "outlet"])
def test_pin_that_readers_do_not_see_says_so(editor, three, why):
    pinned, now = three[0], timezone.now()
    put(editor, pinned, 1)
    if why == "withdrawn":
        Article.objects.get(pk=pinned.pk).withdraw(by=None, at=now, outcome="gone", reason="Wrong.")
    elif why == "scheduled":
        Article.objects.filter(pk=pinned.pk).update(published_at=now + make.DAY)
    else:
        type(pinned.outlet).objects.filter(pk=pinned.outlet_id).update(is_active=False)
    words = text(editor.get(url(DESK)))
    assert "is pinned here, and readers do not see it." in words
    assert "Flood" not in top()
    assert "Lead Budget" in words or "Lead Strike" in words


def test_preview_shows_the_page_of_an_instant_to_come(editor, three):
    article = make.scheduled("Tomorrow", publish_at=timezone.now() + timedelta(hours=20))
    put(editor, article, 1)
    at = timezone.localtime(timezone.now() + timedelta(hours=21))
    preview = url("articles_frontpage_preview")
    assert "Tomorrow" not in text(editor.get(preview))
    later = editor.get(preview, {"at_0": f"{at:%Y-%m-%d}", "at_1": f"{at:%H:%M}"})
    assert "Tomorrow" in text(later)
    assert "no-store" in later["Cache-Control"]


@pytest.mark.parametrize("number", [1, 3])
def test_desk_costs_a_fixed_number_of_queries(editor, three, number, django_assert_num_queries):
    for place, article in enumerate(three[:number], start=1):
        put(editor, article, place)
    editor.get(url(DESK))
    with django_assert_num_queries(10):
        editor.get(url(DESK))


# who did what


def test_every_change_stands_in_the_history(editor, three):
    put(editor, three[0], 2)
    press(editor, "up", three[0])
    press(editor, "unpin", three[0])
    history = text(editor.get(url("articles_frontpage_history", 1)))
    for said in ("“Flood” stands at place 2 of the front page.", "stands at place 1 now.", "is left to the rules."):
        assert said in history
    assert "is on the front page" in text(editor.get(article_url(three[0], "history")))
    assert {entry.user for entry in LogEntry.objects.all()} == {editor.person}


def test_second_editor_is_told_of_the_first(editor, three):
    second = enter("Chief", username="ida")
    seen = FrontPage.objects.get().version
    put(editor, three[0], 1)
    response = put(second, three[1], 1, seen_front=seen)
    assert (response.status_code, pins()) == (422, [("Flood", 1)])
    assert "Somebody else has changed the front page meanwhile." in text(response)
    assert "jo did," in text(response)
    again = page(response).all("input", name="seen_front")[0]["value"]
    put(second, three[1], 1, seen_front=again)
    assert pins() == [("Budget", 1), ("Flood", 2)]


def test_button_on_an_old_page_does_nothing_and_says_who_was_quicker(editor, three):
    for place, article in enumerate(three, start=1):
        put(editor, article, place)
    seen = FrontPage.objects.get().version
    press(editor, "unpin", three[0])
    response = press(enter("Chief"), "up", three[2], version=seen)
    assert (response.status_code, pins()) == (422, [("Budget", 2), ("Strike", 3)])
    assert "jo did," in text(response)


@pytest.mark.parametrize("role", ["Reporter", "Moderator"])
def test_others_neither_see_nor_change_it(role, three):
    browser = enter(role)
    assert browser.get(url(DESK)).status_code == 403
    assert article_url(three[0], "front") not in browser.get(article_url(three[0])).content.decode()
    assert put(browser, three[0], 1).status_code == 403
    assert pins() == []
