"""A story that nobody named is called by its first report that readers may see, and by nothing that they may not."""

import pytest
from django.utils import timezone

from articles.models import Article, RelatedChoice, Story
from articles.related.coverage import also_covered_by, reports_beside
from tests import make
from tests.documents import page
from tests.make import DAY, HOUR

pytestmark = pytest.mark.django_db
GONE, LIVE = "Prask stole the lighthouse fund", "Lighthouse fund is empty"


@pytest.fixture
def story():
    """Return a story of the program's whose first of four reports is called GONE, its second LIVE."""
    story = make.story(is_named=False)
    for place, headline in enumerate([GONE, LIVE, "Who emptied the lighthouse fund?", "Lighthouse keeper speaks"]):
        make.article(headline, outlet=f"Outlet {place}", story=story, at=timezone.now() - (5 - place) * HOUR)
    return story


def change(**fields):
    first = Article.objects.get(headline=GONE)
    for name, value in fields.items():
        setattr(first, name, value)
    first.save()


def withdraw():
    Article.objects.get(headline=GONE).withdraw(by=None, at=timezone.now(), outcome="legal", reason="Defamation.")


def switch_off_its_outlet():
    outlet = Article.objects.get(headline=GONE).outlet
    outlet.is_active = False
    outlet.save()


CHANGES = {
    "withdrawn": withdraw,
    "expired": lambda: change(expires_at=timezone.now()),
    "embargoed": lambda: change(embargo_until=timezone.now() + DAY),
    "outlet taken off": switch_off_its_outlet,
    "headline corrected": lambda: change(headline=f"Corrected: {LIVE}"),
    "deleted": lambda: Article.objects.get(headline=GONE).delete(),
}


def everywhere(client, story):
    """Return all that readers get in which the story may be named."""
    address = story.get_absolute_url()
    addresses = ["/", "/latest/", "/today/", "/feed.rss", "/sitemap.xml", "/search/?q=lighthouse"]
    addresses += ["/search/suggestions.json?q=lighth", "/search/suggestions.json?q=pras", address]
    addresses += [f"{address}feed.{form}" for form in ("rss", "atom", "json")]
    addresses += [article.get_absolute_url() for article in Article.objects.live(at=timezone.now())]
    return {each: client.get(each, follow=True).content.decode() for each in addresses}


def test_unnamed_story_is_called_by_its_first_report(client, story):
    document = page(client.get(story.get_absolute_url()))
    assert (document.one("h1").text, story.get_absolute_url()) == (GONE, f"/stories/{story.pk}/reports/")
    other = client.get(Article.objects.get(headline=LIVE).get_absolute_url()).content.decode()
    assert f'<a href="/stories/{story.pk}/reports/">{GONE}</a>' in other
    assert f'<a href="/stories/{story.pk}/reports/">{GONE}</a>' in client.get("/").content.decode()
    named = client.get("/search/suggestions.json?q=lighth").json()["suggestions"]
    assert {"Story": GONE}.items() <= {one["kind"]: one["text"] for one in named}.items()


@pytest.mark.parametrize("happens", CHANGES.values(), ids=CHANGES)
def test_headline_that_is_gone_names_the_story_nowhere(client, story, happens):
    assert GONE in "".join(everywhere(client, story).values())
    happens()
    told = everywhere(client, story)
    assert [each for each, text in told.items() if "Prask" in text or "prask-stole" in text.lower()] == []
    assert LIVE in page(client.get(story.get_absolute_url())).one("h1").text


def test_story_takes_its_name_from_the_clock_alone(client, story):
    at = timezone.now()
    Article.objects.filter(headline=GONE).update(expires_at=at + HOUR)
    names = [
        str(Story.objects.told_by(Article.objects.live(at=instant)).get())
        for instant in (at + HOUR - make.MICROSECOND, at + HOUR)
    ]
    assert names == [GONE, LIVE]


def test_former_address_with_a_headline_leads_to_the_neutral_one(client, story):
    answer = client.get(f"/stories/{story.pk}/prask-stole-the-lighthouse-fund/")
    assert (answer.status_code, answer["Location"]) == (301, f"/stories/{story.pk}/reports/")


def test_long_headline_is_cut_at_a_word(client):
    words = "lighthouse " * 17
    story = make.story(is_named=False)
    make.article(f"Fund {words}".strip(), story=story)
    heading = page(client.get(story.get_absolute_url())).one("h1").text
    assert (heading.endswith("lighthouse…"), len(heading) <= 160) == (True, True)


def test_name_that_an_editor_gave_stays_and_goes_with_the_tick():
    story = make.story("The lighthouse fund")
    make.article(LIVE, story=story)
    shown = Story.objects.told_by(Article.objects.live(at=timezone.now())).get
    assert (str(shown()), shown().slug) == ("The lighthouse fund", "the-lighthouse-fund")
    story.title, story.is_named = "", False
    story.save()
    assert (str(shown()), shown().slug) == (LIVE, "reports")


def test_advertisement_names_no_story_and_is_no_coverage():
    story = make.story(is_named=False)
    make.article("Buy a lamp", story=story, kind="sponsored", sponsor="A shop", outlet="Paid", at=timezone.now() - DAY)
    article = make.article(LIVE, story=story, outlet="A")
    make.article("Fund", story=story, outlet="B")
    reports = reports_beside(article, at=timezone.now())
    assert [str(other.outlet) for other in also_covered_by(article, reports)] == ["B"]
    assert str(article.story) == LIVE


@pytest.mark.parametrize(("choice", "here", "there"), [("pin", ["B"], ["A"]), ("block", [], ["A"]), ("both", [], [])])
def test_what_an_editor_blocks_is_not_named_as_coverage(choice, here, there):
    story = make.story()
    one, other = (make.article(story=story, outlet=name) for name in "AB")
    RelatedChoice.objects.decide(one, other, choice)
    at = timezone.now()
    told = [[str(each.outlet) for each in also_covered_by(mine, reports_beside(mine, at=at))] for mine in (one, other)]
    assert told == [here, there]
