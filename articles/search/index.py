"""Keep the index: what is written of an article, and when it is taken out."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain

from django.db import connection, transaction
from django.db.models import Prefetch

from articles.models import Article, Byline, Progress, SearchEntry, SearchWord
from articles.search import postgresql, sqlite
from articles.text import plain, search_words, terms

FORM = 5  # of what is stored; a higher number has every article written anew when it is put next
MOST_WORDS = 10_000  # of a body: a book; PostgreSQL knows no later places
OFTEN = 3  # times that a body has a word that it is about
STEP = 100  # articles between two notes of how far a rebuilding came
PROGRESS = "reindex"
FACTS = ("outlet", "section", "kind", "language")  # of an article, by which the index itself narrows


def backend():
    """Return the module that knows the database's own index."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def fact(name, value):
    """Return how the index writes one of the FACTS: as no word is written."""
    return f"{search_words.BOUNDARY}{name[0]}{str(value).replace('-', '').lower()}"


def put(*article_ids, anew=False):
    """Index those of the articles that are or will be public, take the others out; return how many were written.

    What is written already stays as it is, unless it shall be written ``anew``. Within a transaction readers see the
    change of the index together with the change of the article.
    """
    with transaction.atomic():
        articles = _published(article_ids)
        remove(*set(article_ids) - {article.pk for article in articles})
        known = {} if anew else dict(_entries(articles).values_list("pk", "source_hash"))
        prepared = [_prepare(article) for article in articles if known.get(article.pk) != _source_hash(article)]
        _write(prepared)
    return len(prepared)


def learn(*article_ids):
    """Add the words of articles to the list that other spellings are suggested from.

    Apart from ``put``, and in a transaction of its own: two editors' new words would lock each other out.
    """
    with transaction.atomic():
        _add_words(set().union(*map(_vocabulary, _published(article_ids))))


def remove(*article_ids):
    """Take articles out of the index."""
    if article_ids:
        with transaction.atomic():
            SearchEntry.objects.filter(pk__in=article_ids).delete()
            backend().remove(article_ids)


def put_missing(*, most):
    """Index at most ``most`` published articles that are not in the index; return how many there were."""
    keys = list(missing().order_by("-pk").values_list("pk", flat=True)[:most])
    written = put(*keys)
    learn(*keys)
    return written


def go_on(*, most):
    """Go on with a rebuilding that was begun, by at most ``most`` articles; return how many there were left to do.

    What is written already in the FORM of today stays.
    """
    begun = Progress.objects.filter(name=PROGRESS)
    with transaction.atomic():
        progress = begun.select_for_update().first()
        keys = list(_after(progress).values_list("pk", flat=True)[:most]) if progress else []
        if keys:
            put(*keys)
            begun.update(position=keys[-1])
        else:
            begun.delete()
    learn(*keys)
    return len(keys)


def missing():
    """Return the articles that belong in the index and are not there, as after a bulk load past the models."""
    return Article.objects.filter(state=Article.State.PUBLISHED, search_entry=None)


def rebuild(*, restart=False, report=lambda done, of: None):
    """Write the whole index anew, step by step; return how many articles it holds.

    How far it came is stored with each step: killed, the next call goes on from there, unless told to ``restart``.
    Readers go on searching meanwhile.
    """
    progress, _ = Progress.objects.get_or_create(name=PROGRESS)
    if restart:
        progress.position = 0
    if progress.position == 0:
        gone = SearchEntry.objects.exclude(article__state=Article.State.PUBLISHED)
        remove(*gone.values_list("pk", flat=True))
        SearchWord.objects.all().delete()
    total = Article.objects.filter(state=Article.State.PUBLISHED).count()
    done = total - _after(progress).count()
    while keys := list(_after(progress).values_list("pk", flat=True)[:STEP]):
        with transaction.atomic():
            Progress.objects.select_for_update().filter(pk=PROGRESS).first()  # before articles, as `go_on` takes it
            put(*keys, anew=True)
            learn(*keys)
            progress.position = keys[-1]
            progress.save()
        done += len(keys)
        report(done, total)
    progress.delete()
    return total


def _after(progress):
    return Article.objects.filter(state=Article.State.PUBLISHED, pk__gt=progress.position).order_by("pk")


@dataclass(frozen=True)
class Prepared:
    """An article as it is stored: its entry, and the words of each part: as they are compared, and as written."""

    entry: SearchEntry
    words: dict


def _published(article_ids):
    """Return the articles that belong in the index, held until the commit: two editors change two parts of one.

    Held without their keys: who has just filed an article under a hashtag has its key already, as may another, and both
    would wait for each other.
    """
    bylines = Prefetch("bylines", Byline.objects.select_related("author").order_by("position", "pk"))
    found = Article.objects.filter(pk__in=article_ids, state=Article.State.PUBLISHED).order_by("pk")
    return list(found.select_for_update(no_key=True).prefetch_related("hashtags__aliases", bylines))


def _entries(articles):
    return SearchEntry.objects.filter(pk__in=[article.pk for article in articles])


def _prepare(article):
    text, language = plain.from_html(article.body), article.language
    tags, authors = _tags(article), _authors(article)
    compared, written = (
        {
            "headline": search_words.tokens(article.headline, code),
            "standfirst": search_words.tokens(article.standfirst, code)[:MOST_WORDS],
            "hashtags": [word for tag in tags for word in search_words.hashtag(tag, code)],
            "bylines": search_words.names(*authors),
            "body": search_words.tokens(text, code)[:MOST_WORDS],
        }
        for code in (language, "")
    )
    words = {name: (compared[name], search_words.as_written(written[name])) for name in compared}
    often = [word for word, times in sorted(Counter(chain(*words["body"])).items()) if times >= OFTEN]
    shown = {name: f" {search_words.in_a_row(*words[name])} " for name in words if name != "body"}
    entry = SearchEntry(
        article_id=article.pk,
        language=language,
        often=f" {' '.join(often)} ",
        source_hash=_source_hash(article),
        **shown,
    )
    return Prepared(entry, words | {"facts": (_facts(article), [])})


def _write(prepared):
    if not prepared:
        return
    fields = [field.name for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    entries = [each.entry for each in prepared]
    SearchEntry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["article"], update_fields=fields)
    backend().write({each.entry.article_id: each.words for each in prepared})


def _vocabulary(article):
    text = plain.from_html(article.body)
    return search_words.vocabulary(
        " ".join([article.headline, article.standfirst, *_tags(article), *_authors(article), text])
    )


def _add_words(words):
    """Add ``words``, in rising order, so that two processes at once wait for each other and never lock up."""
    folded = [(word, search_words.fold(word)) for word in sorted(words)]
    rows = [(word, fold[:3], fold[-3:], len(fold)) for word, fold in folded if len(fold) > 3]
    table = connection.ops.quote_name(SearchWord._meta.db_table)
    statement = f"INSERT INTO {table} (word, head, tail, length) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _source_hash(article):
    others = " ".join([str(FORM), *_facts(article), *_tags(article), *_authors(article)])
    return f"{article.source_hash[:24]}{terms.number(others):08x}"


def _facts(article):
    known = {name: getattr(article, Article._meta.get_field(name).attname) for name in FACTS}
    return [fact(name, value) for name, value in known.items() if value is not None]


def _tags(article):
    return sorted(spelt.name for tag in article.hashtags.all() for spelt in (tag, *tag.aliases.all()))


def _authors(article):
    return [byline.author.name for byline in article.bylines.all()]
