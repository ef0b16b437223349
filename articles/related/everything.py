"""Relate the whole archive, in steps that survive being killed."""

from django.db import IntegrityError

from articles.models import Article, Progress, Story, TermVector
from articles.related import embeddings, index
from articles.related.links import forget, relate

STEP = 50  # articles between two notes of how far it came


def relate_everything(*, at, since=None, restart=False, report=lambda done, of: None):
    """Index, weigh, then relate every published article, or those published ``since`` an instant; return how many.

    Three rounds: what a term is worth is known only when all have been counted, and whom an article belongs with only
    when all can be found. How far it came is stored; the next call goes on from there, unless told to ``restart``.
    """
    _tidy()
    articles = Article.objects.filter(state=Article.State.PUBLISHED)
    if since is not None:
        articles = articles.filter(published_at__gte=since)
    total = articles.count()
    rounds = {
        f"{name}-{since or 'all'}": work for name, work in (("count", _count), ("weigh", _weigh), ("relate", _relate))
    }
    for place, (name, work) in enumerate(rounds.items()):
        progress, _ = Progress.objects.get_or_create(name=name)
        if restart:
            progress.position = 0
        for done in _round(articles, progress, work, at=at):
            report(place * total + done, len(rounds) * total)
    Progress.objects.filter(name__in=rounds).delete()
    return total


def _round(articles, progress, work, *, at):
    """Do ``work`` on ``articles`` from ``progress`` on, step by step; yield how many are done."""
    done = articles.filter(pk__lte=progress.position).count()
    while keys := list(articles.filter(pk__gt=progress.position).order_by("pk").values_list("pk", flat=True)[:STEP]):
        work(keys, at=at)
        progress.position = keys[-1]
        progress.save()
        done += len(keys)
        yield done


def _tidy():
    """Take out what is public no more, and stories left empty: a change past the models leaves no notice."""
    Story.objects.left_empty().sweep()
    others = TermVector.objects.exclude(article__state=Article.State.PUBLISHED)
    for article_id in list(others.values_list("pk", flat=True)):
        forget(article_id)


def _once_more(work):
    """Have ``work`` repeated once where an article was deleted under its hands: then it is not among the ``keys``."""

    def done(keys, *, at):
        try:
            work(keys, at=at)
        except IntegrityError:
            work(keys, at=at)

    return done


@_once_more
def _count(keys, *, at):
    articles = list(Article.objects.filter(pk__in=keys).prefetch_related("hashtags").order_by("pk"))
    index.put_all(articles)
    for article in articles:
        embeddings.keep(article)


def _weigh(keys, *, at):
    unpaid = TermVector.objects.filter(article__in=keys).exclude(article__kind=Article.Kind.SPONSORED)
    index.renew(list(unpaid.values_list("pk", flat=True)))


@_once_more
def _relate(keys, *, at):
    for article in Article.objects.filter(pk__in=keys).only("pk").order_by("pk"):
        relate(article, at=at)
