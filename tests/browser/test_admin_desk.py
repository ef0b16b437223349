"""An editor works at the desk in a real browser: writes, links, chooses, saves, and breaks no policy on the way."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Comment
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a pass phrase for tests"


@pytest.fixture
def desk(page, live_server):
    """Return a page of an editor who has logged in; ``desk.complaints`` is what the browser complained of."""
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.extend(complaint(line)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('violated: ' + e.effectiveDirective))"
    )
    page.base = live_server.url
    return page


def complaint(line):
    """Return what the browser says of an error; that there is no /favicon.ico is none."""
    where = line.location["url"]
    return [f"{line.text} {where}"] if line.type == "error" and not where.endswith("/favicon.ico") else []


def log_in(desk, person):
    desk.goto(f"{desk.base}/admin/")
    desk.fill("#id_username", person.username)
    desk.fill("#id_password", PASSWORD)
    desk.click("input[type=submit]")
    desk.wait_for_url(f"{desk.base}/admin/")


def write_body(desk):
    """Type a sentence, make a word bold and another one a link."""
    desk.click(".ProseMirror[contenteditable=true]")
    desk.keyboard.type("The river rose")
    desk.keyboard.press("Control+b")
    desk.keyboard.type(" fast")
    desk.keyboard.press("Control+b")
    desk.keyboard.type(" today")
    for _ in "today":
        desk.keyboard.press("Shift+ArrowLeft")
    desk.click(".prose-menubar button[data-name=link], .prose-menubar [data-name=link]")
    desk.fill("dialog input[name=href]", "https://gauge.example/sarn")
    desk.click("dialog button[type=submit]")


def choose(desk, field, words):
    """Choose in a field that looks its choices up: those of the words, not the first ones that it offers by itself."""
    desk.click(f".field-{field} .select2-selection")
    expect(desk.locator(".select2-container--open .select2-search__field")).to_be_focused()
    with desk.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("term") == [words]):
        desk.keyboard.type(words)
    expect(desk.locator(".loading-results")).to_have_count(0)
    desk.click(f".select2-results__option:has-text('{words}')")


def test_editor_writes_schedules_and_breaks_no_policy(desk):
    editor = make.user("Editor")
    make.outlet("The Lantern")
    section, hashtag, image = make.section("Rivers"), make.hashtag("LowerSarn"), make.image()
    log_in(desk, editor)

    desk.goto(f"{desk.base}/admin/articles/article/add/")
    desk.fill("#id_headline", "The river rises")
    write_body(desk)
    choose(desk, "lead_image", "The Sarn.")
    desk.wait_for_selector(".field-picture img[src*='thumbnail']")
    desk.select_option("#id_section", str(section.pk))
    choose(desk, "hashtags", "LowerSarn")
    desk.click(".field-embargo_until .datetimeshortcuts a:has-text('Today')")
    desk.click(".field-expires_at .date-icon")
    desk.click(".calendarbox:visible td a >> nth=3")
    desk.fill("#id_embargo_until_0", "")
    desk.fill("#id_expires_at_0", "")
    desk.click("input[name=_continue]")
    desk.wait_for_selector(".messagelist .success")

    article = Article.objects.get()
    link = '<a href="https://gauge.example/sarn" title="" rel="noopener">today</a>'
    assert article.body == f"<p>The river rose<strong> fast</strong> {link}</p>"
    assert (article.lead_image, list(article.hashtags.all()), article.created_by) == (image, [hashtag], editor)

    desk.click(".desk-buttons a:has-text('Schedule')")
    desk.wait_for_url("**/schedule/")
    desk.fill("#id_publish_at_0", "2031-05-03")
    desk.fill("#id_publish_at_1", "14:30")
    desk.click("input[value=Schedule]")
    expect(desk.locator(".desk-state .desk-mark")).to_have_text("Scheduled for 3 May 2031, 14:30 UTC")
    assert desk.complaints == []


def test_written_text_is_not_left_behind_unasked(desk):
    editor = make.user("Editor")
    article = make.draft()
    log_in(desk, editor)
    desk.goto(f"{desk.base}/admin/articles/article/{article.pk}/change/")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.click(".desk-buttons a:has-text('Publish')")
    desk.wait_for_url("**/publish/")
    assert asked == []

    desk.go_back()
    desk.click(".ProseMirror[contenteditable=true]")
    desk.keyboard.type("More. ")
    desk.click(".desk-buttons a:has-text('Publish')")
    desk.wait_for_url("**/publish/")
    assert asked == ["beforeunload"]


def test_click_on_a_picture_sets_its_focal_point(desk):
    editor, image = make.user("Editor"), make.image()
    log_in(desk, editor)
    desk.goto(f"{desk.base}/admin/articles/image/{image.pk}/change/")
    box = desk.locator(".desk-focus").bounding_box()
    desk.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    desk.click("input[name=_save]")
    desk.wait_for_selector(".messagelist .success")
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.75, abs=0.01))
    assert desk.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_the_desk_is_wider_than_the_screen(desk, scheme, width):
    chief = make.user("Chief")
    article = make.article(lead_image=make.image())
    reader = make.commenter()
    comment = make.comment(article, "Averylongword" * 40, state="held", commenter=reader, network="n")
    make.report(make.comment(article, commenter=reader), "illegal", text="Averylongword" * 40)
    reader.ban(by=chief, at=timezone.now(), reason="Averylongword" * 12)
    make.word_rule("Averylongword" * 5)
    log_in(desk, chief)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    places = ["", "articles/article/", f"articles/article/{article.pk}/change/", "articles/comment/"]
    places += [f"articles/article/{article.pk}/withdraw/", f"articles/comment/{comment.pk}/change/", "articles/image/"]
    places += ["articles/comment/?queue=reported", "articles/report/", "articles/ban/", "articles/decision/"]
    places += [f"articles/commenter/{reader.pk}/change/", "articles/commenter/", "articles/wordrule/"]
    places += ["articles/wordrule/try/"]
    overflow = {}
    for place in places:
        desk.goto(f"{desk.base}/admin/{place}")
        overflow[place] = desk.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow == dict.fromkeys(places, 0)
    assert desk.complaints == []


def marked(desk):
    """Return the name of the writer whose comment the keys act on."""
    return desk.evaluate("document.activeElement.closest('#result_list tr')?.querySelector('.desk-name').textContent")


def press(desk, key):
    """Press a key that sends a form, and wait for the page that answers."""
    with desk.expect_navigation():
        desk.keyboard.press(key)


def test_moderator_works_the_queue_off_with_keys(desk):
    moderator, article = make.user("Moderator"), make.article()
    for name in ("Ann", "Bo", "Cleo", "Dora", "Ed"):
        make.comment(article, f"It is {name}.", name=name, state="held")
    log_in(desk, moderator)
    desk.goto(f"{desk.base}/admin/articles/comment/?queue=held")
    desk.keyboard.press("a")  # no comment is marked yet
    assert marked(desk) is None
    steps = []
    for key in "jjjkk":
        desk.keyboard.press(key)
        steps.append(marked(desk))
    assert steps == ["Ann", "Bo", "Cleo", "Bo", "Ann"]
    press(desk, "a")
    assert marked(desk) == "Bo"
    press(desk, "s")
    assert marked(desk) == "Cleo"
    press(desk, "r")
    expect(desk.locator("[name=reason]")).to_be_focused()
    desk.keyboard.type("An insult, and a jest.")
    press(desk, "Enter")
    assert (marked(desk), desk.url.partition("?")[2]) == ("Dora", "queue=held")
    desk.keyboard.press("x")
    assert desk.is_checked("#result_list tr:first-child .action-select")
    desk.fill("#searchbar", "a")
    desk.keyboard.type("assured")  # letters, not keys
    assert dict(Comment.objects.values_list("name", "state")) == {
        "Ann": "public",
        "Bo": "spam",
        "Cleo": "rejected",
        "Dora": "held",
        "Ed": "held",
    }
    assert desk.complaints == []


def test_queue_is_worked_off_without_script(browser, live_server):
    moderator = make.user("Moderator")
    make.comment(make.article(), state="held")
    context = browser.new_context(java_script_enabled=False)
    desk = context.new_page()
    desk.base = live_server.url
    log_in(desk, moderator)
    desk.goto(f"{desk.base}/admin/articles/comment/")
    assert not desk.is_visible("#desk-keys")
    desk.click("#result_list button:has-text('Approve')")
    desk.wait_for_selector(".messagelist .success")
    assert Comment.objects.values_list("state", "decided_by").get() == ("public", moderator.pk)
    context.close()
