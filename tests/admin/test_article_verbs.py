"""Publishing, scheduling, withdrawing and correcting at the desk."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.models import Article, Correction
from tests import make
from tests.admin.desk import article_url, enter, messages, text, url

pytestmark = pytest.mark.django_db

LIST = "articles_article_changelist"


def do(browser, article, verb, **asked):
    """Press the verb's button on its own page and follow to the article's form."""
    return browser.post(article_url(article, verb), {"seen_version": article.version} | asked, follow=True)


def act(browser, action, *articles, **asked):
    """Choose an action of the list for ``articles``."""
    chosen = {"action": action, "_selected_action": [article.pk for article in articles]}
    return browser.post(url(LIST), chosen | asked, follow=True)


def states():
    return dict(Article.objects.values_list("headline", "state"))


def test_buttons_are_those_that_make_sense_now():
    browser = enter("Editor")
    articles = {
        "draft": make.draft(),
        "scheduled": make.scheduled(),
        "public": make.article(),
        "withdrawn": make.withdrawn(),
    }
    buttons = {
        state: [button["verb"].name for button in browser.get(article_url(article)).context["verb_buttons"]]
        for state, article in articles.items()
    }
    assert buttons == {
        "draft": ["publish", "schedule"],
        "scheduled": ["publish", "schedule", "unschedule", "front"],
        "public": ["correct", "update", "withdraw", "front"],
        "withdrawn": ["publish", "schedule", "correct"],
    }


def test_page_that_asks_changes_nothing():
    browser, draft, public = enter("Editor"), make.draft("Draft"), make.article("Public")
    for article, verbs in ((draft, ("publish", "schedule")), (public, ("correct", "update", "withdraw"))):
        for verb in verbs:
            assert browser.get(article_url(article, verb)).status_code == 200
            assert browser.put(article_url(article, verb)).status_code == 405
    assert states() == {"Draft": "draft", "Public": "published"}
    assert list(Article.objects.order_by("pk").values_list("version", flat=True)) == [draft.version, public.version]


def test_published_article_is_public_and_logged():
    browser, article = enter("Editor"), make.draft("The river rises")
    page = do(browser, article, "publish")
    assert messages(page) == ["“The river rises” is published."]
    assert list(Article.objects.live(at=timezone.now())) == [article]
    assert article.transitions.get().by == browser.person
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message) == (browser.person, "“The river rises” is published.")


def test_page_that_asks_says_what_is_missing_and_has_no_button():
    browser, article = enter("Editor"), make.draft(section=None)
    page = browser.get(article_url(article, "publish"))
    assert "This has to be done first: It has no section." in text(page)
    assert 'value="Publish now"' not in page.content.decode()
    answer = do(browser, article, "publish")
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, ["It has no section."])
    assert LogEntry.objects.count() == 0


def test_scheduled_article_waits_for_its_second():
    article = make.draft()
    do(enter("Editor"), article, "schedule", publish_at_0="2031-05-03", publish_at_1="14:30:00")
    article.refresh_from_db()
    assert (article.state, article.published_at.isoformat()) == ("published", "2031-05-03T14:30:00+00:00")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("2020-01-01", "That time has passed. Choose a later one, or publish it now."), ("soon", "Enter a valid date.")],
)
def test_time_that_cannot_be_is_refused_and_kept_in_the_form(day, sentence):
    page = do(enter("Editor"), make.draft(), "schedule", publish_at_0=day, publish_at_1="14:30:00")
    assert page.context["form"].errors == {"publish_at": [sentence]}
    assert f'value="{day}"' in page.content.decode()


def test_scheduled_article_can_become_a_draft_again():
    article = make.scheduled("The river rises")
    page = do(enter("Editor"), article, "unschedule")
    assert messages(page) == ["“The river rises” is a draft again."]
    assert states() == {"The river rises": "draft"}


def test_withdrawn_article_says_how_and_why():
    article, other = make.article("Wrong"), make.article("Right")
    do(enter("Editor"), article, "withdraw", outcome="redirect", reason="It was wrong.", redirect_to=other.pk)
    article.refresh_from_db()
    assert (article.withdrawal_outcome, article.withdrawal_reason) == ("redirect", "It was wrong.")
    assert article.redirect_to == other


def test_redirect_needs_an_article_to_lead_to():
    article = make.article()
    page = do(enter("Editor"), article, "withdraw", outcome="redirect", reason="It was wrong.")
    assert page.context["form"].errors == {"redirect_to": ["Choose the article that readers shall be led to."]}


def test_correction_is_public_and_marks_the_article_as_updated():
    browser, article = enter("Editor"), make.article()
    do(browser, article, "correct", text="It rose two metres, not three.")
    article.refresh_from_db()
    correction = Correction.objects.get()
    assert (correction.text, correction.by, correction.at) == (
        "It rose two metres, not three.",
        browser.person,
        article.updated_at,
    )


def test_what_nobody_has_seen_cannot_be_corrected():
    page = do(enter("Editor"), make.scheduled(), "correct", text="It rose two metres, not three.")
    said = page.context["form"].non_field_errors()
    assert (said, Correction.objects.count()) == (["Its state has changed, and this can no longer be done."], 0)


def test_decision_on_an_article_that_somebody_changed_is_asked_again():
    browser, article = enter("Editor"), make.draft("The river rises")
    seen = article.version
    Article.objects.get(pk=article.pk).save_over(seen)
    page = browser.post(article_url(article, "publish"), {"seen_version": seen})
    [said] = page.context["form"].non_field_errors()
    assert said == "'The river rises' was changed by somebody else. Load it again, then decide."
    assert states() == {"The river rises": "draft"}
    again = page.context["form"]["seen_version"].value()
    browser.post(article_url(article, "publish"), {"seen_version": again})
    assert states() == {"The river rises": "published"}


# several at once


def test_list_publishes_what_is_ready_and_says_what_is_not():
    ready = [make.draft(f"Ready {number}") for number in range(3)]
    page = act(enter("Editor"), "publish_now", *ready, make.draft("Unready", section=None))
    assert messages(page) == ["3 articles published. 1 was not: it has no section."]
    assert states() == {"Ready 0": "published", "Ready 1": "published", "Ready 2": "published", "Unready": "draft"}
    assert LogEntry.objects.count() == 3


def test_list_names_each_that_was_refused():
    page = act(enter("Editor"), "publish_now", make.article("Out"), make.draft("Bare", body=""))
    assert messages(page) == ["Nothing was changed: “Bare”: the body is empty. “Out”: it is published already."]


def test_list_asks_before_it_withdraws():
    browser, articles = enter("Editor"), [make.article("One"), make.article("Two")]
    asked = act(browser, "withdraw_selected", *articles)
    assert states() == {"One": "published", "Two": "published"}
    assert asked.context["selected"] == [str(article.pk) for article in articles]
    page = act(browser, "withdraw_selected", *articles, outcome="gone", reason="They were wrong.")
    assert messages(page) == ["2 articles withdrawn."]
    assert states() == {"One": "withdrawn", "Two": "withdrawn"}


def test_list_that_withdraws_needs_a_reason():
    browser, article = enter("Editor"), make.article("One")
    page = act(browser, "withdraw_selected", article, outcome="gone", reason=" ")
    assert page.context["form"].errors == {"reason": ["This field is required."]}
    assert states() == {"One": "published"}


def test_expired_article_is_not_published_again():
    article = make.draft(expires_at=timezone.now() - timedelta(hours=1))
    page = do(enter("Editor"), article, "publish")
    assert page.context["form"].non_field_errors() == ["It has expired. Empty that time or choose a later one first."]
