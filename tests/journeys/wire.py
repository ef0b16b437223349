"""Talk to a running site byte for byte, as no honest program does."""

import contextlib
import http.client
import socket

from tests.documents import parse

# Every parameter that some address knows.
PARAMETERS = ["page", "q", "outlet", "section", "hashtag", "author", "kind", "since", "until", "sort"]
PARAMETERS += ["after", "thread", "parent"]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ask(site, method, target, body=b"", **headers):
    """Send a request as it is, byte for byte; return the status, the headers and the text of the answer."""
    headers = {
        "Host": f"127.0.0.1:{site.port}",
        "Connection": "close",
        "Origin": f"http://127.0.0.1:{site.port}",
    } | headers
    if body:
        headers |= {"Content-Length": str(len(body))}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as connection:
        # Where the server has answered already it reads no further.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall("\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body)
        answer = http.client.HTTPResponse(connection, method=method)
        answer.begin()
        return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")


def looks_like_the_site(text):
    document = parse(text)
    return bool(document.one("h1").text and document.all("a", href="/"))


def post(site, body, address="/articles/1/comments/", **headers):
    return ask(site, "POST", address, body, **(FORM | headers))
