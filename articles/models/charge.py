"""Which outlets a moderator looks after."""

from django.conf import settings
from django.db import models


class Charge(models.Model):
    """An outlet in a moderator's charge. Who has none moderates all outlets."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="charges",
        limit_choices_to={"is_staff": True},
        help_text="With the first outlet, this person sees the comments of no other.",
    )
    # Protected: with the last one that is gone, the person would moderate all.
    outlet = models.ForeignKey("articles.Outlet", models.PROTECT, related_name="charges")

    class Meta:
        verbose_name_plural = "outlets in charge"
        constraints = [models.UniqueConstraint(fields=["user", "outlet"], name="outlet_is_in_charge_once")]

    def __str__(self):
        return f"{self.user}: {self.outlet}"
