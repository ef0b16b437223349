"""The index of what is told in a story leaves out what is told in none, so that statistics do not speak against it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0032_words_above_the_programs")]

    operations = [
        migrations.RemoveIndex(model_name="article", name="article_in_story"),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("story__isnull", False)),
                fields=["story", "state", "published_at"],
                name="article_in_story",
            ),
        ),
    ]
