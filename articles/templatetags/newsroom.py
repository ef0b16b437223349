"""What the readers' templates ask for beyond Django's own tags. Nothing here asks the database."""

import json
import re
from datetime import UTC
from urllib.parse import urlencode, urljoin, urlsplit

from django import template
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext, to_locale
from django.utils.translation import gettext_lazy as _

from articles import related, syndication
from articles.models import Appeal, Comment, Report
from articles.text import calendar, html, languages, plain
from articles.text import comment as comment_text

register = template.Library()

# What a thread shows in the place of a comment that is not public. Neither name nor text may show.
STONES = {
    Comment.State.HELD: _("Waiting for a moderator"),
    Comment.State.DELETED: _("Deleted by its author"),
}
REMOVED = _("Removed by a moderator")
IN_SCRIPT = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
# What its author is told. Which rule held it is for moderators: it would teach how to get round it.
OWN_STATES = {
    Comment.State.PUBLIC: _("Everybody can read it."),
    Comment.State.HELD: _("It waits until a moderator has read it. Nothing more is needed from you."),
    Comment.State.REJECTED: _("A moderator has taken it down: {reason}."),
    Comment.State.SPAM: _("A moderator has taken it down as spam."),
}

# What a writer is told of an appeal; what the moderator said to it stands below.
APPEAL_STATES = {
    "": _("You have appealed. Another moderator will look at it, and what is decided is shown here."),
    Appeal.Outcome.UPHELD: _("You have appealed. The decision stands."),
    Appeal.Outcome.OVERTURNED: _("You have appealed, and your comment is public."),
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


@register.simple_tag
def words_at_comments():
    """Return what stands at every comment."""
    return {
        "reply": gettext("Reply"),
        "reply_to": gettext("Reply to %s"),
        "quote": gettext("Quote"),
        "quote_of": gettext("Quote %s"),
        "recommend": gettext("Recommend"),
        "recommended": gettext("Recommended"),
        "report": gettext("Report"),
        "comment_by": gettext("comment by %s"),
    }


@register.filter
def about(words, name):
    """Return words with a name in them."""
    return words % name


@register.filter
def stone(comment):
    """Return the words that stand where a comment is that is not public."""
    return STONES.get(comment.state, REMOVED)


@register.filter
def own_state(comment):
    """Return what its author is told of a comment."""
    said = OWN_STATES[comment.state]
    return said.format(reason=comment.state_reason.rstrip(".") or gettext("no reason was given"))


@register.filter
def pause(terms):
    """Return how long one reader waits between two comments, in a sentence."""
    seconds = terms.pause_seconds
    if seconds < 120:
        said = ngettext(
            "You can write one comment every %(number)s second here.",
            "You can write one comment every %(number)s seconds here.",
            seconds,
        )
        return said % {"number": seconds}
    return gettext("You can write one comment every %(number)s minutes here.") % {"number": -(-seconds // 60)}


@register.filter
def appeal_state(appeal):
    """Return what a writer is told of an own appeal."""
    return APPEAL_STATES[appeal.outcome]


@register.filter
def unbroken(headline):
    """Return a headline whose lines do not end within a code or a score: no "OM-" above "14".

    ``headline`` is its text, or that in pieces, (text, whether it was searched for), of which those are marked.
    """
    pieces = [(headline, False)] if isinstance(headline, str) else headline
    shown, here = [], 0
    for run, is_whole in plain.in_runs("".join(piece[0] for piece in pieces)):
        words = _marked(pieces, here, here + len(run))
        shown.append(format_html('<span class="unbroken">{}</span>', words) if is_whole else words)
        here += len(run)
    return format_html_join("", "{}", ((run,) for run in shown))


def _marked(pieces, start, end):
    """Return from ``start`` to ``end`` what ``pieces`` say together, with what was searched for marked."""
    shown, here = [], 0
    for text, is_match in pieces:
        if words := text[max(start - here, 0) : max(end - here, 0)]:
            shown.append((format_html("<mark>{}</mark>", words) if is_match else words,))
        here += len(text)
    return format_html_join("", "{}", shown)


@register.simple_tag
def spoken(language):
    """Return the attributes that tell in which language a text is, where it differs from the page's."""
    return _other_language(language, settings.LANGUAGE_CODE)


@register.simple_tag
def interface(around):
    """Return the attributes of the site's own words where they stand in a text that is in the language ``around``."""
    return _other_language(settings.LANGUAGE_CODE, around)


@register.filter
def language(code):
    """Return the name of a language as readers know it."""
    return languages.name(code)


@register.filter
def locale(language):
    """Return a language as Open Graph writes it, "pt_BR"; "" where no territory is known, without which it is none."""
    name = to_locale(language)
    return name if re.fullmatch("[a-z]{2}_[A-Z]{2}", name) else ""


@register.filter
def reason(stored):
    """Return why an article is shown beside another, or the heading of a group of them, as readers are told."""
    return related.told(stored)


@register.simple_tag
def structured_data(shown):
    """Return what the page says of its article or Place to programs, in script elements that browsers do not run."""
    parts = shown.structured_data() if isinstance(shown, syndication.Place) else syndication.structured_data(shown)
    told = [json.dumps(part, ensure_ascii=False) for part in parts]
    # Within a script element only "<" could end it, and JSON may write it as an escape.
    parts = [f'<script type="application/ld+json">{part.translate(IN_SCRIPT)}</script>' for part in told]
    return mark_safe("\n".join(parts))  # noqa: S308


@register.filter
def shared_title(article, at):
    """Return how a link to the article is called on others' pages at the present, ``at``."""
    return syndication.shared_title(article, at=at)


@register.filter
def schema_types(article):
    """Return what the article is as schema.org calls it, for an itemtype: as the structured data do."""
    return " ".join(f"https://schema.org/{name}" for name in syndication.schema_types(article))


@register.simple_tag
def rights(article):
    """Return what programs are told of the rights to learn from an article (TDMRep), by the names of its parts."""
    return syndication.rights_told(article.outlet)


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
    years = (at - published_at).days // 365 or 1
    if months < 12:
        return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}
    return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}


@register.filter
def span(duration):
    """Return a length of time in its largest whole unit: "3 hours"."""
    minutes = int(duration.total_seconds() // 60)
    hours, days = minutes // 60, minutes // 1440
    if days:
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    if hours:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    if minutes:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    return gettext("less than a minute")


@register.filter(expects_localtime=True)
def on(at, form):
    """Return a day or a time in a form of `calendar.FORMS`."""
    return calendar.written(at, form)


@register.simple_tag
def present(form):
    """Return the present day in a form of `calendar.FORMS`."""
    return calendar.written(timezone.localtime(), form)


# moderation

# What the page on an outlet's moderation counts, in the order of its table: see `articles.moderation.transparency`.
COUNTS = (
    (_("Comments received"), "received"),
    (_("Published"), Comment.State.PUBLIC),
    (_("Waiting for a moderator"), Comment.State.HELD),
    (_("Rejected"), Comment.State.REJECTED),
    *((kind.label, f"rejected: {kind.value}") for kind in Report.Kind),
    (_("Spam"), Comment.State.SPAM),
    (_("Deleted by their authors"), Comment.State.DELETED),
    (_("Held by a program"), "held by a program"),
    (_("Decisions by a person"), "decided by a person"),
    (_("Reports by readers"), "reported"),
    (_("Reports upheld"), Report.Outcome.UPHELD),
    (_("Reports dismissed"), Report.Outcome.DISMISSED),
    (_("Appeals by writers"), "appealed"),
    (_("Appeals: the decision stood"), f"appeal {Appeal.Outcome.UPHELD.value}"),
    (_("Appeals: the decision was overturned"), f"appeal {Appeal.Outcome.OVERTURNED.value}"),
)


@register.filter
def counts(months):
    """Return the table's rows as (label, the number of each month); kinds of which there were none are left out."""
    rows = [(label, what, [month.numbers[what] for month in months]) for label, what in COUNTS]
    return [(_in_table(label, what), numbers) for label, what, numbers in rows if any(numbers) or not _is_kind(what)]


def _is_kind(what):
    return what.startswith(("rejected: ", "appeal "))


def _in_table(label, what):
    """Return the label of a row; why something was rejected is a sentence, which goes on after a colon."""
    if not what.startswith("rejected: "):
        return str(label)
    return gettext("Rejected: %s") % f"{label[0].lower()}{label[1:]}"


# lists


@register.filter
def writers(article):
    """Return the bylines of those who wrote the article; where nobody did, its outlet answers for it."""
    return [byline for byline in article.bylines.all() if byline.is_writer]


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
    changed = QueryDict(query, mutable=True)
    changed["q"] = words
    return f"?{changed.urlencode()}"


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


def _other_language(language, around):
    if language == around:
        return ""
    direction = languages.direction(language)
    if direction == languages.direction(around):
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, direction)
