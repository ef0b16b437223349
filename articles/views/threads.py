"""Threads of comments as a page shows them: two levels, the first answers, and how many more there are."""

from dataclasses import dataclass, field

from django.db.models import Q

from articles.models import Comment

THREADS = 25  # on a page
ANSWERS = 3  # under a thread before "more replies"
FEW = 100  # comments that are all loaded at once; most articles have fewer
IN_ORDER = {
    "newest": lambda comments: comments.newest_first(),
    "oldest": lambda comments: comments.oldest_first(),
    "top": lambda comments: comments.most_recommended_first(),
}
ANSWERS_ON_PAGE = 50  # of one thread


@dataclass
class Thread:
    comment: Comment
    answers: list = field(default_factory=list)
    more: int = 0


@dataclass
class Threads:
    """``after`` is the id to go on from, None on the last page."""

    threads: list
    after: int | None = None

    def __iter__(self):
        return iter(self.threads)

    def __len__(self):
        return len(self.threads)


def first_threads(article):
    """Return the newest threads of ``article``; no query where it shows no comments."""
    return threads_of(article) if article.shows_comments else Threads([])


def threads_of(article, *, sort="newest", after=None):
    """Return a page of threads, "newest", "oldest" or "top" first, that come ``after`` the comment with that id.

    What is pinned stands above the first page, and nowhere else.
    """
    few = _few(article) if after is None else None
    if few is not None:
        return _put_together(few, sort)
    shown = article.comments.shown().threads().for_thread()
    roots = IN_ORDER[sort](shown.filter(is_pinned=False))
    cursor = article.comments.filter(pk=after, parent=None).only("created_at", "recommendation_count", "article")
    last = cursor.first() if after else None
    if last is not None:
        roots = roots.filter(_beyond(last, sort))
    found = list(roots[: THREADS + 1])
    page = found[:THREADS]
    pinned = [] if after else list(shown.filter(is_pinned=True))
    return Threads(_with_answers([*pinned, *page]), page[-1].pk if len(found) > THREADS else None)


def whole_thread(article, root_id, *, after=None):
    """Return one thread with the answers that come ``after`` the one with that id, a page of them, or none."""
    root = article.comments.shown().threads().for_thread().filter(pk=root_id).first()
    if root is None:
        return Threads([])
    answers = article.comments.filter(root=root).shown_answers().for_thread().oldest_first()
    last = article.comments.filter(pk=after, root=root).only("created_at", "article").first() if after else None
    if last is not None:
        answers = answers.filter(_beyond(last, "oldest"))
    found = list(answers[: ANSWERS_ON_PAGE + 1])
    page = found[:ANSWERS_ON_PAGE]
    return Threads([Thread(root, page)], page[-1].pk if len(found) > ANSWERS_ON_PAGE else None)


def place_of(comment):
    """Return what to ask the pages of comments for, ``thread`` and ``after``, to see ``comment``, which is public.

    Nothing where the article page itself shows it.
    """
    root = comment.root or comment
    threads = Comment.objects.filter(article=comment.article_id, is_pinned=False).shown().threads()
    newer = 0 if root.is_pinned else threads.filter(_before(root)).count()
    earlier = Comment.objects.filter(root=root).shown_answers().filter(_earlier(comment))
    number = earlier.count() if comment.root_id else 0
    if newer < THREADS and (number < ANSWERS or not comment.root_id):
        return {}
    start = number - number % ANSWERS_ON_PAGE
    if not start:
        return {"thread": root.pk}
    return {"thread": root.pk, "after": earlier.oldest_first().values_list("pk", flat=True)[start - 1]}


def _few(article):
    """Return all comments that ``article`` shows, by one simple query; None where they are more than a few.

    What the three queries for any number of comments cost is a third of the whole article page.
    """
    if article.comment_count > FEW:
        return None
    public = list(article.comments.public().for_thread().oldest_first()[: FEW + 1])
    if len(public) > FEW:
        return None
    stones = {pk for comment in public for pk in (comment.parent_id, comment.root_id) if pk}
    stones -= {comment.pk for comment in public}
    return [*public, *(article.comments.filter(pk__in=stones).for_thread() if stones else ())]


def _put_together(comments, sort):
    comments = sorted(comments, key=lambda comment: (comment.created_at, comment.pk))
    threads = {comment.pk: Thread(comment) for comment in comments if comment.parent_id is None}
    for comment in comments:
        if comment.root_id:
            threads[comment.root_id].answers.append(comment)
    for thread in threads.values():
        thread.more = max(0, len(thread.answers) - ANSWERS)
        del thread.answers[ANSWERS:]
    in_order = list(threads.values()) if sort == "oldest" else list(threads.values())[::-1]
    if sort == "top":
        in_order.sort(key=lambda thread: (-thread.comment.recommendation_count, -thread.comment.pk))
    pinned = [thread for thread in in_order if thread.comment.is_pinned]
    in_order = [thread for thread in in_order if not thread.comment.is_pinned]
    page = in_order[:THREADS]
    return Threads([*pinned, *page], page[-1].comment.pk if len(in_order) > THREADS else None)


def _with_answers(roots):
    if not roots:
        return []
    threads = {root.pk: Thread(root) for root in roots}
    first = Comment.objects.filter(pk__in=threads).first_of_each_thread(ANSWERS)
    keys = [key for _, _, answers in first for key in answers]
    for answer in Comment.objects.filter(pk__in=keys).for_thread().oldest_first():
        threads[answer.root_id].answers.append(answer)
    for root, in_all, answers in first:
        threads[root].more = in_all - len(answers)
    return list(threads.values())


def _beyond(last, sort):
    if sort == "top":
        fewer = Q(recommendation_count__lt=last.recommendation_count)
        return fewer | Q(recommendation_count=last.recommendation_count, pk__lt=last.pk)
    if sort == "oldest":
        return Q(created_at__gt=last.created_at) | Q(created_at=last.created_at, pk__gt=last.pk)
    return _earlier(last)


def _earlier(comment):
    return Q(created_at__lt=comment.created_at) | Q(created_at=comment.created_at, pk__lt=comment.pk)


def _before(root):
    return Q(created_at__gt=root.created_at) | Q(created_at=root.created_at, pk__gt=root.pk)
