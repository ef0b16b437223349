"""Suggestions under the search field in a real browser: by keyboard, by mouse, and never in the way of the form."""

import re

import pytest

from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(page, live_server):
    make.article("Harrowmere floods", hashtags=[make.hashtag("Harrowmere")])
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.goto(f"{live_server.url}/latest/")
    return page


def typed(reader, text):
    """Type the text; only the whole of it is answered, however slow the typing, so that no other list comes between."""
    begun = re.compile(rf"/suggestions\.json\?q=(?!{text}$)")
    reader.route(begun, lambda route: route.fulfill(json={"suggestions": []}))
    reader.locator("#masthead-q").press_sequentially(text)
    options = reader.get_by_role("option")
    options.first.wait_for()
    return options


def test_suggestion_is_taken_by_keyboard(reader):
    options = typed(reader, "harr")
    assert options.all_inner_texts() == ["#Harrowmere\nHashtag", "Harrowmere floods\nArticle"]
    field = reader.get_by_role("combobox").first
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    field.press("ArrowUp")
    with reader.expect_navigation():
        field.press("Enter")
    assert (reader.url.rpartition(":")[2].partition("/")[2], reader.complaints) == ("hashtags/harrowmere/", [])


def test_suggestion_is_taken_by_mouse(reader):
    options = typed(reader, "harr")
    with reader.expect_navigation():
        options.nth(1).click()
    assert ("/articles/" in reader.url, reader.complaints) == (True, [])


def test_form_is_sent_as_typed_where_nothing_is_chosen(reader):
    typed(reader, "harr")
    reader.keyboard.press("Escape")
    assert reader.get_by_role("option").count() == 0
    with reader.expect_navigation():
        reader.keyboard.press("Enter")
    assert (reader.url.partition("/search/")[2], reader.complaints) == ("?q=harr", [])


def test_late_answer_to_what_was_typed_before_changes_nothing(reader):
    late = []
    reader.route(re.compile(r"/suggestions\.json\?q=ha$"), lambda route: late.append(route))
    field = reader.locator("#masthead-q")
    with reader.expect_request("**/suggestions.json?q=ha"):
        field.press_sequentially("ha")
    field.press_sequentially("rr")
    options = reader.get_by_role("option")
    options.first.wait_for()
    late[0].fulfill(json={"suggestions": [{"kind": "Article", "text": "Hay is dear", "url": "/", "lang": ""}]})
    reader.wait_for_timeout(200)  # for it to come, if it still can
    field.press("ArrowDown")
    assert options.all_inner_texts() == ["#Harrowmere\nHashtag", "Harrowmere floods\nArticle"]
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
