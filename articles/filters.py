"""Search: a plain GET form over live articles."""

import django_filters
from django import forms
from django.db.models import Count, Q

from articles.models import Article, Author, Hashtag, Outlet, Section

SORTS = [("newest", "Newest first"), ("oldest", "Oldest first")]
MOST_WORDS = 8
MOST_LETTERS = 200  # of the words asked for; what comes after is cut off
MOST_CHOICES = 40  # hashtags, authors: a list that a reader can still look through


class KnownOnesField(django_filters.fields.ModelMultipleChoiceField):
    """Takes those of the values that it knows; one wrong value does not spoil the others."""

    def _check_values(self, value):
        return self.queryset.filter(slug__in=[slug for slug in value if "\x00" not in slug])


class KnownOnesFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = KnownOnesField


class KnownKindsField(django_filters.fields.MultipleChoiceField):
    def to_python(self, value):
        return [kind for kind in super().to_python(value) if self.valid_value(kind)]


class KnownKindsFilter(django_filters.MultipleChoiceFilter):
    field_class = KnownKindsField


def _any_of(records, field, label):
    return KnownOnesFilter(
        queryset=records,
        field_name=f"{field}__slug",
        to_field_name="slug",
        label=label,
        widget=forms.CheckboxSelectMultiple,
    )


class ArticleFilter(django_filters.FilterSet):
    """Repeated parameters mean "any of"; a value that makes no sense is ignored."""

    q = django_filters.CharFilter(method="with_words", label="Words")
    outlet = _any_of(Outlet.objects.active().by_name(), "outlet", "Outlet")
    section = _any_of(Section.objects.in_order(), "section", "Section")
    kind = KnownKindsFilter(choices=Article.Kind, label="Kind", widget=forms.CheckboxSelectMultiple)
    hashtag = _any_of(Hashtag.objects.canonical().by_name(), "hashtags", "Hashtag")
    author = _any_of(Author.objects.by_name(), "bylines__author", "Author")
    since = django_filters.DateFilter(
        "published_at", "date__gte", label="From", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        "published_at", "date__lte", label="To", widget=forms.DateInput(attrs={"type": "date"})
    )
    sort = django_filters.ChoiceFilter(choices=SORTS, method="in_order", label="Order", empty_label=None)

    class Meta:
        model = Article
        fields = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        data["q"] = data.get("q", "")[:MOST_LETTERS]
        super().__init__(data, *args, **kwargs)
        # A name that only unpublished articles bear is no choice: it means as little as one that nobody bears.
        live = self.queryset.order_by()
        self._offer("hashtag", Hashtag.objects.canonical().filter(articles__in=live), "articles")
        self._offer("author", Author.objects.filter(bylines__article__in=live), "bylines")

    @property
    def words(self):
        """What was searched for; "" where the words asked for make no sense."""
        return self.form.cleaned_data.get("q", "") if self.form.is_bound and not self.errors.get("q") else ""

    def _offer(self, name, records, through):
        """Let readers choose among those with the most articles, and among those they have chosen already."""
        most = records.annotate(number=Count(through)).order_by("-number", "pk")[:MOST_CHOICES]
        chosen = self.data.getlist(name)[:MOST_CHOICES] if self.data else []
        offered = Q(pk__in=list(most.values_list("pk", flat=True))) | Q(slug__in=chosen)
        self.filters[name].queryset = records.filter(offered).distinct().by_name()

    def with_words(self, articles, name, value):
        for word in value.split()[:MOST_WORDS]:
            articles = articles.filter(
                Q(headline__icontains=word)
                | Q(standfirst__icontains=word, outlet__text_shown__in=["own", "full", "summary"])
                | Q(body__icontains=word, outlet__text_shown__in=["own", "full"])
            )
        return articles

    def in_order(self, articles, name, value):
        return articles.first_report_first() if value == "oldest" else articles.newest_first()
