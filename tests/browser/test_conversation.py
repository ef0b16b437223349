"""The conversation by script: more of it in place, what is new when it is asked for, one's own that wait."""

import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import make
from tests.browser.device import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article():
    return make.article("River rises")


@pytest.fixture
def reader(page, live_server, article):
    """Return a page whose ``asked`` are the addresses of all it asked for; ``open`` leads to the article."""
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url.removeprefix(live_server.url)))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.base = live_server.url
    page.open = lambda: page.goto(live_server.url + article.get_absolute_url())
    page.come_near = lambda: _come_near(page)
    yield page
    assert page.complaints == []


def _come_near(page):
    """Go to the comments and wait for their script: it is loaded when a reader comes near, and links lead on before."""
    page.locator("#comments").scroll_into_view_if_needed()
    page.wait_for_selector("#comments > [role=status]", state="attached")


def catch_up(page):
    """Wait for one more answer: whatever a script asked for before has been noted by then."""
    page.evaluate("fetch('/robots.txt').then(answer => answer.text())")


def bodies(page):
    return page.locator("#comments [data-comment-body]").all_inner_texts()


def focused(page):
    return page.evaluate("document.activeElement.id")


def said(page):
    return page.locator("#comments [role=status]").inner_text()


def test_more_replies_come_in_place_and_take_the_focus(reader, article):
    thread = make.comment(article, "I live there.")
    answers = make.many_comments(article, 8, parent=thread)
    reader.open()
    reader.come_near()
    address = reader.url
    reader.click("text=5 more replies")
    reader.wait_for_selector("text=I saw it too. 8")
    assert bodies(reader) == ["I live there."] + [answer.body for answer in answers]
    assert (focused(reader), reader.url) == (f"comment-{answers[3].pk}", address)
    assert (said(reader), reader.locator(".answers-more").count()) == ("5 replies shown", 0)


def test_replies_of_a_long_thread_come_page_after_page(reader, article):
    thread = make.comment(article, "I live there.")
    make.many_comments(article, 80, parent=thread)
    reader.open()
    reader.come_near()
    reader.click("text=77 more replies")
    reader.click(".answers-more >> text=Newer comments")
    reader.wait_for_selector("text=I saw it too. 80")
    assert (len(bodies(reader)), reader.locator(".answers-more").count()) == (81, 0)


def test_older_comments_come_in_place_until_there_are_no_more(reader, article):
    comments = make.many_comments(article, 60)
    reader.open()
    reader.come_near()
    for place in (34, 9):
        reader.click("text=Older comments")
        reader.wait_for_selector(f"#comment-{comments[place].pk}")
        assert focused(reader) == f"comment-{comments[place].pk}"
    assert bodies(reader) == [comment.body for comment in reversed(comments)]
    assert reader.locator(".comments-more a[href*=after]").count() == 0


def test_link_is_followed_where_the_script_cannot_fetch(reader, article):
    make.many_comments(article, 30)
    reader.open()
    reader.come_near()
    failed = []

    def fail_once(route):
        failed.append(route.request.url)
        route.abort() if len(failed) == 1 else route.continue_()

    reader.route("**/comments/?after=*", fail_once)
    reader.click("text=Older comments")
    reader.wait_for_url("**/comments/?after=*")
    assert len(bodies(reader)) == 5


def test_recommending_works_in_what_came_later(reader, article):
    comments = make.many_comments(article, 30)
    reader.open()
    reader.come_near()
    reader.click("text=Older comments")
    reader.wait_for_selector(f"#comment-{comments[0].pk}")
    reader.locator("form.recommend button").last.click()
    reader.wait_for_selector("text=Recommended")
    assert reader.url.endswith(article.get_absolute_url())


def test_guest_who_has_written_nothing_asks_for_nothing_of_their_own(reader, article):
    make.comment(article)
    reader.open()
    reader.come_near()
    catch_up(reader)
    assert [address for address in reader.asked if "/comments/" in address] == []


def test_own_comment_that_waits_stands_in_its_place_for_its_author_alone(reader, article, browser):
    thread = make.comment(article, "I live there.")
    reader.open()
    reader.click(f"#comment-{thread.pk} [data-reply]")
    reader.fill("#comment-form [name=name]", "Rosa Reader")
    reader.fill("#comment-form [name=body]", "Look at https://mud.example/")
    reader.click("#comment-form button")
    reader.wait_for_url("**/own/")
    reader.open()
    mine = reader.locator(".thread .answers .comment-own")
    mine.wait_for()
    assert "It waits until a moderator has read it" in mine.inner_text()
    stranger = browser.new_context().new_page()
    stranger.goto(reader.url)
    _come_near(stranger)
    catch_up(stranger)
    assert stranger.locator(".comment-own").count() == 0
    stranger.context.close()
    held = article.comments.get(state="held")
    held.approve(by=None, at=timezone.now())
    under = f"/articles/{article.pk}/comments/"
    reader.asked.clear()
    reader.open()
    waits = "key => localStorage.getItem(key)"
    wait_until(reader, lambda: reader.evaluate(waits, f"waiting-{under}") is None, "nothing of one's own waits")
    assert reader.locator(".comment-own").count() == 0
    reader.open()
    reader.come_near()
    catch_up(reader)
    assert reader.locator(".comment-own").count() == 0
    assert reader.asked.count(f"{under}own/") == 1


def test_new_comments_are_told_and_shown_only_when_asked_for(reader, article):
    first = make.comment(article, "I live there.")
    reader.clock.install()
    reader.open()
    reader.wait_for_selector("#comments > [role=status]", state="attached")  # the script has set its clock
    place = reader.locator(f"#comment-{first.pk}").bounding_box()
    answer = make.comment(article, "So do I.", parent=first)
    new = make.comment(article, "The bridge is closed.")
    with reader.expect_response("**/count.json"):
        reader.clock.fast_forward(31_000)
    reader.wait_for_selector("text=2 new comments")
    assert bodies(reader) == ["I live there."]
    assert reader.locator(f"#comment-{first.pk}").bounding_box() == place
    reader.click("button >> text=2 new comments")
    reader.wait_for_selector(f"#comment-{answer.pk}")
    assert bodies(reader) == ["The bridge is closed.", "I live there.", "So do I."]
    assert (focused(reader), said(reader)) == (f"comment-{new.pk}", "2 new comments shown")
    assert reader.locator("#comments-title .count").inner_text() == "3"
    assert reader.locator(".comments-new").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_new_comments_are_told_wherever_one_reads(reader, article, width):
    comments = make.many_comments(article, 25)
    reader.set_viewport_size({"width": width, "height": 700})
    reader.clock.install()
    reader.open()
    reader.wait_for_selector("#comments > [role=status]", state="attached")  # the script has set its clock
    reader.locator(f"#comment-{comments[4].pk}").scroll_into_view_if_needed()
    make.comment(article, "The bridge is closed.")
    with reader.expect_response("**/count.json"):
        reader.clock.fast_forward(31_000)
    expect(reader.locator("button >> text=1 new comment")).to_be_in_viewport(ratio=1)


def test_first_comment_takes_the_place_of_the_invitation(reader, article):
    reader.clock.install()
    reader.open()
    reader.wait_for_selector("#comments > [role=status]", state="attached")  # the script has set its clock
    make.comment(article, "I live there.")
    with reader.expect_response("**/count.json"):
        reader.clock.fast_forward(31_000)
    reader.click("button >> text=1 new comment")
    reader.wait_for_selector("text=I live there.")
    assert reader.locator(".comments-empty").count() == 0


COUNT_PLANS = """() => {
  const plan = setTimeout;
  window.plans = 0;
  window.setTimeout = (what, ...rest) => { window.plans += what.name === "look"; return plan(what, ...rest); };
}"""


def test_page_asks_ever_less_often_while_nothing_comes(reader, article):
    reader.clock.install()
    reader.open()
    reader.wait_for_selector("#comments > [role=status]", state="attached")  # the script has set its clock
    reader.evaluate(COUNT_PLANS)
    for number, wait in enumerate((30, 45, 67.5), start=1):
        with reader.expect_response("**/count.json"):
            reader.clock.fast_forward(int(wait * 1000) + 500)
        wait_until(reader, lambda number=number: reader.evaluate("plans") == number, "the next look is planned")
    count = len([address for address in reader.asked if address.endswith("count.json")])
    reader.clock.fast_forward(60_000)
    catch_up(reader)
    assert (count, len([address for address in reader.asked if address.endswith("count.json")])) == (3, 3)


def test_preview_keeps_the_draft_until_it_is_posted(reader, article):
    reader.open()
    reader.fill("#comment-form [name=name]", "Rosa Reader")
    reader.fill("#comment-form [name=body]", "Three words here.")
    reader.click("text=Preview")
    reader.wait_for_selector("h1 >> text=Preview of your comment")
    reader.open()
    assert reader.input_value("#comment-form [name=body]") == "Three words here."
    reader.fill("#comment-form [name=name]", "Rosa Reader")
    reader.click("text=Preview")
    reader.wait_for_selector("h1 >> text=Preview of your comment")
    reader.click("text=Post comment")
    reader.wait_for_url("**#comment-*")
    assert reader.input_value("#comment-form [name=body]") == ""
    assert article.comments.count() == 1


def test_quotation_stands_above_the_draft(reader, article):
    comment = make.comment(article, "I live there.")
    reader.open()
    reader.fill("#comment-form [name=body]", "Mine.")
    reader.click(f"#comment-{comment.pk} >> text=Quote")
    expect(reader.locator("#comment-form [name=body]")).to_have_value("> I live there.\n\nMine.")


def test_script_says_how_long_it_took_only_where_the_form_was_empty(reader, article):
    sent = []
    reader.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    began = time.monotonic()
    reader.open()
    reader.wait_for_timeout(1100)
    for _ in range(2):
        reader.fill("#comment-form [name=name]", "Rosa Reader")
        reader.fill("#comment-form [name=body]", "I live there.")
        reader.click("text=Preview")
        reader.wait_for_selector("h1 >> text=Preview of your comment")
        reader.open()
    first, second = (re.search(r"elapsed=(\d*)&", data)[1] for data in sent)
    assert 1 <= int(first) <= time.monotonic() - began
    assert second == ""


def test_one_writes_on_below_the_quotation(reader, article):
    comment = make.comment(article, "I live there.")
    reader.open()
    reader.click(f"#comment-{comment.pk} >> text=Quote")
    reader.wait_for_url("**quote=1*")
    # Going to the form's place in the page, which the browser does as it draws the page, takes the focus away again.
    reader.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    reader.evaluate("document.querySelector('#comment-form [name=body]').focus()")
    reader.keyboard.type("So do I.")
    assert reader.input_value("#comment-form [name=body]") == "> I live there.\n\nSo do I."
