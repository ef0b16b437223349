"""Addresses that last: a record keeps answering at every slug it ever had."""

from django.db import IntegrityError, models, transaction
from django.db.models import Case, Q, Value, When

from articles.text import slugs


class OldAddress(models.Model):
    """A slug that a record once had. It leads to the record itself, so a chain or a loop cannot be written down."""

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=slugs.LONGEST)
    target_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "old addresses"
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="old_address_leads_to_one_record")]
        indexes = [models.Index(fields=["kind", "target_id"], name="old_address_of_record")]

    def __str__(self):
        return f"{self.kind}: {self.slug}"


class AddressedQuerySet(models.QuerySet):
    # which

    def at_address(self, slug):
        """Return the record whose present, or else whose former, slug is ``slug``; raise DoesNotExist if none."""
        former = OldAddress.objects.filter(kind=self.model._meta.model_name, slug=slug).values("target_id")
        present_first = Case(When(slug=slug, then=Value(0)), default=Value(1))
        found = self.filter(Q(slug=slug) | Q(pk__in=former)).order_by(present_first, "pk").first()
        if found is None:
            raise self.model.DoesNotExist(f"No {self.model._meta.verbose_name} answers at {slug!r}.")
        return found

    def at_addresses(self, slugs):
        """Return the records whose present slug, or whose former one if nobody else has it now, is one of ``slugs``."""
        taken = self.model.objects.filter(slug__in=slugs).values("slug")
        former = OldAddress.objects.filter(kind=self.model._meta.model_name, slug__in=slugs).exclude(slug__in=taken)
        return self.filter(Q(slug__in=slugs) | Q(pk__in=former.values("target_id")))

    def get_by_natural_key(self, slug):
        """Return what a fixture means by ``slug``, even if the desk has renamed it."""
        return self.filter(slug=slug).first() or self.at_address(slug)


class Addressed(models.Model):
    """A record found by its slug. An empty slug is made from the name; a changed one leaves the old one behind."""

    slug = models.SlugField(
        "address",
        max_length=slugs.LONGEST,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text="The last part of the page's address. Leave it empty to have it made from the name. "
        "If you change it, the old address keeps leading here.",
    )

    class Meta:
        abstract = True

    def natural_key(self):
        return (self.slug,)

    def save(self, **kwargs):
        if self.slug:
            with transaction.atomic():
                self._leave_old_address()
                super().save(**kwargs)
        else:
            self._save_under_a_free_slug(**kwargs)

    def delete(self, **kwargs):
        with transaction.atomic():
            OldAddress.objects.filter(kind=self._meta.model_name, target_id=self.pk).delete()
            return super().delete(**kwargs)

    def _save_under_a_free_slug(self, **kwargs):
        wanted = slugs.make(str(self))
        for number in range(1, 1000):
            self.slug = wanted if number == 1 else slugs.numbered(wanted, number)
            if self._slug_leads_to_another():
                continue
            try:
                with transaction.atomic():
                    self._leave_old_address()
                    return super().save(**kwargs)
            except IntegrityError:  # somebody else took it between the look and the save
                if not self._slug_leads_to_another():
                    raise
        raise IntegrityError(f"No free address for {self} below {slugs.numbered(wanted, 999)}; give it one by hand.")

    def _slug_leads_to_another(self):
        """Tell whether readers who follow the slug come to another record, by its present or a former address."""
        try:
            return type(self).objects.at_address(self.slug).pk != self.pk
        except type(self).DoesNotExist:
            return False

    def _leave_old_address(self):
        kind = self._meta.model_name
        before = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        if before and before != self.slug:
            OldAddress.objects.update_or_create(kind=kind, slug=before, defaults={"target_id": self.pk})
            OldAddress.objects.filter(kind=kind, slug=self.slug, target_id=self.pk).delete()
