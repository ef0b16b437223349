"""Roles: the groups of people at the desk, and what each may do."""

from django.contrib.auth.models import Group, Permission

from articles.models import Charge

_READ = ["view_article", "view_outlet", "view_author", "view_section", "view_hashtag", "view_image", "view_story"]
_WRITE = ["add_article", "change_article", "add_byline", "change_byline", "delete_byline", "view_byline"]
_WRITE += ["add_image", "change_image", "add_hashtag", "add_author", "view_correction", "view_transition"]
_EDIT = ["change_any_article", "publish_article", "withdraw_article", "delete_article", "add_correction"]
_EDIT += ["add_story", "change_story", "delete_story", "change_hashtag", "change_author", "delete_image"]
_EDIT += ["view_edition", "delete_edition", "view_frontpage", "change_frontpage"]
_EDIT += ["view_relatedchoice", "change_relatedchoice"]  # pin and block; merging and splitting stories is changing them
_EDIT += ["view_glossaryterm", "add_glossaryterm", "change_glossaryterm", "delete_glossaryterm"]
_EDIT += ["view_mistakereport", "change_mistakereport"]
_EDIT += ["view_assistdraft", "add_assistdraft", "change_assistdraft", "approve_assistdraft"]
_MODERATE = ["view_comment", "moderate_comment", "add_comment", "view_commenter", "view_ban", "view_report"]
_MODERATE += ["view_decision", "view_appeal", "view_wordrule", "add_wordrule", "change_wordrule", "delete_wordrule"]
_MODERATE += ["view_conversation", "halt_conversation"]
_RUN = ["view_trustpage", "add_trustpage", "change_trustpage", "delete_trustpage"]
_RUN += ["change_conversation", "view_charge", "add_charge", "change_charge", "delete_charge"]
_RUN += ["add_outlet", "change_outlet", "delete_outlet", "add_section", "change_section", "delete_section"]
_RUN += ["delete_hashtag", "delete_author", "delete_comment", "view_oldaddress", "view_relatedlink", "view_readingaid"]

ROLES = {
    "Reporter": _READ + _WRITE,
    "Editor": _READ + _WRITE + _EDIT + ["view_comment", "view_conversation", "halt_conversation"],
    "Moderator": _READ + _MODERATE,
    "Chief": _READ + _WRITE + _EDIT + _MODERATE + _RUN,
}


def make_roles(**kwargs):
    """Make the groups and give each exactly its permissions; safe to run again. Called after each migration."""
    permissions = {
        permission.codename: permission for permission in Permission.objects.filter(content_type__app_label="articles")
    }
    for name, codenames in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([permissions[codename] for codename in codenames if codename in permissions])


def may_change(user, article):
    """Tell whether ``user``, who may change articles, may change this one: a reporter's own drafts, an editor's any."""
    own_draft = article.created_by_id == user.pk and article.state == article.State.DRAFT
    return own_draft or user.has_perm("articles.change_any_article")


def outlets_of(user):
    """Return the keys of the outlets that ``user`` moderates; None where it is all of them. One query a request."""
    if user.is_superuser:
        return None
    if not hasattr(user, "outlets_in_charge"):
        user.outlets_in_charge = list(Charge.objects.filter(user=user).values_list("outlet", flat=True)) or None
    return user.outlets_in_charge
