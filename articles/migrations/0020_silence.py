from django.db import migrations, models

from articles.models.silence import digest_of


def give_digests(apps, schema_editor):
    """Give each address that is stored already the digest by which its silence would be known."""
    mailboxes = apps.get_model("articles", "Mailbox").objects
    for pk, email in mailboxes.values_list("pk", "email").iterator():
        mailboxes.filter(pk=pk).update(digest=digest_of(email))


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_answers_by_time")]

    operations = [
        migrations.CreateModel(
            name="Silence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=32, unique=True)),
                ("at", models.DateTimeField(editable=False)),
            ],
        ),
        migrations.AddField(
            model_name="mailbox",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="mailbox",
            index=models.Index(fields=["digest"], name="mailbox_digest"),
        ),
        migrations.RunPython(give_digests, migrations.RunPython.noop),
    ]
