"""An author may be a desk, which is no person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0026_facts_of_search")]

    operations = [
        migrations.AddField(
            model_name="author",
            name="is_desk",
            field=models.BooleanField(
                default=False,
                help_text="Search engines are told so: a byline such as “Meridian Staff” is no person’s name.",
                verbose_name="a desk, not a person",
            ),
        ),
    ]
