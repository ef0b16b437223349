"""What readers see of texts that a program wrote: approved by name, of the present text, and called what they are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import assist
from articles.models import Article, AssistDraft, MistakeReport
from tests import make
from tests.admin.desk import enter
from tests.documents import page

pytestmark = pytest.mark.django_db
ROSE = ("The river rose two metres.", [1])
HURT = ("Nobody was hurt.", [2])
FRENCH = [("La rivière monte.", [0]), ("Elle a monté de deux mètres.", [1])]


@pytest.fixture
def article():
    return make.article("River rises", outlet=make.outlet(allows_remote_assist=True))


def status(article, place="easy"):
    return Client().get(f"/articles/{article.pk}/in/{place}/").status_code


def module(article):
    return page(Client().get(article.get_absolute_url())).one(data_module="assist")


def summaries(article):
    document = page(Client().get(article.get_absolute_url()))
    return [node.text for node in document.all("ol", data_generated=None)]


def test_summary_says_who_wrote_and_who_approved_it_and_leads_to_its_paragraphs(article):
    make.approved(article, ROSE, HURT)
    told = module(article)
    links = [(link.text, link["href"]) for link in told.one("ol", data_generated=None).all("a")]
    assert links == [(ROSE[0], "#p1"), (HURT[0], "#p2")]
    (label,) = [note.text for note in told.all("p", data_written_by="program")]
    today = timezone.localdate()
    assert label == (
        "Written by a program (a-model) from this article, checked and approved by Edda Editor on "
        f"{today.day} {today:%B %Y}. How this works · Report a mistake"
    )


def test_what_an_editor_changed_is_said(article):
    draft = make.assist_draft(article, ROSE)
    assist.mend_draft(draft, [{"text": "The river rose.", "paragraphs": [1]}], {})
    assist.approve_draft(draft, by=make.user("Editor", first_name="Edda", last_name="Editor"), at=timezone.now())
    assert "changed, checked and approved by Edda Editor" in module(article).text


def test_long_texts_have_pages_of_their_own(article):
    make.approved(article, ROSE, HURT, kind="easy")
    make.approved(article, *FRENCH, kind="translation", language="fr")
    links = [(link.text, link["href"]) for link in module(article).all("a", rel="nofollow")][:2]
    base = f"/articles/{article.pk}/in"
    assert links == [("Easy-read version", f"{base}/easy/"), ("Translation into French", f"{base}/fr/")]
    answer = Client().get(f"{base}/fr/")
    document = page(answer)
    text = document.one(data_generated=None)
    assert text["lang"] == "fr"
    assert [node.text for node in text.all("p")] == ["La rivière monte. [0]", "Elle a monté de deux mètres. [1]"]
    assert [link["href"] for link in text.all("a")] == [article.get_absolute_url(), f"{article.get_absolute_url()}#p1"]
    assert document.one("link", rel="canonical")["href"] == f"http://127.0.0.1:8000{article.get_absolute_url()}"
    assert document.one("meta", name="robots")["content"] == "noindex"
    assert (answer["Cache-Control"], answer.cookies) == ("public, max-age=0, s-maxage=60, must-revalidate", {})
    assert "checked and approved by Edda Editor" in document.one("main").text
    assert Client().post(f"{base}/fr/").status_code == 405


@pytest.mark.parametrize("state", ["asked", "failed", "draft", "rejected", "stale"])
def test_nothing_is_shown_that_is_not_approved(article, state):
    make.approved(article, ROSE)
    draft = make.approved(article, ROSE, kind="easy")
    AssistDraft.objects.update(state="rejected")
    AssistDraft.objects.filter(pk=draft.pk).update(state=state)
    assist.prepare(article)
    assert (summaries(article), status(article)) == ([], 404)


def test_nothing_is_shown_of_an_older_text_even_if_nobody_noted_the_edit(article):
    make.approved(article, ROSE)
    make.approved(article, ROSE, kind="easy")
    assert (len(summaries(article)), status(article)) == (1, 200)
    Article.objects.update(body=make.BODY.replace("two", "six"))  # past every receiver
    assert (summaries(article), status(article)) == ([], 404)


def test_edit_makes_it_stale_in_its_own_transaction(article):
    draft = make.approved(article, ROSE)
    article.refresh_from_db()
    article.headline = "River falls"
    article.save()
    draft.refresh_from_db()
    assert (draft.state, summaries(article)) == ("stale", [])
    article.headline = "River rises"
    article.save()
    assist.prepare(article)
    assert summaries(article) == []


def test_outlet_that_takes_its_word_back_has_none_at_once(article):
    make.approved(article, ROSE)
    make.approved(article, ROSE, kind="easy")
    article.outlet.allows_remote_assist = False
    article.outlet.save()
    assert (summaries(article), status(article)) == ([], 404)


def test_operator_switches_all_of_it_off(article, settings):
    make.approved(article, ROSE)
    make.approved(article, ROSE, kind="easy")
    settings.ASSIST_URL = ""
    assert (len(summaries(article)), status(article)) == (1, 200)
    settings.READING_AID = False
    assert (summaries(article), status(article)) == ([], 404)


@pytest.mark.parametrize("outcome", ["notice", "gone", "legal"])
def test_withdrawn_article_takes_its_texts_along(article, outcome):
    make.approved(article, ROSE, kind="easy")
    article.refresh_from_db()
    article.withdraw(by=None, at=timezone.now(), outcome=outcome, reason="Wrong.")
    assert status(article) == 404


@pytest.mark.parametrize("field", ["embargo_until", "expires_at"])
def test_article_under_embargo_or_expired_has_no_texts(article, field):
    make.approved(article, ROSE, kind="easy")
    moment = timezone.now() + (make.DAY if field == "embargo_until" else -make.MICROSECOND)
    Article.objects.update(**{field: moment})
    assert status(article) == 404


@pytest.mark.parametrize("place", ["fr", "summary", "translation", "xx", "easy-"])
def test_other_places_lead_nowhere(article, place):
    make.approved(article, ROSE)
    make.approved(article, ROSE, kind="easy")
    assert status(article, place) == 404


def test_words_of_the_program_are_text_wherever_they_stand(article):
    hostile = ("The <script>alert(1)</script> &amp; river.", [1])
    for kind, language in (("summary", "en"), ("easy", "en"), ("translation", "ar")):
        draft = make.assist_draft(article, hostile, kind=kind, language=language)
        draft.approve(by=make.user("Editor", first_name="<b>Edda</b>"), at=timezone.now())
    assist.prepare(article)
    for address in (article.get_absolute_url(), *(f"/articles/{article.pk}/in/{each}/" for each in ("easy", "ar"))):
        said = Client().get(address).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; river." in said
        assert ("<script>alert" in said, "<b>Edda" in said) == (False, False)


def test_summary_costs_the_article_page_no_query(article):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            Client().get(article.get_absolute_url())
        return len(queries)

    assist.prepare(article)
    before = cost()
    make.approved(article, ROSE, HURT)
    make.approved(article, *FRENCH, kind="translation", language="fr")
    assert (len(summaries(article)), cost()) == (1, before)


def test_texts_are_in_no_feed_and_no_search(article):
    make.approved(article, ("The river rose, quokkawise.", [1]))
    make.approved(article, ("The river rose, quokkawise.", [1]), kind="easy")
    assert "quokkawise" in Client().get(article.get_absolute_url()).content.decode()
    for address in ("/", "/feed.atom", "/feed.json", "/feed.rss", "/search/?q=quokkawise+river", "/sitemap.xml"):
        assert "quokkawise." not in Client().get(address).content.decode()


# --- the page that explains -------------------------------------------------------------------------------------------


def explained():
    return page(Client().get("/ai/")).one("main").text


def test_page_says_that_nothing_is_written_where_nothing_is():
    assert "no model writes anything" in explained()
    assert "easy-read" not in explained()


def test_page_counts_what_was_approved_and_what_was_wrong(article, settings):
    settings.ASSIST_URL, settings.ASSIST_MODEL = "http://127.0.0.1:9", "a-model"
    make.approved(article, ROSE)
    enter("Chief")
    assist.reject_draft(make.assist_draft(article, ROSE, kind="easy"), by=make.user("Editor"), at=timezone.now())
    headers = {"Sec-Fetch-Site": "same-origin"}
    said = {"part": "written", "text": "It rose three metres."}
    assert Client().post(f"/articles/{article.pk}/mistake/", said, headers=headers).status_code == 200
    MistakeReport.objects.get().settle("mistake", by=None, at=timezone.now())
    told = explained()
    assert "at present a-model" in told
    assert "no model writes anything" not in told
    assert (
        "Editors approved 1 such text so far and rejected 1. Readers reported 1 mistake in them; editors found 1 to be "
        "one and 0 to be none." in told
    )


def test_mistake_in_such_a_text_is_offered_where_there_is_one(article):
    def offered():
        document = page(Client().get(f"/articles/{article.pk}/mistake/?part=written"))
        return [field["value"] for field in document.all("input", name="part") if field["value"] == "written"]

    assert offered() == []
    make.approved(article, ROSE)
    assert offered() == ["written"]
