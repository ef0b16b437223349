from django.db import migrations, models


def take_borrowed_names(apps, schema_editor):
    """Take the headline of one report from the stories that nobody named."""
    apps.get_model("articles", "Story").objects.filter(is_named=False).update(title="", slug="reports")


def lend_names(apps, schema_editor):
    """Name them again, so that an earlier version, which asks for a name, can go on."""
    apps.get_model("articles", "Story").objects.filter(title="").update(title="Reports")


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_remote_assist")]

    operations = [
        migrations.RemoveConstraint(model_name="story", name="story_has_a_title"),
        migrations.AlterField(
            model_name="story",
            name="title",
            field=models.CharField(
                blank=True,
                help_text='What happened, in a few words: "The Lower Sarn flood". Leave it empty and readers see the '
                "headline of the first report that is public.",
                max_length=160,
            ),
        ),
        migrations.AlterField(
            model_name="story",
            name="is_named",
            field=models.BooleanField(
                default=True,
                help_text="Untick it and the name goes: readers are told that a program gathered the reports.",
                verbose_name="named by hand",
            ),
        ),
        migrations.RunPython(take_borrowed_names, lend_names),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_named", True), models.Q(("title", ""), _negated=True)),
                    models.Q(("is_named", False), ("title", "")),
                    _connector="OR",
                ),
                name="named_story_has_a_title",
            ),
        ),
    ]
