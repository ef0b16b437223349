"""What the address of an article answers when the article is not, or no longer, public."""

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

SECRET = "Heron harbour"


def never_public():
    off = make.outlet("The Extinct", is_active=False)
    return {
        "draft": make.draft(SECRET),
        "scheduled": make.scheduled(SECRET),
        "embargoed": make.embargoed(SECRET),
        "expired": make.expired(SECRET),
        "of an outlet that is off the site": make.article(SECRET, outlet=off),
        "withdrawn, of an outlet that is off": make.withdrawn(SECRET, outlet=off),
        "withdrawn under embargo": withdrawn_under_embargo(),
        "withdrawn under embargo, which has ended": withdrawn_under_embargo(embargo_ended=True),
    }


def withdrawn_under_embargo(*, embargo_ended=False):
    """Return an article that no reader has seen though it is withdrawn; the model refuses to make one."""
    now = timezone.now()
    article = make.withdrawn(SECRET, at=now - 2 * make.DAY, outcome=Article.Outcome.NOTICE)
    times = {"withdrawn_at": now - make.DAY, "embargo_until": now - make.HOUR} if embargo_ended else {}
    Article.objects.filter(pk=article.pk).update(**({"embargo_until": now + make.DAY} | times))
    return article


def nameless(response):
    """Return status, headers and body of an answer without the request's own id and address."""
    body = response.content.decode().replace(response.wsgi_request.path, "-")
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, headers, body


@pytest.mark.parametrize("ending", ["", "heron-harbour/", "comments/", "comments/own/", "comments/count.json"])
def test_unpublished_article_answers_exactly_as_one_that_never_was(client, ending):
    unpublished = never_public()
    unknown = nameless(client.get(f"/articles/999999/{ending}"))
    assert unknown[0] == 404
    for state, article in unpublished.items():
        assert nameless(client.get(f"/articles/{article.pk}/{ending}")) == unknown, state


def test_unpublished_article_takes_comments_exactly_as_one_that_never_was(client):
    unpublished = never_public()
    headers = {"Origin": "http://testserver"}
    unknown = nameless(client.post("/articles/999999/comments/", {"name": "A", "body": "B"}, headers=headers))
    assert unknown[0] == 404
    for state, article in unpublished.items():
        answer = client.post(f"/articles/{article.pk}/comments/", {"name": "A", "body": "B"}, headers=headers)
        assert nameless(answer) == unknown, state


def test_author_and_hashtag_of_unpublished_articles_answer_as_if_they_did_not_exist(client):
    author, hashtag = make.author("Sina Secret"), make.hashtag("Secretive")
    make.draft(authors=[author], hashtags=[hashtag])
    make.scheduled(authors=[author], hashtags=[hashtag])
    for known, unknown in [
        ("/authors/sina-secret/", "/authors/nobody/"),
        ("/hashtags/secretive/", "/hashtags/nothing/"),
    ]:
        assert client.get(known).status_code == 404
        assert nameless(client.get(known)) == nameless(client.get(unknown))


def test_former_address_of_a_secret_author_does_not_tell_the_new_one(client):
    author = make.author("Known Once")
    make.draft(authors=[author])
    author.slug = "sina-secret"
    author.save()
    assert client.get("/authors/known-once/").status_code == 404


def test_alias_of_a_secret_hashtag_does_not_lead_to_it(client):
    secret = make.hashtag("Secretive")
    make.draft(hashtags=[secret])
    make.hashtag("Known").merge_into(secret)
    assert client.get("/hashtags/known/").status_code == 404


def test_story_of_unpublished_articles_does_not_exist(client):
    story = make.story("The secret")
    make.draft(story=story)
    make.embargoed(story=story)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert client.get(f"/stories/{story.pk}/").status_code == 404


def test_article_that_is_gone_says_so_and_nothing_of_itself(client):
    article = make.withdrawn(SECRET, outcome=Article.Outcome.GONE, reason="It named a witness.")
    for ending in ("", "heron-harbour/", "another/"):
        answer = client.get(f"/articles/{article.pk}/{ending}")
        text = page(answer).text
        assert answer.status_code == 410
        assert (SECRET in text, "It named a witness." in text) == (False, False)


def test_article_that_the_law_forbids_says_so_and_nothing_of_itself(client):
    article = make.withdrawn(SECRET, outcome=Article.Outcome.LEGAL, reason="Court of Sarn, 12/26.")
    answer = client.get(article.get_absolute_url())
    text = page(answer).text
    assert answer.status_code == 451
    assert (SECRET in text, "Court of Sarn" in text) == (False, False)


def test_article_with_a_notice_says_that_and_why_it_was_withdrawn(client):
    article = make.withdrawn(SECRET, outcome=Article.Outcome.NOTICE, reason="Its source had been invented.")
    answer = client.get(article.get_absolute_url())
    main = page(answer).one("main").text
    assert answer.status_code == 200
    assert "Its source had been invented." in main
    assert "The river rose" not in answer.content.decode()
    assert "What the water left behind." not in answer.content.decode()


def test_article_with_a_notice_has_one_address(client):
    article = make.withdrawn(SECRET, outcome=Article.Outcome.NOTICE)
    assert client.get(article.get_absolute_url()).status_code == 200
    answer = client.get(f"/articles/{article.pk}/another/")
    assert (answer.status_code, answer.get("Location")) == (301, article.get_absolute_url())


@pytest.mark.parametrize("outcome", ["gone", "legal", "notice"])
def test_withdrawn_article_is_in_no_list(client, outcome):
    rivers = make.hashtag("Rivers")
    make.article("Stays", hashtags=[rivers])
    article = make.withdrawn(SECRET, outcome=outcome, hashtags=[rivers])
    for address in ("/", "/latest/", "/sections/rivers/", "/outlets/the-lantern/", "/hashtags/rivers/", "/search/?q=r"):
        answer = client.get(address).content.decode()
        assert (str(article) in answer, f"/articles/{article.pk}/" in answer) == (False, False), address
        assert "Stays" in answer or "search" in address


@pytest.mark.parametrize("outcome", ["gone", "legal", "notice"])
def test_comments_of_a_withdrawn_article_are_gone_with_it(client, outcome):
    article = make.article(SECRET)
    comment = make.comment(article)
    assert client.get(f"/comments/{comment.pk}/").status_code == 302
    article.refresh_from_db()
    article.withdraw(by=None, at=timezone.now(), outcome=outcome, reason="It was wrong.")
    for address in (f"/comments/{comment.pk}/", f"/articles/{article.pk}/comments/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("state", ["held", "rejected", "spam", "deleted"])
def test_permalink_of_a_comment_that_is_not_public_answers_as_one_that_never_was(client, state):
    comment = make.comment(make.article(), state=state)
    known, unknown = client.get(f"/comments/{comment.pk}/"), client.get("/comments/999999/")
    assert nameless(known) == nameless(unknown)
    assert known.status_code == 404


def every_address():
    """Return addresses that answer in every way: 200, 301, 302, 404, 410 and 451."""
    rivers, ada, flood = make.hashtag("Rivers"), make.author("Ada Author"), make.story("Flood")
    article = make.article(hashtags=[rivers], authors=[ada], story=flood)
    comment = make.comment(article)
    pages = [article, flood, rivers, ada, article.outlet, article.section, comment]
    outcomes = ["gone", "legal", "notice"]
    taken = [make.withdrawn(outcome=outcome) for outcome in outcomes] + [
        make.withdrawn(outcome="redirect", redirect_to=article)
    ]
    fixed = ["/", "/latest/", "/outlets/", "/hashtags/", "/search/", "/search/?q=river", "/corrections/", "/about/"]
    fixed += [f"/articles/{article.pk}/{end}" for end in ("", "x/", "comments/", "comments/own/")]
    return [record.get_absolute_url() for record in [*pages, *taken]] + fixed + ["/no/such/", "/articles/999999/"]


def test_head_says_what_get_says_without_the_body(client):
    for address in every_address():
        get, head = client.get(address), client.head(address)
        assert head.content == b"", address
        assert nameless(head)[:2] == nameless(get)[:2], address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_method_that_a_page_does_not_know_is_refused_with_those_it_knows(method):
    client = Client(enforce_csrf_checks=True)
    for address in every_address():
        if address in ("/no/such/",):
            continue
        if method == "post" and address.endswith("/comments/"):
            continue
        answer = client.generic(method.upper(), address)
        allowed = "GET, HEAD, POST" if address.endswith("/comments/") else "GET, HEAD"
        assert (answer.status_code, answer.get("Allow")) == (405, allowed), address
        assert page(answer).one("h1").text


def test_method_that_nobody_knows_is_refused(client):
    assert client.generic("BREW", "/latest/").status_code == 405
