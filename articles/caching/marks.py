"""Marks by which every process of the site sees that a kept page is out of date.

Purges are numbered, and each key is marked with the number of its last one. A page is kept with the number of the last
purge of all before it was made, and is good as long as none of its keys has a higher one. So nothing is searched for
and nothing is sent around, and a page that was being made while something changed is out of date from the start.

On one machine the marks are in a file that all processes map into their memory, web server and commands alike; with
Redis they are there, for all machines.
"""

import fcntl
import logging
import mmap
import os
import time
from functools import cache
from zlib import crc32

from django.conf import settings
from django.core.cache import cache as shared

log = logging.getLogger("articles.caching")

SLOTS = 1 << 16  # half a megabyte; two keys that fall into one slot purge each other's pages, no more
KEPT = 3600  # seconds that Redis remembers a mark: longer than any page is kept


class Unreachable(Exception):
    """The marks cannot be read or written."""


def marks():
    """Return the marks that this site uses."""
    return RedisMarks() if "redis" in settings.CACHES["default"]["BACKEND"] else _mapped(settings.PAGE_CACHE_MARKS)


def purge(*keys):
    """Make every kept page that has one of the ``keys`` out of date, in all processes.

    Where the marks cannot be written a kept page lives on for a minute at most, and the change itself stands.
    """
    try:
        marks().purge(keys)
    except Unreachable as error:
        log.error("Kept pages could not be purged and may be shown for another minute: %s", error)


class FileMarks:
    """Marks in the file at ``path``: 64-bit numbers, the last purge's first, then a slot for each key's hash."""

    def __init__(self, path):
        self.path = path
        try:
            with self._opened() as file:
                file.truncate((1 + SLOTS) * 8)
                self.numbers = memoryview(mmap.mmap(file.fileno(), (1 + SLOTS) * 8)).cast("Q")
        except OSError as error:
            raise Unreachable(str(error)) from error

    def now(self):
        return self.numbers[0]

    def last(self, keys):
        return max(self.numbers[_slot(key)] for key in keys)

    def purge(self, keys):
        try:
            with self._opened() as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # until it is closed
                number = self.numbers[0] + 1
                self.numbers[0] = number
                for key in keys:
                    self.numbers[_slot(key)] = number
        except OSError as error:
            raise Unreachable(str(error)) from error

    def _opened(self):
        return os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)


class RedisMarks:
    """Marks in the Redis of CACHES, which counts the purges."""

    def now(self):
        return self._ask(self._counted)

    def last(self, keys):
        found = self._ask(shared.get_many, [f"mark-{key}" for key in keys])
        return max(found.values(), default=0)

    def purge(self, keys):
        self._ask(self._counted)
        number = self._ask(shared.incr, "purges")
        self._ask(shared.set_many, {f"mark-{key}": number for key in keys}, KEPT)

    def _counted(self):
        # After Redis has lost everything, the numbers go on above those that kept pages remember.
        return shared.get_or_set("purges", time.time_ns, None)

    def _ask(self, question, *given):
        try:
            return question(*given)
        except Exception as error:  # the driver is optional, and its errors have no base class that is known here
            raise Unreachable(str(error)) from error


@cache
def _mapped(path):
    return FileMarks(path)


def _slot(key):
    return 1 + crc32(key.encode()) % SLOTS
