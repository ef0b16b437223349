"""Doing what is due, apart from requests."""

import logging
import threading
import time

from django.conf import settings
from django.db import close_old_connections, connections
from django.db.models import Q
from django.utils import timezone

from articles import assist, caching, moderation, notices, related, search, syndication
from articles.models import Article, Comment, Due, GlossaryTerm
from articles.models.due import ANY

log = logging.getLogger("articles.work")
PAUSE = 5.0  # seconds between two looks when nothing is due; a change in the same process wakes it at once

STEP = 100  # articles that the search's index takes in one transaction
MOST_OF_OUTLET = 500  # articles related anew when it is switched on again; `relate --all` does the older ones

_stopped = threading.Event()
_wakers = []  # one event for each thread of this process that works


def wake():
    """Tell this process's workers, if it has any, that there is something to do."""
    for woken in _wakers:
        woken.set()


def do_all_due(*, most=1000, breathe=False, among=ANY):
    """Do what is due now, at most ``most`` pieces of work ``among`` all; return how many were done.

    Told to ``breathe`` it rests after each piece for as long as that took, so that readers in the same process are
    answered meanwhile.
    """
    done = 0
    while done < most and not _stopped.is_set() and (due := Due.objects.claim(at=timezone.now(), among=among)):
        started = time.monotonic()
        _do(due)
        done += 1
        if breathe:
            _stopped.wait(time.monotonic() - started)
    return done


def start_workers(*, breathe=True):
    """Start threads that do due work as long as this process lives; the web server does so in each of its own.

    What waits for others' machines, which may take a minute to say nothing, has a thread to itself.
    """
    _stopped.clear()
    workers = []
    for name, among in (("due-work", ~ABROAD), ("due-work-abroad", ABROAD)):
        woken = threading.Event()
        _wakers.append(woken)
        workers.append(threading.Thread(target=_work_for_ever, args=[woken, among, breathe], name=name, daemon=True))
        workers[-1].start()
    return workers


def stop():
    """Have no further piece of work begun in this process; what is left is done by others, or after the next start."""
    _stopped.set()
    wake()


def refresh(article_id):
    """Prepare what readers need of an article whose text or state has changed."""
    article = Article.objects.select_related("outlet").filter(pk=article_id).first()
    search.put(article_id)
    if article is None:
        related.forget(article_id)
        return
    search.learn(article_id)
    assist.prepare(article)
    related.relate(article, at=timezone.now())
    caching.purge(caching.SITE_KEY)
    if settings.WEBSUB_HUB and article.is_live(at=timezone.now()):
        Due.objects.plan("hub", article.pk, at=timezone.now())


def relate_again(article_id):
    """Work out anew what belongs with an article that was related when the site was young."""
    related.relate(Article(pk=article_id), at=timezone.now())
    caching.purge(caching.SITE_KEY)


def relate_outlet(outlet_id):
    """Plan to work out anew what belongs with the newest articles of an outlet: while it was off they had no links."""
    newest = Article.objects.filter(outlet=outlet_id, state=Article.State.PUBLISHED).newest_first()
    Due.objects.plan_all("relate", newest.values_list("pk", flat=True)[:MOST_OF_OUTLET], at=timezone.now())


def explain(term_id):
    """Prepare anew the articles that explain a word of the glossary, or may from now on."""
    term = GlossaryTerm.objects.filter(pk=term_id).first()
    for article in assist.concerned_by(term_id, term.spellings if term else []).iterator(chunk_size=50):
        assist.prepare(article)
    caching.purge(caching.SITE_KEY)


def tell_hub(article_id):
    """Tell the WebSub hub, if there is one, of the feeds that a live article stands in."""
    live = Article.objects.live(at=timezone.now()).select_related("outlet", "section", "story")
    article = live.filter(pk=article_id).first()
    if settings.WEBSUB_HUB and article is not None:
        syndication.tell_hub(article)


def send_notice(notice_id):
    notices.send(notice_id, at=timezone.now())


def second_look(comment_id):
    comment = Comment.objects.select_related("article").filter(pk=comment_id).first()
    if settings.MODERATION_URL and comment is not None:
        moderation.second_look(comment, at=timezone.now())


def draft(draft_id):
    """Have the remote program write what an editor asked for, later again where it gives no answer now."""
    if again_at := assist.write_draft(draft_id, at=timezone.now()):
        Due.objects.plan("draft", draft_id, at=again_at)


def index_missing(key):
    """Put into the search's index what never came there or is to be written anew, a piece at a time."""
    if search.go_on(most=STEP) or search.put_missing(most=STEP):
        Due.objects.plan("reindex", key, at=timezone.now())
        caching.purge(caching.SITE_KEY)


def index_of_author(author_id):
    """Have an author's articles found by the name of now."""
    for keys in _steps(Article.objects.filter(bylines__author=author_id)):
        search.put(*keys)
    caching.purge(caching.SITE_KEY)


def index_of_hashtag(hashtag_id):
    """Have the articles that carry a hashtag found by its names of now, and related by its own name."""
    for keys in _steps(Article.objects.filter(hashtags=hashtag_id)):
        search.put(*keys)
        Due.objects.plan_all("relate", related.outdated(keys), at=timezone.now())
    caching.purge(caching.SITE_KEY)


KINDS = {
    "refresh": refresh,
    "appear": refresh,
    "relate": relate_again,
    "outlet": relate_outlet,
    "glossary": explain,
    "hub": tell_hub,
    "notice": send_notice,
    "second_look": second_look,
    "draft": draft,
    "reindex": index_missing,
    "author": index_of_author,
    "hashtag": index_of_hashtag,
}


ABROAD = Q(kind__in=["hub", "notice", "second_look", "draft"])


def _steps(articles):
    keys = list(articles.order_by("-pk").values_list("pk", flat=True))
    return [keys[start : start + STEP] for start in range(0, len(keys), STEP)]


def _do(due):
    try:
        KINDS[due.kind](due.key)
    except Exception as error:
        log.exception("%s %s failed: %s", due.kind, due.key, error)
        due.put_off(at=timezone.now())
    else:
        due.finish()


def _work_for_ever(woken, among, breathe):
    trouble = ""
    while not _stopped.is_set():
        woken.wait(PAUSE)  # for a change in this process, or for a while
        woken.clear()
        try:
            do_all_due(breathe=breathe, among=among)
            trouble = ""
        except Exception as error:  # noqa: BLE001 - a database that is away now may be back in five seconds
            if str(error) != trouble:  # said once, not every five seconds
                trouble = str(error)
                log.warning("Due work was not done: %s", trouble)
        finally:
            close_old_connections()
    connections.close_all()
