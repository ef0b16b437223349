"""Every page has one address, and every address it ever had leads there in one hop."""

import re

import pytest
from django.utils import timezone

from articles.models import Article
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db


def hop(response):
    return response.status_code, response.get("Location")


def test_article_has_one_address(client):
    article = make.article("River rises")
    address = f"/articles/{article.pk}/river-rises/"
    assert article.get_absolute_url() == address
    assert client.get(address).status_code == 200
    for other in ("", "another-slug/", "River-rises/", "river/", "%E6%B4%AA%E6%B0%B4/"):
        assert hop(client.get(f"/articles/{article.pk}/{other}")) == (301, address)


def test_article_whose_headline_changed_leads_on_from_its_former_address(client):
    article = make.article("River rises")
    article.headline = "River falls"
    article.save()
    assert hop(client.get(f"/articles/{article.pk}/river-rises/")) == (301, f"/articles/{article.pk}/river-falls/")


def test_redirect_of_an_article_may_be_kept_no_longer_than_its_page(client):
    article = make.article("River rises")
    answer = client.get(f"/articles/{article.pk}/")
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert answer["Surrogate-Key"] == f"site article-{article.pk} outlet-{article.outlet_id}"


def test_story_has_one_address(client):
    story = make.story("The flood")
    make.article(story=story)
    address = f"/stories/{story.pk}/the-flood/"
    assert client.get(address).status_code == 200
    for other in ("", "another/"):
        assert hop(client.get(f"/stories/{story.pk}/{other}")) == (301, address)


def records_of(kind):
    """Return a record of the kind that a live article shows."""
    record = getattr(make, kind)("Long Name")
    if kind == "author":
        make.article(authors=[record])
    elif kind == "hashtag":
        make.article(hashtags=[record])
    else:
        make.article(**{kind: record})
    return record


@pytest.mark.parametrize("kind", ["section", "outlet", "hashtag", "author"])
def test_former_addresses_lead_to_the_present_one_in_one_hop(client, kind):
    record = records_of(kind)
    slugs = [record.slug, "second", "third"]
    for slug in slugs[1:]:
        record.slug = slug
        record.save()
    present = f"/{kind}s/third/"
    assert client.get(present).status_code == 200
    assert [hop(client.get(f"/{kind}s/{slug}/")) for slug in slugs[:2]] == [(301, present)] * 2
    assert client.get(f"/{kind}s/never/").status_code == 404


@pytest.mark.parametrize("kind", ["section", "outlet", "hashtag", "author"])
def test_address_in_another_script_is_answered_and_leads_nowhere(client, kind):
    record = records_of(kind)
    record.slug = "洪水-naïve"
    record.save()
    assert client.get(f"/{kind}s/洪水-naïve/").status_code == 200
    assert hop(client.get(f"/{kind}s/long-name/"))[0] in (301, 404)  # a hashtag's first slug runs its words together
    assert client.get(record.get_absolute_url()).status_code == 200


def test_headline_in_another_script_has_an_address_that_is_answered(client):
    article = make.article("洪水が来た")
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.get(f"/articles/{article.pk}/洪水が来た/").status_code == 200


def test_headline_without_letters_has_an_address_that_is_answered(client):
    article = make.article("🌊🌊")
    assert client.get(article.get_absolute_url()).status_code == 200


def test_alias_of_a_hashtag_leads_to_the_hashtag(client):
    floods = make.hashtag("Floods")
    make.article(hashtags=[floods])
    make.hashtag("Inundations").merge_into(floods)
    assert hop(client.get("/hashtags/inundations/")) == (301, "/hashtags/floods/")


def test_address_that_another_outlet_took_over_belongs_to_that_one(client):
    first, second = make.outlet("First"), make.outlet("Second")
    first.slug = "renamed"
    first.save()
    second.slug = "first"
    second.save()
    assert client.get("/outlets/first/").status_code == 200
    assert hop(client.get("/outlets/second/")) == (301, "/outlets/first/")


@pytest.mark.parametrize("address", ["/latest", "/outlets", "/search", "/about", "/corrections", "/hashtags"])
def test_address_without_its_slash_leads_to_the_one_with_it(client, address):
    assert hop(client.get(address)) == (301, f"{address}/")


@pytest.mark.parametrize(
    "address", ["/LATEST/", "/latest/x/", "/articles/", "/articles/x/", "/articles/-1/", "/index.html"]
)
def test_address_of_nothing_is_not_found(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert page(answer).one("h1").text


def test_article_withdrawn_in_favour_of_another_leads_there_in_one_hop(client):
    last = make.article("The last word")
    middle = make.article("The second word")
    first = make.withdrawn("The first word", outcome=Article.Outcome.REDIRECT, redirect_to=middle)
    middle.withdraw(by=None, at=timezone.now(), outcome=Article.Outcome.REDIRECT, reason="Once more.", redirect_to=last)
    for article in (first, middle):
        assert hop(client.get(article.get_absolute_url())) == (301, last.get_absolute_url())


def test_reader_is_never_led_to_an_article_that_is_not_public(client):
    """The address alone would tell the headline."""
    target = make.article("The secret turn")
    first = make.withdrawn("The first word", outcome=Article.Outcome.REDIRECT, redirect_to=target)
    target.embargo_until = timezone.now() + make.DAY
    target.save()
    assert hop(client.get(first.get_absolute_url())) == (410, None)


def shown_in(document):
    """Return the ids of the articles that a list links to, each once, in its order."""
    links = [link["href"] for link in document.one("main").all("a")]
    return list(dict.fromkeys(int(match[1]) for href in links if (match := re.match(r"/articles/(\d+)/", href))))


def pages_of(client, address):
    """Follow the links to the next page from ``address`` to the last page and return the ids on each."""
    found = []
    while address:
        document = page(client.get(address))
        found.append(shown_in(document))
        following = [link["href"] for link in document.all("a", rel="next")]
        assert len(set(following)) <= 1
        address = f"{address.partition('?')[0]}{following[0]}" if following else None
    return found


@pytest.fixture
def fifty(db):
    """Return fifty articles, the newest first, all of one outlet, section, hashtag and author."""
    author, hashtag = make.author("Ada Author"), make.hashtag("Rivers")
    now = timezone.now()
    made = [make.article(at=now - place * make.HOUR, authors=[author], hashtags=[hashtag]) for place in range(1, 51)]
    return [article.pk for article in made]


LISTS = ["/latest/", "/sections/rivers/", "/outlets/the-lantern/", "/hashtags/rivers/", "/authors/ada-author/"]


@pytest.mark.parametrize("address", [*LISTS, "/search/?q=river"])
def test_pages_of_a_list_are_real_links_and_hold_each_article_once(client, fifty, address):
    shown = pages_of(client, address)
    assert [len(ids) for ids in shown] == [24, 24, 2]
    assert [pk for ids in shown for pk in ids] == fifty


@pytest.mark.parametrize(("asked", "given"), [("", 1), ("3", 3), ("2&page=3", 3)])
def test_page_is_shown_that_was_asked_for(client, fifty, asked, given):
    document = page(client.get(f"/latest/?page={asked}"))
    assert shown_in(document) == fifty[(given - 1) * 24 : given * 24]


def test_unknown_parameters_change_nothing(client, fifty):
    plain = client.get("/latest/?page=2").content
    assert client.get("/latest/?utm_source=x&page=2&fbclid=<b>").content == plain


def test_every_spelling_of_a_hashtag_leads_to_it(client):
    make.article(hashtags=[make.hashtag("LowerSarn")])
    assert client.get("/hashtags/lowersarn/").status_code == 200
    for spelling in ("LowerSarn", "LOWERSARN", "lower-sarn"):
        assert hop(client.get(f"/hashtags/{spelling}/")) == (301, "/hashtags/lowersarn/")
    assert client.get("/hashtags/lower-sarns/").status_code == 404


def test_no_browser_keeps_a_redirect_that_a_second_renaming_would_turn_into_a_loop(client):
    section = make.section("Waters")
    article = make.article(section=section, story=make.story("The flood"))
    section.slug = "rivers"
    section.save()
    for former in ("/sections/waters/", f"/stories/{article.story_id}/flood/"):
        answer = client.get(former)
        assert answer.status_code == 301
        assert {"max-age=0", "must-revalidate"} <= set(answer["Cache-Control"].split(", "))


# stories that editors merged


def test_address_of_a_merged_story_leads_on_in_one_hop(client):
    first, second, third = (make.story(f"Story {n}") for n in range(3))
    addresses = [story.get_absolute_url() for story in (first, second)]
    make.article(story=first)
    second.take_in(first)
    third.take_in(second)
    for address in addresses:
        for asked in (address, address.replace("/story-", "/another-"), address.rsplit("/", 2)[0] + "/"):
            assert hop(client.get(asked)) == (301, third.get_absolute_url())
    assert client.get(third.get_absolute_url()).status_code == 200


def test_story_that_is_there_again_under_an_old_number_answers_itself(client):
    """A loaded backup may bring back a number that was merged away; it must not lead in a circle."""
    gone, kept = make.story("Gone"), make.story("Kept")
    make.article(story=kept)
    pk = gone.pk
    kept.take_in(gone)
    back = make.story("Back", pk=pk)
    make.article(story=back)
    assert client.get(back.get_absolute_url()).status_code == 200
    assert client.get(kept.get_absolute_url()).status_code == 200


def test_address_of_a_story_that_nobody_sees_leads_nowhere(client):
    gone, kept = make.story("Gone"), make.story("Secret name")
    make.embargoed(story=kept)
    address = gone.get_absolute_url()
    kept.take_in(gone)
    assert hop(client.get(address)) == (404, None)
