"""The form in which articles are written."""

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.admin.editor import body_widget
from articles.admin.moments import in_words
from articles.models import Article, Hashtag, Story
from articles.text import hashtags


class ArticleForm(forms.ModelForm):
    """Comes back with the editor's text when somebody else saved the article in the meantime."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    more_hashtags = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Write or paste several here, separated by commas: #rivers, #Lower Sarn. New ones are made.",
    )

    class Meta:
        model = Article
        fields = ()  # the desk's fieldsets name them
        widgets = {
            "headline": forms.TextInput(attrs={"class": "vTextField desk-headline"}),
            "body": body_widget(),
        }
        help_texts = {
            "headline": "Its address is made from it. Once readers have the address, old ones go on working.",
            "body": "Text that you paste keeps headings, lists, links, tables and emphasis, and loses the rest.",
            "outlet": "Whose article it is. The agreement with the outlet decides how much of it readers see.",
            "section": "The part of the paper it stands in. Without one it cannot be published.",
            "hashtags": "Choose from those that exist.",
            "lead_image": "Readers see it above the text and on cards. Search for its caption or credit.",
            "language": "The language that the text is in.",
            "comments_policy": "Who may comment. Where the outlet or the whole site is stricter, that holds.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.version
        if "story" in self.fields:
            self.fields["story"].show_hidden_initial = True  # the program may set it while the form is open
            self.fields["story"].queryset = Story.objects.for_desk()
            self._leave_story()

    def clean_more_hashtags(self):
        return hashtags.split(self.cleaned_data["more_hashtags"])

    def clean(self):
        super().clean()
        if self.instance.pk and self.cleaned_data.get("seen_version") != self.instance.version:
            conflict = self._conflict()
            # The person reads of it now; who saves again after that has decided.
            self.data = self.data.copy()
            self.data[self.add_prefix("seen_version")] = self.instance.version
            raise ValidationError(conflict, code="conflict")
        return self.cleaned_data

    def _leave_story(self):
        """Leave the story that the program has found meanwhile, or none where it is gone; or else what was chosen."""
        name, seen = self.add_prefix("story"), self.add_initial_prefix("story")
        if self.is_bound and (self.data.get(name) or "") == (self.data.get(seen) or ""):
            self.data = self.data.copy()
            self.data[name] = self.data[seen] = self.instance.story_id or ""

    def make_more_hashtags(self):
        """Put the hashtags that were written out on the article, once it is stored."""
        names = self.cleaned_data.get("more_hashtags")
        if names:
            self.instance.hashtags.add(*[Hashtag.objects.named(name) for name in names])

    def _conflict(self):
        who, when = self._last_change()
        differing = [self[name].label.lower() for name in self.changed_data if name != "seen_version"]
        return format_html(
            "{} changed this article at {}, after you had opened it. Your text is in the form below and is not "
            'stored yet; it differs from theirs in: {}. <a href="{}" target="_blank">See what is stored now</a> '
            "(a new tab), put together what belongs together, and save again: that stores what stands here.",
            who,
            in_words(when, at=timezone.now()),
            ", ".join(differing) or "nothing",
            reverse("admin:articles_article_change", args=[self.instance.pk]),
        )

    def _last_change(self):
        """Return who changed the stored article last, as far as the desk's log knows, and when."""
        article = ContentType.objects.get_for_model(Article)
        entries = LogEntry.objects.filter(content_type=article, object_id=str(self.instance.pk))
        entry = entries.select_related("user").order_by("-action_time", "-pk").first()
        if entry is None or entry.action_time < self.instance.saved_at:
            return "Somebody", self.instance.saved_at
        return entry.user.get_full_name() or entry.user.get_username(), entry.action_time
