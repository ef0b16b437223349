"""One row a term instead of one a posting. What is found stays the same: the postings are carried over."""

import struct
from itertools import groupby, islice

from django.db import migrations, models

MOST, ENTRY = 150, struct.Struct("<IH")


def carry_over(apps, schema_editor):
    """Pack the newest postings of each term, in the order in which the lists hold them."""
    alias = schema_editor.connection.alias
    lists = apps.get_model("articles", "PostingList").objects.using(alias)
    old = apps.get_model("articles", "TermPosting").objects.using(alias).order_by("term", "-article_id")
    rows = old.values_list("term", "article_id", "weight").iterator(chunk_size=10_000)
    packed = (
        lists.model(term=term, entries=b"".join(ENTRY.pack(*row[1:]) for row in islice(postings, MOST)))
        for term, postings in groupby(rows, key=lambda row: row[0])
    )
    while some := list(islice(packed, 2000)):
        lists.bulk_create(some)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_conversation_ties"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostingList",
            fields=[
                ("term", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("entries", models.BinaryField()),
            ],
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="TermPosting"),
        migrations.AddField("termvector", "apart", models.PositiveIntegerField(default=0)),
    ]
