"""Prints of one text in several outlets, as tests of copies make them."""

import random

from django.utils import timezone

from articles.models import TermVector
from tests import make
from tests.make import HOUR
from tests.related.reports import relate

WORDS = "river council bridge doctor school engine market winter harvest letter museum garden forest judge".split()
ENDS = ["", "s", "ing", "ed", "er", "ery", "less", "ful"]


def a_text(seed, words=200, vocabulary=WORDS):
    rng = random.Random(seed)  # noqa: S311 - the same in every run
    return [rng.choice(vocabulary) + rng.choice(ENDS) for _ in range(words)]


def body(words):
    return "".join(f"<p>{' '.join(words[place : place + 50])}.</p>" for place in range(0, len(words), 50))


def printed(outlet, words, *, hours=1, **fields):
    """Return an article of ``outlet`` that came out ``hours`` ago."""
    fields = {"outlet": outlet, "standfirst": "", "body": body(words)} | fields
    return make.article(f"{outlet} has this", at=timezone.now() - hours * HOUR, **fields)


def edit(article, words):
    article.refresh_from_db()
    article.body = body(words)
    article.save()
    relate(article)


def firsts(*articles):
    """Return for each the outlet of the first print that it is a copy of, or None."""
    by_id = {article.pk: article.outlet.name for article in articles}
    return [by_id.get(TermVector.objects.get(article=article).copy_of) for article in articles]
