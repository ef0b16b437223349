"""Relate the whole archive, in steps that survive being killed."""

from articles.models import Article, Progress
from articles.related import index
from articles.related.links import relate

STEP = 50  # articles between two notes of how far it came


def relate_everything(*, at, since=None, restart=False, report=lambda done, of: None):
    """Index, then relate, every published article, or those published ``since`` an instant; return how many.

    Two rounds: what a term is worth is known only when all have been counted. How far it came is stored; the next call
    goes on from there, unless told to ``restart``.
    """
    articles = Article.objects.filter(state=Article.State.PUBLISHED)
    if since is not None:
        articles = articles.filter(published_at__gte=since)
    total = articles.count()
    for number, work in enumerate((_index, _relate)):
        _round(
            f"relate-{number}-{since or 'all'}",
            articles,
            work,
            restart,
            lambda done, n=number: report(n * total + done, 2 * total),
            at=at,
        )
    for number in (0, 1):
        Progress.objects.filter(name=f"relate-{number}-{since or 'all'}").delete()
    return total


def _round(name, articles, work, restart, report, *, at):
    progress, _ = Progress.objects.get_or_create(name=name)
    if restart:
        progress.position = 0
    done = articles.filter(pk__lte=progress.position).count()
    while True:
        keys = list(articles.filter(pk__gt=progress.position).order_by("pk").values_list("pk", flat=True)[:STEP])
        if not keys:
            return
        for article in Article.objects.filter(pk__in=keys).prefetch_related("hashtags").order_by("pk"):
            work(article, at=at)
        progress.position = keys[-1]
        progress.save()
        done += len(keys)
        report(done)


def _index(article, *, at):
    index.post(index.weigh(index.put(article)))


def _relate(article, *, at):
    relate(article, at=at)
