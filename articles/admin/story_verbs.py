"""What an editor does to a story beyond giving it a name."""

from django import forms
from django.utils import timezone

from articles.admin.look_up import looked_up, may_be_key
from articles.admin.moments import in_words
from articles.admin.verbs import ConfirmForm, Verb
from articles.models import Article, Story


def _searched(field, admin_site):
    looked_up(field, like=Article._meta.get_field("story"), admin_site=admin_site)


class TargetForm(forms.Form):
    target = forms.ModelChoiceField(
        queryset=Story.objects.for_desk(),
        label="Merge into",
        help_text="It stays, with its name. The others' articles move to it, and their addresses lead there.",
    )

    def __init__(self, *args, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        _searched(self.fields["target"], admin_site)


class TakeInForm(ConfirmForm):
    other = forms.ModelChoiceField(
        queryset=Story.objects.none(),
        label="Story to take in",
        help_text="Its articles move here, and its address leads here from now on.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        other = self.fields["other"]
        other.queryset = Story.objects.for_desk().exclude(pk=self.record.pk)
        _searched(other, self.admin_site)


class ReportsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        """Take what cannot be a key for one that is not there; the database would stumble over it."""
        return super().clean([key if may_be_key(key) else "?" for key in value or ()])

    def label_from_instance(self, article):
        when = in_words(article.published_at, at=timezone.now()) if article.published_at else "draft"
        return f"{article} ({article.outlet}, {when})"


class SplitForm(ConfirmForm):
    title = forms.CharField(
        max_length=Story._meta.get_field("title").max_length,
        label="Name of the new story",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text='What happened, in a few words: "The Lower Sarn flood".',
    )
    articles = ReportsField(
        queryset=Article.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="Articles that leave",
        help_text="They move to the new story, and the program leaves them there.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["articles"].queryset = self.record.articles.for_desk().order_by("published_at", "pk")


def _has_several(story, *, at):
    return len(story.articles.values("pk")[:2]) == 2


TAKE_IN = Verb(
    name="merge",
    label="Take in another story…",
    permission="change_story",
    explanation="Two stories become one. The articles of the other move here, the program leaves them where you put "
    "them, and the address of the other leads here. This cannot be undone in one step.",
    done="“{}” has taken in the other story.",
    perform=lambda story, *, by, at, other: story.take_in(other),
    form=TakeInForm,
)
SPLIT = Verb(
    name="split",
    label="Split off…",
    permission="change_story",
    explanation="Choose the articles that tell of something else. They become a story of their own.",
    done="Articles of “{}” are a story of their own now.",
    perform=lambda story, *, by, at, articles, title: story.split_off(articles, title=title),
    is_offered=_has_several,
    form=SplitForm,
)
LOCK = Verb(
    name="lock",
    label="Lock",
    permission="change_story",
    explanation="The program adds no more articles to it.",
    done="“{}” is locked.",
    perform=lambda story, *, by, at: story.lock(),
    is_offered=lambda story, *, at: not story.is_locked,
    is_immediate=True,
)
UNLOCK = Verb(
    name="unlock",
    label="Unlock",
    permission="change_story",
    explanation="The program may add articles to it again.",
    done="“{}” is unlocked.",
    perform=lambda story, *, by, at: story.unlock(),
    is_offered=lambda story, *, at: story.is_locked,
    is_immediate=True,
)
VERBS = (TAKE_IN, SPLIT, LOCK, UNLOCK)
