"""What the desk's lists share: however many rows there are, opening one reads a page of them."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.paginator import Paginator
from django.db import connection, models
from django.utils import timezone
from django.utils.functional import cached_property

from articles.admin.look_up import may_be_key
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
    def get_results(self, request):
        super().get_results(request)
        self.model_admin.dress(request, self.result_list)

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

    def within(self, request, records):
        """Return those of ``records`` that this person may know of."""
        return records

    def for_list(self, records):
        """Load what a row of the list shows and nothing else."""
        return records

    def dress(self, request, records):
        """Give the ``records`` of a page what their rows show of other records, in a fixed number of queries."""

    def get_changelist(self, request, **kwargs):
        return DeskList

    def changelist_view(self, request, extra_context=None):
        """Let the list say when its rows were read: see `verbs.as_listed`."""
        return super().changelist_view(request, {"listed_at": timezone.now().isoformat(), **(extra_context or {})})

    def response_action(self, request, queryset, **where):
        """Leave out of what was chosen what cannot be a key: the database would stumble over it."""
        request.POST = request.POST.copy()
        chosen = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if may_be_key(key)]
        request.POST.setlist(ACTION_CHECKBOX_NAME, chosen)
        return super().response_action(request, queryset, **where)


class ReadOnlyAdmin(DeskAdmin):
    """Records that other parts of the site write and people only look at."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def count_each(querysets, *, most):
    """Return how many rows each of ``querysets`` has, counted to ``most``, in one query."""
    counts, params = [], []
    for records in querysets:
        sql, given = records.order_by().values("pk")[:most].query.sql_with_params()
        counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django wrote it
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", params)
        return list(cursor.fetchone())


class Tabs(admin.SimpleListFilter):
    """A filter that stands as tabs above the list. The first of ``tabs`` is open when none is asked for.

    Where ``counted`` says so, each tab says how many it holds, as long as nothing else narrows the list.
    """

    template = "admin/articles/_nothing.html"  # it has no place in the column of filters
    is_tabs = True
    MOST_COUNTED = 999  # on a tab; more is "a lot" to whoever has to read them
    title = "queue"
    parameter_name = "queue"
    tabs = ()
    opens_on = None  # or the name of another tab than the first
    is_counted = False

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.at = timezone.now()
        narrowed = set(request.GET) - {self.parameter_name, "p", "o", "e"}
        known = model_admin.within(request, model._default_manager.all())
        self.counts = self._counts(known) if self.is_counted and not narrowed else {}

    def lookups(self, request, model_admin):
        return self.tabs

    @property
    def open_tab(self):
        asked = self.value()
        return asked if asked in dict(self.tabs) else self.opens_on or self.tabs[0][0]

    def queryset(self, request, records):
        return self.of_tab(self.open_tab, records)

    def of_tab(self, tab, records):
        """Return those of ``records`` that stand in ``tab``."""
        raise NotImplementedError

    def choices(self, changelist):
        for value, label in self.tabs:
            yield {
                "selected": value == self.open_tab,
                "query_string": changelist.get_query_string({self.parameter_name: value}, ["p"]),
                "display": label,
                "count": self.counts.get(value, ""),
            }

    def _counts(self, records):
        most = self.MOST_COUNTED
        numbers = count_each([self.of_tab(tab, records) for tab, _ in self.tabs], most=most + 1)
        return {
            tab: f"{most}+" if number > most else number for (tab, _), number in zip(self.tabs, numbers, strict=True)
        }
