"""The first migration, in parts that can be read. Comments and corrections, and the constraints and indexes of all records."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

operations = [
    migrations.CreateModel(
        name="Comment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=60)),
            (
                "email",
                models.EmailField(blank=True, help_text="Never shown. Only moderators see it.", max_length=254),
            ),
            ("body", models.TextField(validators=[django.core.validators.MaxLengthValidator(5000)])),
            ("nonce", models.UUIDField(default=uuid.uuid4, editable=False)),
            ("created_at", models.DateTimeField()),
            (
                "state",
                models.CharField(
                    choices=[
                        ("public", "Public"),
                        ("held", "Held for a moderator"),
                        ("rejected", "Rejected"),
                        ("spam", "Spam"),
                        ("deleted", "Deleted by its author"),
                    ],
                    default="held",
                    editable=False,
                    max_length=10,
                ),
            ),
            ("state_reason", models.CharField(blank=True, editable=False, max_length=200)),
            ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("version", models.PositiveIntegerField(default=1, editable=False)),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="articles.article"
                ),
            ),
            (
                "author",
                models.ForeignKey(
                    blank=True,
                    help_text="Fill this in if a journalist answers. Readers see a badge with the outlet's name.",
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="comments",
                    to="articles.author",
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
            (
                "parent",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="answers",
                    to="articles.comment",
                ),
            ),
            (
                "root",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="thread",
                    to="articles.comment",
                ),
            ),
        ],
        options={
            "permissions": [("moderate_comment", "Can approve, reject and delete comments")],
            "indexes": [
                models.Index(fields=["article", "parent", "state", "-created_at", "-id"], name="comment_threads"),
                models.Index(fields=["root", "state", "created_at", "id"], name="comment_answers"),
                models.Index(fields=["state", "-created_at", "-id"], name="comment_queue"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("article", "nonce"), name="comment_is_posted_once"),
                models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="comment_has_a_name"),
                models.CheckConstraint(
                    condition=models.Q(models.Q(("body", ""), _negated=True), ("state", "deleted"), _connector="OR"),
                    name="comment_has_a_body_unless_deleted",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("parent", None), ("root", None)),
                        models.Q(("parent__isnull", False), ("root__isnull", False)),
                        _connector="OR",
                    ),
                    name="comment_with_a_parent_has_a_root",
                ),
                models.CheckConstraint(
                    condition=models.Q(("parent", models.F("pk")), _negated=True),
                    name="comment_does_not_answer_itself",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ["public", "held", "rejected", "spam", "deleted"])),
                    name="comment_state_is_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Correction",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "text",
                models.TextField(
                    help_text="Say what the article said and what is right, in full sentences. Readers see it.",
                    max_length=1000,
                ),
            ),
            ("at", models.DateTimeField()),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="articles.article"
                ),
            ),
            (
                "by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "indexes": [models.Index(fields=["-at", "-id"], name="correction_newest_first")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("text", ""), _negated=True), name="correction_says_something"
                ),
                models.UniqueConstraint(fields=("article", "at"), name="article_is_corrected_once_an_instant"),
            ],
        },
    ),
    migrations.AddConstraint(
        model_name="hashtag",
        constraint=models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="hashtag_has_letters"),
    ),
    migrations.AddConstraint(
        model_name="hashtag",
        constraint=models.CheckConstraint(
            condition=models.Q(("alias_of", models.F("pk")), _negated=True), name="hashtag_is_no_alias_of_itself"
        ),
    ),
    migrations.AddConstraint(
        model_name="author",
        constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="author_has_a_name"),
    ),
    migrations.AddIndex(
        model_name="relatedlink",
        index=models.Index(fields=["article", "position"], name="related_in_order"),
    ),
    migrations.AddConstraint(
        model_name="relatedlink",
        constraint=models.UniqueConstraint(fields=("article", "related"), name="article_is_related_once"),
    ),
    migrations.AddConstraint(
        model_name="relatedlink",
        constraint=models.CheckConstraint(
            condition=models.Q(("article", models.F("related")), _negated=True),
            name="article_is_not_related_to_itself",
        ),
    ),
    migrations.AddIndex(
        model_name="article",
        index=models.Index(fields=["state", "-published_at", "-id"], name="article_newest"),
    ),
    migrations.AddIndex(
        model_name="article",
        index=models.Index(fields=["section", "state", "-published_at", "-id"], name="article_newest_of_section"),
    ),
    migrations.AddIndex(
        model_name="article",
        index=models.Index(fields=["outlet", "state", "-published_at", "-id"], name="article_newest_of_outlet"),
    ),
    migrations.AddIndex(
        model_name="article",
        index=models.Index(fields=["story", "state", "published_at"], name="article_in_story"),
    ),
    migrations.AddIndex(
        model_name="article",
        index=models.Index(fields=["kind", "state", "-published_at", "-id"], name="article_newest_of_kind"),
    ),
    migrations.AddIndex(
        model_name="article",
        index=models.Index(
            condition=models.Q(("embargo_until__isnull", False)), fields=["embargo_until"], name="article_embargoes"
        ),
    ),
    migrations.AddIndex(
        model_name="article",
        index=models.Index(
            condition=models.Q(("expires_at__isnull", False)), fields=["expires_at"], name="article_expiries"
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(("headline", ""), _negated=True), name="article_has_a_headline"
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(("state__in", ["draft", "published", "withdrawn"])), name="article_state_is_known"
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(("kind__in", ["news", "analysis", "opinion", "interview", "live", "sponsored"])),
            name="article_kind_is_known",
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(("comments_policy__in", ["open", "closed", "off"])),
            name="article_comments_policy_is_known",
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("state", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
            ),
            name="published_article_has_a_time",
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(
                    ("published_at__isnull", False),
                    ("state", "withdrawn"),
                    ("withdrawn_at__isnull", False),
                    models.Q(("withdrawal_outcome", ""), _negated=True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                ),
                models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    ("withdrawal_outcome", ""),
                    ("withdrawal_reason", ""),
                    ("withdrawn_at", None),
                ),
                _connector="OR",
            ),
            name="withdrawn_article_says_when_how_and_why",
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("redirect_to__isnull", False), ("withdrawal_outcome", "redirect")),
                models.Q(models.Q(("withdrawal_outcome", "redirect"), _negated=True), ("redirect_to", None)),
                _connector="OR",
            ),
            name="redirected_article_leads_somewhere",
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(("redirect_to", models.F("pk")), _negated=True),
            name="article_does_not_lead_to_itself",
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(
                ("updated_at", None),
                models.Q(("published_at__isnull", False), ("updated_at__gte", models.F("published_at"))),
                _connector="OR",
            ),
            name="article_is_updated_after_publication",
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(
                ("expires_at", None),
                ("published_at", None),
                ("expires_at__gt", models.F("published_at")),
                _connector="OR",
            ),
            name="article_expires_after_publication",
        ),
    ),
    migrations.AddConstraint(
        model_name="article",
        constraint=models.CheckConstraint(
            condition=models.Q(
                models.Q(("kind", "sponsored"), models.Q(("sponsor", ""), _negated=True)),
                models.Q(models.Q(("kind", "sponsored"), _negated=True), ("sponsor", "")),
                _connector="OR",
            ),
            name="sponsored_article_names_its_sponsor",
        ),
    ),
    migrations.AddIndex(
        model_name="transition",
        index=models.Index(fields=["article", "-at"], name="transitions_of_article"),
    ),
]
