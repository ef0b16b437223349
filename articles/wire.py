"""Ask a service of the operator's choice: one POST, bounded in time and in size, and nothing it does gets further.

It knows no record. An error says in our own words what happened and on which host, never what the service said and
never what it was sent: either may hold the key. Redirects are not followed, because the key would go along.
"""

import io
import json
import time
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

MOST_WAIT = 3600  # seconds that a service can make us wait by Retry-After


class NoAnswer(OSError):
    """There is no usable answer. ``wait`` are the seconds after which the service wants to be asked again, or None.

    ``is_final`` says that asking the same again is no use; ``may_have_worked`` that the service may have done its work.
    """

    def __init__(self, sentence, *, wait=None, is_final=False, may_have_worked=False):
        super().__init__(sentence)
        self.wait, self.is_final, self.may_have_worked = wait, is_final, may_have_worked


@dataclass(frozen=True)
class Answer:
    kind: str  # of its content, without parameters: "application/json"
    body: bytes

    def json(self):
        """Return the JSON object it holds; raise NoAnswer where it holds none."""
        try:
            found = json.loads(self.body) if self.kind == "application/json" else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise NoAnswer("The service did not answer with a JSON object.", may_have_worked=True)
        return found


def post(url, body, *, kind, key="", seconds, most_bytes):
    """Send ``body`` to ``url`` and return the Answer to it; raise NoAnswer where there is none that is good.

    ``seconds`` is for all of it, however slowly the bytes come; ``key`` goes out as a bearer token.
    """
    headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {key}"} if key else {})
    host = urlsplit(url).hostname
    try:
        with _opener().open(Request(url, body, headers), timeout=seconds) as response:  # noqa: S310 - the operator's
            status, kind, wait = response.status, response.headers.get_content_type(), _wait(response)
            said = response.read(most_bytes + 1) if status < 300 else b""
    except (OSError, HTTPException, ValueError) as error:
        trouble = _trouble(error, host, seconds)
    else:
        trouble = _refusal(status, host, wait) or _too_long(said, most_bytes, host)
    if trouble is not None:  # outside of the except: what the library said is not carried along
        raise trouble
    return Answer(kind, said)


def _trouble(error, host, seconds):
    causes = (error, getattr(error, "reason", None))
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return NoAnswer(f"{host} did not answer within {seconds} seconds.", may_have_worked=True)
    if isinstance(error, HTTPException) or not isinstance(error, OSError):
        return NoAnswer(f"{host} did not speak HTTP as it should, or broke off.", may_have_worked=True)
    return NoAnswer(f"{host} could not be reached.")


def _refusal(status, host, wait):
    if status < 300:
        return None
    if status < 400:
        return NoAnswer(f"{host} leads to another address ({status}); set that one.", is_final=True)
    if status in (401, 403):
        return NoAnswer(f"{host} refused the key ({status}).", is_final=True)
    if status in (408, 425, 429) or status >= 500:
        return NoAnswer(f"{host} cannot answer now ({status}).", wait=wait)
    return NoAnswer(f"{host} refused what it was asked ({status}).", is_final=True)


def _too_long(said, most_bytes, host):
    if len(said) > most_bytes:
        return NoAnswer(f"{host} answered with more than {most_bytes} bytes.", may_have_worked=True)
    return None


def _wait(response):
    """Return the seconds that Retry-After names; a date, or what is no number, is left out."""
    value = response.headers.get("Retry-After", "")
    return min(int(value[:9]), MOST_WAIT) if value.isascii() and value.isdigit() else None


def _opener():
    """Return what opens addresses, by the machine's own proxy if it has one, and follows nothing."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), _Plain(), _Secure()):
        opener.add_handler(handler)
    return opener


class _Deadline(io.RawIOBase):
    """What comes from ``sock`` until the deadline, an instant of the monotonic clock.

    A socket's own limit is for each piece of the answer, and begins anew with every byte that drips in.
    """

    def __init__(self, sock, deadline):
        self.sock, self.raw, self.deadline = sock, sock.makefile("rb", buffering=0), deadline

    def makefile(self, mode):
        return io.BufferedReader(self)

    def readable(self):
        return True

    def readinto(self, buffer):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        return self.raw.readinto(buffer)

    def close(self):
        self.raw.close()
        super().close()


class _Timed:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        deadline = time.monotonic() + self.timeout
        self.response_class = partial(_response, deadline=deadline)


class _PlainConnection(_Timed, HTTPConnection):
    pass


class _SecureConnection(_Timed, HTTPSConnection):
    pass


class _Plain(HTTPHandler):
    def http_open(self, request):
        return self.do_open(_PlainConnection, request)


class _Secure(HTTPSHandler):
    def https_open(self, request):
        return self.do_open(_SecureConnection, request, context=self._context)


def _response(sock, *args, deadline, **kwargs):
    return HTTPResponse(_Deadline(sock, deadline), *args, **kwargs)
