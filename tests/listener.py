"""A real HTTP service on this machine, for what the site tells others by POST."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Drips:
    """An answer that does not come as it should: its head or its body a byte at a time, cut short, or no HTTP."""

    part: str
    over: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.do_POST()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.asked.append((body, self.headers))
        self.server.paths.append(self.path)
        answer = self.server.answer
        status, said = answer(body) if callable(answer) else answer
        if isinstance(said, Drips):
            self._drip(said)
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)

    def _drip(self, drips):
        head = b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999999\r\n"
        if drips.part == "rubbish":
            self.wfile.write(b"rude words\r\n\r\n")
        elif drips.part == "cut":
            self.wfile.write(head + b"\r\n{")
        else:
            self.wfile.write(head + (b"\r\n" if drips.part == "body" else b"X-Slow: "))
            while not drips.over.wait(0.1):
                self.wfile.write(b" ")

    def log_message(self, *args):
        """Keep the test's output quiet."""


class Service(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Let whoever asked go away in the middle: that is what some tests are about."""


@contextmanager
def listener(status, said=b"", *, kind=None, headers=None):
    """Serve at ``url``; ``asked`` is (body, headers) of each POST, ``paths`` where it went, ``answer`` what it is told.

    An answer is (status, body or Drips), or a function of what was sent that returns these.
    """
    server = Service(("127.0.0.1", 0), Handler)
    server.asked, server.paths, server.answer = [], [], (status, said)
    server.headers = ({"Content-Type": kind} if kind else {}) | (headers or {})
    server.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        if isinstance(server.answer, tuple) and isinstance(server.answer[1], Drips):
            server.answer[1].over.set()
        server.shutdown()
        thread.join()
        server.server_close()
