"""Finished pages are kept, for everybody, for as long as they are true and no longer."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.utils import timezone

from articles import receivers
from articles.models import Article, Comment, Correction, FrontPage, Hashtag, TrustPage
from tests import make


@pytest.fixture
def reader(cached):
    return Client()


def text(answer):
    return answer.content.decode()


# --- kept -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_second_reader_gets_the_kept_page_without_a_query(reader, django_assert_num_queries):
    article = make.article(hashtags=[make.hashtag("Rivers")], authors=[make.author("Ada")], story=make.story("Flood"))
    make.comment(article)
    notice = make.withdrawn(outcome=Article.Outcome.NOTICE)
    records = [article, article.outlet, article.section, article.story, Hashtag.objects.get(), notice]
    lists = ["/", "/latest/", "/latest/?page=1", "/outlets/", "/search/?q=river", "/about/"]
    comments = f"/articles/{article.pk}/comments/"
    for address in [*(record.get_absolute_url() for record in records), *lists, comments, f"/articles/{article.pk}/x/"]:
        first = reader.get(address)
        with django_assert_num_queries(0):
            second = Client(headers={"User-Agent": "Another/1", "Cookie": "theme=dark"})
            second.handler = reader.handler
            second = second.get(address)
        assert (second.status_code, second.content) == (first.status_code, first.content), address
        differing = {"X-Request-ID", "Cache-Control"}
        assert {n: v for n, v in first.items() if n not in differing} == {
            n: v for n, v in second.items() if n not in differing
        }
    assert first.status_code == 301


@pytest.mark.django_db
def test_kept_page_counts_down_what_is_left_of_its_minute(reader):
    make.article()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ages = []
        for _ in range(3):
            ages.append(reader.get("/latest/")["Cache-Control"])
            clock.shift(29.5)
        assert [age.split("s-maxage=")[1].split(",")[0] for age in ages] == ["60", "30", "1"]
        assert "s-maxage=60" in reader.get("/latest/")["Cache-Control"]


@pytest.mark.django_db
def test_scheduled_article_appears_and_expired_one_goes_at_its_second(reader):
    make.article("Stays")
    change = timezone.now().replace(microsecond=0) + timedelta(seconds=20)
    make.scheduled("Comes", publish_at=change)
    make.article("Goes", expires_at=change)
    seen = []
    for instant in (change - timedelta(seconds=19), change - timedelta(milliseconds=1), change):
        with time_machine.travel(instant, tick=False):
            page = text(reader.get("/latest/"))
            seen.append((("Comes" in page), ("Goes" in page)))
    assert seen == [(False, True), (False, True), (True, False)]


def test_log_line_of_a_kept_page_names_its_route(reader, db, caplog):
    make.article()
    for _ in range(2):
        reader.get("/latest/")
    routes = [record.facts["route"] for record in caplog.records if record.name == "newsroom.request"]
    assert routes == ["latest", "latest"]


# --- purged -----------------------------------------------------------------------------------------------------------


def _edit(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


CHANGES = {
    "headline": lambda a: _edit(a, headline="Another headline"),
    "withdrawn": lambda a: a.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong."),
    "withdrawn with a notice": lambda a: a.withdraw(by=None, at=timezone.now(), outcome="notice", reason="Wrong."),
    "deleted": lambda a: a.delete(),
    "corrected": lambda a: Correction.objects.create(article=a, text="The year was wrong.", at=timezone.now()),
    "outlet renamed": lambda a: _edit(a.outlet, name="The Other Lantern"),
    "outlet off": lambda a: _edit(a.outlet, is_active=False),
    "section renamed": lambda a: _edit(a.section, name="Streams"),
    "trust page written": lambda a: TrustPage.objects.create(title="Who owns us", body="<p>We do.</p>"),
    "author renamed": lambda a: _edit(a.bylines.get().author, name="Another Author"),
    "byline taken off": lambda a: a.bylines.all().delete(),
    "hashtag taken off": lambda a: a.hashtags.clear(),
    "hashtag merged": lambda a: a.hashtags.get().merge_into(make.hashtag("Streams")),
    "story renamed": lambda a: _edit(a.story, title="Another story"),
    "picture's words": lambda a: _edit(a.lead_image, alt="Another picture"),
    "comment posted": lambda a: make.comment(a, "Another comment."),
    "comment rejected": lambda a: a.comments.get().reject(by=None, at=timezone.now(), reason="Rude."),
    "comment deleted": lambda a: a.comments.get().delete_text(at=timezone.now()),
    "comment removed": lambda a: Comment.objects.all().delete(),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_shows_at_once(reader, change):
    make.user("Chief")
    article = make.article(
        "First headline",
        hashtags=[make.hashtag("Rivers")],
        authors=[make.author("Ada Author")],
        story=make.story("Flood"),
        lead_image=make.image(),
    )
    make.comment(article, "First comment.")
    article = Article.objects.get()
    address = article.get_absolute_url()
    before = reader.get(address)
    assert reader.get(address).content == before.content
    change(article)
    after = reader.get(address)
    assert (after.status_code, after.content) != (before.status_code, before.content)
    fresh = Client().get(address)
    assert (after.status_code, after.content) == (fresh.status_code, fresh.content)


@pytest.mark.django_db(transaction=True)
def test_front_page_shows_at_once_what_an_editor_does_to_it(reader):
    make.article("By rule", outlet="B")
    article = make.article("Pinned", at=timezone.now() - make.DAY, outlet="A")

    def lead():
        return re.search(r'class="card-headline"[^>]*><a[^>]*>([^<]*)', reader.get("/").content.decode())[1]

    assert lead() == "By rule"
    FrontPage.objects.current().pin(article, by=None, at=timezone.now(), place=1)
    assert lead() == "Pinned"
    FrontPage.objects.current().unpin(article.pk, by=None, at=timezone.now())
    assert lead() == "By rule"


@pytest.mark.django_db
def test_front_page_is_kept_until_the_first_pin_ends(reader):
    now = timezone.now().replace(microsecond=0)
    for seconds in (20, 40):
        make.front_pin(make.article(f"Pinned {seconds}"), place=seconds // 20, ends_at=now + timedelta(seconds=seconds))
    with time_machine.travel(now, tick=False):
        for address in ("/", "/today/", "/today/feed.atom"):  # the day begins with what leads the front page
            assert "s-maxage=20" in reader.get(address)["Cache-Control"]
        assert "s-maxage=60" in reader.get("/latest/")["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_comment_purges_the_pages_of_its_article_alone(reader, django_assert_num_queries):
    first, other = make.article("First"), make.article("Other")
    for address in (first.get_absolute_url(), other.get_absolute_url(), "/latest/"):
        reader.get(address)
    make.comment(first, "I saw it.")
    with django_assert_num_queries(0):
        reader.get(other.get_absolute_url())
        reader.get("/latest/")
    assert "I saw it." in text(reader.get(first.get_absolute_url()))


@pytest.mark.django_db(transaction=True)
def test_change_that_is_not_committed_purges_nothing(reader, django_assert_num_queries):
    from django.db import transaction

    article = make.article()
    reader.get("/latest/")
    with pytest.raises(RuntimeError), transaction.atomic():
        _edit(article, headline="Never")
        raise RuntimeError
    with django_assert_num_queries(0):
        assert "Never" not in text(reader.get("/latest/"))


def test_every_record_purges_or_is_known_to_show_by_another():
    """A record that is new has to be put on one of the two lists."""
    known = {
        "Comment",  # purges its article
        "Recommendation",  # comment_changed
        "Report",
        "MistakeReport",  # the page that counts them is right to the minute
        "ReadingAid",  # purged by who makes them: see work.py
        "AssistDraft",  # assist_draft_changed
        "FrontPage",
        "FrontPin",  # front_page_changed
        "RelatedLink",
        "RelatedChoice",  # relations_changed
        "Due",  # these no page shows
        "Embedding",
        "AssistLedger",
        "Allowance",
        "Ban",
        "Charge",
        "Commenter",
        "Decision",
        "Revision",
        "Tally",  # the page on moderation is right to the minute
        "RuleHit",
        "WordRule",
        "Lesson",
        "WordCount",
        "Mailbox",
        "Notice",
        "Silence",
        "Watch",
        "Appeal",  # its writer's own page shows it, which is kept by nobody
        "CutQuotation",  # comment_changed, of the comment whose quotations it cuts
        "Progress",
        "SearchEntry",
        "SearchWord",
        "TermCount",
        "PostingList",
        "TermVector",
        "Transition",  # no page shows it
        "Article_hashtags",  # m2m_changed
    }
    all_records = {model.__name__ for model in apps.get_app_config("articles").get_models(include_auto_created=True)}
    assert all_records - {model.__name__ for model in receivers.SHOWN} == known
