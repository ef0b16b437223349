"""The first migration, in parts that can be read. Outlets, authors, sections and stories, and how articles hang on them."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.text.languages

operations = [
    migrations.CreateModel(
        name="Outlet",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "slug",
                models.SlugField(
                    allow_unicode=True,
                    blank=True,
                    help_text="The last part of the page's address. Leave it empty to have it made from the name. If you change it, the old address keeps leading here.",
                    max_length=80,
                    unique=True,
                    verbose_name="address",
                ),
            ),
            ("name", models.CharField(max_length=120, unique=True)),
            ("homepage", models.URLField(blank=True, help_text="The outlet's own website.")),
            (
                "description",
                models.TextField(
                    blank=True,
                    help_text="One to three sentences on what the outlet is.",
                    max_length=600,
                    verbose_name="short description",
                ),
            ),
            (
                "owner",
                models.CharField(blank=True, help_text="Who owns it, in words a reader understands.", max_length=200),
            ),
            ("country", models.CharField(blank=True, max_length=80)),
            (
                "language",
                models.CharField(
                    choices=articles.text.languages.choices,
                    default="en",
                    help_text="The language that most of its articles are in.",
                    max_length=12,
                ),
            ),
            (
                "logo",
                models.ImageField(
                    blank=True,
                    help_text="A square mark of at least 128 pixels, legible when it is small.",
                    upload_to="outlets/",
                ),
            ),
            (
                "is_active",
                models.BooleanField(
                    default=True,
                    help_text="Untick it to take the outlet and all its articles off the site at once.",
                    verbose_name="active",
                ),
            ),
            (
                "text_shown",
                models.CharField(
                    choices=[
                        ("own", "Own: this is our outlet, everything is ours"),
                        ("full", "Full: we may show the whole text"),
                        ("summary", "Summary: headline and standfirst only, then a link to the original"),
                        ("link", "Link: headline only, then a link to the original"),
                    ],
                    default="summary",
                    help_text="How much of its texts the agreement with the outlet lets us show.",
                    max_length=10,
                ),
            ),
            (
                "allows_derived_texts",
                models.BooleanField(
                    default=False,
                    help_text="Tick it if we may show key points and other texts made from its articles.",
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="outlet_has_a_name"),
                models.CheckConstraint(
                    condition=models.Q(("text_shown__in", ["own", "full", "summary", "link"])),
                    name="outlet_text_shown_is_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Author",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "slug",
                models.SlugField(
                    allow_unicode=True,
                    blank=True,
                    help_text="The last part of the page's address. Leave it empty to have it made from the name. If you change it, the old address keeps leading here.",
                    max_length=80,
                    unique=True,
                    verbose_name="address",
                ),
            ),
            ("name", models.CharField(max_length=120)),
            (
                "biography",
                models.TextField(blank=True, help_text="A few sentences for the author's page.", max_length=600),
            ),
            (
                "outlet",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="authors",
                    to="articles.outlet",
                ),
            ),
        ],
    ),
    migrations.AddField(
        model_name="article",
        name="outlet",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="articles.outlet"
        ),
    ),
    migrations.CreateModel(
        name="RelatedLink",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("position", models.PositiveSmallIntegerField()),
            ("score", models.FloatField()),
            ("reason", models.CharField(max_length=120)),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="related_links", to="articles.article"
                ),
            ),
            (
                "related",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="related_from", to="articles.article"
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Section",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "slug",
                models.SlugField(
                    allow_unicode=True,
                    blank=True,
                    help_text="The last part of the page's address. Leave it empty to have it made from the name. If you change it, the old address keeps leading here.",
                    max_length=80,
                    unique=True,
                    verbose_name="address",
                ),
            ),
            ("name", models.CharField(max_length=60, unique=True)),
            (
                "description",
                models.CharField(blank=True, help_text="One sentence for the head of its page.", max_length=240),
            ),
            (
                "position",
                models.PositiveSmallIntegerField(
                    default=0, help_text="Its place in the menu; the smallest comes first."
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="section_has_a_name")
            ],
        },
    ),
    migrations.AddField(
        model_name="article",
        name="section",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="articles",
            to="articles.section",
        ),
    ),
    migrations.CreateModel(
        name="Story",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "title",
                models.CharField(help_text='What happened, in a few words: "The Lower Sarn flood".', max_length=160),
            ),
            ("slug", models.SlugField(allow_unicode=True, editable=False, max_length=80, verbose_name="address")),
            (
                "summary",
                models.CharField(blank=True, help_text="One sentence for the head of its page.", max_length=300),
            ),
            ("created_at", models.DateTimeField(auto_now_add=True)),
        ],
        options={
            "verbose_name_plural": "stories",
            "constraints": [
                models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="story_has_a_title")
            ],
        },
    ),
    migrations.AddField(
        model_name="article",
        name="story",
        field=models.ForeignKey(
            blank=True,
            help_text="The event it tells of, if other outlets tell of it too.",
            null=True,
            on_delete=django.db.models.deletion.SET_NULL,
            related_name="articles",
            to="articles.story",
        ),
    ),
    migrations.CreateModel(
        name="Transition",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("from_state", models.CharField(max_length=10)),
            ("to_state", models.CharField(max_length=10)),
            ("at", models.DateTimeField()),
            ("note", models.CharField(blank=True, max_length=300)),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="transitions", to="articles.article"
                ),
            ),
            (
                "by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Byline",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "role",
                models.CharField(
                    choices=[
                        ("reporter", "Reporter"),
                        ("analyst", "Analyst"),
                        ("columnist", "Columnist"),
                        ("critic", "Critic"),
                        ("interviewer", "Interviewer"),
                        ("photographer", "Photographs"),
                        ("illustrator", "Illustration"),
                        ("translator", "Translation"),
                        ("data", "Data"),
                        ("editor", "Editor"),
                    ],
                    default="reporter",
                    max_length=20,
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, help_text="The smallest is named first.")),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="bylines", to="articles.article"
                ),
            ),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="bylines", to="articles.author"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("article", "author"), name="author_is_named_once_an_article")
            ],
        },
    ),
]
