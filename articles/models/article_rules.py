"""What the database itself holds of an article: rules that no door can forget, and the indexes of the lists."""

from django.db import models
from django.db.models import F, Q

from articles.models.comment_policy import rules_are_known

CONSTRAINTS = [
    models.CheckConstraint(condition=~Q(headline=""), name="article_has_a_headline"),
    models.CheckConstraint(condition=Q(state__in=["draft", "published", "withdrawn"]), name="article_state_is_known"),
    models.CheckConstraint(
        condition=Q(kind__in=["news", "analysis", "opinion", "interview", "live", "sponsored"]),
        name="article_kind_is_known",
    ),
    *rules_are_known("article"),
    models.CheckConstraint(
        condition=~Q(state="published") | Q(published_at__isnull=False), name="published_article_has_a_time"
    ),
    models.CheckConstraint(
        condition=Q(state="withdrawn", withdrawn_at__isnull=False, published_at__isnull=False)
        & ~Q(withdrawal_outcome="")
        & ~Q(withdrawal_reason="")
        | ~Q(state="withdrawn") & Q(withdrawn_at=None, withdrawal_outcome="", withdrawal_reason=""),
        name="withdrawn_article_says_when_how_and_why",
    ),
    models.CheckConstraint(
        condition=Q(withdrawal_outcome="redirect", redirect_to__isnull=False)
        | ~Q(withdrawal_outcome="redirect") & Q(redirect_to=None),
        name="redirected_article_leads_somewhere",
    ),
    models.CheckConstraint(condition=~Q(redirect_to=F("pk")), name="article_does_not_lead_to_itself"),
    models.CheckConstraint(
        condition=Q(updated_at=None) | Q(published_at__isnull=False, updated_at__gte=F("published_at")),
        name="article_is_updated_after_publication",
    ),
    models.CheckConstraint(
        condition=Q(expires_at=None) | Q(published_at=None) | Q(expires_at__gt=F("published_at")),
        name="article_expires_after_publication",
    ),
    models.CheckConstraint(
        condition=Q(kind="sponsored") & ~Q(sponsor="") | ~Q(kind="sponsored") & Q(sponsor=""),
        name="sponsored_article_names_its_sponsor",
    ),
]

INDEXES = [
    # The lists: everything, by section, by outlet, by story, by kind; newest first. `pk` settles ties.
    models.Index(fields=["state", "-published_at", "-id"], name="article_newest"),
    models.Index(fields=["section", "state", "-published_at", "-id"], name="article_newest_of_section"),
    models.Index(fields=["outlet", "state", "-published_at", "-id"], name="article_newest_of_outlet"),
    # Most articles are in none. With them the database would think that it tells nothing apart, and not look into it.
    models.Index(fields=["story", "state", "published_at"], name="article_in_story", condition=Q(story__isnull=False)),
    models.Index(fields=["kind", "state", "-published_at", "-id"], name="article_newest_of_kind"),
    # The next instant at which a page changes by itself; few rows have either.
    models.Index(fields=["embargo_until"], name="article_embargoes", condition=Q(embargo_until__isnull=False)),
    models.Index(fields=["expires_at"], name="article_expiries", condition=Q(expires_at__isnull=False)),
]
