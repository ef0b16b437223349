"""Editions: what an article said to readers before its text was changed."""

from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import Coalesce

from articles.text import plain

TEXTS = ("headline", "standfirst", "body")


class EditionQuerySet(models.QuerySet):
    # which

    def seen(self, article):
        """Return those of ``article`` that readers may have seen: replaced after it had become public."""
        return self.filter(article=article, replaced_at__gt=article.public_from)

    def seen_by_readers(self):
        """Return the same of the article of an outer query."""
        public_from = Coalesce(OuterRef("embargo_until"), OuterRef("published_at"))
        return self.filter(
            article=OuterRef("pk"), replaced_at__gt=OuterRef("published_at"), replaced_at__gte=public_from
        )

    def get_by_natural_key(self, article, replaced_at):
        return self.get(article__uuid=article, replaced_at=replaced_at)

    # in what order

    def newest_first(self):
        return self.order_by("-replaced_at", "-pk")

    # how one is made

    def keep(self, article, texts):
        """Keep the ``texts`` of the published ``article`` as it is stored, if it is about to be saved with others."""
        if _words(**texts) != _words(**{name: getattr(article, name) for name in TEXTS}):
            self.create(article=article, **texts)


def _words(headline, standfirst, body):
    """Return what readers read: a body that has only become bold in places, or got a link, says what it said."""
    return headline, standfirst, plain.from_html(body)


class Edition(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="editions")
    headline = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    replaced_at = models.DateTimeField(auto_now_add=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["article", "-replaced_at", "-id"], name="edition_of_article")]

    def __str__(self):
        return self.headline

    def natural_key(self):
        return (str(self.article.uuid), self.replaced_at.isoformat())

    natural_key.dependencies = ["articles.article"]
