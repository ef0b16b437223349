"""Times at the desk: in words, in the site's zone, and out of forms without guessing."""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone


def in_words(instant, *, at):
    """Return "14:30 UTC" for an instant of the day of ``at``, else "3 Oct 2026, 14:30 UTC"."""
    local = timezone.localtime(instant)
    clock = f"{local:%H:%M} {local.tzname()}"
    if local.date() == timezone.localtime(at).date():
        return clock
    return f"{local.day} {local:%b %Y}, {clock}"


def zone_in_words():
    return f"Times are those of {timezone.get_current_timezone_name().replace('_', ' ')}."


class DeskDateTimeField(forms.SplitDateTimeField):
    """A date and a time on the clock of the site. An hour that the clock skips or shows twice is refused in words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.help_text = f"{self.help_text} {zone_in_words()}".strip()

    def compress(self, data_list):
        if data_list and all(part not in self.empty_values for part in data_list):
            refuse_odd_hour(datetime.combine(*data_list), timezone.get_current_timezone())
        return super().compress(data_list)


def refuse_odd_hour(naive, zone):
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return
    clock, day = f"{naive:%H:%M}", f"{naive.day} {naive:%B %Y}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValidationError(
            f"The clocks go forward on {day}, and {clock} does not exist. Choose an earlier or later time."
        )
    raise ValidationError(
        f"The clocks go back on {day}, and {clock} comes twice. Choose a time before or after that hour."
    )
