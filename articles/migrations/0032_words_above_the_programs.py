"""Editors write what stands first on two pages that the program otherwise writes itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0031_trust_page_drafts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="trustpage",
            name="answers",
            field=models.CharField(
                blank=True,
                choices=[
                    ("principles", "By which rules we work"),
                    ("ownership", "Who owns and pays us"),
                    ("corrections", "What we do about mistakes"),
                    ("ethics", "What we do not do: ethics"),
                    ("about", "Stands first on “About us”"),
                    ("ai", "Stands first on “What programs do here”"),
                ],
                help_text="Search engines are led to this page for that question, on the pages of our own outlets. What stands first on a page of the program has no page of its own: its text stands there, above the rest.",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="trustpage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answers__in", ["about", "ai"]), ("is_shown", True)),
                fields=("answers",),
                name="one_trust_page_stands_first",
                violation_error_message="Another page stands there already. Take that one off the site first.",
            ),
        ),
    ]
