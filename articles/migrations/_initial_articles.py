"""The first migration, in parts that can be read. Articles, and what they name but for who publishes them."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.text.languages

operations = [
    migrations.CreateModel(
        name="Article",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("news", "News"),
                        ("analysis", "Analysis"),
                        ("opinion", "Opinion"),
                        ("interview", "Interview"),
                        ("live", "Live"),
                        ("sponsored", "Sponsored"),
                    ],
                    default="news",
                    help_text="Readers see it above the headline.",
                    max_length=10,
                ),
            ),
            ("language", models.CharField(choices=articles.text.languages.choices, default="en", max_length=12)),
            ("headline", models.CharField(max_length=200)),
            ("slug", models.SlugField(allow_unicode=True, editable=False, max_length=80, verbose_name="address")),
            (
                "standfirst",
                models.TextField(
                    blank=True,
                    help_text="One or two sentences under the headline that tell what is new.",
                    max_length=500,
                ),
            ),
            ("body", models.TextField(blank=True)),
            (
                "lead_image_alt",
                models.CharField(
                    blank=True,
                    help_text="What the picture shows in this article. Leave it empty to use the picture's own text.",
                    max_length=300,
                    verbose_name="alternative text here",
                ),
            ),
            (
                "original_url",
                models.URLField(
                    blank=True,
                    help_text="Where the outlet itself published it.",
                    max_length=500,
                    verbose_name="original address",
                ),
            ),
            (
                "sponsor",
                models.CharField(blank=True, help_text="Who paid for it. Readers see the name.", max_length=120),
            ),
            (
                "comments_policy",
                models.CharField(
                    choices=[
                        ("open", "Open: readers may comment"),
                        ("closed", "Closed: comments are shown, new ones are not taken"),
                        ("off", "Off: no comments are shown or taken"),
                    ],
                    default="open",
                    max_length=10,
                    verbose_name="comments",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                    default="draft",
                    editable=False,
                    max_length=10,
                ),
            ),
            ("published_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published")),
            (
                "updated_at",
                models.DateTimeField(blank=True, editable=False, null=True, verbose_name="updated in substance"),
            ),
            (
                "embargo_until",
                models.DateTimeField(
                    blank=True,
                    help_text="Nothing of it is public before this time, whatever else is set.",
                    null=True,
                ),
            ),
            (
                "embargo_note",
                models.CharField(blank=True, help_text="Whose embargo it is. Only editors see it.", max_length=200),
            ),
            (
                "expires_at",
                models.DateTimeField(
                    blank=True,
                    help_text="From this time on it is no longer public.",
                    null=True,
                    verbose_name="expires",
                ),
            ),
            ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "withdrawal_outcome",
                models.CharField(
                    blank=True,
                    choices=[
                        ("notice", "Notice: the page stays and says that and why the article was withdrawn"),
                        ("gone", "Gone: the page says that the article is gone (410)"),
                        ("legal", "Legal: the page says that the article is unavailable for legal reasons (451)"),
                        ("redirect", "Redirect: the address leads to another article"),
                    ],
                    editable=False,
                    max_length=10,
                ),
            ),
            ("withdrawal_reason", models.CharField(blank=True, editable=False, max_length=300)),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            ("saved_at", models.DateTimeField(auto_now=True)),
            ("version", models.PositiveIntegerField(default=1, editable=False)),
            ("summary", models.CharField(blank=True, editable=False, max_length=300)),
            ("reading_minutes", models.PositiveSmallIntegerField(default=1, editable=False)),
            ("comment_count", models.PositiveIntegerField(default=0, editable=False)),
            (
                "created_by",
                models.ForeignKey(
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "redirect_to",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="redirected_from",
                    to="articles.article",
                ),
            ),
        ],
        options={
            "permissions": [
                ("publish_article", "Can publish and schedule articles"),
                ("withdraw_article", "Can withdraw articles"),
                ("change_any_article", "Can change the articles of others"),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReadingAid",
        fields=[
            (
                "article",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    primary_key=True,
                    related_name="reading_aid",
                    serialize=False,
                    to="articles.article",
                ),
            ),
            ("source_hash", models.CharField(max_length=32)),
            ("key_points", models.JSONField(default=list)),
        ],
    ),
    migrations.CreateModel(
        name="Hashtag",
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
            (
                "name",
                models.CharField(help_text="Without the #, words run together: LowerSarnFlood.", max_length=60),
            ),
            ("key", models.CharField(editable=False, max_length=60, unique=True)),
            (
                "description",
                models.CharField(blank=True, help_text="One sentence for the head of its page.", max_length=240),
            ),
            (
                "alias_of",
                models.ForeignKey(
                    blank=True,
                    help_text="Fill this in if it is another word for a hashtag that exists. Its articles move there.",
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="aliases",
                    to="articles.hashtag",
                ),
            ),
        ],
    ),
    migrations.AddField(
        model_name="article",
        name="hashtags",
        field=models.ManyToManyField(
            blank=True, limit_choices_to={"alias_of": None}, related_name="articles", to="articles.hashtag"
        ),
    ),
    migrations.CreateModel(
        name="Image",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "file",
                models.ImageField(
                    height_field="height",
                    help_text="JPEG, PNG or WebP, at least 1200 pixels wide.",
                    max_length=200,
                    unique=True,
                    upload_to="images/%Y/%m/",
                    validators=[django.core.validators.FileExtensionValidator(("jpg", "jpeg", "png", "webp"))],
                    width_field="width",
                ),
            ),
            ("width", models.PositiveIntegerField(default=0, editable=False)),
            ("height", models.PositiveIntegerField(default=0, editable=False)),
            ("rendition_widths", models.JSONField(blank=True, default=list, editable=False)),
            (
                "alt",
                models.CharField(
                    blank=True,
                    help_text="What the picture shows, for those who cannot see it. Leave it empty only for pure decoration.",
                    max_length=300,
                    verbose_name="alternative text",
                ),
            ),
            ("caption", models.CharField(blank=True, max_length=300)),
            ("credit", models.CharField(help_text="Who made it, as printed under the picture.", max_length=120)),
            (
                "rights",
                models.CharField(
                    choices=[
                        ("own", "Ours"),
                        ("agency", "Agency, under contract"),
                        ("licensed", "Licensed for this use"),
                        ("handout", "Handout, free for editorial use"),
                        ("cc", "Creative Commons"),
                        ("public", "Public domain"),
                    ],
                    default="own",
                    max_length=10,
                ),
            ),
            (
                "focal_x",
                models.FloatField(
                    default=0.5,
                    help_text="Where the subject is, from 0 (left) to 1 (right). Crops keep this point.",
                    validators=[
                        django.core.validators.MinValueValidator(0),
                        django.core.validators.MaxValueValidator(1),
                    ],
                ),
            ),
            (
                "focal_y",
                models.FloatField(
                    default=0.5,
                    help_text="Where the subject is, from 0 (top) to 1 (bottom).",
                    validators=[
                        django.core.validators.MinValueValidator(0),
                        django.core.validators.MaxValueValidator(1),
                    ],
                ),
            ),
            ("created_at", models.DateTimeField(auto_now_add=True)),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("focal_x__range", (0, 1)), ("focal_y__range", (0, 1))),
                    name="focal_point_lies_in_the_image",
                )
            ],
        },
    ),
    migrations.AddField(
        model_name="article",
        name="lead_image",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="articles",
            to="articles.image",
        ),
    ),
    migrations.CreateModel(
        name="OldAddress",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("kind", models.CharField(max_length=20)),
            ("slug", models.CharField(max_length=80)),
            ("target_id", models.BigIntegerField()),
        ],
        options={
            "verbose_name_plural": "old addresses",
            "indexes": [models.Index(fields=["kind", "target_id"], name="old_address_of_record")],
            "constraints": [models.UniqueConstraint(fields=("kind", "slug"), name="old_address_leads_to_one_record")],
        },
    ),
]
