"""How many copies of a text are found: with another headline, a lead or an end of its own, or cut.

    python -m tests.benchmarks.copies CORPUS.jsonl [--sample 40] [--database URL]

CORPUS is one that `tests.benchmarks.related` reads. Its articles are related as if they had come out over 60 days; then
another outlet runs some of them, changed in several ways. What shares COPY of its runs of words, counted exactly, is a
true copy: of these the table says how many the index leads to, how many are linked as copies, and how many editors see.
"""

import argparse
import json
import os
import random
from datetime import timedelta
from pathlib import Path

DAYS, LEAD, END, KEPT = 60, 60, 150, 0.75


def main():
    options = _options()
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    from tests.benchmarks.scratch import a_site

    with Path(options.corpus).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    with a_site():
        _print_figures(rows, options.sample)


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--sample", type=int, default=40, help="articles copied (default: %(default)s)")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make the scratch database on")
    return parser.parse_args()


def _print_figures(rows, number):
    from django.utils import timezone

    from articles import related
    from articles.models import Article

    now, rng = timezone.now(), random.Random(3)  # noqa: S311 - the same in every run
    _store(rows, now)
    related.relate_everything(at=now)
    texts = {article: _words(article) for article in Article.objects.order_by("pk")}
    whole = [article for article, words in texts.items() if 200 <= len(words) <= 900]
    chosen = rng.sample(whole, min(number, len(whole)))
    print(f"{'':<28}{'true copies':>12}{'found':>8}{'linked':>8}{'at the desk':>13}")
    for name, change in _changes(rng, list(texts.values())).items():
        counts = [0, 0, 0, 0]
        for article in chosen:
            for place, is_so in enumerate(_copied(article, change(texts[article]), texts[rng.choice(whole)], now)):
                counts[place] += is_so
        print(f"{name:<28}{counts[0]:>12}{counts[1]:>8}{counts[2]:>8}{counts[3]:>13}", flush=True)


def _store(rows, now):
    from articles.models import Article
    from tests.benchmarks.related import _load

    keys = sorted(_load(rows))
    for place, key in enumerate(keys):
        published_at = now - timedelta(days=DAYS * (1 - place / len(keys)))
        Article.objects.filter(pk=key).update(published_at=published_at, date_is_estimated=False)


def _changes(rng, texts):
    return {
        "another headline": lambda words: words,
        "a lead of its own": lambda words: rng.choice(texts)[:LEAD] + words,
        "the last quarter cut": lambda words: words[: int(len(words) * KEPT)],
        "an end of its own": lambda words: words + rng.choice(texts)[:END],
    }


def _copied(original, words, other, now):
    """Run ``words`` in another outlet; tell whether it is a true copy, found, linked, and shown to editors."""
    from articles import related
    from articles.models import Article, Outlet, RelatedLink
    from articles.related import index, postings, scoring
    from articles.related.preview import preview, stored

    if _share(words, _words(original)) < scoring.COPY:
        return [False] * 4
    outlet = Outlet.objects.get_or_create(name="Copycat")[0]
    body = "".join(f"<p>{' '.join(words[place : place + 60])}</p>" for place in range(0, len(words), 60))
    headline = " ".join(other[:8])[:200]
    copy = Article(outlet=outlet, headline=headline, body=body, language=original.language, state="published")
    copy.published_at = now
    copy.save()
    is_found = any(original.pk in found for found in postings.find(index.keep(copy)))
    related.relate(copy, at=now)
    links = RelatedLink.objects.filter(article=copy, related=original, likeness__gte=scoring.COPY)
    findings = preview(copy, at=now, links=stored(copy))
    is_shown = any(finding.is_copy and finding.article == original for finding in findings)
    outcome = [True, is_found, links.exists(), is_shown]
    copy.delete()
    return outcome


def _words(article):
    from articles.text import plain

    return plain.from_html(article.body).split()


def _share(one, other):
    from articles.text import shingles

    runs = [{tuple(words[place : place + shingles.RUN]) for place in range(len(words))} for words in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


if __name__ == "__main__":
    main()
