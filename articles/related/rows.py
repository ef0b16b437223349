"""Write and read many rows in one statement of plain SQL that both databases understand.

The same through models would cost more than the whole search: an article brings some two hundred rows.
"""

from django.db import connection

_MOST_VALUES = 900  # in one statement: SQLite of 2020 took 999


def upsert(model, columns, rows, *, unique, update):
    """Insert ``rows``, tuples of ``columns``; where ``unique`` columns are taken, do ``update`` instead.

    ``update`` maps columns to SQL in which ``{table}`` stands for the table. Rows are written in the order in which
    they are given: two processes at once have to agree on it, or they lock each other out.
    """
    table, names = quoted(model), ", ".join(columns)
    changes = ", ".join(f"{column} = {how.format(table=table)}" for column, how in update.items())
    one = f"({marks(columns)})"
    with connection.cursor() as cursor:
        for part in parts(rows, columns=len(columns)):
            statement = (
                f"INSERT INTO {table} ({names}) VALUES {', '.join([one] * len(part))} "  # noqa: S608 - names of our own
                f"ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {changes}"
            )
            cursor.execute(statement, [value for row in part for value in row])


def read(statement, values):
    """Yield the rows of ``statement``, whose ``{}`` is a list of ``values`` of any number."""
    with connection.cursor() as cursor:
        for part in parts(values):
            cursor.execute(statement.format(marks(part)), part)
            yield from cursor.fetchall()


def parts(rows, *, columns=1):
    """Yield ``rows`` of so many values each in parts that one statement takes."""
    step = _MOST_VALUES // columns
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def quoted(model):
    """Return the quoted name of a model's table."""
    return connection.ops.quote_name(model._meta.db_table)


def marks(values):
    """Return as many placeholders as there are ``values``."""
    return ", ".join(["%s"] * len(values))
