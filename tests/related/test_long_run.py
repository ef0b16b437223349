"""A long series of what a newsroom does, drawn with a fixed seed: then all that is kept up to date equals a recount."""

import random
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from articles import related
from articles.models import Article, Due, PostingList, RelatedChoice, RelatedLink, TermCount, TermVector
from articles.related import postings
from articles.related.scoring import COPY
from articles.text import shingles
from tests import make
from tests.make import DAY, HOUR

pytestmark = pytest.mark.django_db

WORDS = "river dyke flood bridge school mill church market harbour ferry tannery orchard warden council rescue".split()
NAMES = ["Ines Kolar", "Jonas Feld", "Port Ottery", "Lower Sarn", "Val Marek"]
LANGUAGES = ["en", "en", "en", "sv", "zh"]
STEPS, PAUSE = 90, 9  # steps in all, and between two looks at what is due
MOST = 16  # articles at a time: so few that no list of links is ever full, and all of them have to be mutual


def work():
    """Do what is due for the engine, the oldest plan first; nothing is planned a second time for ever."""
    for _ in range(500):
        due = Due.objects.filter(kind__in=["refresh", "appear", "relate"]).order_by("pk").first()
        if due is None:
            return
        due.delete()
        related.relate(Article(pk=due.key), at=timezone.now())
    pytest.fail("The program plans the same work again and again.")


class Newsroom:
    """Does one thing after the other to its articles, as a generator with a seed says."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - it hides nothing
        self.texts = [self._text() for _ in range(4)]
        self.tags = [make.hashtag(f"Tag{number}") for number in range(3)]
        self.steps = [self.write] * 5 + [self.edit, self.retitle, self.turn, self.translate, self.tag, self.sell]
        self.steps += [self.withdraw, self.restore, self.delete, self.hide, self.choose, self.lock, self.everything]

    def step(self):
        self.random.choice(self.steps)()

    def _text(self, sentences=8):
        pick = self.random.choices
        said = (
            f"{' '.join(pick(WORDS, k=6))}, said {pick(NAMES)[0]} on {pick(range(20))[0]}" for _ in range(sentences)
        )
        return f"<p>{'. '.join(said)}.</p>"

    def _some(self, **fields):
        found = list(Article.objects.filter(**fields).order_by("pk"))
        return self.random.choice(found) if found else self.write()

    def _body(self):
        return self.random.choice([*self.texts, self._text(), "<p>洪水冲垮了河堤，数百名居民撤离。</p>", "<p>7 😀</p>"])

    def write(self):
        if Article.objects.count() >= MOST:
            self.delete()
        fields = {"outlet": f"Paper {self.random.randrange(6)}", "language": self.random.choice(LANGUAGES)}
        fields |= {"standfirst": " ".join(self.random.choices(NAMES, k=2)), "body": self._body()}
        fields |= {"hashtags": self.random.sample(self.tags, self.random.randrange(3))}
        fields |= {"at": timezone.now() - HOUR - self.random.randrange(9) * DAY}
        return make.article(" ".join(self.random.choices(WORDS, k=4)), **fields)

    def _change(self, article, **fields):
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()

    def edit(self):
        self._change(self._some(), body=self._body())

    def retitle(self):
        self._change(self._some(), headline=" ".join(self.random.choices(WORDS, k=4)))

    def turn(self):
        self._change(self._some(), outlet=make.outlet(f"Paper {self.random.randrange(6)}"))

    def translate(self):
        self._change(self._some(), language=self.random.choice(LANGUAGES))

    def tag(self):
        with transaction.atomic():
            (article := self._some()).hashtags.set(self.random.sample(self.tags, 1))
            article.save()

    def sell(self):
        article = self._some()
        is_paid = not article.is_sponsored
        self._change(article, kind="sponsored" if is_paid else "news", sponsor="Mill & Sons" if is_paid else "")

    def withdraw(self):
        if (article := self._some(state="published")).has_been_public(at=timezone.now()):
            article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="It was wrong.")

    def restore(self):
        if article := Article.objects.filter(state="withdrawn", expires_at=None).order_by("pk").first():
            article.publish(by=None, at=timezone.now())

    def delete(self):
        self._some().delete()

    def hide(self):
        article, now = self._some(), timezone.now()
        times = self.random.choice([("embargo_until", now + DAY), ("expires_at", now), ("expires_at", None)])
        self._change(article, **dict([times]))

    def show_all(self):
        for article in Article.objects.exclude(embargo_until=None, expires_at=None).order_by("pk"):
            self._change(article, embargo_until=None, expires_at=None)

    def choose(self):
        one, other = self._some(), self._some()
        if one != other and not RelatedChoice.objects.filter(article=other, other=one).exists():
            RelatedChoice.objects.decide(one, other, self.random.choice(RelatedChoice.Choice.values))

    def lock(self):
        article = self._some()
        self._change(article, related_is_locked=not article.related_is_locked)

    def everything(self):
        since = self.random.choice([None, None, timezone.now() - 4 * DAY])
        related.relate_everything(at=timezone.now(), since=since)


def counted():
    """Return how often each term is counted, and how often it has to be."""
    expected = Counter(number for vector in TermVector.objects.all() for number in set(vector.counted()))
    return dict(TermCount.objects.exclude(articles=0).values_list("term", "articles")), dict(expected)


def listed():
    """Return the (article, term) of all lists, and those that there have to be."""
    lists = PostingList.objects.values_list("term", "entries")
    found = [(entry[0], term) for term, entries in lists for entry in PostingList.ENTRY.iter_unpack(entries)]
    assert len(found) == len(set(found)), "an article is in one list twice"
    vectors = TermVector.objects.filter(weighed_among__gt=0)
    bands = [(each.pk, term) for each in vectors for term, _ in postings.bands(each.signature)]
    return set(found), {(each.pk, term) for each in vectors for term in each.posted()} | set(bands)


def check_copies():
    """Each print names the first before it that it is like and that is a copy of none."""
    firsts = []
    vectors = TermVector.objects.exclude(article__kind="sponsored").order_by("article__published_at", "pk")
    for vector in vectors:
        alike = (first for first in firsts if shingles.likeness(first.signature, vector.signature) >= COPY)
        first = next(alike, None)
        assert vector.copy_of == (first and first.pk), vector
        firsts += [] if first else [vector]


def check_links():
    """No computed link leads to what is not public or paid for, nor past an editor, nor one way without a reason."""
    links = {(link.article_id, link.related_id): link for link in RelatedLink.objects.filter(is_pinned=False)}
    articles = Article.objects.in_bulk()
    refused = {(row.article_id, row.other_id) for row in RelatedChoice.objects.all()}
    refused |= {(row.other_id, row.article_id) for row in RelatedChoice.objects.filter(choice="both")}
    for (one, other), link in links.items():
        ends = articles[one], articles[other]
        assert all(article.is_published for article in ends) or articles[one].related_is_locked, link
        assert not articles[other].is_sponsored, link
        assert (one, other) not in refused, link
        is_free = not (articles[one].is_sponsored or articles[other].related_is_locked or (other, one) in refused)
        if is_free and not articles[one].related_is_locked:
            assert (other, one) in links, f"{link} has no counterpart"
            assert links[other, one].score == link.score, link
    pins = RelatedChoice.objects.filter(choice="pin").order_by("article", "position", "pk")
    pinned = RelatedLink.objects.filter(is_pinned=True).order_by("article", "position")
    assert list(pinned.values_list("article", "related")) == list(pins.values_list("article", "other"))


def check_modules():
    """What readers are shown is live, in it once, at most eight, nothing unless nothing is akin."""
    at = timezone.now()
    live = set(Article.objects.live(at=at).values_list("pk", flat=True))
    for article in Article.objects.filter(pk__in=live):
        module = related.links_for(article, at=at)
        shown = [item.pk for item in [*module, *module.copies]]
        assert len(shown) == len(set(shown)) and len(module) <= 8 and article.pk not in shown, article
        assert live.issuperset(shown), article
        paid = {item.pk for item in module if item.is_sponsored}
        assert paid <= set(RelatedChoice.objects.filter(article=article, choice="pin").values_list("other", flat=True))
        refused = set(RelatedChoice.objects.about(article.pk).exclude(choice="pin").values_list("article", "other"))
        akin = Article.objects.filter(pk__in=live, section=article.section_id).unpaid().exclude(pk=article.pk)
        assert module or not akin.exclude(pk__in={pk for pair in refused for pk in pair}).exists(), article


@pytest.mark.parametrize("seed", [1, 8, 20])
def test_whatever_happens_the_index_equals_a_recount(seed):
    newsroom = Newsroom(seed)
    for step in range(STEPS):
        newsroom.step()
        if step % PAUSE == 0:
            work()
        now, expected = counted()
        assert now == expected, step
    work()
    check_modules()
    newsroom.show_all()
    work()
    assert set(TermVector.objects.values_list("pk", flat=True)) == set(
        Article.objects.filter(state="published").values_list("pk", flat=True)
    )
    found, expected = listed()
    assert found == expected
    check_copies()
    check_links()
    check_modules()
