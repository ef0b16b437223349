"""Roles at the desk: a new database has them, each with exactly what it may do."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from articles import roles
from tests import make

pytestmark = pytest.mark.django_db


def granted():
    return {
        group.name: sorted(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.order_by("pk")
    }


def promised():
    return {name: sorted(codenames) for name, codenames in roles.ROLES.items()}


def test_new_database_has_every_role_with_its_permissions():
    assert granted() == promised()


def test_every_permission_that_a_role_names_exists():
    known = set(Permission.objects.filter(content_type__app_label="articles").values_list("codename", flat=True))
    assert sorted({codename for codenames in roles.ROLES.values() for codename in codenames} - known) == []


def test_no_role_names_a_permission_twice():
    assert {name: len(codenames) for name, codenames in roles.ROLES.items()} == {
        name: len(set(codenames)) for name, codenames in roles.ROLES.items()
    }


def test_roles_that_somebody_changed_are_put_back():
    Group.objects.get(name="Reporter").permissions.clear()
    Group.objects.get(name="Moderator").permissions.add(Permission.objects.get(codename="delete_outlet"))
    Group.objects.get(name="Chief").delete()
    roles.make_roles()
    assert granted() == promised()


def test_migrating_again_changes_no_role():
    call_command("migrate", verbosity=0)
    assert granted() == promised()


def test_group_that_is_no_role_is_left_alone():
    interns = Group.objects.create(name="Interns")
    interns.permissions.add(Permission.objects.get(codename="view_article"))
    roles.make_roles()
    assert list(interns.permissions.values_list("codename", flat=True)) == ["view_article"]


@pytest.mark.parametrize(
    ("role", "codename", "may"),
    [
        ("Reporter", "add_article", True),
        ("Reporter", "publish_article", False),
        ("Reporter", "moderate_comment", False),
        ("Editor", "publish_article", True),
        ("Editor", "withdraw_article", True),
        ("Editor", "moderate_comment", False),
        ("Moderator", "moderate_comment", True),
        ("Moderator", "change_article", False),
        ("Chief", "publish_article", True),
        ("Chief", "moderate_comment", True),
        ("Chief", "change_outlet", True),
    ],
)
def test_role_may_do_its_own_work_only(role, codename, may):
    assert Group.objects.get(name=role).permissions.filter(codename=codename).exists() is may


@pytest.mark.parametrize(
    ("role", "own", "state", "may"),
    [
        ("Reporter", True, "draft", True),
        ("Reporter", True, "published", False),
        ("Reporter", True, "withdrawn", False),
        ("Reporter", False, "draft", False),
        ("Moderator", False, "draft", False),
        ("Editor", False, "draft", True),
        ("Editor", False, "published", True),
        ("Chief", False, "withdrawn", True),
    ],
)
def test_reporters_change_their_own_drafts_and_editors_any_article(role, own, state, may):
    user = make.user(role)
    article = {"draft": make.draft, "published": make.article, "withdrawn": make.withdrawn}[state]()
    article.created_by = user if own else None
    assert roles.may_change(user, article) is may
