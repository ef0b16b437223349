"""Reports as outlets write them and as the program weighs them, for the tests of what belongs together."""

from django.utils import timezone

from articles import related
from articles.models import Article, PostingList, TermVector
from articles.related.scoring import Candidate
from tests import make

MANY = 10**6  # articles counted: likeness can be trusted
PLACES = "quay bridge market school mill church harbour orchard tannery brewery chapel ferry".split()


def flood(headline="Sarn dyke breaks at Ottery", *, at=None, **fields):
    """Return a public article on the flood at Ottery, in words partly its own; every headline has its own outlet."""
    own_text = "".join(f"<p>{headline}, seen from the {place}.</p>" for place in PLACES[len(headline) % 7 :][:3])
    fields = {"standfirst": "The Sarn broke its dyke at Ottery.", "outlet": headline[:100], "body": own_text} | fields
    return make.article(headline, at=at or timezone.now() - make.HOUR, **fields)


def concert(headline="Cellist plays Bach", **fields):
    """Return a public article that has nothing to do with any flood."""
    fields = {"standfirst": "", "body": f"<p>{headline} in the evening.</p>", "section": make.section("Music")} | fields
    return make.article(headline, **{"outlet": headline[:100]} | fields)


def relate(*articles, at=None):
    """Relate each once, in the order in which they came."""
    for article in articles:
        related.relate(article, at=at or timezone.now())


def shown(article, *, at=None):
    """Return the headlines that the module under ``article`` shows, in order."""
    return [other.headline for other in related.links_for(article, at=at or timezone.now())]


def postings():
    """Return (term, article, weight) of all terms by which articles are found."""
    lists = PostingList.objects.filter(term__lt=PostingList.BANDS).values_list("term", "entries")
    return {(term, *entry) for term, entries in lists for entry in PostingList.ENTRY.iter_unpack(entries)}


def report(story=None, *, at=make.NOON, is_related=True, **fields):
    """Return a public article of an outlet of its own that the program has looked at."""
    fields = {"outlet": f"Outlet {Article.objects.count()}"} | fields
    article = make.article(at=at, story=story, **fields)
    stored = {"numbers": b"", "weights": b"", "signature": b"", "source_hash": ""}
    TermVector.objects.create(article=article, is_related=is_related, **stored)
    return article


def like(article, likeness, *, is_related=True):
    """Return ``article`` as a candidate that is so like another."""
    article.refresh_from_db()
    vector = (article.pk, 1.0, MANY, is_related, None, b"", b"", b"")
    facts = (article.pk, article.outlet_id, article.story_id, article.section_id, article.published_at)
    return Candidate(*facts, False, article.kind, False, vector, {}, likeness, 1.0, likeness)


def program_story(number=2, *, at=make.NOON, **fields):
    """Return a story that the program made and its ``number`` reports."""
    story = make.story(is_named=False, **fields)
    return story, [report(story, at=at) for _ in range(number)]
