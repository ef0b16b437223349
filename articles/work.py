"""Doing what is due, apart from requests."""

import logging
import threading

from django.db import close_old_connections
from django.utils import timezone

from articles import assist, related
from articles.models import Article, Due

log = logging.getLogger("articles.work")
PAUSE = 5.0  # seconds between two looks when nothing is due; a change in the same process wakes it at once

_woken = threading.Event()


def wake():
    """Tell this process's worker, if it has one, that there is something to do."""
    _woken.set()


def do_all_due(*, most=1000):
    """Do what is due now, at most ``most`` pieces of work; return how many were done."""
    done = 0
    while done < most and (due := Due.objects.claim(at=timezone.now())):
        try:
            KINDS[due.kind](due.key)
        except Exception as error:
            log.exception("%s %s failed: %s", due.kind, due.key, error)
            due.put_off(at=timezone.now())
        else:
            due.finish()
        done += 1
    return done


def start_worker():
    """Start a thread that does due work as long as this process lives; the web server does so in each of its own."""
    threading.Thread(target=_work_for_ever, name="due-work", daemon=True).start()


def _work_for_ever():
    while True:
        _woken.wait(PAUSE)
        _woken.clear()
        try:
            do_all_due()
        except Exception as error:  # noqa: BLE001 - a database that is away now may be back in five seconds
            log.warning("Due work was not done: %s", error)
        finally:
            close_old_connections()


def refresh(article_id):
    """Prepare what readers need of an article whose text or state has changed."""
    article = Article.objects.select_related("outlet").filter(pk=article_id).first()
    if article is None:
        related.forget(article_id)
        return
    assist.prepare(article)
    related.relate(article, at=timezone.now())


KINDS = {"refresh": refresh, "appear": refresh}
