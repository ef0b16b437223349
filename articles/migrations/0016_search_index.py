from datetime import UTC, datetime

from django.db import migrations, models

AT_ONCE = datetime(2026, 1, 1, tzinfo=UTC)  # SQLite's own clock writes three digits less, and no worker could claim it
# The words of SQLite's tables come prepared and stand between spaces; "ascii" takes them as they are.
SQLITE = [
    "CREATE VIRTUAL TABLE articles_search_text USING fts5"
    "(headline, standfirst, hashtags, bylines, body, tokenize='ascii', columnsize=0)",
    "CREATE VIRTUAL TABLE articles_search_head USING fts5"
    "(headline, hashtags, bylines, tokenize='ascii', columnsize=0, prefix='2 3')",
]
# What may be found depends on the outlet's agreement: a vector for each measure, so that none has to be checked again.
POSTGRESQL = [
    "ALTER TABLE articles_searchentry ADD COLUMN link_words tsvector, ADD COLUMN summary_words tsvector, "
    "ADD COLUMN full_words tsvector",
    "CREATE INDEX search_link_words ON articles_searchentry USING gin (link_words)",
    "CREATE INDEX search_summary_words ON articles_searchentry USING gin (summary_words)",
    "CREATE INDEX search_full_words ON articles_searchentry USING gin (full_words)",
]


def make_index(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def plan_to_fill_it(apps, schema_editor):
    """Have what is there already indexed by whoever does due work."""
    if apps.get_model("articles", "Article").objects.exists():
        due = apps.get_model("articles", "Due").objects
        due.get_or_create(kind="reindex", key=0, defaults={"due_at": AT_ONCE})


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":  # PostgreSQL's goes with the table
        schema_editor.execute("DROP TABLE articles_search_text")
        schema_editor.execute("DROP TABLE articles_search_head")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_lessons"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("headline", models.TextField()),
                ("standfirst", models.TextField()),
                ("hashtags", models.TextField()),
                ("bylines", models.TextField()),
                ("often", models.TextField()),
                ("source_hash", models.CharField(max_length=32)),
            ],
            options={
                "verbose_name_plural": "search entries",
                "indexes": [models.Index(fields=["language"], name="search_languages")],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("head", models.CharField(max_length=6)),
                ("tail", models.CharField(max_length=6)),
                ("length", models.PositiveSmallIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["head", "length"], name="search_word_head"),
                    models.Index(fields=["tail", "length"], name="search_word_tail"),
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(plan_to_fill_it, migrations.RunPython.noop),
    ]
