"""Site, outlet and article each say who may comment, until when and how fast; the strictest holds."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article, Comment, CommentsClosed, Conversation, Outlet, StaleRecord, Terms, TooFast
from tests import make
from tests.make import DAY, HOUR, MICROSECOND, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.article(at=NOON - 10 * DAY, outlet=make.outlet("The Courier"))


def say(article, *, site=None, outlet=None, own=None):
    """Set rules at each level and return the article as a page loads it."""
    Conversation.objects.update(**site or {"version": 1})
    Outlet.objects.filter(pk=article.outlet_id).update(**outlet or {"is_active": True})
    Article.objects.filter(pk=article.pk).update(**own or {"kind": "news"})
    return Article.objects.for_page().get(pk=article.pk)


def terms(article, **levels):
    return say(article, **levels).see_terms(at=NOON).terms


def post(article, at=NOON, state="public", **fields):
    comment = Comment(article=Article.objects.get(pk=article.pk), **{"name": "Rosa", "body": "I saw it."} | fields)
    return comment.post(at=at, state=state)


@pytest.mark.parametrize("site", ["open", "held", "closed", "off"])
@pytest.mark.parametrize("outlet", ["open", "held", "closed", "off"])
@pytest.mark.parametrize("own", ["open", "held", "closed", "off"])
def test_strictest_of_three_holds_whoever_says_it(article, site, outlet, own):
    order = ["open", "held", "closed", "off"]
    policies = {"site": site, "outlet": outlet, "own": own}
    found = terms(article, **{level: {"comments_policy": policy} for level, policy in policies.items()})
    assert found.policy == max((site, outlet, own), key=order.index)
    assert Article.objects.discussed(at=NOON).exists() == found.shows_comments == (found.policy != "off")
    assert bool(found.reason) == (found.policy != "open")


def test_reason_names_the_widest_level_that_is_so_strict(article):
    closed = {"comments_policy": "closed"}
    assert [
        terms(article, own=closed).reason,
        terms(article, own=closed, outlet=closed).reason,
        terms(article, own=closed, outlet=closed, site=closed).reason,
        terms(article, outlet={"comments_policy": "off"}).reason,
    ] == [
        "Comments on this article are closed.",
        "The Courier takes no new comments.",
        "This site takes no new comments.",
        "The Courier takes no comments.",
    ]


def test_fewest_days_and_the_longest_pause_count(article):
    days = [
        {"comments_close_after_days": days, "comments_pause_seconds": pause}
        for days, pause in ((30, 5), (14, 60), (20, 0))
    ]
    found = terms(article, **dict(zip(("site", "outlet", "own"), days, strict=True)))
    assert found == Terms("open", "", NOON + 4 * DAY, 60)


def test_clock_closes_comments_at_its_instant_and_says_why(article):
    page = say(article, site={"comments_close_after_days": 14})
    closes = NOON + 4 * DAY
    before, after = (page.see_terms(at=at).terms for at in (closes - MICROSECOND, closes))
    assert (before.policy, before.next_change(at=NOON)) == ("open", closes)
    assert (after.policy, after.reason) == ("closed", "Comments close 14 days after publication.")
    assert after.next_change(at=closes) is None
    post(article, at=closes - MICROSECOND)
    with pytest.raises(CommentsClosed, match="Comments close 14 days after publication"):
        post(article, at=closes)
    assert Comment.objects.count() == 1


def test_days_are_counted_from_the_end_of_an_embargo(article):
    page = say(article, own={"embargo_until": NOON - DAY, "comments_close_after_days": 2})
    assert page.see_terms(at=NOON).terms.closes_at == NOON + DAY


LEVELS = {
    "site": lambda article, **rules: Conversation.objects.update(**rules),
    "outlet": lambda article, **rules: Outlet.objects.filter(pk=article.outlet_id).update(**rules),
    "article": lambda article, **rules: Article.objects.filter(pk=article.pk).update(**rules),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("policy", ["closed", "off"])
def test_nothing_is_stored_where_any_level_takes_none(article, level, policy):
    LEVELS[level](article, comments_policy=policy)
    with pytest.raises(CommentsClosed):
        post(article)
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("level", LEVELS)
def test_every_comment_waits_where_any_level_reads_them_first(article, level):
    LEVELS[level](article, comments_policy="held")
    comment = post(article)
    comment.refresh_from_db()
    assert (comment.state, [hit.rule for hit in comment.hits.all()]) == ("held", ["read_first"])
    assert comment.state_reason.endswith("before it appears.")
    assert Article.objects.get(pk=article.pk).comment_count == 0


def test_what_a_rule_holds_keeps_its_own_reason_where_all_are_read_first(article):
    Conversation.objects.update(comments_policy="held")
    assert post(article, state="held").hits.count() == 0


def test_staff_is_not_held_and_does_not_wait(article):
    Conversation.objects.update(comments_policy="held", comments_pause_seconds=60)
    rosa = make.commenter()
    for words in ("One.", "Two."):
        comment = Comment(article=article, name="Rosa", body=words, commenter=rosa)
        assert comment.post(at=NOON, state="public", is_staff=True).state == "public"


def test_comment_is_not_changed_once_no_more_are_taken(article):
    comment = post(article)
    Conversation.objects.get().halt(by=None, at=NOON, reason="A storm of spam.")
    with pytest.raises(ValidationError, match="A storm of spam"):
        comment.edit("Other words.", at=NOON, state="public")
    comment.refresh_from_db()
    assert comment.body == "I saw it."


def test_changed_comment_waits_where_all_are_read_first(article):
    comment = post(article)
    Outlet.objects.update(comments_policy="held")
    comment.edit("Other words.", at=NOON, state="public")
    comment.refresh_from_db()
    assert (comment.state, Article.objects.get(pk=article.pk).comment_count) == ("held", 0)


def test_reader_waits_between_two_comments_on_an_article_and_nowhere_else(article):
    Outlet.objects.update(comments_pause_seconds=60)
    rosa, ida = make.commenter(), make.commenter()
    post(article, commenter=rosa)
    with pytest.raises(TooFast) as refused:
        post(article, body="And another.", commenter=rosa, at=NOON + timedelta(seconds=18.5))
    assert refused.value.seconds == 42
    post(article, body="Mine.", commenter=ida)
    post(make.article(at=NOON - DAY), body="Elsewhere.", commenter=rosa)
    post(article, body="And another.", commenter=rosa, at=NOON + timedelta(seconds=60))
    assert Comment.objects.count() == 4


# --- the switch -------------------------------------------------------------------------------------------------------


def test_switch_stops_everything_with_its_reason_until_it_is_undone(article):
    site, by = Conversation.objects.get(), make.user("Moderator")
    site.halt(by=by, at=NOON, reason="A storm of spam.")
    page = Article.objects.for_page().get(pk=article.pk).see_terms(at=NOON)
    assert page.terms.reason == "Commenting has stopped on the whole site for now. A storm of spam."
    assert (page.takes_comments, page.shows_comments) == (False, True)
    with pytest.raises(CommentsClosed, match="A storm of spam"):
        post(article)
    site.refresh_from_db()
    assert (site.halted_by, site.halted_at) == (by, NOON)
    site.resume()
    assert post(article).is_public


def test_switch_shows_nothing_that_was_off(article):
    Conversation.objects.get().halt(by=None, at=NOON, reason="A storm of spam.")
    assert terms(article, outlet={"comments_policy": "off"}).policy == "off"


def test_switch_wants_a_reason_and_the_row_as_it_was_seen():
    site, other = Conversation.objects.get(), Conversation.objects.get()
    with pytest.raises(ValidationError, match="readers are told"):
        site.halt(by=None, at=NOON, reason=" \n")
    site.halt(by=None, at=NOON, reason="A storm.")
    with pytest.raises(StaleRecord):
        other.halt(by=None, at=NOON + HOUR, reason="Another.")
    with pytest.raises(StaleRecord):
        other.save_over(other.version)


def test_page_asks_nothing_more_for_its_terms(article, django_assert_num_queries):
    page = Article.objects.for_page().get(pk=article.pk)
    with django_assert_num_queries(0):
        assert page.see_terms(at=NOON).takes_comments
