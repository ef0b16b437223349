"""What hostile text costs: processor time of each way that words of strangers take into the site.

    python -m tests.benchmarks.hostile [--most 50] [--all] [--database postgresql://...]

Texts that are made to keep a program busy - towers of marks, endless hosts, nested quotations, half a tag, a thousand
times over - go through everything that is done with a comment, a question, a search and a body of an article, each as
long as the site takes them, and then through the whole application: posted, shown, asked, searched. A line tells the
costliest text of a way and its milliseconds, the best of three, beside those of ordinary words; what took more than
--most is marked. No test asserts a time: a busy machine would break it.
"""

import argparse
import os
import time
import uuid

ROUNDS = 3
COMMENT, QUESTION, NAME = 5000, 200, 60  # characters that the forms take
BODY = 20_000  # of an article's body: three times a long report

WORDS = "The water came to our door before the siren did, and nobody answered the telephone. "
MORE_TEXTS = {
    "backtracking": "(a+)+$" * 833,
    "spelt letters": "a." * 2500,
    "spelt letters, spaced": "a.  b" * 1000,
    "signs of folding": "@!$|" * 1250,
    "half a tag": "<a href=" * 625,
    "nested tags": "<div>" * 1000,
    "nested lists": "<ul><li>" * 625,
    "half a comment": "<!--" * 1250,
    "half an entity": "&#" * 2500,
    "entities": "&amp;" * 1000,
    "attributes": "<a " + "a=b " * 1249,
    "unclosed quotes": '<a href="' * 555,
    "capitals": "A B " * 1250,
    "names in a row": "Ann Bo " * 714,
    "numbers": "1,234.5 " * 625,
    "one number": "1" * 5000,
    "speech": "“a” said B. " * 416,
    "open quotes": "“" * 5000,
    "dates": "on 3 May 2026 " * 357,
    "sentences": "A. " * 1666,
    "full stops": "." * 5000,
    "hashtags": "#a " * 1666,
    "hash signs": "#" * 5000,
    "brackets": "((((" * 1250,
    "question marks": "?" * 5000,
    "operators": '-"a" author:b ' * 357,
    "quotation marks": '"' * 5000,
    "unspaced": "洪水" * 2500,
    "right to left": "فيضان " * 833,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=float, default=50, metavar="MS", help="milliseconds that no text may cost (50)")
    parser.add_argument("--all", action="store_true", help="tell every text, not the costliest alone")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make the scratch database on")
    asked = parser.parse_args()
    if asked.database:
        os.environ["DATABASE_URL"] = asked.database
    from tests.benchmarks.scratch import a_site

    with a_site():
        from tests.text.test_comment import PATHOLOGICAL

        texts = PATHOLOGICAL | MORE_TEXTS | {"words": WORDS}
        print(f"{len(texts)} texts{'':<38}{'costliest':<28}{'CPU ms':>8}{'usual':>8}")
        for way, (longest, deed) in (of_readers() | of_the_desk() | requests()).items():
            show(way, {name: _spent(deed, _filled(text, longest)) for name, text in texts.items()}, asked)


def show(way, spent, asked):
    """Print the costliest text of a way beside what ordinary words cost."""
    usual = spent.pop("words")
    told = sorted(((cost, name) for name, cost in spent.items()), reverse=True)
    for cost, name in told if asked.all else told[:1]:
        mark = f"  over {asked.most:g}" if cost > asked.most else ""
        print(f"{way:<46}{name:<28}{cost:>8.1f}{usual:>8.1f}{mark}", flush=True)


def of_readers():
    """Return {way into the site: (characters that it takes, what is done with them)} of what readers send."""
    from articles.search import query
    from articles.text import bayes, comment, folding, markup, questions, quotations

    phrases = [f"word{number} and (more)+" for number in range(2000)]

    def stored(text):
        normal = comment.normalise(text)
        return comment.is_visible(normal), comment.links(normal), folding.digest(normal)

    return {
        "a comment: made fit to be stored": (COMMENT, stored),
        "a comment: held against 2,000 word rules": (COMMENT, lambda text: folding.find(phrases, text)),
        "a comment: its words marked for a moderator": (COMMENT, lambda text: folding.mark(phrases[:20], text)),
        "a comment: weighed by what was learned": (COMMENT, lambda text: list(bayes.keys(text))),
        "a comment: shown": (COMMENT, comment.render),
        "a comment: quoted and cut": (COMMENT, lambda t: quotations.without(t, [t]) + quotations.quote(t)),
        "a comment: imported as HTML": (COMMENT, markup.to_text),
        "a name": (NAME, lambda text: folding.looks(comment.one_line(text))),
        "a question": (QUESTION, lambda text: questions.read(comment.one_line(text))),
        "a search": (QUESTION, lambda text: query.parse(text, ["en", "de"])),
    }


def of_the_desk():
    """Return the same of what editors store."""
    from articles.assist import facts, key_points
    from articles.text import diff, hashtags, html, languages, plain, slugs, terms

    def prepared(text):
        body = html.sanitise(text)
        facts.gather(body=body)
        key_points.choose(headline="Flood", standfirst="", body=body)

    return {
        "a line of hashtags": (COMMENT, lambda text: [hashtags.key(name) for name in hashtags.split(text)]),
        "a headline's address": (QUESTION, slugs.make),
        "an article: made safe": (BODY, lambda text: html.number_paragraphs(html.sanitise(text))),
        "an article: its summary": (BODY, lambda text: plain.shorten(plain.from_html(html.sanitise(text)))),
        "an article: its language": (BODY, languages.guess),
        "an article: its terms": (BODY, terms.of),
        "an article: read by programs": (BODY, prepared),
        "an article: compared with what it said": (BODY, lambda t: diff.paragraphs(t, t[::-1])),
    }


def requests():
    """Return the same for requests through the whole application."""
    from django.conf import settings
    from django.test import Client

    from articles.models import Comment
    from articles.views import ask
    from articles.views.pace import Pace
    from tests.benchmarks.scratch import a_full_article

    settings.COMMENT_SPEED, settings.PAGE_CACHE_MEGABYTES, ask.PACE = 0, 0, Pace(10**9, 60)
    settings.ALLOWED_HOSTS = ["testserver"]
    client, article, here = Client(), a_full_article(), {"Origin": "http://testserver"}
    comments = f"/articles/{article.pk}/comments/"

    def post(text):
        client.post(comments, {"name": "Rosa", "body": text, "nonce": uuid.uuid4()}, headers=here)

    def shown(text):
        Comment.objects.filter(pk=article.comments.first().pk).update(body=text or "x")
        client.get(f"{comments}?sort=oldest")

    return {
        "request: a comment posted": (COMMENT, post),
        "request: a comment looked at before": (
            COMMENT, lambda text: client.post(f"{comments}preview/", {"name": "Rosa", "body": text}, headers=here)
        ),
        "request: a name": (NAME, lambda text: client.post(comments, {"name": text, "body": "x"}, headers=here)),
        "request: a page with the comment": (COMMENT, shown),
        "request: a question": (QUESTION, lambda text: client.get(f"/articles/{article.pk}/ask/", {"q": text})),
        "request: a search": (QUESTION, lambda text: client.get("/search/", {"q": text})),
        "request: a suggestion": (QUESTION, lambda text: client.get("/search/suggestions.json", {"q": text})),
    }  # fmt: skip


def _filled(text, longest):
    """Return the text as long as it may be."""
    return (text * (longest // max(len(text), 1) + 1))[:longest]


def _spent(deed, text):
    """Return the milliseconds of the quickest of three times."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        deed(text)
        best = min(best, time.process_time() - started)
    return 1000 * best


if __name__ == "__main__":
    main()
