"""Queries of Django's that are compiled once: to build one that says what is live takes longer than to run it."""

from datetime import UTC, datetime

from django.db import connection

INSTANT = datetime.max.replace(tzinfo=UTC)  # stands in for a time; negative numbers do for keys


class Prepared:
    """A compiled queryset of rows, of some ``fields`` or of all, in which stand-ins hold the place of values."""

    def __init__(self, queryset, *fields):
        self.model = queryset.model
        self.fields = fields or tuple(field.attname for field in self.model._meta.concrete_fields)
        queryset = queryset.values_list(*self.fields)
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.values = compiler.as_sql()
        expressions = [column[0] for column in compiler.select]
        self.converters = list(compiler.get_converters(expressions).items())

    def rows(self, given):
        """Return the rows with ``given``, ``{stand-in: value}``, in place."""
        given = {_stored(stand_in): _stored(value) for stand_in, value in given.items()}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [given.get(value, value) for value in self.values])
            found = cursor.fetchall()
        return [self._converted(list(row)) for row in found] if self.converters else found

    def one(self, given):
        """Return the first record found, or None; all fields are there."""
        found = self.rows(given)
        return self.model.from_db(connection.alias, self.fields, found[0]) if found else None

    def _converted(self, row):
        for place, (converters, expression) in self.converters:
            for converter in converters:
                row[place] = converter(row[place], expression, connection)
        return row


def _stored(value):
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
