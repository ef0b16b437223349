"""Write each record as one line that nobody outside can forge.

A line's own parts are put together here; text that came with a request cannot end a line or move a terminal's cursor,
because every character that does not print is written as an escape.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

REQUEST_ID = ContextVar("request_id", default="")


class TextLines(logging.Formatter):
    """2026-11-22T15:04:05.678Z INFO newsroom.request request id=... method=GET path=/latest/ status=200 ms=12"""

    def format(self, record):
        head = f"{moment(record)} {record.levelname} {record.name} {printable(record.getMessage())}"
        pairs = [f"{name}={quoted(value)}" for name, value in facts(record).items()]
        return "\n".join([" ".join([head, *pairs]), *self.trace(record)])

    def trace(self, record):
        """Return a traceback's lines, set in by four blanks, so that none passes for a line of the log."""
        found = self.formatException(record.exc_info) if record.exc_info else record.exc_text or ""
        return [f"    {printable(line)}" for line in found.splitlines()]


class JsonLines(logging.Formatter):
    """One JSON object a line, in ASCII."""

    def format(self, record):
        line = {"at": moment(record), "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        line |= facts(record)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def moment(record):
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def facts(record):
    """Return what the caller gave as `extra={"facts": {...}}`, after the id of the request it belongs to."""
    request_id = REQUEST_ID.get()
    return ({"id": request_id} if request_id else {}) | getattr(record, "facts", {})


def quoted(value):
    """Return the value as one word, in quotation marks if it needs them."""
    word = printable(str(value))
    return word if word and not set(word) & set(' "=') else json.dumps(word, ensure_ascii=False)


def printable(words):
    if words.isprintable():
        return words
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in words)
