"""Pages for every way of reading: forced colours, large text, from right to left, by landmarks and names."""

import pytest

from articles.models import RelatedLink
from tests import make
from tests.browser.pages import LONG_BODY, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_controls_can_be_told_where_colours_are_forced(reader, article):
    reader.emulate_media(forced_colors="active")
    visit(reader, article.get_absolute_url())
    unseen = reader.evaluate("""() => [...document.querySelectorAll("main .button, main .tool, .mark")]
        .filter(e => e.checkVisibility() && getComputedStyle(e).borderTopStyle === "none" && e.tagName !== "IMG")
        .map(e => e.className)""")
    assert unseen == []
    reader.locator("main [name=body]").focus()
    ring = reader.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    pressed = reader.locator("[data-tools] button").first
    plain = pressed.evaluate("e => getComputedStyle(e).backgroundColor + getComputedStyle(e).borderTopWidth")
    pressed.click()
    looks = pressed.evaluate("e => getComputedStyle(e).backgroundColor + getComputedStyle(e).borderTopWidth")
    assert (ring, looks != plain) == ("solid", True)


# Text that goes out of its box where that hides it, and pages that are wider than the screen.
LOST = """() => {
  const lost = [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
    const style = getComputedStyle(e);
    const hides = style.overflowX === "hidden" || style.overflowX === "clip";
    return e.checkVisibility() && !e.closest(".unseen, select, [data-near], svg") && hides
      && style.webkitLineClamp === "none" && e.childNodes.length
      && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2);
  }).map((e) => `${e.tagName}.${e.className}`);
  return [...lost, ...(document.documentElement.scrollWidth > innerWidth ? ["the page"] : [])];
}"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""


LARGE = ":root { font-size: 200% !important; }"


@pytest.mark.parametrize(("width", "style"), [(640, LARGE), (320, LARGE), (360, SPACED)])
def test_nothing_is_lost_in_large_or_wide_text(browser, live_server, article, width, style):
    beside = make.article("Eleven documents, none followed: OM-14", lead_image=make.image())
    RelatedLink.objects.create(article=article, related=beside, position=90, score=1, reason="", is_pinned=True)
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    lost = {}
    for address in article.pages:
        page.goto(live_server.url + address)
        page.add_style_tag(content=style)
        if found := page.evaluate(LOST):
            lost[address] = found
    context.close()
    assert lost == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_page_from_right_to_left_is_the_mirror_of_one_from_left_to_right(reader, article, settings, width):
    reader.set_viewport_size({"width": width, "height": 800})
    place = (
        """s => { const b = document.querySelector(s).getBoundingClientRect(); return [b.left, b.right, b.width] }"""
    )
    parts = [".masthead-search", ".crumbs", ".article-source", ".article-body", "#comments-title"]
    address = article.get_absolute_url()
    visit(reader, address)
    there = {part: reader.evaluate(place, part) for part in parts}
    reader.evaluate("document.documentElement.dir = 'rtl'")
    screen = reader.evaluate("document.documentElement.clientWidth")
    assert reader.evaluate("document.documentElement.scrollWidth") == screen
    for part, (left, right, _) in there.items():
        here = reader.evaluate(place, part)
        assert here[:2] == [pytest.approx(screen - right, abs=1.5), pytest.approx(screen - left, abs=1.5)], part


def test_arabic_article_runs_from_right_to_left_on_a_page_that_does_not(reader, live_server):
    article = make.article("النهر يرتفع", body="<p>ارتفع النهر مترين.</p>", language="ar")
    visit(reader, article.get_absolute_url())
    look = "s => { const e = document.querySelector(s); return [e.lang, getComputedStyle(e).direction] }"
    assert [reader.evaluate(look, part) for part in ("h1", ".article-body")] == [["ar", "rtl"]] * 2
    assert reader.evaluate("getComputedStyle(document.body).direction") == "ltr"
    visit(reader, "/latest/")
    assert reader.evaluate(look, ".card-headline") == ["ar", "rtl"]


def test_page_of_a_german_site_speaks_german_by_script_too(reader, article, settings):
    settings.LANGUAGE_CODE = settings.SITE_LANGUAGE = "de"
    visit(reader, article.get_absolute_url())
    reader.wait_for_selector("[data-tools] button")
    assert reader.evaluate("document.documentElement.lang") == "de"
    assert reader.locator("[data-tools] button").first.inner_text() == "Merken"
    assert reader.locator("main time[itemprop=datePublished]").inner_text().startswith("vor 1 Stunde (")
    assert reader.locator("h1").get_attribute("lang") == "en"
    for address in ("/settings/", "/saved/", "/following/", "/search/?q=river"):
        assert visit(reader, address).evaluate("document.documentElement.lang") == "de"
    assert reader.complaints == []


# what stands in for an audit by a machine

FAULTS = """() => {
  const faults = [];
  const shown = (e) => e.checkVisibility();
  const named = (e) => (e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") || "").split(" ")
    .map((id) => document.getElementById(id)?.textContent ?? "").join(" ") || "").trim();
  const text = (e) => named(e) || [...(e.labels ?? [])].map((l) => l.textContent).join(" ").trim()
    || e.textContent.trim() || [...e.querySelectorAll("img")].map((i) => i.alt).join(" ").trim() || e.title;
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary"))
    if (shown(e) && !text(e)) faults.push(`no name: ${e.outerHTML.slice(0, 90)}`);
  const landmarks = [...document.querySelectorAll("nav, aside, [role=search]")];
  const names = landmarks.filter(shown).map((e) => `${e.getAttribute("role") ?? e.tagName} ${named(e)}`);
  for (const name of names.filter((name, i) => names.indexOf(name) !== i)) faults.push(`landmark twice: ${name}`);
  for (const e of landmarks) if (shown(e) && !named(e)) faults.push(`landmark without a name: ${e.className}`);
  for (const one of ["main", "h1"]) if (document.querySelectorAll(one).length !== 1) faults.push(`not one ${one}`);
  let last = 1;
  for (const e of document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6), .related :is(h2, h3, h4)")) {
    if (!shown(e)) continue;
    const level = Number(e.tagName[1]);
    if (level > last + 1) faults.push(`h${level} after h${last}: ${e.textContent.trim().slice(0, 30)}`);
    last = level;
  }
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of ids.filter((id, i) => ids.indexOf(id) !== i)) faults.push(`id twice: ${id}`);
  for (const e of document.querySelectorAll("[aria-labelledby], [aria-describedby], [aria-controls]"))
    for (const name of ["aria-labelledby", "aria-describedby", "aria-controls"])
      for (const id of (e.getAttribute(name) ?? "").split(" ").filter(Boolean))
        if (!document.getElementById(id)) faults.push(`${name} leads nowhere: ${id}`);
  for (const e of document.querySelectorAll("[lang]"))
    try { Intl.getCanonicalLocales(e.lang) } catch { faults.push(`no language: ${e.lang}`) }
  return faults;
}"""


def test_every_page_has_names_landmarks_and_headings_in_order(reader, article):
    make.article("Le fleuve monte", outlet=make.outlet("Le Phare", language="fr"), language="fr", body=LONG_BODY)
    faults = {}
    for address in article.pages:
        if found := visit(reader, address).evaluate(FAULTS):
            faults[address] = found
    assert faults == {}


SMALL = """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, summary")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".unseen"))
  .map((e) => [e, (e.closest("label") ?? e).getBoundingClientRect()])
  .filter(([, box]) => box.width > 2 && (box.width < 24 || box.height < 24))
  .map(([e, box]) => `${e.tagName} ${e.name || e.className} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


@pytest.mark.parametrize("width", [360, 1280])
def test_controls_are_large_enough_for_a_finger(reader, article, width):
    reader.set_viewport_size({"width": width, "height": 800})
    small = {}
    for address in article.pages:
        if found := visit(reader, address).evaluate(SMALL):
            small[address] = found
    assert small == {}
