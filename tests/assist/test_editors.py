"""What editors do to the reading aid: key points of their choice, the glossary, readers' reports of mistakes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import assist, work
from articles.models import Article, GlossaryTerm, KeyPointsChoice, MistakeReport, ReadingAid, StaleRecord
from articles.text import html
from tests import make
from tests.admin.desk import enter
from tests.assist.test_key_points import BODY, HEADLINE, SENTENCES, STANDFIRST
from tests.documents import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    made = make.article(HEADLINE, standfirst=STANDFIRST, body=BODY)
    assist.prepare(made)
    return made


def module(article):
    return page(Client().get(article.get_absolute_url())).one(data_module="assist")


def points(article):
    return [node.text for node in module(article).one("ol", class_="points").all("li")]


def brief(article, browser, **fields):
    return browser.post(reverse("admin:articles_article_brief", args=[article.pk]), fields)


# --- In brief ---------------------------------------------------------------------------------------------------------


def test_editor_swaps_sentences_and_readers_are_told_who_chose(article):
    answer = brief(article, enter("Editor"), sentences=["5", "7"])
    assert answer.status_code == 302
    assert points(article) == [SENTENCES[5], SENTENCES[7]]
    assert "Chosen by an editor from this article’s own sentences." in module(article).text


def test_editors_own_words_are_labelled_and_lead_nowhere(article):
    brief(article, enter("Editor"), sentences=["5"], own="The dyke is broken.\n")
    assert points(article) == [SENTENCES[5], "The dyke is broken."]
    assert "linked sentences are the article’s own, the others the editor’s" in module(article).text
    last = module(article).one("ol", class_="points").all("li")[1]
    assert last.all("a") == []


def test_nothing_chosen_leaves_it_to_the_program(article):
    editor = enter("Editor")
    brief(article, editor, sentences=["5", "7"])
    brief(article, editor)
    assert KeyPointsChoice.objects.count() == 0
    assert "Chosen by a program" in module(article).text


@pytest.mark.parametrize(
    "fields", [{"sentences": ["1"]}, {"sentences": ["0", "1", "2", "3", "4", "5"]}, {"sentences": ["99", "1"]}]
)
def test_choice_that_makes_no_sense_is_refused_and_kept_on_the_page(article, fields):
    answer = brief(article, enter("Editor"), **fields)
    assert answer.status_code == 422
    assert KeyPointsChoice.objects.count() == 0


def test_chosen_sentences_hold_while_the_article_says_them(article):
    brief(article, enter("Editor"), sentences=["5", "7"])
    article.refresh_from_db()
    article.body = f"<p>New at the top of it all.</p>{BODY}"
    article.save()
    aid = assist.prepare(article)
    assert [point["paragraph"] for point in aid.key_points] == [4, 5]
    article.body = BODY.replace("Railway traffic", "Road traffic")
    article.save()
    assert assist.prepare(article).points_by == ReadingAid.By.PROGRAM


def test_own_words_go_with_the_text_that_they_were_written_for(article):
    brief(article, enter("Editor"), sentences=["5"], own="The dyke is broken.")
    article.refresh_from_db()
    article.body = f"<p>New at the top of it all.</p>{BODY}"
    article.save()
    assert assist.prepare(article).points_by == ReadingAid.By.PROGRAM
    asked = enter("Editor").get(reverse("admin:articles_article_brief", args=[article.pk]))
    assert "no longer holds" in asked.content.decode()


# --- the glossary -----------------------------------------------------------------------------------------------------


def explain(term, definition, **fields):
    made = GlossaryTerm.objects.create(term=term, definition=definition, **fields)
    work.explain(made.pk)
    return made


def test_first_use_of_a_word_leads_to_what_it_means(article):
    term = explain("seepage", "Water that finds its way through a dyke.")
    document = page(Client().get(article.get_absolute_url()))
    links = document.one(itemprop="articleBody").all("a", class_="term")
    assert [(link.text, link["href"]) for link in links] == [("seepage", f"#term-{term.pk}")]
    assert "Water that finds its way through a dyke." in document.one(id=f"term-{term.pk}").text


def test_changed_or_deleted_word_is_so_on_every_page(article):
    term = explain("seepage", "Water.")
    term.definition = "Water in a dyke."
    term.save()
    work.explain(term.pk)
    assert "Water in a dyke." in module(article).text
    pk = term.pk
    term.delete()
    work.explain(pk)
    assert module(article).all("dl", class_="aid-terms") == []


def test_word_is_matched_whole_and_in_its_language_only(article):
    explain("gauge", "No.")
    explain("dy", "No.")
    explain("dyke", "No.", language="fr")
    assert module(article).all("dl", class_="aid-terms") == []


@pytest.mark.parametrize(
    ("language", "term", "others", "whole"),
    [
        ("hi", "कर", "करों की सूची, सरकार, सीकर", "नया कर लगेगा"),  # tax; of taxes, government, a town
        ("ta", "கல", "கலை, கல்", "ஒரு கல வடிவம்"),  # a bushel; art, stone
        ("fr", "cote", "une cote\u0301e, a\u0302cote", "la cote du jour"),  # accents as signs of their own
    ],
)
def test_word_is_whole_in_scripts_whose_letters_carry_marks(language, term, others, whole):
    explained = explain(term, "What it means.", language=language)
    with_others = make.article(body=f"<p>{others}.</p>", language=language)
    with_it = make.article(body=f"<p>{others}, {whole}.</p>", language=language)
    assert assist.glossary.explained_in(with_others) == []
    (found,) = assist.glossary.explained_in(with_it)
    body = html.number_paragraphs(with_it.body)
    link = f'<a class="term" href="#term-{explained.pk}">{term}</a>'
    assert html.link_terms(body, [found]) == body.replace(whole, whole.replace(term, link))


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('<p id="p1">A <a href="/x">dyke</a> and a dyke.</p>', '<p id="p1">A <a href="/x">dyke</a> and a {}.</p>'),
        ('<p id="p1">A <strong>dyke</strong>s.</p>', '<p id="p1">A <strong>{}</strong>s.</p>'),
        ('<p id="p1">A dykes.</p><p id="p2">dyke</p>', '<p id="p1">A dykes.</p><p id="p2">dyke</p>'),
    ],
)
def test_link_is_put_into_text_and_never_into_a_link(body, shown):
    terms = [{"id": 3, "written": "dyke", "paragraph": 1}]
    assert html.link_terms(body, terms) == shown.format('<a class="term" href="#term-3">dyke</a>')


def test_hostile_definition_is_text(article):
    explain("seepage", "<script>alert(1)</script>")
    assert b"<script>alert" not in Client().get(article.get_absolute_url()).content


# --- mistakes ---------------------------------------------------------------------------------------------------------


def report(article, client=None, text="The sentence is not the point.", part="brief", **headers):
    headers = {"Sec-Fetch-Site": "same-origin"} | headers
    return (client or Client()).post(f"/articles/{article.pk}/mistake/", {"part": part, "text": text}, headers=headers)


def counted():
    return page(Client().get("/ai/")).one("main").text


def test_reported_mistakes_are_counted_in_public(article):
    assert report(article).status_code == 200
    report(article, text="Another.")
    report(article, text="Another.")
    assert MistakeReport.objects.count() == 2
    first, second = MistakeReport.objects.order_by("pk")
    first.settle("mistake", by=None, at=timezone.now())
    assert (
        "Readers reported 2 mistakes of programs so far. Editors found 1 to be one and 0 to be none; 1 waits"
        in counted()
    )
    second.settle("none", by=None, at=timezone.now())
    assert "Editors found 1 to be one and 1 to be none; 0 wait" in counted()


def test_two_editors_at_once_settle_it_once(article):
    report(article)
    one, other = MistakeReport.objects.get(), MistakeReport.objects.get()
    one.settle("mistake", by=None, at=timezone.now())
    with pytest.raises(StaleRecord):
        other.settle("none", by=None, at=timezone.now())


def test_report_from_another_site_is_refused_and_one_without_a_word_asks_again(article):
    assert report(article, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert report(article, text=" ").status_code == 422
    assert report(article, part="nonsense").status_code == 422
    assert MistakeReport.objects.count() == 0


def test_reports_are_limited_and_the_words_come_back(article):
    answers = [report(article, text=f"Wrong {number}.") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert int(answers[5]["Retry-After"]) > 0
    assert "Wrong 5." in answers[5].content.decode()
    assert MistakeReport.objects.count() == 5


def test_article_that_is_not_public_takes_no_report():
    assert report(make.draft()).status_code == 404
    assert Article.objects.count() == 1


def test_editor_settles_a_report_at_the_desk(article):
    report(article)
    pk = MistakeReport.objects.get().pk
    enter("Editor").post(reverse("admin:articles_mistakereport_uphold", args=[pk]))
    assert MistakeReport.objects.get().outcome == "mistake"
