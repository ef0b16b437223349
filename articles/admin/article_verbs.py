"""What an editor does to an article beyond writing it."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime

from articles.admin.look_up import looked_up
from articles.admin.moments import DeskDateTimeField
from articles.admin.verbs import ConfirmForm, Verb
from articles.models import Article, Correction


class ScheduleForm(ConfirmForm):
    publish_at = DeskDateTimeField(
        label="Publish at",
        widget=AdminSplitDateTime,
        help_text="Readers see it from this second on; nobody has to be here.",
    )


class WithdrawForm(ConfirmForm):
    outcome = forms.ChoiceField(
        choices=Article.Outcome,
        widget=forms.RadioSelect,
        initial=Article.Outcome.NOTICE,
        label="What its address answers from now on",
    )
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Say why, in full sentences. With a notice, readers see it.",
    )
    redirect_to = forms.ModelChoiceField(
        queryset=Article.objects.none(),
        required=False,
        label="Lead readers to",
        help_text="Only for a redirect: the article that takes its place.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        target = self.fields["redirect_to"]
        target.queryset = Article.objects.exclude(pk=self.record.pk) if self.record else Article.objects.all()
        looked_up(target, like=Article._meta.get_field("redirect_to"), admin_site=self.admin_site)


class CorrectForm(ConfirmForm):
    text = forms.CharField(
        max_length=Correction._meta.get_field("text").max_length,
        label="Correction",
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=Correction._meta.get_field("text").help_text,
    )


def _may_be_published(article, *, at):
    return not article.is_published or article.is_scheduled(at=at)


def _has_been_public(article, *, at):
    return article.has_been_public(at=at)


def _is_out(article, *, at):
    return article.is_published and article.has_been_public(at=at)


def _is_waiting(article, *, at):
    return article.is_waiting(at=at)


PUBLISH = Verb(
    name="publish",
    label="Publish now…",
    permission="publish_article",
    explanation="Readers see it at once, on its page, in lists and in search; under an embargo, when that ends.",
    done="“{}” is published.",
    perform=lambda article, *, by, at: article.publish(by=by, at=at),
    is_offered=_may_be_published,
    obstacles=Article.missing_for_publication,
)
SCHEDULE = Verb(
    name="schedule",
    label="Schedule…",
    permission="publish_article",
    explanation="It stays hidden until the time you choose and is public from then on.",
    done="“{}” is scheduled.",
    perform=lambda article, *, by, at, publish_at: article.schedule(by=by, at=at, publish_at=publish_at),
    is_offered=_may_be_published,
    obstacles=Article.missing_for_publication,
    form=ScheduleForm,
)
UNSCHEDULE = Verb(
    name="unschedule",
    label="Back to draft…",
    permission="publish_article",
    explanation="It will not be published at the time that was set. You can schedule it again later.",
    done="“{}” is a draft again.",
    perform=lambda article, *, by, at: article.unschedule(by=by, at=at),
    is_offered=_is_waiting,
)
CORRECT = Verb(
    name="correct",
    label="Correct…",
    permission="add_correction",
    explanation="Readers see the correction under the article and on the page of corrections, and the article as "
    "updated. Mend the text itself in the form.",
    done="The correction of “{}” is public.",
    perform=lambda article, *, by, at, text: article.correct(by=by, at=at, text=text),
    is_offered=_has_been_public,
    form=CorrectForm,
)
UPDATE = Verb(
    name="update",
    label="Mark as updated…",
    permission="publish_article",
    explanation="Readers see the present time as that of the last update. Do it after a change of substance only.",
    done="“{}” is marked as updated.",
    perform=lambda article, *, by, at: article.update_in_substance(at=at),
    is_offered=_is_out,
)
WITHDRAW = Verb(
    name="withdraw",
    label="Withdraw…",
    permission="withdraw_article",
    explanation="It leaves every list, the search and its page at once.",
    done="“{}” is withdrawn.",
    perform=lambda article, *, by, at, **how: article.withdraw(by=by, at=at, **how),
    is_offered=_is_out,
    form=WithdrawForm,
    is_grave=True,
)
VERBS = (PUBLISH, SCHEDULE, UNSCHEDULE, CORRECT, UPDATE, WITHDRAW)
