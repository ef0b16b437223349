"""Timeline and comparison of a story: the outlets' own words and counts, of those that are public and allow it."""

from datetime import UTC, date, datetime

import pytest

from articles import assist
from articles.models import Article, Outlet
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)  # a Monday
ONE = "<p>The dyke at Ottery Marsh failed on Thursday after 41 hours of rain, and Gerrit Aldous was found dead.</p>"
OTHER = (
    "<p>Soldiers will close the gap in the dyke at Ottery Marsh on Wednesday with sheets of steel.</p>"
    "<p>Insurers in Ottery Marsh count 240 million crowns after 41 hours of rain, and Hedda Rusk counts more.</p>"
)


@pytest.fixture
def story():
    made = make.story("The flood")
    for body, outlet, at in ((ONE, "The Lantern", AT), (OTHER, "The Beacon", AT + make.HOUR)):
        assist.prepare(make.article(f"By {outlet}", body=body, outlet=make.outlet(outlet), story=made, at=at))
    return made


def told(story):
    """Return the story's articles as its page loads them."""
    live = Article.objects.live(at=datetime.now(UTC)).filter(story=story)
    return list(live.first_report_first().for_cards().select_related("reading_aid"))


def test_timeline_puts_the_days_that_sentences_name_in_order(story):
    assert [
        (day, [(row.text[:8], str(row.article.outlet)) for row in rows]) for day, rows in assist.timeline(told(story))
    ] == [
        (date(2026, 4, 30), [("The dyke", "The Lantern")]),
        (date(2026, 5, 6), [("Soldiers", "The Beacon")]),
    ]


def test_comparison_says_what_all_have_and_what_one_alone(story):
    comparison = assist.compare(told(story))
    assert (comparison.shared_names, comparison.shared_figures) == (["Ottery Marsh"], ["41 hours"])
    assert [(str(account.outlet), account.names, account.figures) for account in comparison.accounts] == [
        ("The Lantern", ["Gerrit Aldous"], []),
        ("The Beacon", ["Hedda Rusk"], ["240 million crowns"]),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda article: Article.objects.filter(pk=article.pk).update(state="draft", published_at=None),
        lambda article: Article.objects.filter(pk=article.pk).update(embargo_until=datetime(2100, 1, 1, tzinfo=UTC)),
        lambda article: article.withdraw(by=None, at=datetime.now(UTC), outcome="gone", reason="Wrong."),
        lambda article: Outlet.objects.filter(pk=article.outlet_id).update(
            text_shown="full", allows_derived_texts=False
        ),
        lambda article: Outlet.objects.filter(pk=article.outlet_id).update(is_active=False),
    ],
    ids=["draft", "embargo", "withdrawn", "not allowed", "outlet off"],
)
def test_story_page_tells_nothing_of_what_must_not_be_told(client, story, change):
    address = story.get_absolute_url()
    assert "Hedda Rusk" in client.get(address).content.decode()
    change(Article.objects.select_related("outlet").get(headline="By The Beacon"))
    after = client.get(address).content.decode()
    assert "By The Lantern" in after
    assert [word for word in ("Hedda Rusk", "sheets of steel", "240 million") if word in after] == []


def test_article_leads_to_both(client, story):
    article = Article.objects.get(headline="By The Lantern")
    links = [link["href"] for link in page(client.get(article.get_absolute_url())).one(data_module="assist").all("a")]
    assert f"{story.get_absolute_url()}#timeline" in links
    assert f"{story.get_absolute_url()}#compare" in links
    document = page(client.get(story.get_absolute_url()))
    assert document.one(id="timeline").tag == document.one(id="compare").tag == "h2"


WITHOUT_A_DAY = "<p>Insurers in Ottery Marsh count 240 million crowns after 41 hours of rain in the marsh.</p>"


@pytest.mark.parametrize(
    ("outlet", "body", "parts"),
    [
        ("The Beacon", OTHER, ["timeline", "compare"]),
        ("The Lantern", OTHER, ["timeline"]),
        ("The Beacon", WITHOUT_A_DAY, ["compare"]),
        ("The Lantern", WITHOUT_A_DAY, []),
    ],
)
def test_article_leads_only_to_the_parts_that_its_story_page_has(client, outlet, body, parts):
    story = make.story("The flood")
    for text, name in ((ONE, "The Lantern"), (body, outlet)):
        there = Outlet.objects.filter(name=name).first() or make.outlet(name)
        assist.prepare(make.article(body=text, outlet=there, story=story, at=AT))
    shown = page(client.get(story.get_absolute_url()))
    assert [part for part in ("timeline", "compare") if shown.all(id=part)] == parts
    for article in story.articles.all():
        aid = page(client.get(article.get_absolute_url())).one(data_module="assist")
        links = [link["href"] for link in aid.all("a") if "/stories/" in link["href"]]
        assert links == [f"{story.get_absolute_url()}#{part}" for part in parts]


def test_edited_article_is_out_until_it_is_prepared_anew(client, story):
    article = Article.objects.get(headline="By The Beacon")
    article.body = OTHER.replace("Hedda Rusk", "Nils Rusk")
    article.save()
    assert assist.compare(told(story)) is None
    assist.prepare(article)
    assert assist.compare(told(story)).accounts[1].names == ["Nils Rusk"]


def test_switched_off_a_story_has_neither(client, story, settings):
    settings.READING_AID = False
    assert page(client.get(story.get_absolute_url())).all(class_="module-assist") == []
