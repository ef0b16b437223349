"""Builders: each makes one record as the newsroom itself would, and fills in all that a test does not care about.

Articles go through ``publish``, ``schedule`` and ``withdraw``, comments through ``post`` and a moderator's decisions,
so what a test looks at is what the site can really hold.
"""

import io
import itertools
import uuid
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from articles import assist
from articles.models import (
    Appeal,
    Article,
    AssistDraft,
    Author,
    Byline,
    Charge,
    Comment,
    Commenter,
    FrontPin,
    Hashtag,
    Image,
    Outlet,
    Report,
    Section,
    Story,
    WordRule,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)  # the present of tests that say every time themselves
BODY = "<p>The river rose two metres in one night.</p><p>Nobody was hurt.</p>"

_number = itertools.count(1)


def outlet(name="The Lantern", **fields):
    """Return the outlet with that name, made if it is new; its texts may be shown whole."""
    fields = {"text_shown": Outlet.TextShown.OWN, "homepage": "https://lantern.example/"} | fields
    return Outlet.objects.get_or_create(name=name, defaults=fields)[0]


def section(name="Rivers", **fields):
    return Section.objects.get_or_create(name=name, defaults=fields)[0]


def author(name=None, **fields):
    return Author.objects.create(name=name or f"Ada Author {next(_number)}", **fields)


def hashtag(name=None, **fields):
    return Hashtag.objects.create(name=name or f"Hashtag{next(_number)}", **fields)


def story(title=None, **fields):
    """Return a story that an editor named, or, with ``is_named=False``, one that the program made."""
    named = {} if fields.get("is_named") is False else {"title": title or f"The flood of {next(_number)}"}
    return Story.objects.create(**named, **fields)


def image(name=None, *, width=1200, height=800, **fields):
    """Return an image whose file is a real, small PNG."""
    out = io.BytesIO()
    Picture.new("P", (width, height)).save(out, "PNG")
    fields = {"alt": "A river between willows.", "caption": "The Sarn.", "credit": "Photo: Ida Lind"} | fields
    return Image.objects.create(file=ContentFile(out.getvalue(), name or f"river-{next(_number)}.png"), **fields)


def draft(headline=None, *, hashtags=(), authors=(), **fields):
    """Return an article that nobody has published, ready for it."""
    if isinstance(fields.get("outlet"), str):
        fields["outlet"] = outlet(fields["outlet"])
    fields = {
        "body": BODY,
        "standfirst": "What the water left behind.",
        "original_url": "https://lantern.example/1",
    } | fields
    fields["outlet"] = fields.get("outlet") or outlet()
    if "section" not in fields:
        fields["section"] = section()
    made = Article.objects.create(headline=headline or f"River rises for day {next(_number)}", **fields)
    made.hashtags.set(hashtags)
    Byline.objects.bulk_create(
        Byline(article=made, author=author, position=place) for place, author in enumerate(authors)
    )
    return made


def article(headline=None, *, at=None, **fields):
    """Return an article that is public since the instant ``at``, by default since an hour."""
    made = draft(headline, **fields)
    made.publish(by=None, at=at or timezone.now() - HOUR)
    return made


def scheduled(headline=None, *, publish_at=None, **fields):
    """Return an article that becomes public by itself, by default tomorrow."""
    made = draft(headline, **fields)
    now = timezone.now()
    made.schedule(by=None, at=now, publish_at=publish_at or now + DAY)
    return made


def embargoed(headline=None, *, until=None, **fields):
    return article(headline, embargo_until=until or timezone.now() + DAY, **fields)


def expired(headline=None, *, since=None, **fields):
    """Return an article that was public until the instant ``since``, by default until a minute ago."""
    return article(headline, expires_at=since or timezone.now() - timedelta(minutes=1), **fields)


def front_pin(article, *, place=1, at=NOON - 400 * DAY, **fields):
    """Put the article on the front page past every check, so that a test may have what time brings about."""
    return FrontPin.objects.create(article=article, place=place, pinned_at=at, **fields)


def withdrawn(headline=None, *, outcome=Article.Outcome.GONE, reason="It was wrong.", redirect_to=None, **fields):
    made = article(headline, **fields)
    made.withdraw(by=None, at=timezone.now(), outcome=outcome, reason=reason, redirect_to=redirect_to)
    return made


def comment(article, body="Thank you for this.", *, state="public", at=None, **fields):
    """Return a comment under ``article``, posted now or at the instant ``at``, that ended in ``state``."""
    at = at or timezone.now()
    first = state if state in ("public", "held") else "held"
    reason = "" if state == "public" else "A rule held it."
    if fields.get("author") and "commenter" not in fields:
        fields["commenter"] = commenter(user=user("Moderator"))
    made = Comment(article=article, body=body, **{"name": "Rosa Reader", **fields}).post(
        at=at, state=first, reason=reason
    )
    if state == "rejected":
        made.reject(by=None, at=at, reason="Not about the article.")
    elif state == "spam":
        made.mark_as_spam(by=None, at=at)
    elif state == "deleted":
        made.delete_text(at=at)
    return made


def commenter(*, user=None, at=None):
    """Return a reader who is known again: one with an account, or by a cookie."""
    return Commenter.objects.make(at=at or timezone.now(), user=user)[0]


def charge(user, outlet):
    """Put ``outlet`` in the charge of the moderator ``user``."""
    return Charge.objects.create(user=user, outlet=outlet)


def report(comment, kind="abuse", *, at=None, **fields):
    """Return the report that another reader made of the public ``comment``."""
    number = next(_number)
    fields = {"network": f"network{number}", "reference": f"R-{number}" if kind == "illegal" else ""} | fields
    fields["commenter"] = fields.get("commenter") or commenter()
    return comment.report(Report(comment=comment, kind=kind, at=at or timezone.now(), **fields))


def appeal(comment, text="It was about the article.", *, at=None):
    return Appeal.objects.lodge(comment, text=text, at=at or timezone.now())


def assist_draft(article, *rows, kind="summary", **fields):
    """Return a draft by a program, answered and looked at by nobody; ``rows`` are (sentence, paragraphs it cites)."""
    rows = rows or (("The river rose two metres in one night.", [1]),)
    asked = AssistDraft.objects.ask(article, kind, fields.pop("language", article.language), by=None, at=timezone.now())
    sentences = [{"text": text, "paragraphs": cited} for text, cited in rows]
    asked.answer(sentences, fields.pop("findings", []), model="a-model", tokens=100, at=timezone.now(), **fields)
    return asked


def approved(article, *rows, by=None, **fields):
    """Return a draft by a program that Edda Editor approved, as readers see it."""
    draft = assist_draft(article, *rows, **fields)
    by = by or user("Editor", first_name="Edda", last_name="Editor")
    assist.approve_draft(draft, by=by, at=timezone.now())
    return draft


def word_rule(phrase, effect="hold", **fields):
    return WordRule.objects.create(phrase=phrase, effect=effect, **fields)


def many_comments(article, number, *, parent=None, since=None, body="I saw it too."):
    """Store ``number`` public comments at once, a second apart, the newest last; return them."""
    since = since or timezone.now() - DAY
    rows = [
        Comment(
            article=article,
            parent=parent,
            root=parent and (parent.root or parent),
            name=f"Reader {place}",
            body=f"{body} {place}",
            nonce=uuid.uuid4(),
            created_at=since + timedelta(seconds=place),
            state=Comment.State.PUBLIC,
        )
        for place in range(1, number + 1)
    ]
    made = Comment.objects.bulk_create(rows, batch_size=1000)
    Article.objects.filter(pk=article.pk).recount_comments()
    return made


def user(role=None, **fields):
    """Return an active user; with a ``role`` of articles/roles.py, one who may enter the desk."""
    fields = {"username": f"user{next(_number)}", "is_staff": role is not None} | fields
    made = User.objects.create_user(**{"password": "a pass phrase for tests", **fields})
    if role:
        made.groups.add(Group.objects.get(name=role))
    return made
