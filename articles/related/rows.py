"""Write and read many rows in one go, in plain SQL.

The same through models would cost more than the whole search: an article brings some two hundred rows. SQLite is
quickest with one short statement done many times, PostgreSQL with one that takes arrays: it plans each value that a
statement spells out.
"""

from django.db import connection

_MOST_VALUES = 900  # in one statement: SQLite of 2020 took 999


def upsert(model, columns, rows, *, unique, update):
    """Insert ``rows``, tuples of ``columns``; where ``unique`` columns are taken, do ``update`` instead.

    ``update`` maps columns to SQL in which ``{table}`` stands for the table. Rows are written in the order in which
    they are given: two processes at once have to agree on it, or they lock each other out. Returns the rows as they
    stand then, where the database tells them without being asked once more, or none.
    """
    if not rows:
        return []
    table = quoted(model)
    changes = ", ".join(f"{column} = {how.format(table=table)}" for column, how in update.items())
    start = f"INSERT INTO {table} ({', '.join(columns)})"
    end = f"ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {changes}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}[]" for kind in _kinds(model, columns))
            given = [_array(values) for values in zip(*rows, strict=True)]
            written = f" RETURNING {', '.join(columns)}"
            cursor.execute(f"{start} SELECT * FROM unnest({arrays}) {end}{written}", given)  # noqa: S608 - names of our own
            return cursor.fetchall()
        cursor.executemany(f"{start} VALUES ({_marks(columns)}) {end}", rows)
        return []


def update(model, columns, rows, *, key):
    """Write ``columns`` of the rows that have a key, the last value of each of ``rows``."""
    changes = ", ".join(f"{column} = %s" for column in columns)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {quoted(model)} SET {changes} WHERE {key} = %s", rows)  # noqa: S608


def read(statement, values):
    """Yield the rows of ``statement``, in which ``column {}`` asks for those with one of ``values``, of any number."""
    whole = connection.vendor == "postgresql"
    step = len(values) or 1 if whole else _MOST_VALUES
    with connection.cursor() as cursor:
        for start in range(0, len(values), step):
            part = values[start : start + step]
            asked = ("= ANY(%s::bigint[])", [_array(part)]) if whole else (f"IN ({_marks(part)})", part)
            cursor.execute(statement.format(asked[0]), asked[1])
            yield from cursor.fetchall()


def quoted(model):
    """Return the quoted name of a model's table."""
    return connection.ops.quote_name(model._meta.db_table)


def _kinds(model, columns):
    """Return the database's types of ``columns``, without lengths."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    return [fields[column].db_type(connection).partition("(")[0] for column in columns]


def _array(values):
    """Return ``values`` as PostgreSQL writes an array; the driver takes ten times as long to do it."""
    return f"{{{','.join(map(_element, values))}}}"


def _element(value):
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return "NULL" if value is None else str(value)


def _marks(values):
    return ", ".join(["%s"] * len(values))
