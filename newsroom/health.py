"""What a load balancer asks: is the process alive, and can it serve?

Both answer before anything else is done with the request, whatever its Host header says.
"""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse


def health(get_response):
    """Answer /healthz and /readyz; let every other request through."""

    def middleware(request):
        if request.path_info == "/healthz":
            return answer(200, "alive")
        if request.path_info == "/readyz":
            return ready()
        return get_response(request)

    return middleware


def ready():
    """Say in one query whether the database answers and has the tables that this code wants."""
    try:
        missing = len(wanted() - MigrationRecorder(connection).applied_migrations().keys())
    except DatabaseError:
        return answer(503, "The database cannot be reached.")
    if missing:
        return answer(503, f"The database lacks {missing} migrations; run: python manage.py migrate")
    return answer(200, "ready")


@cache
def wanted():
    """Return the names of the migrations on disk, which stay the same while the process lives."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def answer(status, sentence):
    response = HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
