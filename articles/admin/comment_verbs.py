"""What a moderator decides on a comment."""

import uuid

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

from articles.admin.verbs import ConfirmForm, Verb
from articles.models import Author, Comment, Commenter, CommentsClosed, Report
from articles.text import comment as comment_text

_LONGEST_REASON = Comment._meta.get_field("state_reason").max_length


class RejectForm(ConfirmForm):
    reason = forms.CharField(
        max_length=_LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True}),
        help_text="Say in a sentence what is wrong with it. Colleagues and its writer see it.",
    )
    kind = forms.ChoiceField(
        choices=[("", "Not said"), *Report.Kind.choices],
        required=False,
        help_text="Readers see how many of each kind there were, on the outlet's page on moderation.",
    )


class AnswerForm(ConfirmForm):
    author = forms.ModelChoiceField(
        queryset=Author.objects.all(), help_text="Who answers. Readers see the name with the outlet's badge."
    )
    body = forms.CharField(
        label="Answer",
        max_length=comment_text.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)  # the same answer, sent twice, is stored once

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["nonce"] = uuid.uuid4()
        author = self.fields["author"]
        author.widget = AutocompleteSelect(Comment._meta.get_field("author"), self.admin_site)
        author.widget.choices = author.choices


def answer(comment, *, by, at, author, body, nonce):
    """Post ``body`` as the journalist ``author``'s answer, public at once."""
    commenter, _ = Commenter.objects.make(at=at, user=by)
    reply = Comment(article=comment.article, parent=comment, body=body, nonce=nonce, commenter=commenter)
    reply.author, reply.name = author, author.name[:60]
    try:
        reply.post(at=at, state=Comment.State.PUBLIC, is_staff=True)
    except CommentsClosed as closed:
        raise ValidationError(str(closed)) from None


def _decidable(*states):
    def is_offered(comment, *, at):
        return comment.state in states

    return is_offered


_State = Comment.State


def _waits_for_approval(comment, *, at):
    """Whether approving says anything new: readers do not see it, or nobody has read it or what was reported of it."""
    seen = comment.is_public and comment.decided_at is not None and not comment.report_count
    return not seen and not comment.is_deleted


def _can_be_undone(comment, *, at):
    last = comment.decisions.order_by("-at", "-pk").first()
    return bool(last) and last.to_state == comment.state != last.from_state and not comment.is_deleted


APPROVE = Verb(
    name="approve",
    label="Approve",
    permission="moderate_comment",
    explanation="Readers see it, and what was reported of it is settled.",
    done="The comment “{}” is public.",
    perform=lambda comment, *, by, at: comment.approve(by=by, at=at),
    is_offered=_waits_for_approval,
    is_immediate=True,
    returns_to_list=True,
    key="a",
)
REJECT = Verb(
    name="reject",
    label="Reject…",
    permission="moderate_comment",
    explanation="Readers do not see it. It stays here and can be approved later.",
    done="The comment “{}” is rejected.",
    perform=lambda comment, *, by, at, reason, kind: comment.reject(by=by, at=at, reason=reason, kind=kind),
    is_offered=_decidable(_State.HELD, _State.PUBLIC, _State.SPAM),
    form=RejectForm,
    returns_to_list=True,
    key="r",
)
SPAM = Verb(
    name="spam",
    label="Mark as spam",
    permission="moderate_comment",
    explanation="Readers do not see it. It stays here and can be approved later.",
    done="The comment “{}” is marked as spam.",
    perform=lambda comment, *, by, at: comment.mark_as_spam(by=by, at=at),
    is_offered=_decidable(_State.HELD, _State.PUBLIC, _State.REJECTED),
    is_immediate=True,
    returns_to_list=True,
    key="s",
)
HOLD = Verb(
    name="hold",
    label="Hold",
    permission="moderate_comment",
    explanation="It waits in the queue, and readers do not see it meanwhile.",
    done="The comment “{}” is held.",
    perform=lambda comment, *, by, at: comment.hold(by=by, at=at),
    is_offered=_decidable(_State.PUBLIC, _State.REJECTED, _State.SPAM),
    is_immediate=True,
)
UNDO = Verb(
    name="undo",
    label="Undo the last decision",
    permission="moderate_comment",
    explanation="It goes back to where it was before. The log keeps both.",
    done="The last decision on “{}” is undone.",
    perform=lambda comment, *, by, at: comment.undo(by=by, at=at),
    is_offered=_can_be_undone,
    is_immediate=True,
)
PICK = Verb(
    name="pick",
    label="Pick",
    permission="moderate_comment",
    explanation="Readers see “Editors’ pick” and the outlet's name on it.",
    done="The comment “{}” is an editors’ pick.",
    perform=lambda comment, *, by, at: comment.pick(by=by, at=at),
    is_offered=lambda comment, *, at: comment.is_public and not comment.is_picked,
    is_immediate=True,
    returns_to_list=True,
    key="e",
)
UNPICK = Verb(
    name="unpick",
    label="No pick any longer",
    permission="moderate_comment",
    explanation="The comment stays, without the mark.",
    done="The comment “{}” is no longer an editors’ pick.",
    perform=lambda comment, *, by, at: comment.unpick(),
    is_offered=lambda comment, *, at: comment.is_picked,
    is_immediate=True,
    returns_to_list=True,
    key="e",
)
PIN = Verb(
    name="pin",
    label="Pin",
    permission="moderate_comment",
    explanation="It stands above all others of its article, instead of the one that stands there now.",
    done="The comment “{}” is pinned.",
    perform=lambda comment, *, by, at: comment.pin(),
    is_offered=lambda comment, *, at: comment.is_public and not comment.is_pinned and comment.parent_id is None,
    is_immediate=True,
    returns_to_list=True,
    key="p",
)
UNPIN = Verb(
    name="unpin",
    label="Unpin",
    permission="moderate_comment",
    explanation="It goes back to its place among the others.",
    done="The comment “{}” is no longer pinned.",
    perform=lambda comment, *, by, at: comment.unpin(),
    is_offered=lambda comment, *, at: comment.is_pinned,
    is_immediate=True,
    returns_to_list=True,
    key="p",
)
ANSWER = Verb(
    name="answer",
    label="Answer as an author…",
    permission="add_comment",
    explanation="The answer stands under the comment and is public at once.",
    done="Your answer to “{}” is public.",
    perform=answer,
    is_offered=_decidable(_State.PUBLIC),
    form=AnswerForm,
)
ERASE = Verb(
    name="erase",
    label="Erase at the author's wish…",
    permission="delete_comment",
    explanation="Its text and its writer's address are deleted for good. Answers to it stay, under an empty stone.",
    done="The text of the comment by “{.name}” is erased.",
    perform=lambda comment, *, by, at: comment.delete_text(at=at),
    is_offered=_decidable(_State.HELD, _State.PUBLIC, _State.REJECTED, _State.SPAM),
    is_grave=True,
)
VERBS = (APPROVE, REJECT, SPAM, HOLD, UNDO, PICK, UNPICK, PIN, UNPIN, ANSWER, ERASE)
DECISIONS = (APPROVE, REJECT, SPAM)  # that the row of the queue offers, and that can be undone
