"""The index learns words as they are written, for what stands in quotes: all articles are put into it anew."""

from datetime import UTC, datetime

from django.db import migrations

AT_ONCE = datetime(2026, 1, 1, tzinfo=UTC)  # long since: due work comes to it next


def plan_to_write_it_anew(apps, schema_editor):
    """Have whoever does due work go through the index from its beginning, as ``reindex`` would."""
    if apps.get_model("articles", "Article").objects.exists():
        apps.get_model("articles", "Progress").objects.update_or_create(name="reindex", defaults={"position": 0})
        due = apps.get_model("articles", "Due").objects
        due.update_or_create(kind="reindex", key=0, defaults={"due_at": AT_ONCE})


class Migration(migrations.Migration):
    dependencies = [("articles", "0029_embedding")]

    operations = [migrations.RunPython(plan_to_write_it_anew, migrations.RunPython.noop)]
