"""A full newsroom, and a reader who notes what goes wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import assist
from articles.models import TrustPage
from tests import make
from tests.browser.pages import LONG_BODY


@pytest.fixture
def article(live_server):
    """Return an article in a newsroom that fills every page; ``article.pages`` are the addresses of all."""
    rivers, ada, flood = make.hashtag("Rivers"), make.author("Ada Author", biography="Ada writes."), make.story("Flood")
    shared = {"hashtags": [rivers], "authors": [ada], "story": flood}
    outlets = [make.outlet(name, description="A newspaper.") for name in ("The Lantern", "The Beacon", "The Courier")]
    sections = [make.section(name) for name in ("Rivers", "Money", "Sea", "Culture", "Science", "Opinion")]
    for number in range(12):
        make.article(
            f"The river rises for day {number} and the old bridge stays closed to all traffic",
            outlet=outlets[number % 3],
            section=sections[number % 6],
            lead_image=make.image() if number % 3 == 0 else None,
            kind="opinion" if number % 7 == 0 else "news",
            at=timezone.now() - number * make.HOUR,
            **shared,
        )
    made = make.article("River rises", body=LONG_BODY, lead_image=make.image(), **shared)
    made.correct(by=None, at=timezone.now(), text="The bridge is older than we said.")
    thread = make.comment(made, "I live there.", at=timezone.now() - timedelta(minutes=50))
    make.comment(made, "W" * 3000 + "\ufdfa" * 300 + " <img src=x onerror=alert(1)></div></ol>", name="W" * 60)
    make.comment(made, "So do I. https://example.com/" + "long" * 50, parent=thread)
    make.many_comments(made, 28)
    notice = make.withdrawn("Taken back", outcome="notice")
    comments = f"/articles/{made.pk}/comments/"
    made.pages = ["/", made.get_absolute_url(), "/latest/", "/search/?q=river", "/search/?q=nothing"]
    made.pages += [comments, f"{comments}?thread={thread.pk}", f"{comments}?parent={thread.pk}", f"{comments}own/"]
    made.pages += [record.get_absolute_url() for record in (flood, rivers, ada, outlets[0], sections[0], notice)]
    made.pages += ["/outlets/", "/hashtags/", "/corrections/", "/about/", "/no/such/page/"]
    made.headline = "River rises again"
    made.save()
    assist.prepare(made)
    TrustPage.objects.create(title="Who owns us", body="<p>A trust does.</p>")
    made.pages += ["/today/", "/archive/", f"/archive/{made.published_at:%Y/%m/%d}/", "/about/who-owns-us/"]
    made.pages += [
        "/settings/",
        "/settings/own/",
        "/saved/",
        "/following/",
        "/offline/",
        "/ai/",
        f"/articles/{made.pk}/changes/",
    ]
    return made


@pytest.fixture
def reader(page, live_server):
    """Return a page whose ``complaints`` are what the browser says of errors, and whose ``asked`` are all addresses."""
    page.complaints, page.asked, page.base = [], [], live_server.url
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("request", lambda request: page.asked.append(request.url))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error(`refused: ${e.effectiveDirective}`));"
    )
    return page
