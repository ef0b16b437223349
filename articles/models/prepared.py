"""Queries of Django's that are compiled once: to build one that says what is live takes longer than to run it."""

from copy import copy
from datetime import UTC, datetime

from django.db import connection

# Stand-ins for a time and for a key; any value that no query has by itself will do.
INSTANT, PK = datetime.max.replace(tzinfo=UTC), -1
LARGEST = 2**63 - 1


class Prepared:
    """A compiled queryset, of rows of some ``fields`` or of records, in which stand-ins hold the place of values.

    ``and_then`` is SQL that ends it and that Django has no words for.
    """

    def __init__(self, queryset, *fields, and_then=""):
        self.queryset = queryset.values_list(*fields) if fields else queryset
        self.compiler = self.queryset.query.get_compiler(connection=connection)
        self.sql, self.values = self.compiler.as_sql()
        self.sql += and_then
        expressions = [column[0] for column in self.compiler.select]
        self.converters = list(self.compiler.get_converters(expressions).items())

    def rows(self, given):
        """Return the rows with ``given``, ``{stand-in: value}``, in place."""
        if not _can_be_stored(given):
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self._with(given))
            found = cursor.fetchall()
        return [self._converted(list(row)) for row in found] if self.converters else found

    def records(self, given):
        """Return the records that the queryset would load, with ``given`` in place."""
        if not _can_be_stored(given):
            return []
        queryset, compiler = self.queryset.all(), copy(self.compiler)
        compiler.connection, compiler.as_sql = connection, lambda **_: (self.sql, self._with(given))
        queryset.query.get_compiler = lambda *_, **__: compiler
        return list(queryset)

    def one(self, given):
        """Return the first record found, or None."""
        return next(iter(self.records(given)), None)

    def _with(self, given):
        given = {_stored(stand_in): _stored(value) for stand_in, value in given.items()}
        return tuple(given.get(value, value) for value in self.values)

    def _converted(self, row):
        for place, (converters, expression) in self.converters:
            for converter in converters:
                row[place] = converter(row[place], expression, connection)
        return row


def _can_be_stored(given):
    """Tell whether the numbers fit into a column; an address may name one that no record can have."""
    return all(-LARGEST <= value <= LARGEST for value in given.values() if isinstance(value, int))


def _stored(value):
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
