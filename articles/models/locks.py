"""Locks on what no single row stands for."""

from django.db import connection


def one_at_a_time(lock):
    """Let no other transaction that asks for ``lock``, a number, go on before this one ends.

    SQLite lets one write at a time anyway. Ask for it before anything else is written: whoever comes with a row in
    hand that the other one needs locks both out.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
