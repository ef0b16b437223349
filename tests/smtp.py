"""A mail server of our own: it takes letters on a free port of 127.0.0.1, and refuses them when told to."""

import contextlib
import email
import email.policy
import socketserver
import threading


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 ready")
        to = []
        while line := self.rfile.readline():
            verb = line.decode().strip().upper()
            if verb.startswith("MAIL"):
                to = []
                self._say("250 ok")
            elif verb.startswith("RCPT"):
                refusal = self.server.refusal
                to += [] if refusal else [line.decode().strip().partition("<")[2].rstrip(">")]
                self._say(refusal or "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self.server.letters.append((to, self._read()))
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def _read(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)


class Server(socketserver.ThreadingTCPServer):
    """``letters`` are (addresses, message); a ``refusal`` such as "550 nobody here" is the answer to every address."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters, self.refusal = [], ""

    @property
    def port(self):
        return self.server_address[1]


@contextlib.contextmanager
def mail_server():
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
