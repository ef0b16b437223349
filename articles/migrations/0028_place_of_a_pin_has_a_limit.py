"""The editors' desk says which order a pin may have; both databases could store it before."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0027_author_may_be_a_desk"),
    ]

    operations = [
        migrations.AlterField(
            model_name="relatedchoice",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Order among the pins; the smallest comes first.",
                validators=[django.core.validators.MaxValueValidator(32767, "Choose an order of at most 32767.")],
            ),
        ),
    ]
