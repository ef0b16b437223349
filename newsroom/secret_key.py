"""The key that signs sessions and links."""

import os
import secrets
import tempfile
from pathlib import Path

from newsroom.env import Mistake

# Django's own measure of a good key (security.W009).
SHORTEST = 50
FEWEST_CHARACTERS = 5


def check(key):
    """Refuse a key that could be guessed."""
    if len(key) < SHORTEST or len(set(key)) < FEWEST_CHARACTERS or key.startswith("django-insecure-"):
        raise Mistake("SECRET_KEY", f"it is too weak; use {SHORTEST} random characters or more, and keep them secret.")
    return key


def kept_in(file):
    """Return the key that `file` holds; make a random one, which only the owner can read, if there is none yet."""
    try:
        key = read(file) or make(file)
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise Mistake("SECRET_KEY", f"cannot keep a random one in {str(file)!r} ({reason}); set it.") from None
    if len(key) < SHORTEST:
        raise Mistake("SECRET_KEY", f"{str(file)!r} holds no whole key; delete that file, and a new one is made.")
    return key


def read(file):
    try:
        return Path(file).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""


def make(file):
    """Write the whole key aside, then link it into place: two processes that start at once get the same one."""
    Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=Path(file).parent, prefix=".secret-key-")  # mkstemp makes it with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as new:
            new.write(secrets.token_urlsafe(64))
            new.flush()
            os.fsync(new.fileno())
        os.link(aside, file)
    except FileExistsError:
        pass
    finally:
        Path(aside).unlink()
    return read(file)
