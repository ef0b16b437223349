"""Search: a plain GET form over live articles."""

from functools import cached_property

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.models import Article, Author, Byline, Hashtag, Outlet, Section
from articles.text import html, languages, plain

SORTS = [("best", _("Best match first")), ("newest", _("Newest first")), ("oldest", _("Oldest first"))]
PERIODS = {
    "day": _("Today"),
    "week": _("The last 7 days"),
    "month": _("The last 30 days"),
    "year": _("The last 365 days"),
}
MOST_CHOSEN = 40  # values of one filter


class KnownOnesField(django_filters.fields.ModelMultipleChoiceField):
    """Takes those of the values that it knows; one wrong value does not spoil the others."""

    def clean(self, value):
        return super().clean(value) if value else []

    def _check_values(self, value):
        return self.queryset.at_addresses([slug for slug in value if "\x00" not in slug][:MOST_CHOSEN])


class KnownOnesFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = KnownOnesField


class KnownKindsField(django_filters.fields.MultipleChoiceField):
    def to_python(self, value):
        return [kind for kind in super().to_python(value) if self.valid_value(kind)]


class KnownKindsFilter(django_filters.MultipleChoiceFilter):
    field_class = KnownKindsField


def _any_of(records, method, label):
    return KnownOnesFilter(queryset=records, to_field_name="slug", method=method, label=label)


def _day(lookup, label):
    return django_filters.DateFilter(
        "published_at", lookup, label=label, widget=forms.DateInput(attrs={"type": "date"})
    )


class ArticleFilter(django_filters.FilterSet):
    """Repeated parameters mean "any of"; a value that makes no sense is ignored beside one that does.

    ``qs`` are the articles that the filters leave; the words are looked for by `find`. Where a filter knows none of its
    values nothing is found: who follows what an outlet says wants nothing else when that outlet is gone.
    """

    q = django_filters.CharFilter(method="as_they_are", label=_("Words"))
    outlet = _any_of(Outlet.objects.active().by_name(), "of_records", _("Outlet"))
    section = _any_of(Section.objects.in_order(), "of_records", _("Section"))
    kind = KnownKindsFilter(choices=Article.Kind, method="of_kinds", label=_("Kind"))
    language = KnownKindsFilter(choices=languages.choices, method="of_kinds", label=_("Language"))
    hashtag = _any_of(Hashtag.objects.canonical(), "with_hashtags", _("Hashtag"))
    author = _any_of(Author.objects.all(), "by_authors", _("Author"))
    since = _day("date__gte", pgettext_lazy("date", "From"))
    until = _day("date__lte", pgettext_lazy("date", "To"))
    period = django_filters.ChoiceFilter(choices=list(PERIODS.items()), method="of_period", label=_("Time"))
    sort = django_filters.ChoiceFilter(choices=SORTS, method="as_they_are", label=_("Order"), empty_label=None)

    class Meta:
        model = Article
        fields = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        asked = search.clean(data.get("q", "")).strip()
        data["q"] = search.cut(asked)
        self.beyond = asked[len(data["q"]) :].strip()  # what is longer than a question may be
        super().__init__(data, *args, **kwargs)
        # A name that only unpublished articles bear is no choice: it means as little as one that nobody bears.
        live = self.queryset.order_by()
        if "hashtag" in data:
            tagged = Article.hashtags.through.objects.filter(hashtag=OuterRef("pk"), article__in=live)
            self.filters["hashtag"].queryset = Hashtag.objects.canonical().filter(Exists(tagged)).by_name()
        if "author" in data:
            signed = Byline.objects.filter(author=OuterRef("pk"), article__in=live)
            self.filters["author"].queryset = Author.objects.filter(Exists(signed)).by_name()
        self.house = search.House.today()
        self.question = search.parse(self.words, self.house.languages)

    @property
    def words(self):
        """What was searched for; "" where the words asked for make no sense."""
        return self.asked("q") or ""

    @property
    def order(self):
        """In what order the results were asked for: the best first, where that says anything."""
        sort = self.asked("sort")
        return sort if sort in ("newest", "oldest") else "best" if self.question.terms else "newest"

    @cached_property
    def chosen(self):
        """What is chosen, ``{filter: records or values}``; since, until and period, its first day, are days or None."""
        several = {name: list(self.asked(name) or ()) for name in SEVERAL}
        days = {name: self.asked(name) for name in ("since", "until")}
        return several | days | {"period": _start_of(self.asked("period"))}

    @cached_property
    def unknown(self):
        """What filters were asked for that know none of it, ``{filter: values}``."""
        given = {name: self.data.getlist(name)[:MOST_CHOSEN] for name in SEVERAL}
        given = {name: [html.strip_forbidden(one)[:40] for one in values if one] for name, values in given.items()}
        return {name: values for name, values in given.items() if values and not self.chosen[name]}

    def asked(self, name):
        """Return what one filter was given, None where that makes no sense."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    @property
    def faults(self):
        """What was asked for and makes no sense, as sentences for the reader."""
        since, until = self.asked("since"), self.asked("until")
        given = [search.clean(self.data[name])[:40] for name in ("since", "until") if name in self.form.errors]
        said = [gettext("“%s” is not a day, so it was left out.") % day for day in given]
        unknown = [value for values in self.unknown.values() for value in values]
        said += [gettext("“%s” is not known here, so nothing can be found by it.") % value for value in unknown]
        if since and until and since > until:
            said.append(gettext("The first day lies after the last: nothing can stand between them."))
        return said

    @property
    def left_out(self):
        """What of the words was not looked for, in a sentence; "" where all were."""
        words = [*self.question.left_out, *([plain.shorten(self.beyond, most_characters=60)] if self.beyond else [])]
        if not words:
            return ""
        most = {"most": search.MOST_TERMS, "row": search.MOST_IN_A_ROW, "words": ", ".join(words)}
        return gettext("A search takes %(most)s words, and %(row)s in quotes; not looked for: %(words)s") % most

    def find(self, *, order=None):
        """Return what is Found with the words and the filters."""
        if self.unknown:
            return search.Found([], is_cut=False)
        among = {name: [getattr(one, "pk", one) for one in self.chosen[name]] for name in search.FACTS}
        return search.find(self.question, self.qs, self.house, order=order or self.order, among=among)

    def find_all(self):
        """Return what is Found with the words alone, and so can be narrowed by filters."""
        return search.find(self.question, self.queryset, self.house, order=self.order)

    def as_they_are(self, articles, name, value):
        return articles

    def of_period(self, articles, name, value):
        return articles.filter(published_at__date__gte=_start_of(value)) if value else articles

    def of_records(self, articles, name, value):
        return articles.filter(**{f"{name}__in": [record.pk for record in value]}) if value else articles

    def of_kinds(self, articles, name, value):
        return articles.filter(**{f"{name}__in": value}) if value else articles

    def with_hashtags(self, articles, name, value):
        tagged = Article.hashtags.through.objects.filter(hashtag__in=[tag.pk for tag in value])
        return articles.filter(pk__in=tagged.values("article")) if value else articles

    def by_authors(self, articles, name, value):
        signed = Byline.objects.filter(author__in=[author.pk for author in value])
        return articles.filter(pk__in=signed.values("article")) if value else articles


def _start_of(period):
    return search.start_of(period, at=timezone.now()) if period else None


SEVERAL = ("section", "outlet", "kind", "hashtag", "author", "language")
