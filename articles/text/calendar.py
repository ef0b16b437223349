"""Days and times as the language of the page writes them. Programs are told them by `isoformat`, never by this."""

from django.utils import dateformat
from django.utils.translation import pgettext_lazy

# The letters are those of Django's `date` filter: a translation puts them, and what stands between, in its own order.
FORMS = {
    "name": pgettext_lazy("date format", "l"),
    "weekday": pgettext_lazy("date format", "l j F Y"),
    "day": pgettext_lazy("date format", "j F Y"),
    "short day": pgettext_lazy("date format", "j F"),
    "month": pgettext_lazy("date format", "F Y"),
    "short month": pgettext_lazy("date format", "M Y"),
    "moment": pgettext_lazy("date format", "j F Y, H:i T"),
    "short": pgettext_lazy("date format", "j M Y, H:i"),
}


def written(at, form):
    """Return a date, or an instant in its own time zone, in a ``form`` of FORMS: "day" gives "23 November 2026"."""
    return dateformat.format(at, str(FORMS[form]))
