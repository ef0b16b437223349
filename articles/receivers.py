"""The only place that listens to records. Here desks meet."""

from django.contrib.auth.management import create_permissions
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.utils import timezone

from articles import assist, caching, demo, related, renditions, roles
from articles.models import (
    Article,
    Author,
    Byline,
    Comment,
    Correction,
    Hashtag,
    Image,
    OldAddress,
    Outlet,
    Section,
    Story,
    article_changed,
    comment_changed,
)

# What pages show and editors change. What the site itself adds to an article purges by itself: see _refresh.
SHOWN = [Article, Author, Byline, Correction, Hashtag, Image, OldAddress, Outlet, Section, Story]


@receiver(article_changed)
def article_has_changed(article, **kwargs):
    """Prepare what readers need of an article, once its change is committed."""
    transaction.on_commit(lambda: _refresh(article.pk))


@receiver(post_save, sender=Article)
def article_was_loaded(instance, raw=False, **kwargs):
    """Prepare an article that a fixture brought; every article of the fixture does so, hence one way is enough."""
    if raw:
        transaction.on_commit(lambda: _refresh(instance.pk, both_ways=False))


@receiver(post_save, sender=Outlet)
@receiver(post_save, sender=Image)
def picture_was_saved(instance, raw=False, **kwargs):
    if raw:  # a fixture names a picture; the file lies beside it
        transaction.on_commit(lambda: demo.bring_picture(instance))
    if isinstance(instance, Image):
        transaction.on_commit(lambda: _render(instance))


@receiver(post_delete, sender=Image)
def image_was_deleted(instance, **kwargs):
    transaction.on_commit(lambda: renditions.remove(instance))


@receiver(article_changed)
def shown_record_has_changed(**kwargs):
    """Purge every page: a name, a mark or a headline can stand on any, and editors shall see at once what they did."""
    transaction.on_commit(lambda: caching.purge(caching.SITE_KEY))


for _model in SHOWN:
    for _signal in (post_save, post_delete):
        _signal.connect(shown_record_has_changed, sender=_model)
m2m_changed.connect(shown_record_has_changed, sender=Article.hashtags.through)


@receiver(comment_changed)
def comment_has_changed(comment, **kwargs):
    transaction.on_commit(lambda: caching.purge(caching.article_key(comment.article_id)))


@receiver(post_save, sender=Comment)
@receiver(post_delete, sender=Comment)
def comment_was_written(instance, **kwargs):
    comment_has_changed(instance)


@receiver(post_migrate)
def database_was_migrated(sender, **kwargs):
    if sender.name == "articles":
        # On a new database this comes before Django's own receiver, and without permissions roles would be empty.
        create_permissions(**kwargs)
        roles.make_roles()


def _refresh(article_id, *, both_ways=True):
    article = Article.objects.select_related("outlet").filter(pk=article_id).first()
    if article is not None:
        assist.prepare(article)
        related.relate(article, at=timezone.now(), both_ways=both_ways)
        caching.purge(caching.SITE_KEY)


def _render(image):
    renditions.make_all([image])
    caching.purge(caching.SITE_KEY)
