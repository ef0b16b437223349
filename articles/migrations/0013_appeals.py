import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_cut_quotations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(editable=False, max_length=2000)),
                ("at", models.DateTimeField(editable=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "Upheld: the decision stands"),
                            ("overturned", "Overturned: the comment is public"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, editable=False, max_length=500)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                (
                    "comment",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeal",
                        to="articles.comment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outcome", "at", "id"], name="appeals_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="appeal_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("outcome", ""), ("words", "")),
                            models.Q(("decided_at__isnull", False), ("outcome__in", ["upheld", "overturned"])),
                            _connector="OR",
                        ),
                        name="decided_appeal_says_when",
                    ),
                ],
            },
        ),
    ]
