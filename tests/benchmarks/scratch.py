"""A scratch site for the benchmarks: the real settings and a database of its own, gone at the end."""

import logging
import os
from contextlib import contextmanager

import django

WORDS = (
    "the river rose again during the night and the gauge at the old bridge stood at four metres when the first boats "
    "came in while people on the quay carried sand and wood to the houses near the water because nobody trusted dam"
).split()


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


def prose(words, *, paragraph=60):
    """Return HTML of that many words in paragraphs; the same words at every call."""
    text = [WORDS[(place * 7 + place // 11) % len(WORDS)] for place in range(words)]
    sentences = [" ".join(text[start : start + 15]).capitalize() + "." for start in range(0, words, 15)]
    step = paragraph // 15
    return "".join(f"<p>{' '.join(sentences[start : start + step])}</p>" for start in range(0, len(sentences), step))


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
    related.relate(article, at=timezone.now())
    return article
