"""A real HTTP service on this machine, for what the site tells others by POST."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.do_POST()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.asked.append((body, self.headers))
        status, said = self.server.answer
        self.send_response(status)
        if self.server.leads_to:
            self.send_header("Location", self.server.leads_to)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args):
        """Keep the test's output quiet."""


@contextmanager
def listener(status, said=b""):
    """Serve at ``url``; ``asked`` is (body, headers) of each request, ``answer`` (status, body) what it is answered,
    with ``leads_to`` as the address to go on to."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answer, server.leads_to = [], (status, said), ""
    server.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
