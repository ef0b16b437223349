"""Settings, what is kept for later and what is followed: nothing is kept against the reader's will, nothing is lost."""

import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import assist
from tests import make
from tests.browser.device import held, stored, wait_for_worker, wait_until
from tests.browser.pages import LONG_BODY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(browser, live_server):
    """Return a function that opens an address in a new browser with the given options and settings."""
    contexts = []

    def opened(address, settings="", late=False, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        if settings:
            context.add_cookies([{"name": "reading", "value": settings, "url": live_server.url}])
        page = context.new_page()
        page.base = live_server.url
        if late:
            page.route("**/newsroom*.js", lambda route: (time.sleep(0.5), route.continue_()))
        page.goto(live_server.url + address)
        return page

    yield opened
    for context in contexts:
        context.close()


def chosen(page):
    return {field.get_attribute("name"): field.get_attribute("value") for field in page.query_selector_all(":checked")}


# settings


def test_settings_hold_where_their_script_comes_late(open_page):
    address = make.article().get_absolute_url()
    page = open_page(address, "theme-dark.history-off", late=True, service_workers="block")
    page.wait_for_selector("[data-tools] button")
    assert stored(page, "read") == []
    page.goto(f"{page.base}/settings/")
    page.wait_for_selector("[name=theme]:checked")
    assert chosen(page) == {"theme": "dark", "text": "", "ai": "", "history": "off"}


def test_reader_without_script_sees_what_was_chosen_and_adds_to_it(open_page):
    page = open_page("/settings/", java_script_enabled=False)
    assert chosen(page) == {}
    page.check("[name=theme][value=dark]")
    page.check("[name=ai][value=off]")
    with page.expect_navigation():
        page.click("text=Keep these settings")
    assert (chosen(page), page.inner_text("[role=status]")) == (
        {"theme": "dark", "text": "", "ai": "off", "history": ""},
        "Kept.",
    )
    page.goto(f"{page.base}/settings/")
    page.check("[name=text][value=larger]")
    with page.expect_navigation():
        page.click("text=Keep these settings")
    page.goto(f"{page.base}/settings/")
    with page.expect_navigation():
        page.click("main noscript a")
    assert chosen(page) == {"theme": "dark", "text": "larger", "ai": "off", "history": ""}
    look = "getComputedStyle(document.documentElement)"
    assert page.evaluate(f"[{look}.colorScheme, {look}.fontSize]") == ["dark", "21px"]


def test_reader_who_wants_no_history_has_no_pages_kept(page, live_server):
    first, second = make.article("First").get_absolute_url(), make.article("Second").get_absolute_url()
    page.goto(live_server.url + first)
    wait_for_worker(page)
    page.goto(live_server.url + first)
    assert held(page, "pages-read-lately") == [first]
    page.goto(f"{live_server.url}/settings/")
    page.check("[name=history][value=off]")
    wait_until(page, lambda: held(page, "pages-read-lately") == [], "what was read is forgotten")
    wait_until(page, lambda: "/no-history/" in held(page, "offline-page"), "the worker has noted that it keeps none")
    assert stored(page, "read") == []
    page.goto(live_server.url + second)
    page.wait_for_selector("[data-tools] button")
    assert (held(page, "pages-read-lately"), stored(page, "read")) == ([], [])
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})  # nothing reminds the worker
    page.goto(live_server.url + first)
    assert held(page, "pages-read-lately") == []
    devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})
    page.goto(f"{live_server.url}/settings/")
    page.check("[name=history][value='']")
    wait_until(page, lambda: "/no-history/" not in held(page, "offline-page"), "a history is kept again")
    page.goto(live_server.url + second)
    assert held(page, "pages-read-lately") == [second]


# times


@pytest.mark.parametrize(("zone", "also"), [("UTC", ""), ("Asia/Tokyo", " · 5 May, 00:30 GMT+9")])
def test_times_are_told_in_the_readers_zone_too_where_it_is_another(open_page, zone, also):
    article = make.article(at=make.NOON + 3.5 * make.HOUR)
    page = open_page(article.get_absolute_url(), timezone_id=zone)
    time = page.locator("main time[itemprop=datePublished]")
    assert time.inner_text() == time.get_attribute("title") == f"4 May 2026, 15:30 UTC{also}"
    page.goto(f"{page.base}/latest/")
    assert page.locator("main .source time").inner_text() == "4 May 2026, 15:30"
    assert page.locator("main .source time").get_attribute("title") == f"4 May 2026, 15:30{also}"


def test_paper_tells_when_and_not_how_long_ago(open_page):
    at = timezone.now() - 2 * make.HOUR
    article = make.article(at=at)
    page = open_page("/latest/")
    time = page.locator("main .source time")
    assert time.inner_text() == "2 hours ago"
    told = "document.querySelector('main .source time').textContent"
    page.evaluate(f"addEventListener('beforeprint', () => {{ window.onPaper = {told}; }})")
    page.pdf()
    assert page.evaluate("window.onPaper") == time.get_attribute("title")
    assert time.get_attribute("title").endswith(f" {at:%Y, %H:%M}")
    assert time.inner_text() == "2 hours ago"
    page.goto(page.base + article.get_absolute_url())
    assert page.locator(".dt-published").inner_text() == f"2 hours ago ({at:%-d %B %Y, %H:%M} UTC)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".dt-published").inner_text() == f"{at:%-d %B %Y, %H:%M} UTC"


def test_changes_of_a_text_tell_their_date_beside_how_long_ago_they_were(open_page):
    article = make.article(at=timezone.now() - make.DAY)
    article.headline = "River falls"
    article.save()
    page = open_page(f"/articles/{article.pk}/changes/")
    heading = page.locator("h2").first
    assert re.fullmatch(r"now \(\d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC\)", heading.inner_text())


def test_saved_article_tells_when_it_was_saved(open_page):
    page = open_page(make.article(at=make.NOON).get_absolute_url(), timezone_id="Asia/Tokyo")
    page.click("[data-tools] >> text=Save")
    page.evaluate(
        "ago => localStorage.saved = localStorage.saved.replace(/(?<=.at.:)\\d+/, Date.now() - ago)", 2 * 3_600_000 + 9
    )
    page.goto(f"{page.base}/saved/")
    assert page.locator("[data-kept=saved] .kept-source").inner_text() == "The Lantern, saved 2 hours ago"
    assert page.locator("[data-kept=read] .kept-source").inner_text() == "The Lantern, read now"
    assert page.locator("[data-kept=saved] time").get_attribute("title") == page.evaluate(
        "new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit',"
        " minute: '2-digit'}).format(JSON.parse(localStorage.getItem('saved'))[0].at)"
    )


# languages and kinds


def test_kept_headlines_say_their_language_direction_and_kind(page, live_server):
    article = make.article(
        "النهر يرتفع", standfirst="ارتفع الماء.", language="ar", kind="sponsored", sponsor="Sarn Ferries"
    )
    page.goto(live_server.url + article.get_absolute_url())
    page.click("[data-tools] >> text=Save")
    page.goto(f"{live_server.url}/saved/")
    for place in ("saved", "read"):
        headline = page.locator(f"[data-kept={place}] .kept-headline")
        assert (headline.get_attribute("lang"), headline.get_attribute("dir")) == ("ar", "rtl")
        assert page.locator(f"[data-kept={place}] .kind-sponsored").inner_text() == "Sponsored by Sarn Ferries"


def test_followed_headlines_say_their_language_direction_and_kind(page, live_server):
    article = make.article("النهر يرتفع", standfirst="ارتفع الماء.", language="ar")

    def with_kind(route):
        answer = route.fetch()
        feed = answer.json()
        feed["items"][0]["_kind"] = {"kind": "opinion", "label": "Opinion"}
        route.fulfill(response=answer, json=feed)

    page.goto(live_server.url + article.outlet.get_absolute_url())
    page.click("text=Follow on this device")
    page.context.route("**/feed.json*", with_kind)
    page.goto(f"{live_server.url}/following/")
    page.wait_for_selector(".kept-item")
    for part in (".kept-headline", ".kept-summary"):
        found = page.locator(f".kept-item {part}")
        assert (found.get_attribute("lang"), found.evaluate("e => getComputedStyle(e).direction")) == ("ar", "rtl")
    assert page.locator(".kept-item .kind-opinion").inner_text() == "Opinion"


@pytest.mark.parametrize("width", [360, 800, 1024, 1280, 1920])
def test_headline_standfirst_and_body_start_on_one_line_whichever_way_they_are_written(page, live_server, width):
    persian = make.article(
        "آب رودخانه برای سومین روز بالا آمد و پل قدیمی همچنان بسته است",
        standfirst="به گفته اداره آب، سطح رودخانه صبح امروز به چهار متر رسید و ساکنان دو روستا به جای امن رفتند.",
        body="<p>آب رودخانه در سارن پایین به چهار متر رسید. کارگران پیش از غروب کیسه‌های شن را به پل بردند.</p>" * 3,
        language="fa",
    )
    english = make.article("The river rises for a third day", standfirst="The old bridge stays closed. " * 6)
    page.set_viewport_size({"width": width, "height": 900})
    for article, side in ((persian, "right"), (english, "left")):
        page.goto(live_server.url + article.get_absolute_url())
        edges = [
            page.locator(part).evaluate("(e, side) => e.getBoundingClientRect()[side]", side)
            for part in ("main h1", ".standfirst", ".article-body")
        ]
        assert len(set(edges)) == 1, edges


# following


@pytest.fixture
def lists():
    """Return the addresses of one list of each kind, in all of which the same article stands."""
    tag, author, story = make.hashtag("Rivers"), make.author("Ada Author"), make.story("Flood")
    article = make.article("River rises", hashtags=[tag], authors=[author], story=story)
    make.article("Money falls", outlet=make.outlet("The Beacon"), section=make.section("Money"))
    records = {"hashtag": tag, "author": author, "story": story, "section": article.section, "outlet": article.outlet}
    found = {name: record.get_absolute_url() for name, record in records.items()}
    return found | {"search": "/search/?q=rises&sort=newest"}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ["hashtag", "author", "story", "section", "outlet", "search"])
def test_every_list_is_followed_from_its_head(page, live_server, lists, kind, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url + lists[kind])
    button = page.locator("main .follow button")
    button.wait_for()
    box, content = button.bounding_box(), page.locator("main .card").first.bounding_box()
    assert box["y"] < content["y"]
    assert page.locator(".filters .follow").count() == 0
    button.click()
    assert (button.get_attribute("aria-pressed"), button.inner_text()) == ("true", "Following")
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/following/")
    page.wait_for_selector(".kept-item")
    assert page.locator(".kept-headline").all_inner_texts() == ["River rises"]
    assert [url for url in asked if "feed.json" in url and "brief=1" not in url] == []
    page.click("[data-follows] a")
    expect(page).to_have_url(live_server.url + lists[kind])


# history and sharing


def test_history_is_listed_taken_along_and_forgotten(page, live_server):
    address = make.article("River rises").get_absolute_url()
    page.goto(live_server.url + address)
    page.click("[data-tools] >> text=Save")
    page.goto(f"{live_server.url}/saved/")
    assert page.locator("[data-kept=read] .kept-headline").all_inner_texts() == ["River rises"]
    with page.expect_download() as download:
        page.click("text=Take the list with you")
    text = download.value.path().read_text(encoding="utf-8")
    assert (download.value.suggested_filename, f'"url": "{live_server.url}{address}"' in text) == (
        "saved-articles.json",
        True,
    )
    page.click("text=Forget what I read")
    page.wait_for_selector("text=What you read is forgotten.")
    assert (page.locator("[data-kept=read] .kept-item").count(), stored(page, "read")) == (0, [])
    assert page.locator("[data-kept=saved] .kept-item").count() == 1


def test_article_is_shared_by_its_link_and_by_mail(open_page):
    article = make.article("Rivers & dams")
    page = open_page(article.get_absolute_url(), permissions=["clipboard-read", "clipboard-write"])
    page.click("text=Copy link")
    page.wait_for_selector("text=Link copied")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert page.evaluate("navigator.clipboard.readText()") == canonical
    mail = page.locator("text=Send by mail").get_attribute("href")
    assert page.evaluate("mail => new URL(mail).searchParams.get('body')", mail) == canonical


def test_systems_own_way_to_share_says_when_an_article_is_from(open_page):
    page = open_page(make.article("Weirs", at=make.NOON - 800 * make.DAY).get_absolute_url())
    page.add_init_script("navigator.share = (told) => { window.told = told.title; return Promise.resolve(); };")
    page.reload()
    page.click("[data-tools] >> text=Share")
    title = page.locator("meta[property='og:title']").get_attribute("content")
    assert (page.evaluate("window.told"), title) == ("From February 2024: Weirs", title)


def test_old_article_says_so_above_its_text(open_page):
    page = open_page(make.article(at=timezone.now() - 400 * make.DAY).get_absolute_url())
    warning = page.locator(".age-warning")
    assert (warning.inner_text(), warning.is_visible()) == ("This article is more than 1 year old.", True)
    page.goto(page.base + make.article().get_absolute_url())
    assert warning.count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_ai_features_are_left_out_by_whoever_wants_it(open_page, script):
    article = make.article(body=LONG_BODY)
    assist.prepare(article)
    address = article.get_absolute_url()
    page = open_page(address, java_script_enabled=script)
    assert page.locator(".module-assist").is_visible()
    page = open_page(address, "ai-off", java_script_enabled=script)
    assert not page.locator(".module-assist").is_visible()
