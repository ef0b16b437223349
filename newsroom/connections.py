"""Turn the URLs of a database, a cache and a mail server into what Django's settings want."""

from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote

from newsroom.env import Mistake, needs, split

# WAL lets readers go on while one writes; FULL keeps an acknowledged comment through a power cut. 20 MB of pages stay
# in memory, 128 MB of the file are mapped, and a log that a bulk load blew up is cut back to 64 MB.
# What is deleted is overwritten: a reader who asks to be forgotten is.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; "
    "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=67108864; "
    "PRAGMA secure_delete=ON"
)
# A writer waits this many seconds for another one before it gives up.
SQLITE_BUSY_SECONDS = 20
# What may follow the question mark of a PostgreSQL URL; libpq knows all but the last.
POSTGRESQL_OPTIONS = {
    "application_name",
    "connect_timeout",
    "host",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
    "pgbouncer",
}
DATABASE_FORMS = "sqlite:////srv/news.sqlite3 or postgresql://user:password@host:5432/name"
CACHE_FORMS = "locmem://, redis://host:6379/0, rediss://... (with TLS) or unix:///path/to/socket"
MAIL_FORMS = "smtp://user:password@host:25, smtp+tls://... (STARTTLS), smtps://... (TLS), console:// or dummy://"


def database(name, url, *, base, seconds=0, must_exist=False):
    """Return an entry of DATABASES. A relative SQLite path starts at `base`; 0 seconds sets no limit to a statement."""
    parts = split(name, url)
    if parts.scheme == "sqlite":
        return sqlite(sqlite_path(name, parts, base), must_exist=must_exist)
    if parts.scheme in ("postgres", "postgresql"):
        needs(name, "psycopg", of="scale")
        return postgresql(name, parts, seconds)
    raise Mistake(name, f"the scheme {parts.scheme!r} is not known; write {DATABASE_FORMS}.")


def sqlite_path(name, parts, base):
    path = unquote(parts.path[1:])
    if parts.netloc or parts.query or path in ("", ":memory:"):
        raise Mistake(name, "SQLite needs the path of a file: sqlite:////srv/news.sqlite3.")
    file = Path(base) / path
    if not file.parent.is_dir():
        raise Mistake(name, f"there is no folder {str(file.parent)!r}.")
    return file


def sqlite(path, *, must_exist=False):
    """Return the entry for a SQLite file; one that `must_exist` is not made where it is missing.

    IMMEDIATE: a transaction that will write waits at its start, where it can. Each request opens the file anew, for
    half a millisecond, so that a file that was put back from a backup is the one that is read.
    """
    options = {"timeout": SQLITE_BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS}
    name = f"file:{quote(str(path))}?mode=rw" if must_exist else str(path)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}


def postgresql(name, parts, seconds):
    asked = postgresql_options(name, parts)
    pooled = asked.pop("pgbouncer", "0") == "1"
    # A dead server is noticed within seconds, so that readers get a plain answer while it is away.
    options = {"connect_timeout": 2, "tcp_user_timeout": 5000} | asked
    host = options.pop("host", unquote(parts.hostname or ""))
    if pooled:
        options["prepare_threshold"] = None
    elif seconds:
        options["options"] = f"-c statement_timeout={seconds}s"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "OPTIONS": options,
    }


def postgresql_options(name, parts):
    if not parts.path[1:]:
        raise Mistake(name, "the name of the database is missing: postgresql://user:password@host:5432/name.")
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    for unknown in sorted(asked.keys() - POSTGRESQL_OPTIONS):
        raise Mistake(name, f"the option {unknown!r} is not known; known: {', '.join(sorted(POSTGRESQL_OPTIONS))}.")
    if asked.get("pgbouncer", "0") not in ("0", "1"):
        raise Mistake(name, "the option 'pgbouncer' is 1 or 0.")
    if not asked.get("connect_timeout", "2").isdigit():
        raise Mistake(name, "the option 'connect_timeout' is a number of seconds.")
    return asked


def cache(name, url):
    """Return an entry of CACHES. A Redis that hangs costs a request a second at most."""
    parts = split(name, url)
    if parts.scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
    if parts.scheme not in ("redis", "rediss", "unix"):
        raise Mistake(name, f"the scheme {parts.scheme!r} is not known; write {CACHE_FORMS}.")
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise Mistake(name, f"it says no place to connect to; write {CACHE_FORMS}.")
    needs(name, "redis", of="scale")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "newsroom",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }


def mail(name, url):
    """Return the BACKEND and the OPTIONS of a mailer."""
    parts = split(name, url)
    if parts.scheme in ("console", "dummy"):
        return {"BACKEND": f"django.core.mail.backends.{parts.scheme}.EmailBackend", "OPTIONS": {}}
    if parts.scheme not in ("smtp", "smtp+tls", "smtps"):
        raise Mistake(name, f"the scheme {parts.scheme!r} is not known; write {MAIL_FORMS}.")
    if not parts.hostname:
        raise Mistake(name, f"the mail server's host is missing; write {MAIL_FORMS}.")
    options = {
        "host": parts.hostname,
        "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 10,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
