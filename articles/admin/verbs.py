"""Verbs: a button on a record's page, a page that asks, and one method of the record that does it.

Each verb has an address of its own under the record's. GET asks and changes nothing; POST does it, if the record is
still as the person saw it, and writes it into the record's history.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import model_ngettext
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.admin.look_up import may_be_key
from articles.models import StaleRecord

MOST_AT_ONCE = 200  # records in one action of a list: each is a transaction of its own, and a request ends in seconds
SEEN = "seen"  # a row's field that says "key:version" of what the person saw
LISTED_AT = "listed_at"  # the list's field that says when its rows were read
ACROSS = "select_across"  # Django's: all rows that the list holds, those on other pages too
MOST_NAMED = 5  # refusals told one by one


class ConfirmForm(forms.Form):
    """Carries the version that the person saw; subclasses add what the verb wants to know."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    required_css_class = "required"

    def __init__(self, *args, record, admin_site, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        self.person = person
        self.admin_site = admin_site
        if not hasattr(record, "version"):  # many at once, each read when it is changed; or a record without one
            del self.fields["seen_version"]
        else:
            self.initial["seen_version"] = record.version

    def refuse(self, error):
        """Show why the record refused: at the field it is about, or on top."""
        known = {name: errors for name, errors in getattr(error, "error_dict", {}).items() if name in self.fields}
        if known:
            self.add_error(None, ValidationError(known))
        else:
            self.add_error(None, ValidationError(error.messages))

    def see(self, record):
        """Take the record as it is now for what the person sees from here on."""
        if "seen_version" in self.fields:
            self.data = self.data.copy()
            self.data["seen_version"] = record.version


@dataclass(frozen=True)
class Verb:
    name: str  # in the address
    label: str  # on the button
    permission: str
    explanation: str  # what will happen, for the page that asks
    done: str  # "“{}” is public now."
    perform: Callable  # (record, *, by, at, **what the form asked)
    is_offered: Callable = lambda record, *, at: True
    obstacles: Callable = lambda record: []  # sentences; while there are any the verb cannot be done
    form: type = ConfirmForm
    is_immediate: bool = False  # the button does it without asking
    is_grave: bool = False
    returns_to_list: bool = False
    key: str = ""  # that does it from the list


class VerbsMixin:
    """Gives a ModelAdmin its ``verbs``."""

    verbs = ()
    change_form_template = "admin/articles/change_form_with_verbs.html"

    def get_urls(self):
        return [self._verb_path(verb) for verb in self.verbs] + super().get_urls()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["verb_buttons"] = self.verb_buttons(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def verb_buttons(self, request, record, *, verbs=None):
        """Return what this person may do with this record now, of ``verbs`` or of all."""
        at = timezone.now()
        offered = [verb for verb in verbs or self.verbs if self.may(request, verb) and verb.is_offered(record, at=at)]
        return [{"verb": verb, "url": self.verb_url(verb, record, request=request)} for verb in offered]

    def may(self, request, verb):
        return request.user.has_perm(f"{self.opts.app_label}.{verb.permission}")

    def verb_url(self, verb, record, *, request):
        """Return where the verb is done; it keeps in mind the queue from which the person came."""
        return self._keep_filters(self._address(verb.name, record.pk), request)

    def report(self, verb, record):
        """Return what is said when it is done."""
        return verb.done.format(record)

    def what_happened(self, record):
        """Return a sentence on what others did to the record meanwhile, or ""."""
        return ""

    def verb_view(self, request, pk, *, verb):
        if not self.may(request, verb):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        data = request.POST if request.method == "POST" else None
        form = verb.form(data, record=record, admin_site=self.admin_site, person=request.user)
        if form.is_bound and form.is_valid() and self.perform(request, verb, form):
            messages.success(request, self.report(verb, record))
            return redirect(self._after(request, verb, record))
        return self._ask(request, verb, form)

    def perform(self, request, verb, form):
        """Do it and log it; return whether it was done. The form then says why it was not."""
        at, asked = timezone.now(), dict(form.cleaned_data)
        if "seen_version" in asked:
            form.record.version = asked.pop("seen_version")
        try:
            with transaction.atomic():
                if not verb.is_offered(form.record, at=at):
                    raise ValidationError("Its state has changed, and this can no longer be done.")
                verb.perform(form.record, by=request.user, at=at, **asked)
                self.log_change(request, form.record, verb.done.format(form.record))
        except (ValidationError, StaleRecord) as refusal:
            form.record = self.get_queryset(request).get(pk=form.record.pk)
            form.see(form.record)
            if isinstance(refusal, StaleRecord):
                refusal = ValidationError(f"{refusal} {self.what_happened(form.record)}".strip())
            form.refuse(refusal)
            return False
        return True

    def _verb_path(self, verb):
        def view(request, pk):
            return self.verb_view(request, pk, verb=verb)

        name = f"{self.opts.app_label}_{self.opts.model_name}_{verb.name}"
        return path(f"<int:pk>/{verb.name}/", self.admin_site.admin_view(view), name=name)

    def _after(self, request, verb, record):
        address = self._address("changelist") if verb.returns_to_list else self._address("change", record.pk)
        return self._keep_filters(address, request)

    def _address(self, name, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _keep_filters(self, address, request):
        return add_preserved_filters(
            {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}, address
        )

    def _ask(self, request, verb, form):
        at = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + form.media,
            "title": verb.label.rstrip("…"),
            "verb": verb,
            "form": form,
            "record": form.record,
            "is_offered": verb.is_offered(form.record, at=at),
            "obstacles": verb.obstacles(form.record),
            "back": self._keep_filters(self._address("change", form.record.pk), request),
        }
        return TemplateResponse(request, "admin/articles/confirm.html", context, status=422 if form.errors else 200)


def do_to_each(modeladmin, request, records, *, done, perform):
    """Do ``perform(record, by=, at=)`` to each of ``records``, and report: "3 articles published. 1 was not: ...".

    One that refuses, or that somebody else changed meanwhile, does not keep the others back.
    """
    records = list(records[: MOST_AT_ONCE + 1])
    if len(records) > MOST_AT_ONCE:
        messages.error(request, f"Choose at most {MOST_AT_ONCE} at once. Nothing was changed.")
        return
    count, refusals = 0, []
    for record in records:
        try:
            with transaction.atomic():
                perform(record, by=request.user, at=timezone.now())
                modeladmin.log_change(request, record, f"{done.capitalize()}.")
            count += 1
        except (ValidationError, StaleRecord) as refusal:
            refusals.append((record, _why(modeladmin, record, refusal)))
    report = [f"{count} {model_ngettext(modeladmin.opts, count)} {done}."] if count else []
    report += _refusals_in_words(refusals, after_others=bool(count))
    level = messages.WARNING if refusals or not report else messages.SUCCESS
    messages.add_message(request, level, " ".join(report) or "Nothing was changed: open the list again.")


def _why(modeladmin, record, refusal):
    """Return what the record said when it refused, and who was quicker."""
    words = " ".join(getattr(refusal, "messages", [str(refusal)]))
    if not isinstance(refusal, StaleRecord):
        return words
    record.refresh_from_db()
    return f"{words} {modeladmin.what_happened(record)}".strip()


def as_seen(modeladmin, request, records):
    """Return the chosen ``records`` of a list, each in the version in which the person saw it.

    One that was changed since may have left the list: it is among them, to refuse and to be told of.
    """
    seen = dict(pair.split(":", 1) for pair in request.POST.getlist(SEEN) if ":" in pair)
    seen = {int(pk): int(version) for pk, version in seen.items() if may_be_key(pk) and may_be_key(version)}
    chosen = {int(pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME) if may_be_key(pk)}
    found = list(records[: MOST_AT_ONCE + 1])
    gone = (chosen & seen.keys()) - {record.pk for record in found}
    if gone:
        found += modeladmin.get_queryset(request).filter(pk__in=gone)
    for record in found:
        record.version = seen.get(record.pk, record.version)
    return found


def is_across(request):
    return request.POST.get(ACROSS) == "1"


def as_listed(request, records):
    """Return those of ``records`` that nobody has decided on or changed since the list was read, where an action is for
    all of its pages: of those that were not shown no version is known."""
    if not is_across(request):
        return records
    at = _instant(request.POST.get(LISTED_AT, ""))
    return records.unchanged_since(at) if at else records.none()


def _instant(text):
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at and timezone.is_aware(at) else None


def ask_about_all(modeladmin, request, records, *, form, action, title, explanation):
    """Show the page on which an action of a list asks what it wants to know before it goes on."""
    context = {
        **modeladmin.admin_site.each_context(request),
        "opts": modeladmin.opts,
        "media": modeladmin.media + form.media,
        "title": title,
        "explanation": explanation,
        "form": form,
        "action": action,
        "records": records[:MOST_AT_ONCE],
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "seen": request.POST.getlist(SEEN),
        "is_across": is_across(request),
        "listed_at": request.POST.get(LISTED_AT, ""),
    }
    return TemplateResponse(request, "admin/articles/confirm_action.html", context)


def merge_all(modeladmin, request, records, form, *, merge, called):
    """``merge`` (record, target) all ``records`` into the target of a valid ``form``, or none; tell whether it is done.

    Then a message says so, in which the target is ``called`` "#{}" or the like; else the form says why not.
    """
    target = form.cleaned_data["target"]
    merged = [record for record in records if record.pk != target.pk]
    if not merged:
        form.add_error("target", "It is the only one you have chosen. Choose another one that stays.")
        return False
    try:
        with transaction.atomic():
            for record in merged:
                merge(record, target)
    except (ValidationError, StaleRecord) as refusal:
        form.add_error(None, ValidationError(str(refusal)) if isinstance(refusal, StaleRecord) else refusal)
        return False
    number = len(merged)
    done = f"{number} {model_ngettext(modeladmin.model, number)} merged into {called.format(target)}."
    messages.success(request, done)
    return True


def _refusals_in_words(refusals, *, after_others):
    if not refusals:
        return []
    number = len(refusals)
    words = f"{number} {'was' if number == 1 else 'were'} not:" if after_others else "Nothing was changed:"
    reasons = [f"“{record}”: {_go_on(reason)}" for record, reason in refusals[:MOST_NAMED]]
    if number == 1:
        reasons = [_go_on(refusals[0][1])]
    return [words, *reasons] + ([f"And {number - MOST_NAMED} more."] if number > MOST_NAMED else [])


def _go_on(sentence):
    """Let a sentence follow a colon."""
    return (
        sentence[0].lower() + sentence[1:]
        if sentence.startswith(("It ", "Its ", "The ", "Only ", "Another "))
        else sentence
    )
