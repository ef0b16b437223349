"""The glossary: words that readers may not know, explained by editors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from articles.text import html, languages, plain


class GlossaryTermQuerySet(models.QuerySet):
    # which

    def shown(self):
        return self.filter(is_shown=True)

    # in what order

    def by_name(self):
        return self.order_by("term", "pk")


class GlossaryTerm(models.Model):
    term = models.CharField(max_length=80, help_text="As articles write it: run-off, cubic metre, Rivers Authority.")
    other_spellings = models.CharField(
        max_length=300, blank=True, help_text="Plurals and other words for it, separated by commas."
    )
    definition = models.CharField(
        max_length=400, help_text="What it means, in one or two sentences that a newcomer understands."
    )
    language = models.CharField(
        max_length=12, choices=languages.choices, default="en", help_text="Of the articles in which it is explained."
    )
    is_shown = models.BooleanField("shown", default=True, help_text="Untick it to explain it nowhere for now.")
    changed_at = models.DateTimeField(auto_now=True)

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(term="") & ~Q(definition=""), name="glossary_term_is_explained"),
            models.UniqueConstraint(fields=["term", "language"], name="glossary_term_is_explained_once"),
        ]

    def __str__(self):
        return self.term

    def clean(self):
        self._tidy()
        if not self.term or not self.definition:
            raise ValidationError("Give a word and what it means, in letters that can be read.")

    def save(self, **kwargs):
        self._tidy()
        super().save(**kwargs)

    @property
    def spellings(self):
        """Every way to write it that articles may use."""
        return [self.term, *(word for part in self.other_spellings.split(",") if (word := part.strip()))]

    def _tidy(self):
        for name in ("term", "other_spellings", "definition"):
            setattr(self, name, plain.one_line(html.strip_forbidden(getattr(self, name))))
