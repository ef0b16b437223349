"""Rank the related articles of a labelled corpus with the real engine.

    python -m tests.benchmarks.related CORPUS.jsonl RANKING.jsonl [--database URL] [--model FOLDER]

CORPUS has one article a line: id, title, body, outlet, published. Labels in it are never read. The articles are stored
through the real models in a scratch database, indexed and related as `manage.py relate --all` does it, and RANKING gets
one line for each: {"id": "...", "related": [10 ids, best first]}. Where the corpus names events ("event:..." in
`labels`), the stories that the engine made are compared with them afterwards: those of the whole archive, which counts
the words of all before it groups any and so knows the future, and those of the same articles as they arrive, one by one
in order of time at an empty site.
"""

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

RANKED = 10
LONG_AFTER = datetime.now(UTC) + timedelta(days=36500)  # all of the corpus has come out
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # stands in where the corpus has none; the article says that it is a guess


def main():
    options = _options()
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    from tests.benchmarks.scratch import a_site, set_up

    set_up()
    from django.conf import settings

    settings.RELATED_MODEL = options.model
    with Path(options.corpus).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    with a_site():
        ids = _load(rows)
        seconds = _relate()
        with Path(options.ranking).open("w", encoding="utf-8") as file:
            for line in _rankings(ids):
                file.write(json.dumps(line) + "\n")
        print(f"{'articles':<28}{len(rows):>10}")
        print(f"{'CPU ms an article, all in':<28}{1000 * seconds / len(rows):>10.1f}")
        if events := _events(rows):
            _print_stories(events, _made(ids))


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("ranking")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make the scratch database on")
    parser.add_argument("--model", metavar="FOLDER", help="a model for embeddings, as at RELATED_MODEL")
    return parser.parse_args()


def _load(rows):
    """Store the corpus; return ``{primary key: id in the corpus}``."""
    from articles.models import Article, Outlet

    names = sorted({(row.get("outlet") or "An outlet without a name")[:120] for row in rows})
    outlets = {name: Outlet.objects.create(name=name, text_shown=Outlet.TextShown.FULL) for name in names}
    articles = [_article(row, outlets) for row in sorted(rows, key=lambda row: row.get("published") or "")]
    Article.objects.bulk_create(articles, batch_size=200)
    keys = [row["id"] for row in sorted(rows, key=lambda row: row.get("published") or "")]
    return {article.pk: key for article, key in zip(articles, keys, strict=True)}


def _article(row, outlets):
    from django.utils.html import format_html_join

    from articles.models import Article
    from articles.text import languages

    published_at = _instant(row.get("published"))
    text = f"{row['title']}\n{row['body']}"
    article = Article(
        outlet=outlets[(row.get("outlet") or "An outlet without a name")[:120]],
        headline=row["title"][:200] or "Without a headline",
        body=format_html_join("", "<p>{}</p>", ((line,) for line in row["body"].split("\n") if line.strip())),
        language=languages.guess(text) or "en",
        state=Article.State.PUBLISHED,
        published_at=published_at or NO_DATE,
        date_is_estimated=published_at is None,
    )
    article.derive()
    return article


def _instant(published):
    try:
        return datetime.combine(datetime.fromisoformat((published or "")[:10]), datetime.min.time(), UTC)
    except ValueError:
        return None


def _relate():
    from articles import related

    start = time.process_time()
    related.relate_everything(at=LONG_AFTER)
    return time.process_time() - start


def _rankings(ids):
    from articles.models import Article
    from articles.related.reading import ranked

    for article in Article.objects.order_by("pk"):
        yield {"id": ids[article.pk], "related": [ids[pk] for pk in ranked(article)[:RANKED]]}


def _made(ids):
    """Yield (how they came about, ``{id in the corpus: story}``)."""
    yield "whole archive", _stories(ids)
    _arrive()
    yield "as they arrive", _stories(ids)
    _relate()
    yield "then --all", _stories(ids)


def _arrive():
    """Empty the site of all that was found out, and relate the articles one by one in order of time."""
    from articles import related
    from articles.models import Article, PostingList, RelatedLink, Story, TermCount, TermVector

    for model in (RelatedLink, TermVector, PostingList, TermCount, Story):
        model.objects.all().delete()
    for article in Article.objects.only("pk").order_by("published_at", "pk"):
        related.relate(article, at=LONG_AFTER)


def _stories(ids):
    from articles.models import Article

    return {ids[pk]: story for pk, story in Article.objects.values_list("pk", "story")}


def _events(rows):
    return {row["id"]: label for row in rows for label in row.get("labels") or () if label.startswith("event:")}


def _print_stories(events, made):
    columns = {}
    for way, stories in made:
        clusters = {key: ("story", stories[key]) if stories[key] else ("alone", key) for key in events}
        columns[way] = {"stories": len(set(stories.values()) - {None})} | _clustering(events, clusters)
    print(f"{'':<28}" + "".join(f"{way:>16}" for way in columns))
    for name in next(iter(columns.values())):
        print(f"{name:<28}" + "".join(f"{column[name]:>16.6g}" for column in columns.values()))


def _clustering(events, clusters):
    """Compare clusters with events: B-cubed (Bagga and Baldwin, 1998) and pairs."""
    by_event, by_cluster = defaultdict(set), defaultdict(set)
    for key, event in events.items():
        by_event[event].add(key)
        by_cluster[clusters[key]].add(key)
    shared = {key: len(by_event[events[key]] & by_cluster[clusters[key]]) for key in events}
    precision = sum(shared[key] / len(by_cluster[clusters[key]]) for key in events) / len(events)
    recall = sum(shared[key] / len(by_event[events[key]]) for key in events) / len(events)
    cells = Counter((events[key], clusters[key]) for key in events)
    right = _pairs(cells.values())
    found, there = _pairs(map(len, by_cluster.values())), _pairs(map(len, by_event.values()))
    pair_precision, pair_recall = right / max(1, found), right / max(1, there)
    return {
        "B-cubed precision (purity)": precision,
        "B-cubed recall": recall,
        "B-cubed F1": _f1(precision, recall),
        "pair precision": pair_precision,
        "pair recall": pair_recall,
        "pair F1": _f1(pair_precision, pair_recall),
    }


def _pairs(sizes):
    return sum(size * (size - 1) // 2 for size in sizes)


def _f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    main()
