from django.db import migrations, models


class Migration(migrations.Migration):
    """Find the first answers of a thread, and how many there are, by the index alone."""

    dependencies = [("articles", "0018_reading_aid")]

    operations = [
        migrations.RemoveIndex(model_name="comment", name="comment_answers"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["root", "created_at", "id", "state"], name="comment_answers"),
        ),
    ]
