"""What articles mean, where the site has a model that tells."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0028_place_of_a_pin_has_a_limit"),
    ]

    operations = [
        migrations.CreateModel(
            name="Embedding",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="embedding",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("vector", models.BinaryField()),
                ("model", models.CharField(max_length=16)),
                ("source_hash", models.CharField(max_length=32)),
            ],
        ),
    ]
