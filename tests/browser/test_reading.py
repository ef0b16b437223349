"""What a reader keeps on the device, in a real browser: saved articles, what is followed, settings, no network."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def newsroom(live_server):
    tag, outlet = make.hashtag("Rivers"), make.outlet("The Lantern")
    for number in range(30):
        make.article(f"Report {number}", hashtags=[tag], outlet=outlet, at=timezone.now() - number * make.HOUR)
    make.article("Elsewhere", outlet=make.outlet("The Beacon"))
    return live_server.url


def headlines(page, place=".kept"):
    return [link.inner_text() for link in page.query_selector_all(f"{place} .kept-headline a")]


def wait_until_kept(page, number):
    """Wait until the device keeps that many saved pages. The page's policy lets no waiting script in."""
    for _ in range(100):
        if page.evaluate("caches.open('kept-pages').then(c => c.keys()).then(k => k.length)") == number:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{number} pages were not kept within ten seconds.")


def open_article(page, newsroom):
    page.goto(f"{newsroom}/hashtags/rivers/")
    page.click("text=Report 0")
    page.wait_for_selector("text=Copy link")
    return page.url


def test_saved_article_is_listed_and_can_be_read_without_a_network(page, newsroom):
    address = open_article(page, newsroom)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.click("[data-tools] >> text=Save")
    wait_until_kept(page, 1)
    page.goto(f"{newsroom}/saved/")
    page.wait_for_selector(".kept-item")
    assert headlines(page, "[data-kept=saved]") == ["Report 0"]
    page.context.set_offline(True)
    page.goto(address)
    assert page.inner_text("h1") == "Report 0"
    page.goto(f"{newsroom}/latest/")
    assert page.inner_text("h1") == "There is no network"
    page.click("main >> text=saved articles")
    page.wait_for_selector(".kept-item")
    assert headlines(page, "[data-kept=saved]") == ["Report 0"]
    page.click("[data-kept=saved] .kept-headline a")
    assert (page.url, page.inner_text("h1")) == (address, "Report 0")
    page.context.set_offline(False)
    page.goto(f"{newsroom}/saved/")
    page.click("[data-kept=saved] >> text=Remove")
    wait_until_kept(page, 0)
    assert headlines(page, "[data-kept=saved]") == []


def test_withdrawn_article_is_dropped_from_the_device_once_it_is_asked_for(page, newsroom):
    address = open_article(page, newsroom)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.click("[data-tools] >> text=Save")
    wait_until_kept(page, 1)
    article = make.Article.objects.get(headline="Report 0")
    article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="It was wrong.")
    page.goto(address)
    wait_until_kept(page, 0)
    page.context.set_offline(True)
    page.goto(address)
    assert page.inner_text("h1") == "There is no network"


def test_what_is_followed_is_gathered_on_a_page_of_its_own(page, newsroom):
    page.goto(f"{newsroom}/following/")
    page.wait_for_selector("text=You follow nothing yet")
    page.goto(f"{newsroom}/outlets/the-beacon/")
    page.click("text=Follow on this device")
    page.goto(f"{newsroom}/following/")
    page.wait_for_selector(".kept-item")
    assert headlines(page) == ["Elsewhere"]
    page.click("text=Stop")
    page.wait_for_selector("text=You follow nothing yet")
    assert headlines(page) == []


def test_settings_hold_on_every_page_at_once(page, newsroom):
    page.goto(f"{newsroom}/settings/")
    page.check("input[name=theme][value=dark]")
    page.check("input[name=text][value=large]")
    page.wait_for_selector("text=Kept.")
    page.goto(f"{newsroom}/latest/")
    look = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.documentElement).fontSize]"
    assert page.evaluate(look) == ["rgb(20, 24, 27)", "18px"]
    page.goto(f"{newsroom}/settings/")
    page.wait_for_selector("input[name=theme][value=dark]:checked")


def test_more_of_a_list_is_loaded_in_place_said_and_the_focus_goes_there(page, newsroom):
    page.goto(f"{newsroom}/hashtags/rivers/")
    assert len(page.query_selector_all(".river > li")) == 24
    assert page.locator("main > [role=status]").inner_text() == ""
    page.click("text=Load more")
    page.locator(".river > li").nth(29).wait_for()
    expect(page.locator("main > [role=status]")).to_have_text("6 more shown")
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('.river > li')[24]")
    assert page.query_selector("text=Load more") is None
    assert page.url.endswith("/hashtags/rivers/")
