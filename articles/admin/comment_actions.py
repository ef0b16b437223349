"""What a moderator does to many comments at once, and to those who wrote them."""

from functools import partial

from django.contrib import admin, messages

from articles.admin.bans import BanForm, ban_each
from articles.admin.comment_verbs import RejectForm
from articles.admin.scope import comments_for
from articles.admin.verbs import MOST_AT_ONCE, as_listed, as_seen, ask_about_all, do_to_each
from articles.models import Comment, Commenter


class CommentActions:
    """Gives the queue its actions."""

    actions = (
        "approve_selected",
        "reject_selected",
        "spam_selected",
        "hold_selected",
        "undo_selected",
        "reject_all_of_writers",
        "ban_writers",
    )

    @admin.action(description="Approve", permissions=["moderate"])
    def approve_selected(self, request, comments):
        self._do(request, comments, done="approved", perform=Comment.approve)

    @admin.action(description="Reject…", permissions=["moderate"])
    def reject_selected(self, request, comments):
        """Ask for the reason, then reject each."""
        form = self._answered(RejectForm, request)
        if form.is_valid():
            self._reject(request, as_seen(self, request, as_listed(request, comments)), form)
            return None
        explanation = "Readers will not see them. They stay here and can be approved later."
        return self._ask_about(request, comments, form, "reject_selected", title="Reject", explanation=explanation)

    @admin.action(description="Mark as spam", permissions=["moderate"])
    def spam_selected(self, request, comments):
        self._do(request, comments, done="marked as spam", perform=Comment.mark_as_spam)

    @admin.action(description="Hold", permissions=["moderate"])
    def hold_selected(self, request, comments):
        self._do(request, comments, done="held", perform=Comment.hold)

    @admin.action(description="Undo the last decision", permissions=["moderate"])
    def undo_selected(self, request, comments):
        self._do(request, comments, done="put back", perform=Comment.undo)

    @admin.action(description="Reject everything public by these writers…", permissions=["moderate"])
    def reject_all_of_writers(self, request, comments):
        public = public_by(_writers_of(as_listed(request, comments)), user=request.user)
        form = self._answered(RejectForm, request)
        if form.is_valid():
            self._reject(request, list(public[:MOST_AT_ONCE]), form)
            if public.exists():
                messages.warning(request, "They have more that is public. Choose the action again.")
            return None
        explanation = (
            f"{public.count()} public comments by the writers of these are taken down, {MOST_AT_ONCE} at a time. They "
            "stay under “Rejected”, where “Undo the last decision” brings them back."
        )
        title = "Reject everything public by these writers"
        return self._ask_about(request, comments, form, "reject_all_of_writers", title=title, explanation=explanation)

    @admin.action(description="Ban the writers…", permissions=["moderate"])
    def ban_writers(self, request, comments):
        writers = _writers_of(as_listed(request, comments))
        form = self._answered(BanForm, request)
        if form.is_valid():
            messages.success(request, ban_each(self, request, writers, asked=form.cleaned_data))
            return None
        explanation = "They cannot write until the ban ends or is lifted. What they have written stays as it is."
        return self._ask_about(request, comments, form, "ban_writers", title="Ban the writers", explanation=explanation)

    def _answered(self, form, request):
        """Return the form with what was answered, or empty where it has not been asked yet."""
        answer = request.POST if "reason" in request.POST else None
        return form(answer, record=None, admin_site=self.admin_site, person=request.user)

    def _do(self, request, comments, *, done, perform):
        seen = as_seen(self, request, as_listed(request, comments))
        do_to_each(self, request, seen, done=done, perform=perform)

    def _ask_about(self, request, comments, form, action, *, title, explanation):
        comments = as_listed(request, comments)
        return ask_about_all(self, request, comments, form=form, action=action, title=title, explanation=explanation)

    def _reject(self, request, comments, form):
        reject = partial(Comment.reject, **form.cleaned_data)
        do_to_each(self, request, comments, done="rejected", perform=reject)


def public_by(writers, *, user):
    """Return the public comments of ``writers`` that ``user`` moderates, the oldest first."""
    return comments_for(user).public().filter(commenter__in=writers).oldest_first()


def _writers_of(comments):
    pks = set(comments.order_by().values_list("commenter", flat=True)) - {None}
    return Commenter.objects.filter(pk__in=pks).order_by("pk")
