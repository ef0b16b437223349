"""Authors and the bylines they have under articles."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.address import Addressed, AddressedQuerySet


class AuthorQuerySet(AddressedQuerySet):
    # in what order

    def by_name(self):
        return self.order_by("name", "pk")


class Author(Addressed):
    name = models.CharField(max_length=120)
    outlet = models.ForeignKey("articles.Outlet", models.SET_NULL, null=True, blank=True, related_name="authors")
    is_desk = models.BooleanField(
        "a desk, not a person",
        default=False,
        help_text="Search engines are told so: a byline such as “Meridian Staff” is no person’s name.",
    )
    biography = models.TextField(max_length=600, blank=True, help_text="A few sentences for the author's page.")

    objects = AuthorQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="author_has_a_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])

    @property
    def schema_type(self):
        """What schema.org calls it."""
        return "Organization" if self.is_desk else "Person"


class BylineManager(models.Manager):
    def get_by_natural_key(self, article, author):
        return self.get(article__uuid=article, author__slug=author)


class Byline(models.Model):
    """One author's part in one article."""

    class Role(models.TextChoices):
        REPORTER = "reporter", _("Reporter")
        ANALYST = "analyst", _("Analyst")
        COLUMNIST = "columnist", _("Columnist")
        CRITIC = "critic", _("Critic")
        INTERVIEWER = "interviewer", _("Interviewer")
        PHOTOGRAPHER = "photographer", _("Photographs")
        ILLUSTRATOR = "illustrator", _("Illustration")
        TRANSLATOR = "translator", _("Translation")
        DATA = "data", _("Data")
        EDITOR = "editor", _("Editor")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines")
    role = models.CharField(max_length=20, choices=Role, default=Role.REPORTER)
    position = models.PositiveSmallIntegerField(default=0, help_text="The smallest is named first.")

    objects = BylineManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="author_is_named_once_an_article")]

    def __str__(self):
        return f"{self.author} ({self.get_role_display()})"

    def natural_key(self):
        return (str(self.article.uuid), self.author.slug)

    natural_key.dependencies = ["articles.article", "articles.author"]

    @property
    def is_writer(self):
        """Whether the author wrote the text, as opposed to drawing, translating or editing."""
        return self.role in {"reporter", "analyst", "columnist", "critic", "interviewer"}
