"""A thousand mixtures of odd pieces, the same ones every time: none breaks the site, shows itself or leads away."""

import http.client
import random
import re
from urllib.parse import quote, quote_from_bytes

from tests.journeys.wire import FORM, PARAMETERS, ask

MARK = "zz<z\"z'z>"  # unescaped on a page, this would show
PIECES = [
    MARK,
    "%00",
    "%ED%A0%80",
    "%FF",
    "..",
    "//evil.example",
    "\\\\evil.example",
    "http://evil.example",
    "%0d%0aX:y",
    "9" * 40,
]
PIECES += [
    "-1",
    "0",
    "1",
    "2",
    "",
    "null",
    "true",
    "[]",
    "{}",
    "%",
    "&",
    "=",
    ";",
    "+",
    "'",
    "\u202e",
    "洪水",
    "🌊",
    "é",
    "x" * 300,
]
PIECES += [
    "newest",
    "oldest",
    "top",
    "the-lantern",
    "rivers",
    "2026-05-04",
    "99999-01-01",
    "river",
    "%25%30%30",
    "{{7*7}}",
    "a[b]",
    "a.b",
]
PATHS = [
    "/",
    "/latest/",
    "/outlets/",
    "/hashtags/",
    "/search/",
    "/corrections/",
    "/about/",
    "/healthz",
    "/readyz",
    "/no/such/",
]
PATHS += [
    "/articles/1/river-rises/",
    "/articles/1/",
    "/articles/1/comments/",
    "/articles/1/comments/own/",
    "/comments/1/",
]
PATHS += [
    "/stories/1/flood/",
    "/sections/rivers/",
    "/outlets/the-lantern/",
    "/hashtags/rivers/",
    "/authors/ada-author/",
]
PATHS += [
    "/articles/{}/",
    "/articles/{}/{}/",
    "/stories/{}/{}/",
    "/comments/{}/",
    "/{}",
    "/{}/{}/",
    "/media/{}",
    "/static/{}",
]
PATHS += ["/hashtags/{}/", "/outlets/{}/", "/authors/{}/", "/sections/{}/", "/preview/{}/"]
FIELDS = ["name", "email", "body", "parent", "nonce", "website", "csrfmiddlewaretoken", "next", *PARAMETERS, MARK]
# Search shows what it was asked, so it is asked most, and for words that an article has.
PATHS += ["/search/"] * 6
FIELDS += ["q"] * 8
PIECES += [MARK] * 4
HEADERS = [
    "Referer",
    "User-Agent",
    "Accept",
    "Accept-Language",
    "Cookie",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "Range",
]
HEADERS += [
    "If-None-Match",
    "If-Modified-Since",
    "X-Requested-With",
    "Sec-Fetch-Site",
    "Origin",
    "X-Request-ID",
    "Forwarded",
]


def a_request(chance):
    """Return a request made of odd pieces."""

    def piece():
        return "".join(chance.choices(PIECES, k=chance.choice([1, 1, 1, 2, 3])))

    def escaped(text):
        return quote(text, safe="%/&=;+") if chance.random() < 0.5 else quote_from_bytes(text.encode())

    path = chance.choice(PATHS)
    target = path.format(*(quote(piece(), safe="%/.\\") for _ in range(path.count("{}"))))
    pairs = "&".join(f"{escaped(chance.choice(FIELDS))}={escaped(piece())}" for _ in range(chance.randrange(4)))
    if pairs and chance.random() < 0.8:
        target += f"?{pairs}"
    method = chance.choices(["GET", "HEAD", "POST", "PUT", "OPTIONS"], [70, 5, 22, 2, 1])[0]
    body = pairs.encode() if method == "POST" else b""
    printable = {name: re.sub(r"[^\x20-\x7e]", "?", piece()) for name in chance.sample(HEADERS, chance.randrange(3))}
    return method, target[:3900], body, printable | (FORM if body else {})


def on_this_site(location):
    return location.startswith("/") and not re.match(r"/[/\\]", location)


def test_no_mixture_of_odd_pieces_breaks_the_site(site):
    chance = random.Random(20261122)  # noqa: S311 - a test that fails has to fail again
    statuses, before = {}, len(site.log.read_text())
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    for number in range(2200):
        method, target, body, headers = a_request(chance)
        connection.putrequest(method, quote(target, safe="%/?&=;+.\\:,@!$'()*~-_[]{}"), skip_accept_encoding=True)
        if chance.random() < 0.5:
            headers.setdefault("Origin", f"http://127.0.0.1:{site.port}")
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        about = (number, method, target, body, headers)
        assert answer.status < 500, about
        assert MARK not in text, about
        assert "zz<z" not in text, about
        assert on_this_site(answer.headers.get("Location", "/")), (about, answer.headers["Location"])
        assert "evil.example" not in str(answer.headers.get("Link", "")), about
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
    connection.close()
    assert statuses.keys() >= {200, 301, 400, 403, 404, 405, 422}
    assert site.log.read_text()[before:].count("Traceback") == 0
    assert ask(site, "GET", "/articles/1/river-rises/")[0] == 200
