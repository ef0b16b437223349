"""Which moderator looks after which outlets. A matter of chiefs."""

from django.contrib import admin
from django.contrib.auth import get_user_model

from articles.admin.lists import DeskAdmin
from articles.models import Charge


@admin.register(Charge)
class ChargeAdmin(DeskAdmin):
    list_display = ("user", "outlet")
    list_filter = ("outlet",)
    list_select_related = ("user", "outlet")
    search_fields = ("user__username", "outlet__name")
    search_help_text = "The name of an account or of an outlet"
    ordering = ("user__username", "outlet__name", "pk")
    fields = ("user", "outlet")
    autocomplete_fields = ("outlet",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
