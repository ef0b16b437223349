"""Run the same or different deeds at once, each in a thread with a database connection of its own."""

import threading

from django.db import connection, transaction


def at_once(*deeds):
    """Start all ``deeds`` at the same moment; return what each gave back, an exception included, in their order."""
    gate = threading.Barrier(len(deeds))
    results = [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait(30)
            results[place] = deed()
        except Exception as error:  # noqa: BLE001 - what went wrong is the result
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    return results


def meanwhile(change, deed):
    """Let somebody ``change`` something, slow to store; do ``deed`` meanwhile, and return what came of it."""
    begun = threading.Event()

    def edit():
        with transaction.atomic():
            change()
            begun.set()
            threading.Event().wait(0.5)  # for as long the other reads what was, and waits to write

    def do():
        begun.wait(10)
        return deed()

    edited, done = at_once(edit, do)
    assert edited is None
    return done


def crossing(begin, end, deed):
    """Do ``deed`` while another has done what it will ``begin`` with; return what came of ``end`` and of the deed.

    Both wait for each other, and the database ends one, where the deed holds already what the other ends with.
    """
    begun = threading.Event()

    def other():
        with transaction.atomic():
            begin()
            begun.set()
            threading.Event().wait(0.5)
            return end()

    def do():
        begun.wait(10)
        with transaction.atomic():
            return deed()

    return at_once(other, do)


def kinds(results):
    """Return the names of the exceptions, and "done" for what went well, sorted."""
    return sorted(type(result).__name__ if isinstance(result, Exception) else "done" for result in results)
