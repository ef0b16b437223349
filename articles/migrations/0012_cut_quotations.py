import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_editions"),
    ]

    operations = [
        migrations.CreateModel(
            name="CutQuotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.TextField(editable=False)),
                ("after", models.TextField(editable=False)),
                (
                    "answer",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.comment",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cut_quotations",
                        to="articles.comment",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("answer", "source"), name="quotation_is_cut_once")],
            },
        ),
    ]
