"""The index learns of which outlet, section, kind and language an article is. What it holds is carried over as it is."""

from django.db import migrations

SQLITE = {
    "articles_search_text": ("headline, standfirst, hashtags, bylines, body", ""),
    "articles_search_head": ("headline, hashtags, bylines", ", prefix='2 3'"),
}
FACTS_ON_SQLITE = (
    "'¦o' || outlet_id || COALESCE(' ¦s' || section_id, '') || ' ¦k' || kind || ' ¦l' "
    "|| LOWER(REPLACE(language, '-', ''))"
)
INDEXES = {
    "search_link_words": "link_words",
    "search_summary_words": "summary_words",
    "search_full_words": "full_words",
}
# The last four are pieces of the index, of 512 to 32,768 keys.
FACTS_ON_POSTGRESQL = (
    "array_to_tsvector(array_remove(ARRAY['¦o' || outlet_id, '¦s' || section_id, '¦k' || kind, "
    "'¦l' || LOWER(REPLACE(language, '-', '')), '¦n' || (id >> 9), '¦m' || (id >> 11), "
    "'¦p' || (id >> 13), '¦q' || (id >> 15)], NULL))"
)


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {index}")


def add_facts(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        changes = ", ".join(f"{column} = {column} || facts.known" for column in INDEXES.values())
        schema_editor.execute(
            f"UPDATE articles_searchentry SET {changes} FROM (SELECT id, {FACTS_ON_POSTGRESQL} AS known "  # noqa: S608
            "FROM articles_article) AS facts WHERE facts.id = article_id"
        )
        return
    for table, (columns, options) in SQLITE.items():
        _make(schema_editor, table, f"{columns}, facts", options)
        held = ", ".join(f"words.{column}" for column in columns.split(", "))
        schema_editor.execute(
            f"INSERT INTO {table}_new (rowid, {columns}, facts) SELECT words.rowid, {held}, {FACTS_ON_SQLITE} "  # noqa: S608
            f"FROM {table} AS words CROSS JOIN articles_article AS article ON article.id = words.rowid"
        )
        _replace(schema_editor, table)


def make_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index, column in INDEXES.items():
            schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {index} ON articles_searchentry USING gin ({column})")


def drop_facts(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":  # whoever does not ask for facts does not see them
        return
    for table, (columns, options) in SQLITE.items():
        _make(schema_editor, table, columns, options)
        copied = f"INSERT INTO {table}_new (rowid, {columns}) SELECT rowid, {columns} FROM {table}"  # noqa: S608
        schema_editor.execute(copied)
        _replace(schema_editor, table)


def _make(schema_editor, table, columns, options):
    made = f"CREATE VIRTUAL TABLE {table}_new USING fts5({columns}, tokenize='ascii', columnsize=0{options})"
    schema_editor.execute(made)


def _replace(schema_editor, table):
    schema_editor.execute(f"DROP TABLE {table}")
    schema_editor.execute(f"ALTER TABLE {table}_new RENAME TO {table}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_front_page")]
    # An index that is made in the transaction of the change holds what was before as well, and is twice as large. Each
    # step can be taken again.
    atomic = False

    operations = [
        migrations.RunPython(drop_indexes, migrations.RunPython.noop, atomic=True),
        migrations.RunPython(add_facts, drop_facts, atomic=True),
        migrations.RunPython(make_indexes, migrations.RunPython.noop, atomic=True),
    ]
