"""Sections: the parts of the paper."""

from django.db import models
from django.db.models import Q, Value
from django.urls import reverse

from articles.models.address import Addressed, AddressedQuerySet
from articles.models.trust_page import TrustPage


class SectionQuerySet(AddressedQuerySet):
    # in what order

    def in_order(self):
        return self.order_by("position", "name", "pk")

    # for which screen

    def with_trust_pages(self):
        """Return the ``sections`` and the listed trust ``pages``, a list each, in their order.

        Every page names both, so they come by one query; more than name and address is loaded when it is asked for.
        """
        pages = TrustPage.objects.listed().annotate(kind=Value(1))
        pages = pages.values_list("kind", "position", "title", "pk", "slug")
        rows = self.annotate(kind=Value(0)).values_list("kind", "position", "name", "pk", "slug")
        rows = list(rows.union(pages, all=True).order_by("kind", "position", "name", "pk"))
        return {"sections": _light(Section, "name", rows, kind=0), "pages": _light(TrustPage, "title", rows, kind=1)}


class Section(Addressed):
    name = models.CharField(max_length=60, unique=True)
    description = models.CharField(max_length=240, blank=True, help_text="One sentence for the head of its page.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the menu; the smallest comes first.")

    objects = SectionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="section_has_a_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("section", args=[self.slug])


def _light(model, named, rows, *, kind):
    fields = ["id", "slug", named, "position"]
    return [model.from_db(None, fields, [pk, slug, name, place]) for of, place, name, pk, slug in rows if of == kind]
