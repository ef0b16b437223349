"""What relating costs on a site with many articles.

    python -m tests.benchmarks.related_scale [--sizes 10000,100000,300000] [--new 200] [--database URL] [--plan]

The archive is invented (tests/benchmarks/invented_news.py says how): articles of 250 to 450 words at 300 a day, in
events that up to eight outlets report. Its index is written in bulk from the same texts through the engine's own
functions. Then new articles arrive through the models and are related one by one, as the worker does it. Processor time
is this process's, and with a PostgreSQL server on this machine its backend's as well.
"""

import argparse
import contextlib
import os
import statistics
import time
import tracemalloc
from collections import Counter
from pathlib import Path

SIZES = "10000,100000,300000"


def main():
    options = _options()
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    from tests.benchmarks.scratch import a_site

    with a_site():
        archive = Archive()
        for size in map(int, options.sizes.split(",")):  # each is told when it is known: the largest takes half an hour
            archive.grow(size)
            print(f"{'articles':<45}{size:>12,}")
            for name, figure in archive.figures(options.new).items():
                print(f"{name:<45}{figure:>12,.1f}", flush=True)
        if options.plan:
            print("\n".join(archive.plan()))


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=SIZES, help="how many articles there are, rising (default: %(default)s)")
    parser.add_argument("--new", type=int, default=200, help="new articles related at each size (default: %(default)s)")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make the scratch database on")
    parser.add_argument("--plan", action="store_true", help="print how the database finds what the page shows")
    return parser.parse_args()


class Archive:
    """A growing scratch site."""

    def __init__(self):
        from articles.models import Outlet
        from tests.benchmarks.invented_news import OUTLETS, Newsroom
        from tests.benchmarks.scratch import prose

        full = Outlet.TextShown.FULL
        self.outlets = [Outlet.objects.create(name=f"Outlet {n}", text_shown=full) for n in range(OUTLETS)]
        self.source = Newsroom(prose(100_000)).articles()
        self.common, self.size, self.bytes = Counter(), 0, 0

    # filling

    def grow(self, size):
        """Fill the archive up to ``size`` articles, all of them findable."""
        while self.size < size:
            self._fill(min(2000, size - self.size))

    def _fill(self, number):
        from django.db import transaction

        from articles.models import Article, TermCount, TermVector
        from articles.related import counts, index, postings

        stored = [self._article(*next(self.source)) for _ in range(number)]
        Article.objects.bulk_create(stored, batch_size=500)
        before, added = self._pages(), Counter()
        vectors = []
        for article in stored:
            article._prefetched_objects_cache = {"hashtags": Article.objects.none()}
            vectors.append(index.vector_of(article))
            added.update(vectors[-1].counted())
        self.common.update(added)
        found_by, articles = {}, self.common[TermCount.ARTICLES]
        for vector in vectors:
            weighed = index._weighed(vector, self.common, articles)
            vector.norm, vector.weighed_among, vector.is_related = weighed.length, articles, True
            found_by[vector.article_id] = index.found_by(weighed)
        with transaction.atomic():  # not one for each of the rows that the index adds up
            counts.add(added)
            TermVector.objects.bulk_create(vectors, batch_size=100)
            postings.replace({}, found_by)
        self.size += number
        self.bytes += self._pages() - before

    def _article(self, outlet, at, headline, sentences):
        from articles.models import Article

        body = "".join(f"<p>{' '.join(sentences[start : start + 4])}</p>" for start in range(0, len(sentences), 4))
        state = {"state": Article.State.PUBLISHED, "published_at": at}
        return Article(outlet=self.outlets[outlet], headline=headline, body=body, slug="invented", **state)

    def _pages(self):
        """Return the bytes of the whole database, of which between two looks only the index has changed."""
        from django.db import connection

        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                tables = ("articles_termvector", "articles_postinglist", "articles_termcount")
                cursor.execute(f"SELECT {' + '.join(['pg_total_relation_size(%s)'] * 3)}", tables)
                return cursor.fetchone()[0]
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            return cursor.fetchone()[0]

    # measuring

    def figures(self, number):
        """Return ``{what: figure}`` at the present size."""
        from django.utils import timezone

        from articles import related
        from articles.models import Article
        from tests.benchmarks.scratch import PACE, pace

        with self._settled():
            at, before = timezone.now(), pace()
            new = [self._article(*next(self.source)) for _ in range(2 * number)]
            for article in new:
                article.save()
            for article in new[:number]:  # what comes before leaves links behind that have to be kept short
                related.relate(article, at=at)
            spent = [self._spent(related.relate, article, at=at) for article in new[number:]]
            again = [self._spent(related.relate, article, at=at) for article in new[number:]]
            shown = (
                Article.objects.filter(pk__in=[article.pk for article in new]).select_related("outlet").defer("body")
            )
            read = [self._spent(related.links_for, article, at=at) for article in shown]
            paced = (before + pace()) / 2
            memory = _memory(lambda: related.relate(new[0], at=at))
            self.size += 2 * number
        return {
            PACE: paced,
            "CPU ms a new article, median": 1000 * statistics.median(cpu for cpu, _ in spent),
            "CPU ms a new article, 95th percentile": 1000 * _percentile(cpu for cpu, _ in spent),
            "wall ms a new article, median": 1000 * statistics.median(wall for _, wall in spent),
            "wall ms a new article, 95th percentile": 1000 * _percentile(wall for _, wall in spent),
            "articles a second, related again (--all)": len(again) / sum(wall for _, wall in again),
            "bytes of index an article": self.bytes / (self.size - 2 * number),
            "CPU ms to read what the page shows, median": 1000 * statistics.median(cpu for cpu, _ in read),
            "wall ms to read what the page shows, median": 1000 * statistics.median(wall for _, wall in read),
            "peak memory of relating one, kB": memory / 1000,
        }

    @contextlib.contextmanager
    def _settled(self):
        """Have the database know its own tables, as it does on a site that has run for a night."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        yield

    def _spent(self, deed, *given, **named):
        """Return the seconds of processor and of time that ``deed`` took."""
        server, cpu, wall = _server_seconds(), time.process_time(), time.perf_counter()
        deed(*given, **named)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        return cpu + _server_seconds() - server, wall

    def plan(self):
        """Return how the database finds what the page shows, line by line."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        from django.utils import timezone

        from articles import related
        from articles.models import Article

        article = Article.objects.filter(related_links__isnull=False).order_by("-pk").first()
        with CaptureQueriesContext(connection) as queries:
            related.links_for(article, at=timezone.now())
        with connection.cursor() as cursor:
            how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{how} {queries[-1]['sql']}".replace("%", "%%"))
            return [str(row[-1]) for row in cursor.fetchall()]


def _percentile(values):
    return statistics.quantiles(values, n=20)[-1]


def _memory(deed):
    tracemalloc.start()
    deed()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _server_seconds():
    """Return the processor seconds that this connection's PostgreSQL backend has used, if it runs on this machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    try:
        fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
