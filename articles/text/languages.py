"""Languages that a text can be in."""

from django.conf import global_settings


def choices():
    """Return (code, name) of every language Django knows; a callable, so that no migration has to list them."""
    return list(global_settings.LANGUAGES)


def direction(code):
    """Return "rtl" or "ltr"."""
    return "rtl" if code in global_settings.LANGUAGES_BIDI else "ltr"
