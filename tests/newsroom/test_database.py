"""The database works as the settings promise, asked on a live connection."""

import pytest
from django.db import connection

# Pragmas and connection settings are each one database's own, and cannot be asked of the other: of each pair one runs
# under `make test`, the other under `make test-postgres`, and CI runs both.
sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="this is about SQLite")
postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="this is about PostgreSQL")
pytestmark = pytest.mark.django_db


def pragma(name):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@sqlite
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("busy_timeout", 20_000),
        ("foreign_keys", 1),
        ("cache_size", -20_000),
        ("mmap_size", 134_217_728),
        ("journal_size_limit", 67_108_864),
        ("temp_store", 2),  # memory
    ],
)
def test_sqlite_runs_as_a_serious_database(name, value):
    assert pragma(name) == value


@sqlite
def test_sqlite_transaction_that_will_write_waits_at_its_start():
    assert connection.transaction_mode == "IMMEDIATE"


@postgresql
@pytest.mark.parametrize(("name", "value"), [("synchronous_commit", "on"), ("statement_timeout", "0")])
def test_postgresql_keeps_what_it_acknowledges(name, value):
    with connection.cursor() as cursor:
        assert cursor.execute(f"SHOW {name}").fetchone() == (value,)


@postgresql
def test_postgresql_connection_lives_on_and_is_checked():
    assert (connection.settings_dict["CONN_MAX_AGE"], connection.settings_dict["CONN_HEALTH_CHECKS"]) == (60, True)
