"""Sections: the parts of the paper."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.address import Addressed, AddressedQuerySet


class SectionQuerySet(AddressedQuerySet):
    # in what order

    def in_order(self):
        return self.order_by("position", "name", "pk")


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
