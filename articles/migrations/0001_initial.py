from django.conf import settings
from django.db import migrations

from articles.migrations import _initial_articles, _initial_comments, _initial_outlets


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [*_initial_articles.operations, *_initial_outlets.operations, *_initial_comments.operations]
