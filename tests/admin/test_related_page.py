"""The page on which editors see what belongs with an article, why, and decide."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import related
from articles.models import Article, PostingList, RelatedChoice, TermVector
from articles.related.preview import preview, stored
from tests import make
from tests.admin.desk import article_url, enter, form_of, messages, text
from tests.documents import page

pytestmark = pytest.mark.django_db
WIRE = "".join(
    f"<p>The Sarn broke its dyke at Ottery, and {part} houses stand in the water since noon.</p>" for part in range(40)
)


def flood(headline, **fields):
    own_text = "".join(f"<p>{headline} {part}.</p>" for part in range(3))
    fields = {"standfirst": "The Sarn broke its dyke at Ottery.", "outlet": headline, "body": own_text} | fields
    return make.article(headline, **fields)


def related_again(*articles):
    for _ in range(2):  # a term counts once two articles have it
        for article in articles:
            related.relate(article, at=timezone.now())


@pytest.fixture
def three():
    articles = [flood("Sarn dyke breaks"), flood("Ottery dyke under water"), flood("Sarn dyke inspected")]
    related_again(*articles)
    return articles


@pytest.fixture
def editor():
    return enter("Editor")


def decide(browser, article, other, choice, **fields):
    return browser.post(article_url(article, "related"), {"other": other.pk, "choice": choice} | fields, follow=True)


def choices():
    return list(RelatedChoice.objects.order_by("pk").values_list("article", "other", "choice", "position"))


# what is seen


def test_page_says_what_belongs_with_an_article_and_why(editor, three):
    article, other, third = three
    found = editor.get(article_url(article, "related")).context["findings"]
    assert {finding.article for finding in found} == {other, third}
    for finding in found:
        assert finding.candidate.score == pytest.approx(
            finding.candidate.terms * finding.candidate.freshness * finding.candidate.variety
        )
        assert {"Sarn", "Ottery"} & {part for word in finding.words for part in word.split()}
        assert finding.reason in text(editor.get(article_url(article, "related")))


def test_page_names_the_article_that_has_the_same_text(editor):
    first, copy = flood("Sarn dyke breaks", body=WIRE), flood("Dyke broken", body=WIRE, outlet="The Wire")
    flood("Sarn dyke inspected")
    related_again(first, copy)
    assert "100 % the same text as Dyke broken (The Wire)." in text(editor.get(article_url(first, "related")))


def test_page_shows_what_readers_see(editor, three):
    article, *others = three
    shown = editor.get(article_url(article, "related")).context["shown"]
    assert {item.headline for item in shown} == {other.headline for other in others}


def test_what_is_found_now_is_what_was_stored_where_nothing_has_changed(three):
    related.relate_everything(at=timezone.now(), restart=True)
    links = stored(three[0])
    found = preview(three[0], at=timezone.now(), links=links)
    assert {each.article.pk: each.candidate.terms for each in found} == {
        pk: pytest.approx(link.parts["terms"], abs=0.0001) for pk, link in links.items()
    }


def test_page_tells_the_stored_score_from_that_of_now(editor, three):
    article, other, _ = three
    article.related_links.filter(related=other).update(
        score=0.375, parts={"terms": 0.5, "freshness": 0.75, "variety": 1}
    )
    said = text(editor.get(article_url(article, "related")))
    (now,) = (f.candidate for f in preview(article, at=timezone.now(), links={}) if f.article == other)
    assert f"Stored: 0.375 = 0.500 terms × 0.750 freshness. Now: {now.terms * now.freshness:.3f}." in said
    article.related_links.all().delete()
    assert "Not linked: it is the newest of its kind." in text(editor.get(article_url(article, "related")))


def test_shared_words_are_said_as_the_article_writes_them(editor):
    one, other = (
        flood(name, standfirst="The authority has apologised for flooded bridges.") for name in ("Sorry", "Regret")
    )
    related_again(one, other)
    (finding,) = editor.get(article_url(one, "related")).context["findings"]
    stems = {"authori", "author", "apologis", "flood", "bridg"}
    assert {word for shared in finding.words for word in shared.split()} & stems == set()
    assert "apologised" in " ".join(finding.words)


def test_looking_stores_nothing(editor, three):
    draft = make.draft("Sarn dyke breaks again", standfirst="The Sarn broke its dyke at Ottery.")
    before = TermVector.objects.count(), PostingList.objects.count()
    response = editor.get(article_url(draft, "related"))
    assert {finding.article for finding in response.context["findings"]} == set(three)
    assert (TermVector.objects.count(), PostingList.objects.count()) == before


def test_preview_never_shows_what_is_not_public(three):
    article, other, third = three
    Article.objects.filter(pk=other.pk).update(embargo_until=timezone.now() + make.DAY)
    assert [finding.article for finding in preview(article, at=timezone.now(), links=stored(article))] == [third]


def test_article_leads_to_the_page(editor, three):
    links = [link["href"] for link in page(editor.get(article_url(three[0]))).all("a", href=None)]
    assert article_url(three[0], "related") in links


def test_page_of_an_empty_article_is_shown(editor):
    empty = make.draft("Und", body="", standfirst="")
    response = editor.get(article_url(empty, "related"))
    assert (response.status_code, response.context["findings"]) == (200, [])


def test_page_of_no_article_is_not_found(editor):
    assert editor.get("/admin/articles/article/999999/related/").status_code == 404


# deciding


def test_button_pins_and_unpins(editor, three):
    article, other, _ = three
    assert messages(decide(editor, article, other, "pin")) == [f"“{other}” is pinned."]
    assert choices() == [(article.pk, other.pk, "pin", 1)]
    assert article.related_links.get(is_pinned=True).related == other
    assert messages(decide(editor, article, other, "leave")) == [f"“{other}” is left to the program."]
    assert choices() == []


@pytest.mark.parametrize(("choice", "left_there"), [("block", True), ("both", False)])
def test_button_blocks(editor, three, choice, left_there):
    article, other, _ = three
    decide(editor, article, other, choice)
    assert not article.related_links.filter(related=other).exists()
    assert other.related_links.filter(related=article).exists() == left_there


def test_pins_are_put_in_order(editor, three):
    article, other, third = three
    decide(editor, article, other, "pin")
    decide(editor, article, third, "pin")
    decide(editor, article, third, "pin", position="0")
    response = editor.get(article_url(article, "related"))
    assert [row.other for row in response.context["pins"]] == [third, other]


def moved(browser, article, other, to):
    browser.post(article_url(article, "related_move"), {"other": other.pk, "to": to})
    return [row.other for row in browser.get(article_url(article, "related")).context["pins"]]


def test_pins_go_up_and_down_by_a_button(editor, three):
    article, other, third = three
    fourth = flood("Sarn dyke mended")
    for pinned in (other, third, fourth):
        decide(editor, article, pinned, "pin")
    RelatedChoice.objects.update(position=3)  # as an editor may have typed it
    assert moved(editor, article, fourth, "up") == [other, fourth, third]
    assert moved(editor, article, other, "down") == [fourth, other, third]
    assert [item.headline for item in related.links_for(article, at=timezone.now()).pinned] == [
        fourth.headline,
        other.headline,
        third.headline,
    ]
    assert LogEntry.objects.order_by("-pk")[0].change_message == f"Related: “{other}” is moved down."
    assert moved(editor, article, fourth, "up") == [fourth, other, third]
    assert moved(editor, article, third, "sideways") == [fourth, other, third]


def test_first_pin_cannot_go_up_nor_the_last_down(editor, three):
    for pinned in three[1:]:
        decide(editor, three[0], pinned, "pin")
    seen = page(editor.get(article_url(three[0], "related")))
    assert [button["value"] for button in seen.all("button", name="to")] == ["up", "down", "up", "down"]
    assert [button["value"] for button in seen.all("button", name="to", disabled=None)] == ["up", "down"]


def test_block_is_no_pin_to_be_moved(editor, three):
    decide(editor, three[0], three[1], "block")
    decide(editor, three[0], three[2], "pin")
    assert moved(editor, three[0], three[1], "up") == [three[2]]
    assert len(choices()) == 2


def test_decision_stands_in_the_history_of_the_article(editor, three):
    decide(editor, three[0], three[1], "block")
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.user) == (str(three[0].pk), editor.person)
    assert "is never shown here" in entry.change_message


def test_decision_made_twice_is_one(editor, three):
    for _ in range(2):
        decide(editor, three[0], three[1], "pin")
    assert len(choices()) == 1


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"choice": "pin"}, "Choose an article."),
        ({"choice": "pin", "other": "999999"}, "this one is not there"),
        ({"choice": "pin", "other": "x' OR 1=1"}, "this one is not there"),
        ({"choice": "love", "other": "OTHER"}, "Select a valid choice"),
        ({"choice": "pin", "other": "OTHER", "position": "-1"}, "an order of 0 or more"),
        ({"choice": "pin", "other": "OTHER", "position": "99999"}, "an order of at most 32767"),
        ({"choice": "pin", "other": "SELF"}, "this one is not there"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(editor, three, data, complaint):
    named = {"OTHER": three[1].pk, "SELF": three[0].pk}
    response = editor.post(article_url(three[0], "related"), {k: named.get(v, v) for k, v in data.items()})
    assert response.status_code == 422
    assert complaint in text(response)
    assert choices() == []


def test_contradiction_is_refused_in_words(editor, three):
    decide(editor, three[1], three[0], "both")
    response = editor.post(article_url(three[0], "related"), {"other": three[1].pk, "choice": "pin"})
    assert response.status_code == 422
    assert "The other article blocks this one both ways. Take that back there first." in text(response)


# who may


def test_reporter_looks_at_an_own_draft_and_decides_nothing(three):
    browser = enter("Reporter")
    own = make.draft("Sarn dyke breaks again", created_by=browser.person)
    response = browser.get(article_url(own, "related"))
    assert (response.status_code, response.context["may_decide"]) == (200, False)
    assert page(response).all("button", name="choice") == []
    assert browser.post(article_url(own, "related"), {"other": three[0].pk, "choice": "pin"}).status_code == 403
    assert browser.get(article_url(three[0], "related")).status_code == 403
    assert choices() == []


def test_decision_from_another_site_is_refused(three):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make.user("Editor"))
    response = browser.post(article_url(three[0], "related"), {"other": three[1].pk, "choice": "pin"})
    assert (response.status_code, choices()) == (403, [])


# what it costs


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_a_fixed_number_of_queries(editor, rows):
    article = flood("Sarn dyke breaks", hashtags=[make.hashtag() for _ in range(rows)])
    others = [flood(f"Ottery dyke {n}", hashtags=list(article.hashtags.all())) for n in range(rows * 3)]
    related_again(article, *others)
    for n in range(rows):
        RelatedChoice.objects.decide(article, others[n], "pin")
        RelatedChoice.objects.decide(article, others[-1 - n], "block")
    editor.get(article_url(article, "related"))
    with CaptureQueriesContext(connection) as captured:
        response = editor.get(article_url(article, "related"))
    assert len(response.context["findings"]) == rows * 3
    assert len(captured) == 16


# the article's own form


def test_article_whose_story_an_editor_chooses_is_left_there(editor):
    article, story = make.article(), make.story()
    data = form_of(editor.get(article_url(article))) | {"story": story.pk, "initial-story": ""}
    assert editor.post(article_url(article), data).status_code == 302
    article.refresh_from_db()
    assert (article.story, article.story_is_set) == (story, True)


def test_story_that_the_program_found_meanwhile_is_kept(editor):
    article, story = make.article(), make.story()
    data = form_of(editor.get(article_url(article))) | {"initial-story": "", "headline": "Another headline"}
    Article.objects.filter(pk=article.pk).update(story=story)
    assert editor.post(article_url(article), data).status_code == 302
    article.refresh_from_db()
    assert (article.story, article.story_is_set, article.headline) == (story, False, "Another headline")


def test_editor_locks_what_is_shown(editor, three):
    article = three[0]
    data = form_of(editor.get(article_url(article))) | {"related_is_locked": "on"}
    assert editor.post(article_url(article), data).status_code == 302
    article.refresh_from_db()
    assert article.related_is_locked
    assert "the program leaves what is shown as it is" in text(editor.get(article_url(article, "related")))
