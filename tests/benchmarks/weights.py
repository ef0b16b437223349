"""What a reader's first look at an article weighs: HTML, styles and script, each as gzip sends it (level 6).

The page: 900 words, a picture, 8 related articles, 10 comments. Styles and script are all files that the page asks for
before it is shown; fonts, pictures, styles for paper and scripts that come after (modules) are not
counted.
Budgets: 16, 12 and 4 kB (1 kB = 1000 bytes).
"""

import argparse
import gzip
from pathlib import Path

from tests.benchmarks.scratch import a_full_article, a_site

BUDGETS = {"HTML": 16_000, "styles": 12_000, "script": 4_000}


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with a_site():
        show(weigh())


def weigh():
    """Return ``{part: (number of files, bytes, bytes as gzip sends them)}``."""
    from django.test import Client

    from tests.documents import parse

    page = Client(headers={"Host": "127.0.0.1"}).get(a_full_article().get_absolute_url()).content
    document = parse(page)
    styles = [
        link["href"]
        for link in document.all("link", rel="stylesheet")
        if "static" in link["href"] and not link.get("media")
    ]
    scripts = [script["src"] for script in document.all("script", src=None) if script.get("type") != "module"]
    files = {"HTML": [page], "styles": map(static_file, styles), "script": map(static_file, scripts)}
    return {part: totals(list(contents)) for part, contents in files.items()}


def static_file(address):
    from django.conf import settings

    return (Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)).read_bytes()


def totals(contents):
    sent = sum(len(gzip.compress(content, compresslevel=6, mtime=0)) for content in contents)
    return len(contents), sum(map(len, contents)), sent


def show(weights):
    print(f"{'':<10}{'files':>8}{'bytes':>10}{'gzip':>10}{'budget':>10}")
    for part, (files, size, sent) in weights.items():
        over = "  over" if sent > BUDGETS[part] else ""
        print(f"{part:<10}{files:>8}{size:>10}{sent:>10}{BUDGETS[part]:>10}{over}")


if __name__ == "__main__":
    main()
