"""Find the copies of an article without reading the whole index. What is a copy of what, `relate --all` puts right."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_story_names"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="termvector",
            index=models.Index(
                fields=["copy_of"], condition=models.Q(copy_of__isnull=False), name="copies_of_an_article"
            ),
        ),
    ]
