"""What readers may send, checked."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import Comment, MistakeReport, Report
from articles.text import comment as comment_text
from articles.text import quotations

# Names the comments that readers without script post: the same words by the same name are the same comment.
_NONCE_SPACE = uuid.UUID("6f1d3f0e-6a56-4c43-9a6f-2f9f4a0f7c11")


class CommentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        required=False, label=_("E-mail (optional)"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    tell_me = forms.BooleanField(required=False, label=_("Tell me by e-mail who answers"))
    body = forms.CharField(
        label=_("Your comment"), max_length=comment_text.LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    nonce = forms.UUIDField(required=False, widget=forms.HiddenInput)
    elapsed = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    template_name = "articles/_form_fields.html"

    def __init__(self, *args, article, parent=None, is_quoting=False, **kwargs):
        initial = {"parent": parent.pk} if parent else {}
        if parent and is_quoting:
            initial["body"] = f"{quotations.quote(parent.body)}\n\n"
        super().__init__(*args, initial=initial, auto_id="comment-%s", **kwargs)
        self.article = article
        self.parent = parent

    def clean_name(self):
        name = comment_text.one_line(self.cleaned_data["name"])
        if not comment_text.is_visible(name):
            raise ValidationError(_("Give a name that can be read."))
        return name

    def clean_body(self):
        body = comment_text.normalise(self.cleaned_data["body"])
        if not comment_text.is_visible(body):
            raise ValidationError(_("Write something first."))
        return body

    def clean_parent(self):
        pk = self.cleaned_data["parent"]
        if pk is None:
            return None
        self.parent = self.article.comments.public().filter(pk=pk).first()
        if self.parent is None:
            self.stand_alone()
            raise ValidationError(_("The comment you answer is no longer there. You can post yours on its own."))
        return pk

    def clean(self):
        if self.cleaned_data.get("tell_me") and not self.cleaned_data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Give the address at which you want to be told."))
        return self.cleaned_data

    def stand_alone(self):
        """Drop the parent from what is shown again, so that the next try is a comment of its own."""
        self.data = self.data.copy()
        self.data.pop("parent", None)
        self.parent = None

    @property
    def seconds(self):
        """How long the page was open, as a script counted; None where none did. A hint: anybody may write anything."""
        said = self.cleaned_data["elapsed"]
        return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None

    @property
    def trap_filled(self):
        return bool(self.cleaned_data["website"])

    def comment(self):
        """Return the comment, not yet stored."""
        data = self.cleaned_data
        words = "\x00".join([str(self.article.pk), str(data["parent"]), data["name"], data["body"]])
        comment = Comment(
            article=self.article,
            parent=self.parent,
            name=data["name"],
            email=data["email"],
            body=data["body"],
            nonce=data["nonce"] or uuid.uuid5(_NONCE_SPACE, words),
        )
        comment.tidy()
        return comment


class EditForm(forms.Form):
    body = forms.CharField(
        label=_("Your comment"), max_length=comment_text.LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    template_name = "articles/_form_fields.html"

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, initial={"body": comment.body}, auto_id="edit-%s", **kwargs)

    def clean_body(self):
        body = comment_text.normalise(self.cleaned_data["body"])
        if not comment_text.is_visible(body):
            raise ValidationError(_("Write something first, or delete the comment."))
        return body


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Why should another moderator look at it?"),
        max_length=2000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    template_name = "articles/_form_fields.html"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="appeal-%s", **kwargs)

    def clean_text(self):
        text = comment_text.normalise(self.cleaned_data["text"])
        if not comment_text.is_visible(text):
            raise ValidationError(_("Write something first."))
        return text


class ReportForm(forms.Form):
    """A report. What is illegal has to be explained, and somebody has to be there to answer."""

    kind = forms.ChoiceField(label=_("What is wrong with it?"), choices=Report.Kind, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What should a moderator know?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        required=False,
        label=_("Your e-mail, if a moderator may ask you back"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    template_name = "articles/_form_fields.html"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="report-%s", **kwargs)

    def clean_text(self):
        return comment_text.normalise(self.cleaned_data["text"])

    def clean(self):
        if self.cleaned_data.get("kind") == Report.Kind.ILLEGAL:
            if not self.cleaned_data.get("text"):
                self.add_error("text", _("Say which words break which law, as well as you can."))
            if not self.cleaned_data.get("email") and "email" not in self.errors:
                self.add_error("email", _("Give an address: you are told what was decided."))
        return self.cleaned_data


class AskForm(forms.Form):
    """A question about an article and its story. What makes no sense is no question, never an error."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label=_("Your question"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )

    def question(self):
        """Return the question; one that is too long, cut."""
        return comment_text.one_line(self.data.get("q", "")[:200])


class MistakeForm(forms.Form):
    """What a program got wrong."""

    part = forms.ChoiceField(label=_("What is wrong?"), choices=MistakeReport.Part, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What does it say, and what is right?"),
        max_length=1000,
        strip=False,
        widget=forms.Textarea({"rows": 4}),
    )

    template_name = "articles/_form_fields.html"

    def __init__(self, *args, is_written, **kwargs):
        super().__init__(*args, auto_id="mistake-%s", **kwargs)
        parts = MistakeReport.Part
        self.fields["part"].choices = [part for part in parts.choices if is_written or part[0] != parts.WRITTEN]

    def clean_text(self):
        text = comment_text.normalise(self.cleaned_data["text"])
        if not comment_text.is_visible(text):
            raise ValidationError(_("Say what is wrong, in a few words."))
        return text


class CommentsPageForm(forms.Form):
    """What may be asked of a page of comments; anything that makes no sense is ignored."""

    after = forms.IntegerField(required=False, min_value=1)
    thread = forms.IntegerField(required=False, min_value=1)
    parent = forms.IntegerField(required=False, min_value=1)
    quote = forms.BooleanField(required=False)
    sort = forms.ChoiceField(required=False, choices=[(sort, sort) for sort in ("newest", "oldest", "top")])

    def asked(self):
        self.is_valid()
        asked = {name: self.cleaned_data.get(name) for name in ("after", "thread", "parent", "quote")}
        return asked | {"sort": self.cleaned_data.get("sort") or "newest"}


class ReadingForm(forms.Form):
    """How a reader likes to read. Each choice is a word in a cookie, "theme-dark.text-large"; "" is as it comes.

    A form that shows nobody's choices marks none, so that what is left open can be told from what is set back.
    """

    use_required_attribute = False  # what is left open stays as it is
    OPEN = dict.fromkeys(("theme", "text", "ai", "history"), "open")  # no choice is called so

    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[("", _("As this device has them")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    text = forms.ChoiceField(
        label=_("Size of the text"),
        choices=[("", _("Usual")), ("small", _("Smaller")), ("large", _("Larger")), ("larger", _("Largest"))],
        widget=forms.RadioSelect,
    )
    ai = forms.ChoiceField(
        label=_("“Try our AI features”"),
        choices=[("", _("Show it")), ("off", _("Leave it out"))],
        widget=forms.RadioSelect,
    )
    history = forms.ChoiceField(
        label=_("A list of what I read lately"),
        choices=[("", _("Keep it on this device")), ("off", _("Keep none"))],
        widget=forms.RadioSelect,
    )

    @classmethod
    def read(cls, kept):
        """Return ``{name: choice}`` of what a cookie holds; "" for whatever makes no sense."""
        words = dict(word.split("-", 1) for word in kept.split(".") if "-" in word)
        fields = cls.base_fields.items()
        return {name: word if field.valid_value(word := words.get(name, "")) else "" for name, field in fields}

    def chosen(self, kept=""):
        """Return what the cookie shall hold that held ``kept``; choices that make no sense change nothing."""
        words = self.read(kept)
        for name, field in self.fields.items():
            word = self.data.get(name)
            if word is not None and field.valid_value(word):
                words[name] = word
        return ".".join(f"{name}-{word}" for name, word in words.items() if word)
