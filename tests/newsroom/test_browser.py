"""The desk works in a real browser under the policy that the site sends."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", e =>
    window.refused.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


@pytest.fixture
def desk(page, live_server, admin_user):
    """Return a page on which the administrator has signed in, and which notes what the policy refuses."""
    page.add_init_script(WATCH)
    page.goto(live_server.url + reverse("admin:login"))
    page.fill("[name=username]", admin_user.username)
    page.fill("[name=password]", "password")
    page.click("[type=submit]")
    page.wait_for_url(live_server.url + reverse("admin:index"))
    return page


@pytest.mark.parametrize("name", ["admin:index", "admin:auth_user_changelist", "admin:auth_user_add"])
def test_policy_refuses_nothing_on_the_desk(desk, live_server, name):
    desk.goto(live_server.url + reverse(name), wait_until="networkidle")
    assert desk.evaluate("window.refused") == []


def test_policy_lets_the_article_editor_work(desk, live_server):
    desk.goto(live_server.url + reverse("admin:articles_article_add"), wait_until="networkidle")
    desk.locator(".ProseMirror[contenteditable=true]").click()
    desk.keyboard.type("Rain expected.")
    assert desk.locator(".ProseMirror[contenteditable=true]").inner_text().strip() == "Rain expected."
    assert desk.evaluate("window.refused") == []


def test_policy_refuses_a_script_that_somebody_slipped_in(desk):
    desk.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=/no.png onerror=\"window.ran = 1\">')")
    desk.wait_for_function("window.refused.length > 0")
    assert desk.evaluate("[window.ran, window.refused]") == [None, ["script-src-attr inline"]]
