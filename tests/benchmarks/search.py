"""What searching costs on a site with many articles.

    python -m tests.benchmarks.search [--size 100000] [--asked 20] [--database URL]

The archive is invented (tests/benchmarks/invented_news.py says how) and goes into a scratch database with its bodies,
hashtags and bylines, and through the engine into the index. Then questions of several sorts are asked. Processor time
is this process's, and with a PostgreSQL server on this machine its backend's as well. "The view" is everything but the
template; "with the page" is the whole answer.
"""

import argparse
import os
import random
import statistics
import time

from tests.benchmarks.related_scale import _server_seconds
from tests.benchmarks.scratch import PACE, pace

AT_ONCE = 500  # articles


def main():
    options = _options()
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    from tests.benchmarks.scratch import a_site

    with a_site():
        archive = Archive(options.size)
        print(f"{'articles':<52}{options.size:>12,}")
        print(f"{PACE:<52}{pace():>12,.1f}")
        for name, figure in archive.filling().items():
            print(f"{name:<52}{figure:>12,.1f}", flush=True)
        for name, figures in archive.asking(options.asked).items():
            print(f"{name:<52}" + "".join(f"{figure:>12,.1f}" for figure in figures), flush=True)


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000, help="articles (default: %(default)s)")
    parser.add_argument("--asked", type=int, default=20, help="questions of each sort (default: %(default)s)")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make the scratch database on")
    return parser.parse_args()


class Archive:
    def __init__(self, size):
        from articles.models import Author, Hashtag, Outlet, Section
        from tests.benchmarks.invented_news import OUTLETS, Newsroom
        from tests.benchmarks.scratch import prose

        self.size, self.chance = size, random.Random(7)  # noqa: S311 - repeatable chance, no secrets
        measures = ["own", "full", "full", "full", "summary", "link"]
        self.outlets = [Outlet.objects.create(name=f"Outlet {n}", text_shown=measures[n % 6]) for n in range(OUTLETS)]
        self.sections = [Section.objects.create(name=f"Section {n}") for n in range(8)]
        self.newsroom = Newsroom(prose(100_000))
        names = self.newsroom.known
        self.authors = [
            Author.objects.create(name=f"{a} {b}") for a, b in zip(names[:300], names[300:600], strict=True)
        ]
        self.tags = [Hashtag.objects.create(name=f"{word}{n}") for n, word in enumerate(self.newsroom.words[150:650])]
        self.source = self.newsroom.articles()

    # filling

    def filling(self):
        """Fill the archive; return ``{what: figure}``."""
        from articles import search

        spent, before, index_bytes = 0.0, 0, 0
        for _ in range(0, self.size, AT_ONCE):
            keys = self._store(AT_ONCE)
            before, started = self._bytes(), time.perf_counter()
            search.put(*keys)
            search.learn(*keys)
            spent += time.perf_counter() - started
            index_bytes += self._bytes() - before
        self._settle()
        return {"bytes of index an article": index_bytes / self.size, "articles indexed a second": self.size / spent}

    def _store(self, number):
        from articles.models import Article, Byline

        made = Article.objects.bulk_create([self._article(*next(self.source)) for _ in range(number)])
        through = Article.hashtags.through
        through.objects.bulk_create(
            through(article=article, hashtag=tag) for article in made for tag in self.chance.sample(self.tags, 3)
        )
        Byline.objects.bulk_create(Byline(article=article, author=self.chance.choice(self.authors)) for article in made)
        return [article.pk for article in made]

    def _article(self, outlet, at, headline, sentences):
        from articles.models import Article

        body = "".join(f"<p>{' '.join(sentences[start : start + 4])}</p>" for start in range(0, len(sentences), 4))
        section = self.chance.choice(self.sections)
        state = {"state": Article.State.PUBLISHED, "published_at": at, "section": section, "slug": "invented"}
        return Article(
            outlet=self.outlets[outlet],
            headline=headline,
            standfirst=sentences[0],
            body=body,
            summary=sentences[0],
            **state,
        )

    def _bytes(self):
        from django.db import connection

        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                tables = ("articles_searchentry", "articles_searchword")
                cursor.execute(f"SELECT {' + '.join(['pg_total_relation_size(%s)'] * 2)}", tables)
            else:
                cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            return cursor.fetchone()[0]

    def _settle(self):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

    # asking

    def asking(self, number):
        """Return ``{sort of question: (found, median ms of the view, worst, median with the page, PACE)}``."""
        from articles.views import search

        told = {"ms of processor: found, view, worst, page, pace": ()}
        for name, questions in self._questions(number).items():
            view = search.suggestions if name.startswith("suggestions") else search.results
            found = [self._number(view, question) for question in questions]
            told[name] = (statistics.median(found), *self._costs(view, questions), pace())
        told["a story asked about"] = (*self._asked_about_a_story(number), pace())
        return told

    def _questions(self, number):
        from django.utils.http import urlencode

        from articles.models import Article
        from articles.text.stop_words import EVERY

        some = self.chance.sample(list(Article.objects.values_list("headline", flat=True)[:5000]), number)
        common = [word for word in self.newsroom.words if word not in EVERY and len(word) > 3][:5]
        pairs = [" ".join(headline.split()[1:3]) for headline in some]
        typo = [name[:3] + name[4:] for name in self.newsroom.known[:number] if len(name) > 6]
        sorts = {
            "two words": [{"q": pair} for pair in pairs],
            "a name": [{"q": headline.split()[0]} for headline in some],
            "a word in nearly every text": [{"q": word} for word in common],
            "the same, the newest first": [{"q": word, "sort": "newest"} for word in common],
            "the same, of one section and outlet": [
                {"q": word, "section": "section-1", "outlet": "outlet-1"} for word in common
            ],
            "no words": [{}],
            "a phrase": [{"q": f'"{pair}"'} for pair in pairs],
            "a misspelt name": [{"q": word} for word in typo],
            "page 40 of a common word": [{"q": word, "page": 40} for word in common],
            "suggestions, three letters": [{"q": headline[:3]} for headline in some],
            "suggestions, six letters": [{"q": headline[:6]} for headline in some],
        }
        return {name: [urlencode(one) for one in each] for name, each in sorts.items()}

    def _asked_about_a_story(self, number):
        """Return like the others what it costs to ask about articles of a story of 60, with words of their own."""
        from django.test import RequestFactory
        from django.utils.html import strip_tags

        from articles.models import Article, Outlet, Story
        from articles.views.ask import ask

        Outlet.objects.update(text_shown=Outlet.TextShown.OWN)  # whose texts may be asked about
        story = Story.objects.create(title="Invented")
        told = list(Article.objects.newest_first()[:60])
        Article.objects.filter(pk__in=[article.pk for article in told]).update(story=story)
        spent, found = [], []
        for place, article in enumerate(told[:number]):
            words = strip_tags(article.body).split()[place : place + 6]
            request = RequestFactory(REMOTE_ADDR=f"10.0.{place}.1").get("/", {"q": f"What about {' '.join(words)}?"})
            found.append(ask(request, article.pk).content.count(b"<blockquote"))
            spent.append(1000 * self._spent(ask, request, article.pk))
        return statistics.median(found), statistics.median(spent), max(spent), statistics.median(spent)

    def _number(self, view, question):
        import json

        from django.test import RequestFactory

        answer = view(RequestFactory().get(f"/search/?{question}"))
        if answer["Content-Type"] == "application/json":
            return len(json.loads(answer.content)["suggestions"])
        words = answer.content.decode().partition('<h2 id="results">')[2].split()[0].rstrip("+")
        return int(words) if words.isdigit() else 0

    def _costs(self, view, questions):
        from django.http import HttpResponse
        from django.test import RequestFactory

        from articles.views import search

        requests = [RequestFactory().get(f"/search/?{question}") for question in questions]
        whole = [self._spent(view, request) for request in requests]
        render, search.render_public = search.render_public, lambda *given, **named: HttpResponse()
        try:
            bare = [self._spent(view, request) for request in requests]
        finally:
            search.render_public = render
        return 1000 * statistics.median(bare), 1000 * max(bare), 1000 * statistics.median(whole)

    def _spent(self, deed, *given):
        server, cpu = _server_seconds(), time.process_time()
        deed(*given)
        return time.process_time() - cpu + _server_seconds() - server


if __name__ == "__main__":
    main()
