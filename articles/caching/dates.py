"""Since when an address has answered what it answers, for programs that ask by date instead of by ETag."""

from collections import OrderedDict
from threading import Lock

from django.utils.http import http_date

MOST = 5_000  # addresses that are remembered, those asked for last


class Dates:
    """Each process dates a text when it first makes it, which is never before the text came to be.

    So no program that asks "since then?" is told "nothing" of a change, an article that went included. The dates of two
    processes may differ; then one sends a text once more than it had to.
    """

    def __init__(self, most=MOST):
        self.most, self.seen, self.lock = most, OrderedDict(), Lock()

    def since(self, address, text_mark, *, at):
        """Return the second of the epoch since which ``address`` answers the text whose ETag is ``text_mark``."""
        with self.lock:
            mark, second = self.seen.pop(address, (None, -1))
            if mark != text_mark:
                second = max(int(at.timestamp()), second + 1)  # two texts in one second
            self.seen[address] = (text_mark, second)
            while len(self.seen) > self.most:
                self.seen.popitem(last=False)
            return second


_dates = Dates()


def date(response, address, *, at):
    """Say in ``response``, which has an ETag, since when ``address`` answers the same."""
    response["Last-Modified"] = http_date(_dates.since(address, response["ETag"], at=at))
    return response
