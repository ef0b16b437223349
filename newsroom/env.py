"""Read the settings that the operator gives in the environment.

Each reader takes a variable's name and gives a value of its type. A wrong value raises `Mistake`, whose text is one
sentence for the operator and begins with the variable's name. No text repeats a value that may hold a password.
"""

import json
import os
import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# Every variable that the site reads; SECRET_KEY_FILE and the like are read in the place of a secret.
NAMES = {
    "ALLOWED_HOSTS",
    "ASSIST_BUDGET",
    "ASSIST_KEY",
    "ASSIST_MODEL",
    "ASSIST_SECONDS",
    "ASSIST_URL",
    "CACHE_URL",
    "COMMENTS_HELD_AT_FIRST",
    "COMMENT_SPEED",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_MUST_EXIST",
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_URL",
    "LANGUAGE_CODE",
    "LOG_FORMAT",
    "MEDIA_ROOT",
    "MODERATION_KEY",
    "MODERATION_URL",
    "PAGE_CACHE_FOLDER",
    "PAGE_CACHE_MEGABYTES",
    "PORT",
    "READING_AID",
    "RELATED_MODEL",
    "RELATED_MODEL_LANGUAGES",
    "REPLICA_URLS",
    "ROBOTS_SEARCH",
    "ROBOTS_TRAINING",
    "ROBOTS_TRAINING_POLICY",
    "ROBOTS_USER_FETCH",
    "SECRET_KEY",
    "SITE_NAME",
    "SITE_URL",
    "STATEMENT_TIMEOUT",
    "TIME_ZONE",
    "TRUSTED_PROXIES",
    "WEBSUB_HUB",
    "WEB_CONCURRENCY",
    "WORK_IN_WEB",
}

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


class Mistake(ImproperlyConfigured):
    """What the operator wrote cannot be meant."""

    def __init__(self, name, sentence):
        super().__init__(f"{name}: {sentence}")


def text(name, default=""):
    """Return the value without the blanks around it; an empty value counts as none."""
    return os.environ.get(name, "").strip() or default


def flag(name, default=False):
    """Return a yes or no."""
    value = text(name).lower()
    if value not in YES | NO | {""}:
        raise Mistake(name, f"{value!r} is neither on nor off; write 1 or 0.")
    return default if value == "" else value in YES


def number(name, default, *, low, high):
    """Return a whole number from `low` to `high`, both included."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and low <= int(value[:12]) <= high):
        raise Mistake(name, f"{value!r} is not a whole number from {low} to {high}.")
    return int(value)


def words(name, default=()):
    """Return the parts between commas as a list."""
    parts = [part.strip() for part in text(name).split(",")]
    return [part for part in parts if part] or list(default)


def choice(name, options, default):
    """Return one of `options`."""
    value = text(name, default)
    if value not in options:
        shown = ", ".join(sorted(options)) if len(options) < 10 else f"for example {default!r}"
        raise Mistake(name, f"{value!r} is not known; known: {shown}.")
    return value


def language(name, known, default):
    """Return the code of a language, one of the ``known`` or one of them with a region: "de-at"."""
    value = text(name, default).lower().replace("_", "-")
    if value not in known and not (re.fullmatch(r"\w+-[\w-]+", value) and value.partition("-")[0] in known):
        raise Mistake(name, f"{value!r} is not known; write a code such as {default!r} or 'de-at'.")
    return value


def languages(name, known, default):
    """Return the codes between commas, each of a language that is ``known``, as a set."""
    codes = {value.lower() for value in words(name, default)}
    if unknown := sorted(codes - known):
        raise Mistake(name, f"{unknown[0]!r} is not known; write codes such as 'en' or 'en, de'.")
    return codes


def secret(name):
    """Return the value of NAME, or what the file holds that NAME_FILE names, or an empty text."""
    value, file = text(name), text(f"{name}_FILE")
    if value and file:
        raise Mistake(name, f"set either {name} or {name}_FILE, not both.")
    if not file:
        return value
    try:
        kept = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise Mistake(f"{name}_FILE", f"cannot read {file!r}: {reason}.") from None
    if not kept:
        raise Mistake(f"{name}_FILE", f"{file!r} is empty.")
    return kept


def token(name):
    """Return a secret that goes out in a header: no service takes other characters than these."""
    value = secret(name)
    if not (value.isascii() and value.isprintable() and " " not in value):
        raise Mistake(name, "it holds a character that no key has; look for a line break or a blank in it.")
    return value


def split(name, url):
    """Return `url` in its parts, as urllib does, or say why it has none."""
    if "#" in url:
        raise Mistake(name, "a '#' has no place in it; inside a password write it as %23.")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        raise Mistake(name, "its host or port cannot be read; inside a password write / as %2F and ? as %3F.") from None
    return parts


def origin(name, default):
    """Return the scheme, host and port of a web site, without a slash at the end: "https://news.example"."""
    return as_origin(name, text(name, default))


def origins(name):
    """Return several origins, separated by commas."""
    return [as_origin(name, value) for value in words(name)]


def as_origin(name, value):
    parts = split(name, value)
    if parts.scheme not in ("http", "https") or not parts.hostname or not value.isascii():
        raise Mistake(name, f"{value!r} is not an address such as https://news.example.")
    if parts.path not in ("", "/") or parts.query or parts.username or parts.password:
        raise Mistake(name, "write only the scheme, the host and the port, such as https://news.example.")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def endpoint(name):
    """Return the address of a service, to which paths are added, or an empty text when there is none."""
    value = text(name)
    if value and split(name, value).username is not None:
        raise Mistake(name, "leave out the user and the password; the key has a variable of its own.")
    if value and (split(name, value).scheme not in ("http", "https") or not split(name, value).hostname):
        raise Mistake(name, "it is not an address such as https://service.example/v1.")
    return value.rstrip("/")


def address(name, example="https://news.example/rights/"):
    """Return an address as it is written, to go out in headers, or an empty text when there is none."""
    value = text(name)
    parts = split(name, value.partition("#")[0])
    if parts.username is not None:
        raise Mistake(name, "leave out the user and the password; everybody may read it.")
    is_plain = value.isascii() and not re.search(r"[\s\x00-\x1f\x7f<>\"]", value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or not is_plain):
        raise Mistake(name, f"{value!r} is not a whole address, such as {example}.")
    return value


def folder(name, default):
    """Return the path of a folder. One that is set has to be there; the default is made when it is first needed."""
    value = text(name)
    if not value:
        return Path(default)
    if not Path(value).is_absolute():
        raise Mistake(name, f"{value!r} does not start at /; write the whole path.")
    if not Path(value).is_dir():
        raise Mistake(name, f"there is no folder {value!r}.")
    return Path(value)


def needs(name, package, *, of):
    """Stop where a package is missing that the list ``of`` installs."""
    if find_spec(package) is None:
        raise Mistake(name, f"this needs the package {package!r}; run: pip install -r requirements-{of}.txt")


# The files of a sentence-transformers model that are read, and what reads them.
MODEL_FILES = ("config.json", "model.safetensors", "tokenizer.json")
MODEL_PACKAGES = ("numpy", "safetensors", "tokenizers")


def model(name):
    """Return the path of a folder with a model for embeddings, or None where there is none.

    No weights are read, but whether they are all there: without them nothing at all could be related.
    """
    if not text(name):
        return None
    path = folder(name, "")
    for package in MODEL_PACKAGES:
        needs(name, package, of="embeddings")
    if missing := [file for file in MODEL_FILES if not (path / file).is_file()]:
        raise Mistake(name, f"there is no {missing[0]} in {str(path)!r}.")
    try:
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        kind = config["model_type"], config["hidden_act"]
    except (KeyError, OSError, TypeError, ValueError):
        raise Mistake(name, f"the config.json in {str(path)!r} cannot be read.") from None
    if kind != ("bert", "gelu"):
        raise Mistake(name, f"{str(path)!r} holds a model of another kind than BERT; take all-MiniLM-L6-v2, for one.")
    if not _is_whole(path / "model.safetensors"):
        raise Mistake(name, f"the model.safetensors in {str(path)!r} is not whole; fetch it again.")
    return path


def _is_whole(file):
    """Tell whether a file in the format of safetensors holds all that its head names."""
    size = file.stat().st_size
    try:
        with file.open("rb") as opened:
            start = 8 + int.from_bytes(opened.read(8), "little")
            head = json.loads(opened.read(start - 8)) if start <= size else {}
        ends = [told["data_offsets"][1] for each, told in head.items() if each != "__metadata__"]
        return size == start + max(ends, default=size)
    except (AttributeError, IndexError, KeyError, OSError, TypeError, ValueError):
        return False
