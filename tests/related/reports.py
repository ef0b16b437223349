"""Reports as outlets write them, for the tests of what belongs together."""

from django.utils import timezone

from articles import related
from articles.models import PostingList
from tests import make

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
