"""Writing an article at the desk."""

import threading
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.utils import timezone
from django_prose_editor.config import allowlist_from_extensions

from articles.admin.editor import EXTENSIONS
from articles.models import Article, Byline, Hashtag
from articles.text import html
from tests import make
from tests.admin.desk import article_url, enter, form_of, messages, text, url

pytestmark = pytest.mark.django_db

ADD = "articles_article_add"


def save(browser, article, **changes):
    """Open the article's form, change something, and save."""
    data = form_of(browser.get(article_url(article)))
    return browser.post(article_url(article), data | changes)


def test_editor_offers_exactly_what_the_sanitiser_keeps():
    assert allowlist_from_extensions(EXTENSIONS)["tags"] == html.TAGS


def test_editor_is_told_which_addresses_a_link_may_have():
    assert set(EXTENSIONS["Link"]["protocols"]) == html.SCHEMES


def test_new_article_is_a_draft_by_who_wrote_it():
    browser, outlet, author = enter("Editor"), make.outlet(), make.author()
    data = form_of(browser.get(url(ADD)))
    data |= {"headline": "  The river\u202e rises ", "body": "<p>It did.</p><script>alert(1)</script>"}
    browser.post(url(ADD), data | {"outlet": outlet.pk, "bylines-0-author": author.pk, "bylines-0-role": "analyst"})
    article = Article.objects.get()
    assert (article.headline, article.slug, article.body) == ("The river rises", "the-river-rises", "<p>It did.</p>")
    assert (article.state, article.created_by, article.version) == ("draft", browser.person, 1)
    assert list(Byline.objects.values_list("article", "author", "role")) == [(article.pk, author.pk, "analyst")]


def test_new_article_belongs_to_our_own_outlet_where_there_is_one():
    own = make.outlet()
    make.outlet("The Wire", text_shown="full")
    assert form_of(enter("Reporter").get(url(ADD)))["outlet"] == own.pk


def test_headline_that_cannot_be_read_is_refused_in_words():
    browser, outlet = enter("Editor"), make.outlet()
    data = form_of(browser.get(url(ADD))) | {"headline": "\u202e\u202e", "outlet": outlet.pk}
    page = browser.post(url(ADD), data)
    assert page.context["adminform"].form.errors == {"headline": ["Write a headline that can be read."]}


def test_hashtags_can_be_pasted_and_are_made_where_they_are_new():
    rivers = make.hashtag("Rivers")
    article = make.draft()
    save(enter("Editor"), article, more_hashtags="#rivers, #Lower Sarn #floods")
    assert set(article.hashtags.values_list("name", flat=True)) == {"Rivers", "LowerSarn", "floods"}
    assert set(Hashtag.objects.exclude(pk=rivers.pk).values_list("key", flat=True)) == {"lowersarn", "floods"}


def test_what_is_missing_for_publication_is_said_at_each_save():
    browser, article = enter("Editor"), make.draft(body="", section=None)
    assert "Before it can be published:" in text(browser.get(article_url(article)))
    page = save(browser, article, headline="Other", _continue="1")
    said = messages(browser.get(page.url))
    assert said[0] == "Before it can be published: The body is empty. It has no section."


def test_state_is_shown_in_words():
    make.outlet("The Silent", is_active=False)
    at = timezone.now().replace(hour=12, minute=0)
    day = timedelta(days=3)
    shown = {
        "Draft": make.draft(),
        f"Public since {day_before(at, day)}, 12:00 UTC": make.article(at=at - day),
        f"Scheduled for {day_before(at, -day)}, 12:00 UTC": make.scheduled(publish_at=at + day),
        f"Waits for the end of its embargo, {day_before(at, -day)}, 12:00 UTC": make.embargoed(until=at + day),
        f"Expired since {day_before(at, day)}, 12:00 UTC": make.article(at=at - 2 * day, expires_at=at - day),
        "Hidden, because its outlet is switched off": make.article(outlet="The Silent"),
    }
    browser = enter("Editor")
    assert {browser.get(article_url(article)).context["state_words"] for article in shown.values()} == set(shown)


def day_before(at, difference):
    day = at - difference
    return f"{day.day} {day:%b %Y}"


def test_view_on_site_leads_to_public_articles_only():
    browser = enter("Editor")
    public = make.article()
    others = [make.draft(), make.scheduled(), make.embargoed(), make.expired(), make.withdrawn()]
    leads = [browser.get(article_url(article)).context.get("absolute_url") for article in [public, *others]]
    assert leads == [public.get_absolute_url(), None, None, None, None, None]


def test_times_are_those_of_the_site(settings):
    settings.TIME_ZONE = "Europe/Paris"
    article = make.draft()
    save(enter("Editor"), article, embargo_until_0="2026-07-01", embargo_until_1="14:30:00")
    article.refresh_from_db()
    assert article.embargo_until.isoformat() == "2026-07-01T12:30:00+00:00"


@pytest.mark.parametrize(
    ("day", "clock", "sentence"),
    [
        ("2026-03-29", "02:30:00", "The clocks go forward on 29 March 2026, and 02:30 does not exist."),
        ("2026-10-25", "02:30:00", "The clocks go back on 25 October 2026, and 02:30 comes twice."),
    ],
)
def test_hour_that_the_clock_skips_or_repeats_is_refused_in_words(settings, day, clock, sentence):
    settings.TIME_ZONE = "Europe/Paris"
    page = save(enter("Editor"), make.draft(), expires_at_0=day, expires_at_1=clock)
    [error] = page.context["adminform"].form.errors["expires_at"]
    assert error.startswith(sentence)


# two people, one article


def test_each_save_is_a_version_of_its_own():
    browser, article = enter("Editor"), make.draft()
    for version in (2, 3):
        assert save(browser, article, headline=f"Version {version}").status_code == 302
        article.refresh_from_db()
        assert article.version == version


def test_second_save_of_two_comes_back_with_its_text_and_says_who_was_first():
    article = make.draft("The river rises")
    mara = enter("Editor", first_name="Mara", last_name="Lind")
    noor = enter("Editor", first_name="Noor", last_name="Vis")
    opened = form_of(noor.get(article_url(article)))
    save(mara, article, headline="The river falls")

    page = noor.post(article_url(article), opened | {"body": "<p>Noor's own words.</p>"})

    form = page.context["adminform"].form
    [said] = form.non_field_errors()
    assert said.startswith("Mara Lind changed this article at ")
    assert "it differs from theirs in: headline, body." in said
    assert form["body"].value() == "<p>Noor's own words.</p>"
    article.refresh_from_db()
    assert (article.headline, article.body) == ("The river falls", make.BODY)


def test_who_saves_again_after_a_conflict_has_decided():
    article = make.draft("The river rises")
    mara, noor = enter("Editor"), enter("Editor")
    opened = form_of(noor.get(article_url(article)))
    save(mara, article, headline="The river falls")
    again = form_of(noor.post(article_url(article), opened | {"headline": "The river stands"}))
    assert noor.post(article_url(article), again).status_code == 302
    article.refresh_from_db()
    assert article.headline == "The river stands"


def test_save_over_a_change_of_state_comes_back_too():
    article, browser = make.article(), enter("Editor")
    opened = form_of(browser.get(article_url(article)))
    article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="It was wrong.")
    page = browser.post(article_url(article), opened | {"headline": "Changed"})
    assert page.context["adminform"].form.has_error("__all__", "conflict")
    article.refresh_from_db()
    assert article.is_withdrawn


def test_save_without_a_version_is_refused():
    article, browser = make.draft(), enter("Editor")
    opened = form_of(browser.get(article_url(article)))
    del opened["seen_version"]
    assert browser.post(article_url(article), opened).context["adminform"].form.has_error("__all__", "conflict")


def test_save_leaves_the_count_of_comments_alone():
    article = make.article()
    stale = Article.objects.get(pk=article.pk)
    make.comment(article)
    stale.headline = "Changed"
    stale.save_over(stale.version)
    stored = Article.objects.get()
    assert (stored.headline, stored.comment_count) == ("Changed", 1)


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_the_same_moment_one_is_stored():
    article = make.draft()
    browsers = [enter("Editor") for _ in range(4)]
    opened = [form_of(browser.get(article_url(article))) for browser in browsers]
    start, answers = threading.Barrier(4), []

    def post(browser, data, number):
        start.wait()
        answers.append(browser.post(article_url(article), data | {"headline": f"By {number}"}).status_code)
        connection.close()

    threads = [
        threading.Thread(target=post, args=(browser, data, number))
        for number, (browser, data) in enumerate(zip(browsers, opened, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    article.refresh_from_db()
    assert sorted(answers) == [200, 200, 200, 302]
    assert (article.version, LogEntry.objects.count()) == (2, 1)
