"""What the desk's lists share: however many rows there are, opening one reads a page of them."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.paginator import Paginator
from django.db import models
from django.utils.functional import cached_property

from articles.admin.moments import DeskDateTimeField

MOST_COUNTED = 10_000  # rows; nobody pages further, and counting a million took PostgreSQL longer than the page itself


class CappedPaginator(Paginator):
    """Count no further than MOST_COUNTED."""

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[:MOST_COUNTED].count()

    @property
    def is_capped(self):
        return self.count == MOST_COUNTED


class DeskList(ChangeList):
    def get_queryset(self, request, *args, **kwargs):
        return self.model_admin.for_list(super().get_queryset(request, *args, **kwargs))


class DeskAdmin(admin.ModelAdmin):
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    actions_selection_counter = True
    formfield_overrides = {
        models.DateTimeField: {"form_class": DeskDateTimeField, "widget": AdminSplitDateTime},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})},
    }

    def for_list(self, records):
        """Load what a row of the list shows and nothing else."""
        return records

    def get_changelist(self, request, **kwargs):
        return DeskList


class ReadOnlyAdmin(DeskAdmin):
    """Records that other parts of the site write and people only look at."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class Tabs(admin.SimpleListFilter):
    """A filter that stands as tabs above the list. The first of ``tabs`` is open when none is asked for."""

    template = "admin/articles/_nothing.html"  # it has no place in the column of filters
    is_tabs = True
    title = "queue"
    parameter_name = "queue"
    tabs = ()

    def lookups(self, request, model_admin):
        return self.tabs

    @property
    def open_tab(self):
        asked = self.value()
        return asked if asked in dict(self.tabs) else self.tabs[0][0]

    def choices(self, changelist):
        for value, label in self.tabs:
            yield {
                "selected": value == self.open_tab,
                "query_string": changelist.get_query_string({self.parameter_name: value}, ["p"]),
                "display": label,
            }
