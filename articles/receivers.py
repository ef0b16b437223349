"""The only place that listens to records. Here desks meet."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone

from articles import assist, caching, demo, moderation, notices, related, renditions, roles, search, work
from articles.models import (
    Appeal,
    Article,
    AssistDraft,
    Author,
    Byline,
    Comment,
    Conversation,
    Correction,
    Decision,
    Due,
    Edition,
    GlossaryTerm,
    Hashtag,
    Image,
    KeyPointsChoice,
    OldAddress,
    Outlet,
    Section,
    Story,
    TrustPage,
    article_changed,
    assist_draft_changed,
    comment_changed,
    comment_said,
    conversation_changed,
    front_page_changed,
    relations_changed,
)

# What pages show and editors change. What the site itself adds to an article purges when it is done: see work.py.
SHOWN = [Article, Author, Byline, Conversation, Correction, Edition, Hashtag, Image, OldAddress, Outlet, Section, Story]
SHOWN += [GlossaryTerm, KeyPointsChoice, TrustPage]


@receiver(article_changed)
def article_has_changed(article, **kwargs):
    """Plan, in the same transaction, what readers need of an article; done off the request.

    Search knows it from this commit on. One that waits for its time is prepared now, and looks again at those that came
    meanwhile when its time has come.
    Where one is no longer published, nothing points to it from this commit on.
    """
    now = timezone.now()
    search.put(article.pk)
    assist.forget_stale(article)
    if not article.is_published:
        related.forget(article.pk)  # before work is planned: editors who pin plan it with the links in hand
    Due.objects.plan("refresh", article.pk, at=now)
    if article.is_waiting(at=now):
        Due.objects.plan("appear", article.pk, at=article.public_from)
    transaction.on_commit(work.wake)


@receiver(relations_changed)
def relations_have_changed(article_ids, **kwargs):
    """Plan to look again at what belongs with articles that editors tied together or apart."""
    Due.objects.plan_all("refresh", article_ids, at=timezone.now())
    transaction.on_commit(work.wake)


@receiver(post_save, sender=Article)
def article_was_loaded(instance, raw=False, **kwargs):
    """Plan the same for an article that a fixture brought, and do it once all have come: no server need be running."""
    if raw:
        assist.forget_stale(instance)
        Due.objects.plan("refresh", instance.pk, at=timezone.now())
        transaction.on_commit(work.do_all_due)


@receiver(post_save, sender=GlossaryTerm)
@receiver(pre_delete, sender=GlossaryTerm)
def glossary_has_changed(instance, **kwargs):
    """Plan to prepare anew the articles that explain the term, or may. Its key outlives it."""
    Due.objects.plan("glossary", instance.pk, at=timezone.now())
    transaction.on_commit(work.wake)


@receiver(post_save, sender=Outlet)
@receiver(post_save, sender=Image)
def picture_was_saved(instance, raw=False, **kwargs):
    if raw:  # a fixture names a picture; the file lies beside it
        transaction.on_commit(lambda: demo.bring_picture(instance))
    if isinstance(instance, Image):
        transaction.on_commit(lambda: _render(instance))


@receiver(pre_save, sender=Outlet)
def outlet_may_come_back(instance, raw=False, **kwargs):
    """Plan to look again at what belongs with the articles of an outlet that is switched on again.

    Or of one of whose texts other parts may be shown: the reasons say what readers can see in them.
    """
    differs = Q(is_active=False) | ~Q(text_shown=instance.text_shown)
    if not raw and instance.is_active and Outlet.objects.filter(differs, pk=instance.pk).exists():
        Due.objects.plan("outlet", instance.pk, at=timezone.now())
        transaction.on_commit(work.wake)


@receiver(pre_delete, sender=Article)
def article_will_be_deleted(instance, **kwargs):
    related.forget(instance.pk)  # before its row goes, and the terms that have to be counted off with it
    search.remove(instance.pk)


@receiver(post_delete, sender=Article)
def article_was_deleted(instance, **kwargs):
    if instance.story_id:
        Story.objects.filter(pk=instance.story_id).sweep()


@receiver(m2m_changed, sender=Article.hashtags.through)
def hashtags_are_set(instance, action, **kwargs):
    if not action.startswith("post_"):
        # Of two who file one article at once each would hold a row of what it is filed under and wait for the other's.
        if isinstance(instance, Article) and connection.features.has_select_for_update:
            Article.objects.select_for_update(no_key=True).filter(pk=instance.pk).values("pk").first()
    elif isinstance(instance, Article):
        search.put(instance.pk)
    else:
        Due.objects.plan("hashtag", instance.pk, at=timezone.now())


@receiver(post_save, sender=Byline)
@receiver(post_delete, sender=Byline)
def byline_was_changed(instance, origin=None, raw=False, **kwargs):
    """Have the article found by who is named above it, unless the article itself is being deleted."""
    if not raw and (origin is None or Byline in (type(origin), getattr(origin, "model", None))):
        search.put(instance.article_id)


@receiver(post_save, sender=Author)
@receiver(post_save, sender=Hashtag)
def name_may_have_changed(sender, instance, created, raw=False, **kwargs):
    """Plan to look at the articles that are found by the name: there may be thousands."""
    record = getattr(instance, "alias_of", None) or instance
    if not raw and (record is not instance or not created):
        Due.objects.plan(sender._meta.model_name, record.pk, at=timezone.now())
        transaction.on_commit(work.wake)


@receiver(pre_save, sender=Hashtag)
def hashtag_may_leave_another(instance, raw=False, **kwargs):
    """Plan to look at the articles of the hashtag that it was another word for, and is no more."""
    if not raw:
        stored = Hashtag.objects.filter(pk=instance.pk).exclude(alias_of=None).exclude(alias_of=instance.alias_of_id)
        for former in stored.values_list("alias_of", flat=True):
            Due.objects.plan("hashtag", former, at=timezone.now())


@receiver(pre_delete, sender=Hashtag)
def hashtag_will_be_deleted(instance, **kwargs):
    """Plan to look at the articles that carry it, or what it is another word for: afterwards nobody knows which."""
    published = instance.articles.filter(state=Article.State.PUBLISHED)
    Due.objects.plan_all("refresh", published.values_list("pk", flat=True), at=timezone.now())
    if instance.alias_of_id:
        Due.objects.plan("hashtag", instance.alias_of_id, at=timezone.now())
    transaction.on_commit(work.wake)


@receiver(post_delete, sender=Image)
def image_was_deleted(instance, **kwargs):
    transaction.on_commit(lambda: renditions.remove(instance))


@receiver(article_changed)
@receiver(assist_draft_changed)
@receiver(conversation_changed)
@receiver(relations_changed)
def shown_record_has_changed(**kwargs):
    """Purge every page: a name, a mark or a headline can stand on any, and editors shall see at once what they did."""
    transaction.on_commit(lambda: caching.purge(caching.SITE_KEY))


@receiver(front_page_changed)
def front_page_was_arranged(**kwargs):
    transaction.on_commit(lambda: caching.purge(caching.LISTS_KEY))


for _model in SHOWN:
    for _signal in (post_save, post_delete):
        _signal.connect(shown_record_has_changed, sender=_model)
m2m_changed.connect(shown_record_has_changed, sender=Article.hashtags.through)


@receiver(comment_changed)
def comment_has_changed(comment, **kwargs):
    notices.tell_of_answer(comment, at=timezone.now())
    transaction.on_commit(lambda: caching.purge(caching.article_key(comment.article_id)))


@receiver(post_save, sender=Comment)
@receiver(post_delete, sender=Comment)
def comment_was_written(instance, **kwargs):
    transaction.on_commit(lambda: caching.purge(caching.article_key(instance.article_id)))


@receiver(comment_said)
def comment_was_said(comment, **kwargs):
    """Plan the second look of the operator's service, where there is one."""
    if settings.MODERATION_URL and comment.is_public:
        Due.objects.plan("second_look", comment.pk, at=timezone.now())
        transaction.on_commit(work.wake)


@receiver(post_save, sender=AssistDraft)
def draft_was_asked_for(instance, created, raw=False, **kwargs):
    """Plan to ask the remote program; an editor does not wait for it."""
    if created and not raw:
        Due.objects.plan("draft", instance.pk, at=timezone.now())
        transaction.on_commit(work.wake)


@receiver(post_save, sender=Decision)
def comment_was_decided_on(instance, created, **kwargs):
    if created:
        Appeal.objects.settle(instance)
        moderation.learn(instance)
        notices.tell_of_decision(instance, at=timezone.now())


@receiver(post_migrate)
def database_was_migrated(sender, **kwargs):
    if sender.name == "articles":
        # On a new database this comes before Django's own receiver, and without permissions roles would be empty.
        create_permissions(**kwargs)
        roles.make_roles()
        _make_only_rows(kwargs.get("apps", apps))


def _make_only_rows(known):
    """Store the rules for all comments and the front page, one row each, where the database has a place for them."""
    for name in {"conversation", "frontpage"} & known.all_models["articles"].keys():
        known.get_model("articles", name).objects.get_or_create(pk=1)


def _render(image):
    renditions.make_all([image])
    caching.purge(caching.SITE_KEY)
