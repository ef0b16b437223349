"""What the readers' templates ask for beyond Django's own tags. Nothing here asks the database."""

import json
from datetime import UTC
from urllib.parse import urlencode, urljoin, urlsplit

from django import template
from django.conf import settings
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles import syndication
from articles.models import Appeal, Article, Comment, Report
from articles.text import comment as comment_text
from articles.text import html, languages

register = template.Library()

# What a thread shows in the place of a comment that is not public. Neither name nor text may show.
STONES = {
    Comment.State.HELD: "Waiting for a moderator",
    Comment.State.DELETED: "Deleted by its author",
}
REMOVED = "Removed by a moderator"
IN_SCRIPT = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
# What its author is told. Which rule held it is for moderators: it would teach how to get round it.
OWN_STATES = {
    Comment.State.PUBLIC: "Everybody can read it.",
    Comment.State.HELD: "It waits until a moderator has read it. Nothing more is needed from you.",
    Comment.State.REJECTED: "A moderator has taken it down: {reason}.",
    Comment.State.SPAM: "A moderator has taken it down as spam.",
}

# What a writer is told of an appeal; what the moderator said to it stands below.
APPEAL_STATES = {
    "": "You have appealed. Another moderator will look at it, and what is decided is shown here.",
    Appeal.Outcome.UPHELD: "You have appealed. The decision stands.",
    Appeal.Outcome.OVERTURNED: "You have appealed, and your comment is public.",
}


# text


@register.simple_tag
def body(article, aid=None):
    """Return the body that may be shown, each paragraph with its address, words of the glossary linked to it."""
    # The one place where stored HTML goes out as it is: `Article.save` put it through the sanitiser's allow-list.
    numbered = html.number_paragraphs(article.shown_body)
    return mark_safe(html.link_terms(numbered, aid.found.get("terms", []) if aid else []))  # noqa: S308


@register.simple_tag
def prose(page):
    """Return the body of a trust page, which was sanitised when it was stored as an article's is."""
    return mark_safe(page.body)  # noqa: S308


@register.filter
def comment_html(text):
    """Return a reader's plain text as HTML: paragraphs, quotations and links, the rest escaped."""
    return comment_text.render(text)


@register.filter
def stone(comment):
    """Return the words that stand where a comment is that is not public."""
    return STONES.get(comment.state, REMOVED)


@register.filter
def own_state(comment):
    """Return what its author is told of a comment."""
    said = OWN_STATES[comment.state]
    return said.format(reason=comment.state_reason.rstrip(".") or "no reason was given")


@register.filter
def pause(terms):
    """Return how long one reader waits between two comments, in a sentence."""
    seconds = terms.pause_seconds
    if seconds < 120:
        return f"You can write one comment every {seconds} second{'s' if seconds > 1 else ''} here."
    return f"You can write one comment every {-(-seconds // 60)} minutes here."


@register.filter
def appeal_state(appeal):
    """Return what a writer is told of an own appeal."""
    return APPEAL_STATES[appeal.outcome]


@register.simple_tag
def spoken(language, page="en"):
    """Return the attributes that tell in which language a text is, where it differs from the page's."""
    if language == page:
        return ""
    direction = languages.direction(language)
    if direction == languages.direction(page):
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.filter
def kind_label(article):
    """Return what readers have to know of an article before they read it; nothing for plain news."""
    if article.kind == Article.Kind.NEWS:
        return ""
    return f"Sponsored by {article.sponsor}" if article.is_sponsored else article.get_kind_display()


@register.simple_tag
def structured_data(article):
    """Return what the page says of the article for programs, in script elements that browsers do not run."""
    told = [json.dumps(part, ensure_ascii=False) for part in syndication.structured_data(article)]
    # Within a script element only "<" could end it, and JSON may write it as an escape.
    parts = [f'<script type="application/ld+json">{part.translate(IN_SCRIPT)}</script>' for part in told]
    return mark_safe("\n".join(parts))  # noqa: S308


@register.simple_tag
def tdm_reservation():
    """Return 1 where programs are asked not to learn from the site's texts (TDMRep), else 0."""
    return int(not settings.ROBOTS["training"])


# time


@register.filter
def instant(at):
    """Return an instant as machines read it, in UTC: "2026-11-22T12:00:00+00:00"."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


@register.filter
def age(published_at, at):
    """Return how old something is in words, "3 months", from a month on; "" before that. ``at`` is the present."""
    months = (at - published_at).days // 30
    if months < 1:
        return ""
    number, unit = (months, "month") if months < 12 else ((at - published_at).days // 365 or 1, "year")
    return f"{number} {unit}{'' if number == 1 else 's'}"


@register.filter
def span(duration):
    """Return a length of time in its largest whole unit: "3 hours"."""
    for seconds, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if (number := int(duration.total_seconds() // seconds)) >= 1:
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "less than a minute"


# moderation

# What the page on an outlet's moderation counts, in the order of its table: see `articles.moderation.transparency`.
COUNTS = (
    ("Comments received", "received"),
    ("Published", Comment.State.PUBLIC),
    ("Waiting for a moderator", Comment.State.HELD),
    ("Rejected", Comment.State.REJECTED),
    *((f"Rejected: {kind.label[0].lower()}{kind.label[1:]}", f"rejected: {kind.value}") for kind in Report.Kind),
    ("Spam", Comment.State.SPAM),
    ("Deleted by their authors", Comment.State.DELETED),
    ("Held by a program", "held by a program"),
    ("Decisions by a person", "decided by a person"),
    ("Reports by readers", "reported"),
    ("Reports upheld", Report.Outcome.UPHELD),
    ("Reports dismissed", Report.Outcome.DISMISSED),
    ("Appeals by writers", "appealed"),
    ("Appeals: the decision stood", f"appeal {Appeal.Outcome.UPHELD.value}"),
    ("Appeals: the decision was overturned", f"appeal {Appeal.Outcome.OVERTURNED.value}"),
)


@register.filter
def counts(months):
    """Return the table's rows as (label, the number of each month); kinds of which there were none are left out."""
    rows = [(label, [month.numbers[what] for month in months]) for label, what in COUNTS]
    return [(label, numbers) for label, numbers in rows if any(numbers) or ":" not in label]


# lists


@register.filter
def writers(article):
    """Return the bylines of those who wrote the article; of everybody named where nobody did."""
    named = list(article.bylines.all())
    return [byline for byline in named if byline.is_writer] or named


@register.filter
def outlets_of(articles):
    """Return the outlets of ``articles``, each once, in the order of their first article."""
    return list({article.outlet_id: article.outlet for article in articles}.values())


# addresses


@register.filter
def of(table, key):
    """Return what a dict holds at ``key``, or None."""
    return table.get(key)


@register.filter
def on_page(query, number):
    """Return the query string of page ``number`` of a list: ``query`` is that of the list itself."""
    page = urlencode({"page": number}) if int(number) > 1 else ""
    return "?" + "&".join(part for part in (query, page) if part)


@register.filter
def with_words(query, words):
    """Return the query string of the same search for other words."""
    return _changed(query, q=words)


@register.filter
def with_since(query, day):
    """Return the query string of the same search for articles since a day."""
    return _changed(query, since=day, until="")


@register.filter
def absolute(address, canonical):
    """Return ``address`` with the scheme and host of ``canonical``, the page's own full address."""
    return urljoin(canonical, address)


@register.filter
def host(address):
    """Return the host of an address as people say it: "courier.example"."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


# pictures


@register.filter
def focus(image):
    """Return the classes that keep an image's focal point in sight when it is cropped."""
    across, down = image.object_position.split("-")
    return f"focus-x-{across} focus-y-{down}"


def _changed(query, **values):
    changed = QueryDict(query, mutable=True)
    for name, value in values.items():
        changed[name] = value
        if not value:
            del changed[name]
    return f"?{changed.urlencode()}"
