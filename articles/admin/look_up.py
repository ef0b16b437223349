"""Fields of the desk's own forms in which records are looked up by typing."""

from django.contrib.admin.widgets import AutocompleteSelect


class LookUp(AutocompleteSelect):
    def optgroups(self, name, value, attrs=None):
        """Show no record for what cannot be a number: the form says so, and the database is not asked."""
        return super().optgroups(name, [each for each in value if str(each).isdecimal()], attrs)


def looked_up(field, *, like, admin_site):
    """Let the form's ``field`` be looked up as the model's field ``like`` is."""
    field.widget = LookUp(like, admin_site)
    field.widget.choices = field.choices
