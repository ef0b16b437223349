"""Readers' pages in a real browser: with and without script, small and dark, by keyboard and on paper."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Comment
from tests import make
from tests.browser.pages import visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_page_makes_the_browser_complain_or_ask_elsewhere(reader, article):
    for address in article.pages:
        visit(reader, address, wait="networkidle")
        expected = ["404"] if address == "/no/such/page/" else []
        complaints = [line for line in reader.complaints if not any(number in line for number in expected)]
        assert complaints == [], address
        reader.complaints.clear()
    hosts = {urlsplit(address).netloc for address in reader.asked if not address.startswith("data:")}
    assert hosts == {urlsplit(reader.base).netloc}
    assert reader.context.cookies() == []


@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_page_scrolls_sideways(reader, article, width):
    reader.set_viewport_size({"width": width, "height": 700})
    wide = {}
    for address in article.pages:
        size = visit(reader, address).evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if size[0] > size[1]:
            wide[address] = size
    assert wide == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_on_a_page_jumps_while_it_loads(browser, live_server, article, width):
    jumps = {}
    for address in [*article.pages[:6], *article.pages[9:15]]:
        context = browser.new_context(viewport={"width": width, "height": 800})  # nothing is in its cache yet
        page = context.new_page()
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
            ".observe({type: 'layout-shift', buffered: true});"
        )
        page.goto(live_server.url + address, wait_until="networkidle")
        page.wait_for_timeout(100)
        jumps[address] = page.evaluate("window.shift")
        context.close()
    assert {address: jump for address, jump in jumps.items() if jump >= 0.02} == {}


# times


def test_times_are_told_from_now_and_stay_true(reader, article):
    reader.clock.install(time=timezone.now())
    visit(reader, article.get_absolute_url())
    time = reader.locator("main time[itemprop=datePublished]")
    instant = time.get_attribute("datetime")
    absolute = time.get_attribute("title")
    assert time.inner_text().startswith("1 hour ago")
    assert str(article.published_at.year) in absolute
    reader.clock.fast_forward("01:01:00")
    reader.clock.run_for(60_000)
    assert time.inner_text().startswith("2 hours ago")
    assert (time.get_attribute("datetime"), time.get_attribute("title")) == (instant, absolute)


# without script


@pytest.fixture
def plain(browser, live_server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    made = context.new_page()
    made.base = live_server.url
    yield made
    context.close()


def test_whole_article_can_be_read_without_script(plain, article):
    visit(plain, article.get_absolute_url())
    assert plain.locator("h1").is_visible()
    paragraphs = plain.locator("[itemprop=articleBody] p")
    assert [paragraphs.nth(number).is_visible() for number in range(paragraphs.count())] == [True] * 7
    for module in ("hashtags", "assist", "comments", "related"):
        assert plain.locator(f"[data-module={module}]").is_visible(), module
    assert str(article.published_at.year) in plain.locator("time[itemprop=datePublished]").inner_text()
    assert plain.locator("img:not([alt])").count() == 0


COMMENT = re.compile(r"#comment-\d+$")  # the form's own place in a page is #comment-form


def test_comment_can_be_posted_and_answered_without_script(plain, article):
    visit(plain, article.get_absolute_url())
    plain.fill("form[method=post] [name=name]", "Rosa Reader")
    plain.fill("form[method=post] [name=body]", "I saw it without script.")
    plain.click("#comment-form button")
    plain.wait_for_url(COMMENT)
    made = Comment.objects.get(body="I saw it without script.")
    assert plain.url == f"{plain.base}{article.get_absolute_url()}#comment-{made.pk}"
    assert plain.locator(f"#comment-{made.pk} [data-comment-body]").inner_text() == "I saw it without script."

    plain.click(f"#comment-{made.pk} a[data-reply]")
    plain.wait_for_url(f"**parent={made.pk}*")
    plain.fill("form[method=post] [name=name]", "Bo Reader")
    plain.fill("form[method=post] [name=body]", "And I answer.")
    plain.click("#comment-form button")
    plain.wait_for_url(COMMENT)
    assert Comment.objects.get(body="And I answer.").parent == made


# comments with script


def test_reader_posts_an_answer_where_the_comment_stands(reader, article):
    visit(reader, article.get_absolute_url())
    link = reader.locator("a[data-reply]").first
    asked = link.get_attribute("data-reply")
    link.click()
    expect(reader.locator("#comment-form [name=parent]")).to_have_value(asked)
    assert reader.url == f"{reader.base}{article.get_absolute_url()}"
    reader.fill("form[method=post] [name=name]", "Rosa Reader")
    reader.fill("form[method=post] [name=body]", "An answer in place.")
    reader.click("#comment-form button:not([type=button])")
    reader.wait_for_url("**#comment-*")
    assert Comment.objects.get(body="An answer in place.").parent_id == int(asked)
    assert reader.complaints == []


def test_draft_outlives_a_reload_and_an_error(reader, article):
    visit(reader, article.get_absolute_url())
    reader.fill("form[method=post] [name=body]", "Three lines\n\nof mine.")
    reader.reload()
    assert reader.input_value("form[method=post] [name=body]") == "Three lines\n\nof mine."
    reader.fill("form[method=post] [name=name]", "\u2060")  # nobody can read it
    reader.click("#comment-form button:not([type=button])")
    reader.wait_for_url("**/comments/")
    assert reader.input_value("form[method=post] [name=body]") == "Three lines\n\nof mine."
    assert Comment.objects.filter(body__startswith="Three").count() == 0
    reader.fill("form[method=post] [name=name]", "Rosa Reader")
    reader.click("#comment-form button:not([type=button])")
    reader.wait_for_url("**#comment-*")
    assert Comment.objects.get(body__startswith="Three").body == "Three lines\n\nof mine."
    visit(reader, article.get_absolute_url())
    assert reader.input_value("form[method=post] [name=body]") == ""


def test_second_click_posts_nothing_twice(reader, article):
    visit(reader, article.get_absolute_url())
    reader.fill("form[method=post] [name=name]", "Rosa Reader")
    reader.fill("form[method=post] [name=body]", "Only once.")
    reader.evaluate("setTimeout(b => { b.click(); b.click(); }, 0, document.querySelector('#comment-form button'))")
    reader.wait_for_url("**#comment-*")
    assert Comment.objects.filter(body="Only once.").count() == 1


# colours

CONTRAST = """
(selectors) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] / 255 + under[i] * (1 - top[3] / 255));
  const background = (element) => {
    const layers = [];
    for (let node = element; node; node = node.parentElement) layers.push(rgba(getComputedStyle(node).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), rgba("Canvas").slice(0, 3));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = {};
  for (const element of document.querySelectorAll(selectors)) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility({ visibilityProperty: true }) || element.disabled) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const under = background(element);
    const text = over(rgba(getComputedStyle(element).color), under);
    const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5)
      found[`${element.tagName} .${element.className} ${element.textContent.trim().slice(0, 20)}`] = ratio;
  }
  return found;
}
"""
TEXTS = "h1, h2, h3, p, div, a, li, time, label, button, legend, summary, dt, dd, span, bdi, figcaption, strong"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_told_from_its_background(reader, article, scheme):
    reader.emulate_media(color_scheme=scheme)
    faint = {}
    nobody_spoke = make.article("Nothing said yet", at=timezone.now()).get_absolute_url()
    for address in [*article.pages, nobody_spoke]:
        if found := visit(reader, address).evaluate(CONTRAST, TEXTS):
            faint[address] = found
    assert faint == {}


def test_dark_pages_are_dark(reader, article):
    def lightness(scheme):
        reader.emulate_media(color_scheme=scheme)
        visit(reader, article.get_absolute_url())
        body = "getComputedStyle(document.body).backgroundColor"
        html = "getComputedStyle(document.documentElement).backgroundColor"
        pixel = """(colour) => { const c = document.createElement("canvas").getContext("2d"); c.fillStyle = colour;
            c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; }"""
        pixels = [reader.evaluate(f"({pixel})({colour})") for colour in (body, html)]
        red, green, blue, _ = next(value for value in pixels if value[3] == 255)
        return (red + green + blue) / 3

    assert lightness("light") > 200
    assert lightness("dark") < 60


# keyboard

FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    what: `${element.tagName} ${element.className} ${element.getAttribute("href") || element.name || ""}`,
    href: element.getAttribute("href"),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none",
    ownring: element.type === "date", // the browser marks the day, the month or the year
    inside: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
  };
}"""


@pytest.mark.parametrize("which", [0, 1, 3, 5])
def test_first_key_leads_past_the_head_and_focus_is_always_seen(reader, article, which):
    reader.emulate_media(reduced_motion="reduce")  # no page glides to where the focus is
    visit(reader, article.pages[which])
    reader.keyboard.press("Tab")
    first = reader.evaluate(FOCUS)
    assert (first["href"], first["ringed"], first["inside"]) == ("#main", True, True)
    unseen = []
    for _ in range(25):
        reader.keyboard.press("Tab")
        reader.wait_for_timeout(20)
        focus = reader.evaluate(FOCUS)
        if not ((focus["ringed"] or focus["ownring"]) and focus["inside"]):
            unseen.append(focus)
    assert unseen == []


def test_skip_link_leads_into_the_article(reader, article):
    visit(reader, article.get_absolute_url())
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**#main")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_comment_can_be_posted_by_keyboard_alone(reader, article):
    visit(reader, article.get_absolute_url())
    reader.focus("form[method=post] [name=name]")
    reader.keyboard.type("Rosa Reader")
    order = []
    for _ in range(4):
        reader.keyboard.press("Tab")
        order.append(reader.evaluate("document.activeElement.name || document.activeElement.tagName"))
        if order[-1] == "body":
            reader.keyboard.type("By keyboard.")
        if order[-1] in ("BUTTON", ""):
            break
    assert order == ["email", "tell_me", "body", "BUTTON"]
    reader.keyboard.press("Enter")
    reader.wait_for_url("**#comment-*")
    assert Comment.objects.filter(body="By keyboard.").count() == 1


# paper


def test_paper_shows_the_article_and_nothing_to_click(reader, article):
    visit(reader, article.get_absolute_url())
    reader.emulate_media(media="print")
    shown = "(s) => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length"
    assert {name: reader.evaluate(shown, name) for name in ("form", "nav", "button", "[data-reply]", ".skip")} == {
        "form": 0, "nav": 0, "button": 0, "[data-reply]": 0, ".skip": 0,
    }  # fmt: skip
    assert reader.evaluate(shown, "h1, [itemprop=articleBody] p") == 8
