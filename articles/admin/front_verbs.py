"""What an editor does to the front page: from its own page, and from the page of an article."""

from functools import partial

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError

from articles.admin.look_up import looked_up
from articles.admin.moments import DeskDateTimeField, in_words
from articles.admin.verbs import ConfirmForm, Verb
from articles.models import PLACES, Article, FrontPage, FrontPin, StaleRecord

PLACE_NAMES = {1: "Lead"} | {number: f"Place {number}" for number in range(2, PLACES + 1)}
MOST = 2**63 - 1  # the highest key that the database knows


def _place():
    return forms.TypedChoiceField(
        choices=PLACE_NAMES.items(),
        coerce=int,
        label="Place",
        help_text="What is pinned there, and right below it, moves down by one.",
    )


def _until():
    return DeskDateTimeField(
        label="Until",
        required=False,
        widget=AdminSplitDateTime,
        help_text="From this second on the rules fill the place again. Leave it empty to take it off yourself.",
    )


class PinnedForm(ConfirmForm):
    """Names the pin by its article."""

    article_id = forms.IntegerField(min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput)

    def clean(self):
        super().clean()
        if not self.cleaned_data.get("article_id"):
            raise ValidationError("Say which article: use the buttons beside it.")
        return self.cleaned_data


class EndForm(PinnedForm):
    ends_at = _until()


class PinForm(ConfirmForm):
    article = forms.ModelChoiceField(
        queryset=Article.objects.none(),
        error_messages={
            "required": "Choose an article.",
            "invalid_choice": "Choose another article; this one is not there.",
        },
    )
    place = _place()
    ends_at = _until()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        article = self.fields["article"]
        article.queryset = Article.objects.for_desk()
        looked_up(article, like=FrontPin._meta.get_field("article"), admin_site=self.admin_site)


class PutOnFrontForm(ConfirmForm):
    """Asked on the page of an article; carries the version of the front page that the person saw."""

    seen_front = forms.IntegerField(widget=forms.HiddenInput)
    place = _place()
    ends_at = _until()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_front"] = FrontPage.objects.current().version

    def see(self, record):
        super().see(record)
        self.data["seen_front"] = FrontPage.objects.current().version


def what_was_done(page):
    """Return who changed the front page last, and when, in a sentence."""
    if page.changed_at is None:
        return ""
    return f"{page.changed_by or 'Somebody'} did, {in_words(page.changed_at, at=page.changed_at)}."


def _put_on_front(article, *, by, at, seen_front, **where):
    page = FrontPage.objects.current()
    page.version = seen_front
    try:
        page.pin(article, by=by, at=at, **where)
    except StaleRecord as refusal:
        raise ValidationError(f"{refusal} {what_was_done(FrontPage.objects.current())}") from None
    LogEntry.objects.log_actions(by.pk, [page], CHANGE, change_message=page.said, single_object=True)


PUT_ON_FRONT = Verb(
    name="front",
    label="Put on the front page…",
    permission="change_frontpage",
    explanation="Readers see it at that place as long as it is public. The page of the front page says what stands "
    "there now.",
    done="“{}” is on the front page, as long as readers may see it.",
    perform=_put_on_front,
    is_offered=lambda article, *, at: article.is_published and not article.is_sponsored,
    form=PutOnFrontForm,
)

_verb = partial(Verb, permission="change_frontpage", done="{0.said}", returns_to_list=True)
PIN = _verb(
    name="pin",
    label="Pin an article…",
    explanation="It stands at the place that you choose as long as it is public. Rules fill the places that are left.",
    perform=lambda page, *, by, at, **what: page.pin(by=by, at=at, **what),
    form=PinForm,
)
UP = _verb(
    name="up",
    label="Up",
    explanation="It changes places with what stands above.",
    perform=lambda page, *, by, at, article_id: page.move(article_id, by=by, at=at, step=-1),
    form=PinnedForm,
    is_immediate=True,
)
DOWN = _verb(
    name="down",
    label="Down",
    explanation="It changes places with what stands below.",
    perform=lambda page, *, by, at, article_id: page.move(article_id, by=by, at=at, step=1),
    form=PinnedForm,
    is_immediate=True,
)
END = _verb(
    name="end",
    label="Set the end",
    explanation="Say until when it stands there.",
    perform=lambda page, *, by, at, article_id, ends_at: page.end(article_id, by=by, at=at, ends_at=ends_at),
    form=EndForm,
)
UNPIN = _verb(
    name="unpin",
    label="Take it off",
    explanation="The rules fill its place again.",
    perform=lambda page, *, by, at, article_id: page.unpin(article_id, by=by, at=at),
    form=PinnedForm,
    is_immediate=True,
)
VERBS = (PIN, UP, DOWN, END, UNPIN)
