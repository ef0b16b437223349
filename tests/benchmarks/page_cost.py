"""What the article page costs, as a multiple of the least that Django can answer.

The page: 900 words, a picture, 8 related articles, 10 comments; once as readers get it, kept from the reader before,
and once made anew from the database at every request. Beside them, in the same process and in turns, a view that
returns a constant behind Django's default seven middlewares. Processor time, so other programs on the machine do not
count. Aim for what readers get: 12 or less.
"""

import argparse
import cProfile
import gc
import pstats
import statistics
import time

from tests.benchmarks.scratch import a_full_article, a_site

SEVEN = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40, help="how many times each is measured (40)")
    parser.add_argument("--requests", type=int, default=10, help="how many requests a measurement takes (10)")
    parser.add_argument("--profile", action="store_true", help="show where the time of the article page goes")
    asked = parser.parse_args()
    with a_site():
        measure(asked)


def measure(asked):
    constant, kept, made = doors()
    if asked.profile:
        profile(made)
    samples = {"constant view": [], "article, kept": [], "article, made": []}
    for _ in range(asked.rounds):
        samples["constant view"].append(cost(constant, asked.requests * 10))
        samples["article, kept"].append(cost(kept, asked.requests * 10))
        samples["article, made"].append(cost(made, asked.requests))
    show(samples)


def doors():
    """Return three functions, each through a WSGI handler: for the constant, the page kept, the page made anew."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    address = a_full_article().get_absolute_url()
    override_settings(ROOT_URLCONF="tests.benchmarks.addresses").enable()
    with override_settings(MIDDLEWARE=SEVEN):
        least = WSGIHandler()
    with override_settings(PAGE_CACHE_MEGABYTES=32):  # the tests' settings keep none
        site = WSGIHandler()
    return asking(least, "/constant/"), asking(site, address), without_cache(address)


def without_cache(path):
    """Return a function that asks for the page at ``path``, made anew each time."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    with override_settings(MIDDLEWARE=[name for name in settings.MIDDLEWARE if not name.endswith("PageCache")]):
        return asking(WSGIHandler(), path)


def asking(handler, path):
    from django.test import RequestFactory

    environ = RequestFactory(headers={"Host": "127.0.0.1"}).get(path).environ

    def ask():
        statuses = []
        response = handler(environ.copy(), lambda status, headers: statuses.append(status))
        body = b"".join(response)
        response.close()
        assert statuses == ["200 OK"]
        return body

    for _ in range(20):  # templates compiled, caches warm
        ask()
    return ask


def cost(ask, requests):
    """Return the milliseconds of processor time that one request costs, the mean over ``requests``."""
    gc.collect()
    started = time.process_time()
    for _ in range(requests):
        ask()
    return (time.process_time() - started) / requests * 1000


def show(samples):
    print(f"{'':<16}{'median ms':>12}{'best ms':>12}{'ratio':>12}")
    constant = statistics.median(samples["constant view"])
    for name, values in samples.items():
        median = statistics.median(values)
        print(f"{name:<16}{median:>12.3f}{min(values):>12.3f}{median / constant:>12.1f}")


def profile(page):
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(100):
        page()
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(70)


if __name__ == "__main__":
    main()
