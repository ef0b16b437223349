"""Words that stand nowhere else, and the reader who looks for them behind every link."""

import re
from html import unescape
from itertools import product
from string import ascii_lowercase
from urllib.parse import urljoin, urlsplit

from tests.documents import parse

LISTS = ["/", "/latest/", "/outlets/", "/hashtags/", "/corrections/", "/about/", "/search/"]
FEEDS = ["feed.rss", "feed.atom", "feed.json"]
MACHINE_FILES = ["/sitemap.xml", "/sitemap-news.xml", "/robots.txt", "/outlets.opml", "/opensearch.xml"]


class Canaries:
    """Words that stand nowhere else; ``secret`` and ``public`` tell what each was planted in."""

    def __init__(self):
        letters = product(ascii_lowercase, repeat=4)
        self.words = (f"zq{''.join(word)}xv" for word in letters)
        self.secret, self.public = {}, {}

    def plant(self, where, *, secret):
        word = next(self.words).capitalize()
        (self.secret if secret else self.public)[word.lower()] = where
        return word

    def in_(self, text, kinds):
        """Return what ``text`` gives away of the words of ``kinds``."""
        return {kinds[word] for word in re.findall(r"zq[a-z]{4}xv", text.lower()) if word in kinds}


def links(answer):
    """Return the addresses on this site that a page names."""
    found = set()
    base = answer.wsgi_request.get_full_path()
    if not answer["Content-Type"].startswith("text/html"):
        own = re.findall(r"https?://(?:testserver|127\.0\.0\.1:\d+)(/[^\s\"<>{}]*)", unescape(answer.content.decode()))
        return {address for address in own if not address.startswith(("/static/", "/media/"))}
    for node in parse(answer.content).walk():
        addresses = [node.get(name) for name in ("href", "src", "data-src")]
        addresses += [candidate.split()[0] for candidate in (node.get("srcset") or "").split(",") if candidate.strip()]
        if node.tag == "form" and node.get("method", "get") == "get":
            addresses.append(node.get("action"))
        for address in filter(None, addresses):
            parts = urlsplit(urljoin(f"http://testserver{base}", address))
            # Of a search's feeds one is enough: it is one list of items that goes out in three forms.
            skipped = ("/static/", "/media/", "/search/feed.rss", "/search/feed.json")
            # Filters can be put together without end; one at a time shows whatever there is to be found. The feed of a
            # question has what its page has; each word is asked for at one of the two.
            is_more = "&" in parts.query if parts.path == "/search/" else parts.query.startswith("q=")
            is_more = is_more and parts.path.startswith("/search/")
            if parts.netloc in ("testserver", "127.0.0.1:8000") and not (is_more or parts.path.startswith(skipped)):
                found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def given_away(canaries, answer, asked, kinds):
    """Return what an answer gives away of ``kinds``, but for the words that were asked for."""
    text = answer.content.decode("utf-8", "replace") + "\n".join(f"{n}: {v}" for n, v in answer.headers.items())
    known = re.findall(r"zq[a-z]{4}xv", asked.lower())
    for word in known:
        text = re.sub(word, "", text, flags=re.IGNORECASE)
    return canaries.in_(text, kinds)


def crawl(client, start, known=None):
    """Follow every link from ``start`` on; return ``{address: answer}``. What is ``known`` is not asked for again."""
    waiting, answers, known = set(start), {}, known or {}
    while waiting:
        address = waiting.pop()
        answers[address] = known.get(address) or client.get(address)
        if answers[address].status_code == 200:
            waiting |= links(answers[address]) - answers.keys()
        elif answers[address].status_code in (301, 302):
            waiting |= {answers[address]["Location"].partition("#")[0]} - answers.keys()
    return answers
