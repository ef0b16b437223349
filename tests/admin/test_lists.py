"""The desk's lists: what they cost, and that it does not grow."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import lists
from articles.models import Article, Comment, Commenter, Correction, Hashtag, OldAddress, ReadingAid, RuleHit
from tests import make
from tests.admin.desk import article_url, comment_url, enter, text, url

pytestmark = pytest.mark.django_db

# Queries of each page for a chief: two for the session and the person, two for what they may; the rest is the page.
LISTS = {
    "articles_article_changelist": 8,
    "articles_author_changelist": 7,
    "articles_ban_changelist": 9,
    "articles_comment_changelist": 12,
    "articles_commenter_changelist": 9,
    "articles_correction_changelist": 6,
    "articles_decision_changelist": 8,
    "articles_hashtag_changelist": 6,
    "articles_image_changelist": 6,
    "articles_oldaddress_changelist": 6,
    "articles_outlet_changelist": 6,
    "articles_readingaid_changelist": 6,
    "articles_relatedlink_changelist": 6,
    "articles_report_changelist": 8,
    "articles_section_changelist": 6,
    "articles_story_changelist": 6,
    "articles_transition_changelist": 6,
    "articles_wordrule_changelist": 8,
    "index": 10,
}


def one_of_everything(number):
    """Store one more row of everything that the desk lists."""
    outlet = make.outlet(f"Outlet {number}")
    author = make.author(f"Author {number}", outlet=outlet)
    author.slug = f"author-{number}-of-old"
    author.save()
    fields = {
        "outlet": outlet,
        "section": make.section(f"Section {number}"),
        "story": make.story(),
        "lead_image": make.image(),
        "hashtags": [make.hashtag()],
        "authors": [author],
    }
    article, other = make.article(**fields), make.scheduled(**fields)
    make.draft(**fields)
    Hashtag.objects.create(name=f"Alias{number}", alias_of=make.hashtag())
    article.correct(by=make.user("Editor"), at=timezone.now(), text="It rose two metres.")
    ReadingAid.objects.create(article=article, source_hash="0" * 32)
    article.related_links.create(related=other, position=1, score=1, reason="The same event")
    reader = make.commenter(user=make.user("Moderator"))
    held = {"state": "held", "commenter": reader, "network": "n", "parent": make.comment(article)}
    make.comment(article, author=author, **held)
    comment = make.comment(article, commenter=reader)
    comment.edit("Thank you all.", at=timezone.now(), state="public", hits=[RuleHit(rule="links", says="A link.")])
    make.report(comment)
    make.report(comment, "illegal")
    make.comment(article, state="spam").undo(by=make.user("Moderator"), at=timezone.now())
    reader.ban(by=make.user("Moderator"), at=timezone.now(), reason="Insults.", outlet=outlet)
    make.word_rule(f"viagra{number}", outlet=outlet)


def queries_of(browser, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in captured]


@pytest.fixture
def chief():
    return enter("Chief")


@pytest.mark.parametrize("rows", [1, 3])
def test_each_list_asks_a_fixed_number_of_questions(chief, rows):
    for number in range(rows):
        one_of_everything(number)
    counted = {name: len(queries_of(chief, url(name))) for name in LISTS}
    assert counted == LISTS


@pytest.mark.parametrize("rows", [1, 3])
def test_each_form_asks_a_fixed_number_of_questions(chief, rows):
    for number in range(rows):
        one_of_everything(number)
    article = Article.objects.live(at=timezone.now()).first()
    comment = Comment.objects.exclude(commenter=None).filter(report_count__gt=0).first()
    reader = Commenter.objects.filter(pk=comment.commenter_id).first()
    ContentType.objects.get_for_models(Article, Comment, Commenter)  # kept by the process from its first request on
    addresses = [article_url(article), comment_url(comment), url("articles_commenter_change", reader.pk)]
    assert [len(queries_of(chief, address)) for address in addresses] == [15, 18, 9]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("queue", ["reported", "held", "new", "public", "rejected", "spam", "deleted", "all"])
def test_each_queue_of_comments_asks_the_same_questions(chief, queue, rows):
    for number in range(rows):
        one_of_everything(number)
        for state in ("rejected", "spam", "deleted"):
            make.comment(make.article(), state=state, commenter=make.commenter())
    assert len(queries_of(chief, url("articles_comment_changelist") + f"?queue={queue}")) == 12


def test_lists_load_no_bodies(chief):
    one_of_everything(1)
    loaded = {
        name: [sql for sql in queries_of(chief, url(name)) if '"articles_article"."body"' in sql] for name in LISTS
    }
    assert loaded == {name: [] for name in LISTS}


def test_lists_count_no_further_than_anybody_pages(chief, monkeypatch):
    monkeypatch.setattr(lists, "MOST_COUNTED", 60)
    Hashtag.objects.bulk_create(Hashtag(name=f"T{n}", key=f"t{n}", slug=f"t{n}") for n in range(70))
    page = chief.get(url("articles_hashtag_changelist"))
    assert page.context["cl"].result_count == 60
    assert "Only so many are counted and paged through." in text(page)
    [counting] = [sql for sql in queries_of(chief, url("articles_hashtag_changelist")) if "COUNT(" in sql]
    assert "LIMIT 60" in counting


def test_tabs_sort_articles_by_what_they_are(chief):
    mine = make.draft("Mine", created_by=chief.person)
    make.draft("Draft")
    make.scheduled("Scheduled")
    make.embargoed("Embargoed")
    make.article("Public")
    make.withdrawn("Withdrawn")

    def listed(tab):
        found = chief.get(url("articles_article_changelist") + f"?queue={tab}").context["cl"].result_list
        return [article.headline for article in found]

    assert listed("mine") == [mine.headline]
    assert listed("drafts") == ["Draft", "Mine"]
    assert listed("scheduled") == ["Embargoed", "Scheduled"]
    assert listed("public") == ["Public"]
    assert listed("withdrawn") == ["Withdrawn"]
    assert listed("all") == ["Withdrawn", "Public", "Embargoed", "Scheduled", "Draft", "Mine"]


def test_desk_opens_on_what_waits_for_the_person(chief):
    make.comment(make.article("Public"), state="held")
    make.scheduled("Scheduled next")
    make.draft("Begun by me", created_by=chief.person)
    make.draft("Begun by another", created_by=make.user("Reporter"))
    words = text(chief.get(url("index")))
    assert "Waiting for you Comments 1 held Published next Scheduled next Scheduled for" in words
    assert "Your drafts Begun by me" in words
    assert "Begun by another" not in words


def test_desk_shows_each_role_what_it_can_do_something_about():
    make.comment(make.article(), state="held")
    make.scheduled()
    shown = {}
    for role in ("Reporter", "Editor", "Moderator"):
        words = text(enter(role).get(url("index")))
        shown[role] = [part for part in ("1 held", "Published next", "Your drafts") if part in words]
    assert shown == {"Reporter": [], "Editor": ["Published next"], "Moderator": ["1 held"]}


def test_merged_hashtags_lead_to_the_one_that_stays(chief):
    stays, goes = make.hashtag("LowerSarn"), make.hashtag("Sarn")
    articles = [make.article(hashtags=[goes]), make.article(hashtags=[goes, stays])]
    chosen = {"action": "merge", "_selected_action": [stays.pk, goes.pk]}
    asked = chief.post(url("articles_hashtag_changelist"), chosen)
    assert "2 articles will carry the one you choose." in text(asked)
    page = chief.post(url("articles_hashtag_changelist"), chosen | {"target": stays.pk}, follow=True)
    goes.refresh_from_db()
    assert [str(message) for message in page.context["messages"]] == ["1 hashtag merged into #LowerSarn."]
    assert goes.alias_of == stays
    assert [list(article.hashtags.all()) for article in articles] == [[stays], [stays]]
    assert [entry.change_message for entry in LogEntry.objects.all()] == ["Merged into #LowerSarn."]


def test_autocomplete_of_hashtags_leaves_out_aliases(chief):
    stays = make.hashtag("LowerSarn")
    Hashtag.objects.create(name="Sarn", alias_of=stays)
    address = url("autocomplete") + "?app_label=articles&model_name=article&field_name=hashtags&term=sarn"
    assert [found["text"] for found in chief.get(address).json()["results"]] == ["LowerSarn"]


def test_corrections_and_addresses_are_there_to_look_at(chief):
    one_of_everything(1)
    for name, record in (("correction", Correction.objects.get()), ("oldaddress", OldAddress.objects.get())):
        page = chief.get(url(f"articles_{name}_change", record.pk))
        assert (page.status_code, page.context["has_change_permission"]) == (200, False)
