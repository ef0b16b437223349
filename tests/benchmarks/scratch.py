"""A scratch site for the benchmarks: the real settings and a database of its own, gone at the end."""

import json
import logging
import os
import re
import time
from contextlib import contextmanager

import django


def set_up():
    """Make Django ready with the tests' settings, but name static files as a real site does."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from newsroom.settings import STORAGES
    from tests import settings

    settings.STORAGES = settings.STORAGES | {"staticfiles": STORAGES["staticfiles"]}
    django.setup()
    logging.getLogger().handlers[0].setStream(open(os.devnull, "w"))  # noqa: SIM115, PTH123 - kept until the end


@contextmanager
def a_site():
    """Give the block a site with an empty database and collected static files."""
    set_up()
    from django.core.management import call_command
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)


PACE = "ms of processor for a million additions here"


def pace():
    """Return the milliseconds that a million additions take: by it one machine's figures can be held to another's."""
    total, started = 0, time.process_time()
    for number in range(1_000_000):
        total += number
    return 1000 * (time.process_time() - started)


def prose(words):
    """Return so many words of the demo's own articles, in their paragraphs."""
    from django.conf import settings

    rows = json.loads((settings.BASE_DIR / "fixtures" / "articles.json").read_text(encoding="utf-8"))
    bodies = (row["fields"]["body"] for row in rows if row["model"] == "articles.article")
    kept = []
    for paragraph in re.findall(r"<p>(.*?)</p>", "".join(bodies), re.DOTALL):
        text = re.sub(r"<[^>]*>", "", paragraph).split()[:words]
        words -= len(text)
        kept.append(f"<p>{' '.join(text)}</p>")
        if not words:
            break
    return "".join(kept)


def a_full_article():
    """Return an article of 900 words with a picture, two authors, three hashtags, a story, 8 related, 10 comments."""
    from django.utils import timezone

    from articles import assist, related
    from tests import make

    hashtags = [make.hashtag(name) for name in ("Rivers", "Floods", "LowerSarn")]
    authors = [make.author("Ada Author"), make.author("Bo Writer")]
    story = make.story("The flood")
    outlets = [make.outlet(name) for name in ("The Lantern", "The Beacon", "The Courier", "The Harbour Post")]
    article = make.article(
        "River rises for the third day and the old bridge is closed to all traffic",
        body=prose(900),
        hashtags=hashtags,
        authors=authors,
        story=story,
        lead_image=make.image(),
    )
    for number in range(8):
        tagged = hashtags[: 1 + number % 3]
        make.article(outlet=outlets[number % 4], hashtags=tagged, story=story if number < 3 else None)
    for number in range(5):
        thread = make.comment(article, "I live near the quay and the water came to my door before the siren did.")
        make.comment(article, f"The same here, number {number} on the quay.", parent=thread)
    assist.prepare(article)
    related.relate_everything(at=timezone.now())
    return article
