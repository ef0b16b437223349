"""Rank the related articles of a labelled corpus with the real engine.

    python -m tests.benchmarks.related CORPUS.jsonl RANKING.jsonl [--database URL]

CORPUS has one article a line: id, title, body, outlet, published. Labels in it are never read. The articles are stored
through the real models in a scratch database, indexed and related as `manage.py relate --all` does it, and RANKING gets
one line for each: {"id": "...", "related": [10 ids, best first]}. Where the corpus names events ("event:..." in
`labels`), the stories that the engine made are compared with them afterwards.
"""

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

RANKED = 10
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # stands in where the corpus has none; the article says that it is a guess


def main():
    options = _options()
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    from tests.benchmarks.scratch import a_site

    with Path(options.corpus).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    with a_site():
        ids, stories = _load(rows), {}
        seconds = _relate()
        with Path(options.ranking).open("w", encoding="utf-8") as file:
            for line in _rankings(ids):
                file.write(json.dumps(line) + "\n")
        stories = _stories(ids)
    _print_figures(rows, stories, seconds)


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("ranking")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make the scratch database on")
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
    related.relate_everything(at=datetime.now(UTC) + timedelta(days=36500))
    return time.process_time() - start


def _rankings(ids):
    from articles.models import Article
    from articles.related.reading import ranked

    for article in Article.objects.order_by("pk"):
        yield {"id": ids[article.pk], "related": [ids[pk] for pk in ranked(article)[:RANKED]]}


def _stories(ids):
    from articles.models import Article

    return {ids[pk]: story for pk, story in Article.objects.values_list("pk", "story")}


def _print_figures(rows, stories, seconds):
    print(f"{'articles':<28}{len(rows):>10}")
    print(f"{'CPU ms an article, all in':<28}{1000 * seconds / len(rows):>10.1f}")
    events = {row["id"]: label for row in rows for label in row.get("labels") or () if label.startswith("event:")}
    if not events:
        return
    clusters = {key: ("story", stories[key]) if stories[key] else ("alone", key) for key in events}
    print(f"{'stories':<28}{len({story for story in stories.values() if story}):>10}")
    for name, value in _clustering(events, clusters).items():
        print(f"{name:<28}{value:>10.3f}")


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
