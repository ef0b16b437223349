"""Fields of the desk's own forms in which records are looked up by typing."""

from django.contrib.admin.widgets import AutocompleteSelect


class LookUp(AutocompleteSelect):
    def optgroups(self, name, value, attrs=None):
        """Show no record for what cannot be a number: the form says so, and the database is not asked."""
        return super().optgroups(name, [each for each in value if may_be_key(str(each))], attrs)


def looked_up(field, *, like, admin_site):
    """Let the form's ``field`` be looked up as the model's field ``like`` is."""
    field.widget = LookUp(like, admin_site)
    field.widget.choices = field.choices


def may_be_key(text):
    """Tell whether ``text``, which somebody sent, is a number that a column of keys takes on every database."""
    return text.isascii() and text.isdecimal() and len(text) < 19
