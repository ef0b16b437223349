"""No word of anything unpublished comes out of any door.

A word that stands nowhere else is planted in every text of every article that is not public, of everything that only
such articles use, and of what is never shown. Then every link is followed and every address is tried.
"""

from itertools import count, product
from urllib.parse import quote

import pytest
from django.utils import timezone

from articles import assist, related, search
from articles.models import Article, Comment, Hashtag, OldAddress, Outlet, Story
from tests import make
from tests.journeys.canaries import FEEDS, LISTS, MACHINE_FILES, Canaries, crawl, given_away

pytestmark = pytest.mark.django_db


def texts(canaries, state, *, shown=()):
    """Return the fields of an article full of canaries; those in ``shown`` are for the public."""

    def word(field):
        return canaries.plant(f"{field} of the {state} article", secret=field not in shown)

    sentences = " ".join(
        f"The gauge {word('body')} stood at {n} metres above the old mark of the bridge." for n in range(8)
    )
    image = make.image(
        f"{word('image file')}.png", alt=word("alternative text"), caption=word("caption"), credit=word("credit")
    )
    author = make.author(word("author"), biography=word("biography"))
    return {
        "headline": f"{word('headline')} rises",
        "standfirst": f"{word('standfirst')} it says.",
        "body": f"<p>{sentences}</p><p>And {word('body')}.</p>",
        "original_url": f"https://lantern.example/{word('original address')}",
        "lead_image": image,
        "lead_image_alt": word("own alternative text"),
        "embargo_note": canaries.plant(f"embargo note of the {state} article", secret=True),
        "hashtags": [make.hashtag(word("hashtag"), description=word("description of hashtag"))],
        "authors": [author],
        "story": make.story(f"{word('story')} flood", summary=word("summary of story")),
        "kind": "sponsored",
        "sponsor": word("sponsor"),
    }


def discuss(canaries, article, state, *, public):
    """Put comments of every state under an article."""

    def word(what, secret=True):
        return canaries.plant(f"{what} under the {state} article", secret=secret or not public)

    mail = (f"{word('e-mail of comment')}@reader.example" for _ in count())
    for kind in ("public", "held", "rejected", "spam", "deleted"):
        for parent in (None, "answered"):
            hidden = kind != "public"
            shown = {"name": word(f"name of {kind} comment", hidden), "body": word(f"{kind} comment", hidden)}
            comment = make.comment(article, email=next(mail), state="public", **shown)
            if parent:
                answer = {"name": word("name of answer", secret=False), "body": word("answer", secret=False)}
                make.comment(article, parent=comment, email=next(mail), **answer)
            comment.refresh_from_db()
            at = timezone.now()
            if kind == "held":
                comment.hold(by=None, at=at, reason=word("reason of holding"))
            elif kind == "rejected":
                comment.reject(by=None, at=at, reason=word("reason of rejection"))
            elif kind == "spam":
                comment.mark_as_spam(by=None, at=at)
            elif kind == "deleted":
                comment.delete_text(at=at)


def finish(canaries, article, state, *, public=False, editor=None):
    """Do with a live article what makes more texts: a correction, comments, key points, links."""
    article.correct(
        by=editor, at=timezone.now(), text=canaries.plant(f"correction of the {state} article", secret=not public)
    )
    discuss(canaries, article, state, public=public)
    article.refresh_from_db()
    assist.prepare(article)
    related.relate(article, at=timezone.now())
    return article


SHOWN = {
    "headline", "standfirst", "body", "image file", "caption", "credit", "own alternative text", "hashtag", "author",
    "biography", "story", "summary of story", "sponsor", "original address", "description of hashtag",
}  # fmt: skip
PICTURED = {"image file", "caption", "credit", "own alternative text"}


@pytest.fixture
def canaries():
    return Canaries()


@pytest.fixture
def newsroom(canaries):
    """Make one live article and one in each state that is not public, all of one section; return the live one."""
    editor = make.user(
        "Chief", username=canaries.plant("user", secret=True), first_name=canaries.plant("user", secret=True)
    )
    live = make.article(**texts(canaries, "live", shown=SHOWN))
    finish(canaries, live, "live", public=True, editor=editor)
    now = timezone.now()
    make.draft(**texts(canaries, "draft"))
    beside = {"story": live.story, "hashtags": live.hashtags.all(), "authors": [live.bylines.get().author]}
    make.draft(**texts(canaries, "draft beside the live") | beside)
    make.embargoed(**texts(canaries, "embargoed beside the live") | beside)
    make.scheduled(publish_at=now + make.DAY, **texts(canaries, "scheduled"))
    states = {
        "embargoed": {"embargo_until": now + make.DAY},
        "expired": {"expires_at": now - make.HOUR / 2},
    }
    for state, change in states.items():
        article = finish(canaries, make.article(**texts(canaries, state)), state)
        for field, value in change.items():
            setattr(article, field, value)
        article.save()
    target = make.article(**texts(canaries, "redirect target"))
    for outcome in Article.Outcome.values:
        shown = {"headline"} if outcome == "notice" else set()
        article = finish(canaries, make.article(**texts(canaries, f"{outcome}-withdrawn", shown=shown)), outcome)
        reason = canaries.plant(f"reason of the {outcome}", secret=outcome != "notice")
        leads_to = target if outcome == "redirect" else None
        article.withdraw(by=editor, at=timezone.now(), outcome=outcome, reason=reason, redirect_to=leads_to)
    target.embargo_until = now + make.DAY
    target.save()
    beyond_agreements(canaries)
    outlet_that_is_off(canaries)
    search.learn(*Article.objects.values_list("pk", flat=True))
    return live


def beyond_agreements(canaries):
    """Make articles of outlets that let us show less than the whole text, and no picture."""
    for text_shown, unseen in [("summary", {"body", *PICTURED}), ("link", {"body", "standfirst", *PICTURED})]:
        shown = SHOWN - unseen
        outlet = make.outlet(f"The {text_shown}", allows_derived_texts=True)
        articles = [make.article(outlet=outlet, **texts(canaries, f"live {text_shown}", shown=shown))]
        silent = texts(canaries, f"live {text_shown} without standfirst", shown=shown - {"standfirst"})
        articles.append(make.article(outlet=outlet, **silent | {"standfirst": ""}))
        for article in articles:
            assist.prepare(article)
        outlet.text_shown = text_shown  # the agreement changed after they had been published
        outlet.save()


def outlet_that_is_off(canaries):
    """Make an outlet off the site, with an article, and with an author who also writes and comments elsewhere."""

    def word(field):
        return canaries.plant(f"{field} of the outlet that is off", secret=True)

    outlet = make.outlet(
        word("name"), description=word("description"), owner=word("owner"), country=word("country"),
        homepage=f"https://{word('homepage')}.example/", text_shown=Outlet.TextShown.OWN,
    )  # fmt: skip
    finish(canaries, make.article(outlet=outlet, **texts(canaries, "switched off")), "switched off")
    author = make.author("Ada Author", outlet=outlet)
    elsewhere = make.article("Ada elsewhere", authors=[author])
    make.comment(elsewhere, author=author, name="Ada Author")
    outlet.is_active = False
    outlet.slug = word("address")
    outlet.save()


def ids_of(model):
    """Return the ids in use and a few around them: PostgreSQL goes on counting from one test to the next."""
    ids = model.objects.values_list("pk", flat=True)
    return range(max(1, min(ids) - 5), max(ids) + 6)


def every_address(canaries):
    """Return an address for each id, slug and word that anybody could try."""
    articles, comments = ids_of(Article), ids_of(Comment)
    endings = [
        "",
        "x/",
        "comments/",
        "comments/own/",
        "comments/count.json",
        "comments/?sort=oldest",
        "amp/",
        "print/",
        "feed.json",
        "edit/",
    ]
    found = [f"/articles/{pk}/{ending}" for pk in articles for ending in endings]
    found += [article.get_absolute_url() for article in Article.objects.all()]
    found += [f"/comments/{pk}/" for pk in comments]
    live = Article.objects.live(at=timezone.now()).first().pk
    found += [f"/articles/{live}/comments/?{name}={pk}" for pk in comments for name in ("thread", "parent")]
    found += [
        f"/stories/{story.pk}/{ending}" for story in Story.objects.all() for ending in ("", "x/", f"{story.slug}/")
    ]
    for model in ("section", "outlet", "hashtag", "author"):
        slugs = {record.slug for record in make.__dict__[model.capitalize()].objects.all()}
        slugs |= set(OldAddress.objects.filter(kind=model).values_list("slug", flat=True))
        found += [f"/{model}s/{slug}/{feed}" for slug in slugs for feed in ("", "feed.atom")]
        found += [f"/search/?{model}={slug}" for slug in slugs]
    found += [f"/search/{'feed.atom' if place % 3 else ''}?q={word}" for place, word in enumerate(canaries.secret)]
    # A word begun, and one misspelt, that the site could go on with or put right.
    found += [f"/search/suggestions.json?q={word[:6]}" for word in canaries.secret]
    found += [f"/search/?q={word[:-1]}" for word in list(canaries.secret)[::7]]
    found += [f"{page}{feed}" for page in LISTS for feed in FEEDS] + MACHINE_FILES
    found += ["/media/", "/media/images/", "/static/", "/search/?since=2000-01-01&until=2100-01-01&sort=oldest"]
    return [quote(address, safe="/?&=-_.%") for address in found]


def test_nothing_unpublished_comes_out_of_any_door(client, canaries, newsroom):
    answers = crawl(client, [*LISTS, *every_address(canaries)])
    assert len(answers) > 1000
    leaks = {
        address: leak
        for address, answer in answers.items()
        if (leak := given_away(canaries, answer, address, canaries.secret))
    }
    assert leaks == {}
    assert {answer.status_code for answer in answers.values()} <= {200, 301, 302, 404, 410, 451}
    # The same crawl finds every word that is meant for the public: it would have found the others.
    crawled = crawl(client, LISTS, known=answers)
    seen = {
        what for address, answer in crawled.items() for what in given_away(canaries, answer, address, canaries.public)
    }
    hidden_by_design = {what for what in canaries.public.values() if "withdrawn article" in what or "reason of" in what}
    assert set(canaries.public.values()) - seen == hidden_by_design - seen
    assert {"headline of the live article", "answer under the live article"} <= seen


def test_other_ways_to_ask_give_away_nothing_either(client, canaries, newsroom):
    addresses = LISTS + [article.get_absolute_url() for article in Article.objects.all()]
    ways = [
        lambda address: client.head(address),
        lambda address: client.options(address),
        lambda address: client.post(address, {"name": "A", "body": "B"}),
        lambda address: client.get(
            address, headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
        ),
        lambda address: client.get(address, headers={"Range": "bytes=0-1000", "If-None-Match": "*"}),
        lambda address: client.get(address, headers={"If-Modified-Since": "Sat, 29 Oct 1994 19:43:31 GMT"}),
        lambda address: client.get(address.rstrip("/")),
        lambda address: client.get(address.upper()),
        lambda address: client.get(f"/{address}"),
        lambda address: client.get(f"{address}?preview=1&draft=1&state=draft&at=2100-01-01"),
    ]
    leaks = {}
    for address, way in product(addresses, range(len(ways))):
        answer = ways[way](address)
        assert answer.status_code < 500, (address, way)
        if leak := given_away(canaries, answer, address, canaries.secret):
            leaks[address, way] = leak
    assert leaks == {}


def test_article_that_is_withdrawn_goes_from_every_door_at_once(client, canaries, newsroom):
    before = crawl(client, LISTS)
    own = {word: what for word, what in canaries.public.items() if what.endswith("the live article")}
    assert any(given_away(canaries, answer, address, own) for address, answer in before.items())
    newsroom.refresh_from_db()
    newsroom.withdraw(by=None, at=timezone.now(), outcome=Article.Outcome.GONE, reason="It was wrong.")
    after = {address: client.get(address) for address in before} | crawl(client, LISTS)
    leaks = {address: leak for address, answer in after.items() if (leak := given_away(canaries, answer, address, own))}
    assert leaks == {}


def test_counts_do_not_tell_of_what_is_unpublished(client, canaries, newsroom):
    """Every number that a list shows is the number of public articles."""
    tag = Hashtag.objects.get(articles=newsroom)
    before = [
        client.get(address).content for address in ("/hashtags/", "/outlets/", "/search/", tag.get_absolute_url())
    ]
    for article in (make.draft(hashtags=[tag]), make.scheduled(hashtags=[tag]), make.embargoed(hashtags=[tag])):
        assert article.pk
    after = [client.get(address).content for address in ("/hashtags/", "/outlets/", "/search/", tag.get_absolute_url())]
    assert after == before
