"""What the conversation costs: reading it, posting to it, moderating it.

    python -m tests.benchmarks.comments [--under 10000] [--among 1000000] [--database postgresql://...] [--profile NAME]

Three tables. An article with 10,000 comments, one thread of them with 2,000 answers: queries and processor time of the
comments alone (asking the database and rendering) and of the whole page, made anew each time. A comment that comes in,
through the whole web application, among a million others. And the moderators' queue over that million, each tab, and
searches. Processor time is this process's, and with a PostgreSQL server on this machine its backend's as well.
"""

import argparse
import os
import statistics
import time
import uuid
from urllib.parse import urlencode

from tests.benchmarks.million import fill
from tests.benchmarks.related_scale import _server_seconds
from tests.benchmarks.scratch import PACE, pace

ROUNDS = 25
BODY = """The water came to our door before the siren did, and by the time that anybody from the town had answered the
telephone the cellar was full. We have lived on the quay for thirty years and have not seen the like.

> Nobody was hurt.

That is what the town says. Who counted? See https://sarn.example/reports/2026 for what the neighbours wrote down,
number"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--under", type=int, default=10_000, help="comments under the one article (10000)")
    parser.add_argument("--among", type=int, default=1_000_000, help="comments in the table besides (1000000)")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make the scratch database on")
    parser.add_argument("--profile", metavar="NAME", help="show where the time of that line goes")
    parser.add_argument("--queries", metavar="NAME", help="show what that line asks the database, and how it finds it")
    asked = parser.parse_args()
    if asked.database:
        os.environ["DATABASE_URL"] = asked.database
    from tests.benchmarks.scratch import a_site

    with a_site():
        show = Show(asked)
        article = a_long_conversation(asked.under)
        show("Reading", reading(article))
        if asked.among:
            fill(asked.among)
            show("Posting", posting(article))
            show("The queue", moderating())


class Show:
    """Prints a table of deeds: each one's queries and milliseconds."""

    def __init__(self, asked):
        self.asked = asked

    def __call__(self, title, deeds):
        print(f"{PACE:<52}{pace():>10.1f}")
        print(f"{title:<44}{'queries':>8}{'CPU ms':>10}{'best':>10}{'wall ms':>10}")
        for name, deed in deeds.items():
            queries = _queries_of(deed)
            samples = [_spent(deed) for _ in range(ROUNDS)]
            cpu, wall = ([1000 * sample[place] for sample in samples] for place in (0, 1))
            median = statistics.median
            print(f"{name:<44}{len(queries):>8}{median(cpu):>10.1f}{min(cpu):>10.1f}{median(wall):>10.1f}", flush=True)
            if name == self.asked.profile:
                _profile(deed)
            if name == self.asked.queries:
                _explain(queries)


# what is measured


def a_long_conversation(number):
    """Return an article with ``number`` comments: a fifth of them in one thread, the rest in threads of up to six."""
    from articles.models import Comment
    from tests import make
    from tests.benchmarks.scratch import a_full_article

    article = a_full_article()
    threads = make.many_comments(article, number // 5, body=BODY)
    make.many_comments(article, number // 5, parent=threads[-1], body=BODY)
    left = number - 2 * (number // 5)
    for place in range(0, left, 1000):
        make.many_comments(article, min(1000, left - place), parent=threads[-(place // 200 + 2)], body=BODY)
    answered = Comment.objects.filter(article=article, parent=threads[-2])
    make.many_comments(article, 50, parent=answered[0], body=BODY)
    return article


def reading(article):
    from django.template.loader import render_to_string
    from django.utils import timezone

    from articles.forms import CommentForm
    from articles.models import Article
    from articles.views.threads import threads_of, whole_thread
    from tests.benchmarks.page_cost import without_cache

    seen = Article.objects.for_page().get(pk=article.pk).see_terms(at=timezone.now())
    biggest = article.comments.filter(parent=None).order_by("-pk")[0].pk
    some = threads_of(seen).after

    def part(threads):
        context = {"article": seen, "threads": threads(), "form": CommentForm(article=seen)}
        return render_to_string("articles/_comments.html", context)

    kinds = {
        "newest": (lambda: threads_of(seen), ""),
        "further on": (lambda: threads_of(seen, after=some), f"?after={some}"),
        "oldest": (lambda: threads_of(seen, sort="oldest"), "?sort=oldest"),
        "top": (lambda: threads_of(seen, sort="top"), "?sort=top"),
        "a thread": (lambda: whole_thread(seen, biggest), f"?thread={biggest}"),
    }
    deeds = {"the article page, whole": without_cache(article.get_absolute_url())}
    for name, (threads, asked) in kinds.items():
        deeds[f"comments, {name}"] = lambda threads=threads: part(threads)
        deeds[f"their page, {name}"] = without_cache(f"/articles/{article.pk}/comments/{asked}")
    return deeds


def posting(article):
    from django.conf import settings
    from django.test import Client, override_settings

    override_settings(COMMENTS_HELD_AT_FIRST=2, COMMENT_SPEED=1000).enable()
    readers = [Client(headers={"Host": "127.0.0.1", "Origin": "http://127.0.0.1"}) for _ in range(5)]
    turns = iter(range(1_000_000))

    def post(**fields):
        turn = next(turns)
        reader = readers[turn % len(readers)]
        told = {"name": "Rosa Reader", "body": f"{BODY.replace('https://', '')} {turn}", "nonce": uuid.uuid4()} | fields
        body = urlencode(told)
        kind = "application/x-www-form-urlencoded"
        answer = reader.post(f"/articles/{article.pk}/comments/", body, content_type=kind)
        assert answer.status_code == 303, answer.content
        assert settings.READER_COOKIE_NAME in reader.cookies

    parent = article.comments.filter(parent=None).order_by("-pk")[0].pk
    return {"a comment": post, "an answer": lambda: post(parent=parent)}


def moderating():
    from django.test import Client

    from articles.models import Comment
    from tests import make

    moderator = Client(headers={"Host": "127.0.0.1"})
    moderator.force_login(make.user("Moderator"))
    writer = Comment.objects.filter(commenter__isnull=False, state="public").order_by("pk")[0].commenter_id

    def page(asked):
        answer = moderator.get(f"/admin/articles/comment/?{asked}")
        assert answer.status_code == 200

    tabs = ("reported", "held", "new", "public", "rejected", "spam", "deleted", "all")
    asked = {f"tab {tab}": f"queue={tab}" for tab in tabs}
    asked["held by a rule"] = "queue=held&rule=links"
    asked["one writer's"] = f"queue=all&writer={writer}"
    asked["search held for a common word"] = "queue=held&q=water"
    asked["search held for a rare word"] = "queue=held&q=marmalade"
    asked["search all for a common word"] = "queue=all&q=water"
    asked["search all for a rare word"] = "queue=all&q=marmalade"
    asked["search all for no word"] = "queue=all&q=xylophone"
    return {name: lambda query=query: page(query) for name, query in asked.items()}


# how


def _queries_of(deed):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    deed()  # templates compiled
    with CaptureQueriesContext(connection) as captured:
        deed()
    return [query for query in captured.captured_queries if not query["sql"].startswith(("BEGIN", "COMMIT"))]


def _spent(deed):
    server, cpu, wall = _server_seconds(), time.process_time(), time.perf_counter()
    deed()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return cpu + _server_seconds() - server, wall


def _profile(deed):
    import cProfile
    import pstats

    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(ROUNDS):
        deed()
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)


def _explain(queries):
    from django.db import connection

    how = "EXPLAIN ANALYZE" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    for query in queries:
        print(query["time"], query["sql"][:3000])
        if query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"{how} {query['sql']}".replace("%", "%%"))
                print("\n".join(f"    {row[-1]}" for row in cursor.fetchall()))


if __name__ == "__main__":
    main()
