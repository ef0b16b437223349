"""Trust pages: who we are, who owns us, by which rules we work, and how to reach us."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Subquery
from django.urls import reverse

from articles.models.address import Addressed, AddressedQuerySet
from articles.text import html, plain


class TrustPageQuerySet(AddressedQuerySet):
    # which

    def shown(self):
        return self.filter(is_shown=True)

    def listed(self):
        """Return those that are pages of their own, and do not stand on one of the program's."""
        return self.shown().exclude(answers__in=self.model.STANDS_ON)

    def unwritten(self):
        """Return the drafts that a new site begins with, as long as nobody has written them."""
        return self.filter(is_shown=False, body__contains=self.model.UNWRITTEN)

    def answers(self):
        """Return ``{question: path}`` of the pages that answer one; the first page where two do."""
        rows = self.listed().exclude(answers="").in_order().values_list("answers", "slug")
        return {question: reverse("trust-page", args=[slug]) for question, slug in reversed(list(rows))}

    def beside(self):
        """Return the pages of `answers` as expressions, for rows that are loaded with them: `TrustPage.read_beside`."""
        first = self.shown().in_order().values("slug")
        questions = self.model.POLICIES
        return {f"page_on_{question}": Subquery(first.filter(answers=question)[:1]) for question in questions}

    def standing_on(self, answers):
        """Return the page whose text stands first on the program's page that ``answers`` names, or None."""
        return self.shown().filter(answers=answers).first()

    # in what order

    def in_order(self):
        return self.order_by("position", "title", "pk")


class TrustPage(Addressed):
    UNWRITTEN = "Nothing is written here yet."  # stands in the drafts of migration 0031

    class Answers(models.TextChoices):
        PRINCIPLES = "principles", "By which rules we work"
        OWNERSHIP = "ownership", "Who owns and pays us"
        CORRECTIONS = "corrections", "What we do about mistakes"
        ETHICS = "ethics", "What we do not do: ethics"
        ABOUT = "about", "Stands first on “About us”"
        AI = "ai", "Stands first on “What programs do here”"

    STANDS_ON = {Answers.ABOUT.value: "about", Answers.AI.value: "programs"}  # the program's pages, by name
    POLICIES = [Answers.PRINCIPLES.value, Answers.OWNERSHIP.value, Answers.CORRECTIONS.value, Answers.ETHICS.value]

    title = models.CharField(max_length=80, unique=True)
    lede = models.CharField(
        "first sentence", max_length=240, blank=True, help_text="What the page answers, in one sentence."
    )
    body = models.TextField()
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the list; the smallest comes first.")
    answers = models.CharField(
        max_length=12,
        choices=Answers,
        blank=True,
        help_text="Search engines are led to this page for that question, on the pages of our own outlets. "
        "What stands first on a page of the program has no page of its own: its text stands there, above the rest.",
    )
    is_shown = models.BooleanField("shown", default=True, help_text="Untick it to take the page off the site.")
    changed_at = models.DateTimeField(auto_now=True)

    objects = TrustPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="trust_page_has_a_title"),
            models.CheckConstraint(condition=~Q(body=""), name="trust_page_says_something"),
            models.UniqueConstraint(
                fields=["answers"],
                condition=Q(answers__in=["about", "ai"], is_shown=True),
                name="one_trust_page_stands_first",
                violation_error_message="Another page stands there already. Take that one off the site first.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("trust-page", args=[self.slug])

    def clean(self):
        if self.is_shown and self.UNWRITTEN in self.body:
            raise ValidationError({"is_shown": "This is still the draft. Write the page first."})

    @classmethod
    def read_beside(cls, row):
        """Return what `answers` does of a ``row`` that was loaded with `beside`."""
        slugs = {question: getattr(row, f"page_on_{question}") for question in cls.POLICIES}
        return {question: reverse("trust-page", args=[slug]) for question, slug in slugs.items() if slug}

    def save(self, **kwargs):
        self.title = plain.one_line(html.strip_forbidden(self.title))
        self.body = html.sanitise(self.body)
        super().save(**kwargs)
