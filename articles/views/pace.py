"""How fast one network may ask for what costs time and changes nothing: counted in this process, never stored."""

from collections import OrderedDict
from threading import Lock

MOST_NETWORKS = 10_000  # known at a time; who asks from more machines than that has other means


class Pace:
    """At most ``number`` in each window of ``seconds``, for all who share a key."""

    def __init__(self, number, seconds):
        self.number, self.seconds = number, seconds
        self.used, self.lock = OrderedDict(), Lock()

    def wait(self, key, *, at):
        """Count one more; return the seconds to wait until the next window where it was too many, else 0."""
        window, passed = divmod(int(at.timestamp()), self.seconds)
        with self.lock:
            known, used = self.used.pop(key, (window, 0))
            used = used + 1 if known == window else 1
            self.used[key] = (window, used)
            while len(self.used) > MOST_NETWORKS:
                self.used.popitem(last=False)
        return self.seconds - passed if used > self.number else 0
