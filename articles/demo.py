"""The demo: a newsroom on an ordinary day, always today."""

import json
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime

from articles.models import Article, Correction, Edition, Outlet, Story, TrustPage

FIXTURES = ["outlets", "articles", "comments"]
FIXTURES_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # the instant that the fixtures' times are written around
ROLES = ["Reporter", "Editor", "Moderator", "Chief"]
MAIL_DOMAIN = "demo.invalid"  # marks the accounts, and with them the database, as a demo's

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SYLLABLES = (
    "ba be bi bo bu da de do du fa fe fi fo fu ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu".split()
)


class NotADemo(Exception):
    """The database holds articles that are not the demo's; loading the demo into it would spoil both."""


def load(*, at):
    """Load the fixtures with every time moved so that the newest article is minutes old at ``at``, all or nothing.

    Run again, it puts the demo's own records back as they were, moved to the new time, and leaves all others alone.
    """
    _must_be_a_demo()
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        moved = [_moved_copy(name, at - FIXTURES_NOW, Path(folder)) for name in FIXTURES]
        # A correction is known by its time, and times move: the fixtures' own, which nobody signed, would be doubled.
        # So would what articles said before; what visitors changed is undone, and never was.
        Correction.objects.filter(article__uuid__in=_keys(), by=None).delete()
        Edition.objects.filter(article__uuid__in=_keys()).delete()
        TrustPage.objects.unwritten().delete()  # the fixtures have written ones
        call_command("loaddata", *moved, verbosity=0)
        Story.objects.left_empty().sweep()  # what the program had grouped before comes anew
        accounts = make_accounts()
        reporter = User.objects.get(username="reporter")
        Article.objects.filter(uuid__in=_keys(), state=Article.State.DRAFT).update(created_by=reporter)
        Article.objects.recount_comments()
    return accounts


def make_accounts():
    """Make one account for each role, or put it back; return ``{user name: password}``.

    The passwords follow from the site's secret key: the same at each run, different on each installation.
    """
    accounts = {}
    for role in ROLES:
        name = role.lower()
        accounts[name] = _password(name)
        user, _ = User.objects.get_or_create(username=name)
        user.email, user.is_staff, user.is_active = f"{name}@{MAIL_DOMAIN}", True, True
        user.set_password(accounts[name])
        user.save()
        user.groups.set([Group.objects.get(name=role)])
    return accounts


def bring_picture(record):
    """Copy the picture that a fixture's ``record`` names (an image's file, an outlet's logo) into the media folder."""
    picture = record.logo if isinstance(record, Outlet) else record.file
    source = settings.BASE_DIR / "fixtures" / "media" / picture.name
    if not picture.name or not source.is_file():
        return
    target = Path(picture.storage.path(picture.name))
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(".part")  # an interrupted copy leaves no half picture under the real name
        shutil.copyfile(source, half)
        half.replace(target)


def pages_to_see():
    """Return ``{what it shows: path}`` of pages worth opening first."""
    articles = Article.objects.filter(uuid__in=_keys())
    published = articles.filter(state=Article.State.PUBLISHED)
    discussed = published.order_by("-comment_count", "pk").first()
    changed = published.annotate(number=Count("editions")).order_by("-number", "pk").first()
    return {
        "the front page": "/",
        "an article that readers discuss": discussed.get_absolute_url(),
        "a story told by several outlets": discussed.story.get_absolute_url() if discussed.story else "/latest/",
        "what changed in an article": reverse("changes", args=[changed.pk]),
        "an earlier chapter, a year old": published.earliest("published_at").get_absolute_url(),
        "the editors' desk": "/admin/",
    }


def _must_be_a_demo():
    is_demo = User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}").exists()
    strangers = Article.objects.exclude(uuid__in=_keys()).exists()
    taken = User.objects.filter(username__in=[role.lower() for role in ROLES]).exists()
    if settings.SITE_URL.startswith("https:"):
        raise NotADemo("SITE_URL is https, so this is a real site: the demo's accounts do not belong on it.")
    if not is_demo and (strangers or taken):
        raise NotADemo(
            "This database is in use: it holds articles or accounts that are not the demo's. "
            "Point DATABASE_URL at an empty database to see the demo."
        )


def _moved_copy(name, delta, folder):
    """Write the fixture ``name`` with its times moved by ``delta`` into ``folder`` and return the file's path."""

    def move(value):
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            return (parse_datetime(value) + delta).isoformat()
        return value

    rows = _read(name)
    for row in rows:
        row["fields"] = {field: move(value) for field, value in row["fields"].items()}
    path = folder / f"{name}.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return str(path)


def _keys():
    return [row["fields"]["uuid"] for row in _read("articles") if row["model"] == "articles.article"]


def _read(name):
    return json.loads((settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8"))


def _password(name):
    digest = salted_hmac("articles.demo", name, algorithm="sha256").digest()
    syllables = [_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[:9]]
    words = ["".join(syllables[start : start + 3]) for start in (0, 3, 6)]
    return "-".join([*words, str(digest[9] % 90 + 10)])
