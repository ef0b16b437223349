"""The rules for all comments at the desk, and the switch that stops them."""

import pytest
from django.contrib.admin.models import LogEntry

from articles.models import Article, Conversation
from tests import make
from tests.admin.desk import comment_url, enter, messages, text, url

pytestmark = pytest.mark.django_db


def page_url(name="change"):
    return url(f"articles_conversation_{name}", 1)


def rules(**fields):
    data = {"comments_policy": "open", "comments_close_after_days": "", "comments_pause_seconds": "0"}
    return data | {"seen_version": Conversation.objects.get().version} | fields


def test_one_record_is_opened_at_once():
    assert enter("Chief").get(url("articles_conversation_changelist")).url == page_url()


def test_chief_sets_the_rules_of_the_site():
    answer = enter("Chief").post(page_url(), rules(comments_policy="held", comments_close_after_days="14"))
    site = Conversation.objects.get()
    assert (answer.status_code, site.comments_policy, site.comments_close_after_days) == (302, "held", 14)
    assert LogEntry.objects.count() == 1


def test_rules_that_somebody_changed_meanwhile_are_not_overwritten():
    data = rules(comments_policy="closed")
    Conversation.objects.get().halt(by=None, at=make.NOON, reason="A storm.")
    page = enter("Chief").post(page_url(), data)
    assert "Somebody else has changed this meanwhile." in text(page)
    assert Conversation.objects.get().comments_policy == "open"


@pytest.mark.parametrize("role", ["Editor", "Moderator", "Chief"])
def test_switch_stops_all_commenting_and_says_who_and_why(role):
    browser = enter(role)
    article = make.article()
    assert page_url("halt") in browser.get(url("index")).content.decode()
    browser.post(page_url("halt"), {"seen_version": 1, "reason": "A storm of spam."})
    site = Conversation.objects.get()
    assert (site.halted_by, site.halted_reason) == (browser.person, "A storm of spam.")
    assert [str(entry.change_message) for entry in LogEntry.objects.all()] == [
        "All commenting has stopped: A storm of spam."
    ]
    for address in (url("index"), url("articles_comment_changelist")):
        assert f"({browser.person}): A storm of spam. Let commenting go on" in text(browser.get(address))
    assert "A storm of spam." in browser.get(article.get_absolute_url()).content.decode()
    answer = browser.post(page_url("resume"), {"seen_version": site.version}, follow=True)
    assert messages(answer) == ["Commenting goes on."]
    assert "A storm of spam." not in browser.get(article.get_absolute_url()).content.decode()


def test_who_stops_what_a_colleague_has_just_stopped_is_told():
    Conversation.objects.get().halt(by=None, at=make.NOON, reason="A storm.")
    page = enter("Moderator").post(page_url("halt"), {"seen_version": 1, "reason": "Spam."})
    assert page.status_code == 422
    assert Conversation.objects.get().halted_reason == "A storm."


def test_outlet_and_article_have_their_own_rules_in_their_forms():
    article = make.article()
    browser = enter("Chief")
    for address in (url("articles_outlet_change", article.outlet_id), url("articles_article_change", article.pk)):
        form = browser.get(address).context["adminform"].form
        assert set(Conversation.RULES) <= set(form.fields)


def test_comment_is_viewed_on_the_site_where_it_is_shown():
    comment = make.comment(make.article())
    browser = enter("Moderator")
    shown = []
    for policy in ("closed", "off"):
        Article.objects.update(comments_policy=policy)
        shown.append(comment.get_absolute_url() in browser.get(comment_url(comment)).content.decode())
    assert shown == [True, False]
