"""Moderators of some outlets see what belongs to these, in every list, count, page and action, and nothing else."""

from django.db.models import Exists, OuterRef

from articles import roles
from articles.models import Ban, Comment


class Scoped:
    """Narrows a ModelAdmin to the outlets in a moderator's charge."""

    outlet_path = "outlet"

    def get_queryset(self, request):
        return self.within(request, super().get_queryset(request))

    def within(self, request, records):
        return narrowed(records, request.user, path=self.outlet_path)


def narrowed(records, user, *, path):
    """Return those of ``records`` whose outlet, by ``path``, is in the charge of ``user``; all where none is set."""
    outlets = roles.outlets_of(user)
    return records if outlets is None else records.filter(**{f"{path}__in": outlets})


def comments_for(user):
    return narrowed(Comment.objects.all(), user, path="article__outlet")


def bans_for(user):
    return narrowed(Ban.objects.all(), user, path="outlet")


def commenters_for(user, commenters):
    """Return those of ``commenters`` who wrote something that ``user`` moderates."""
    if roles.outlets_of(user) is None:
        return commenters
    return commenters.filter(Exists(comments_for(user).filter(commenter=OuterRef("pk"))))
