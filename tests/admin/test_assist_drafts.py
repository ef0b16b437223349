"""Editors ask a remote program for drafts, compare each sentence with the article, mend, approve by name or reject."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from articles.models import AssistDraft, AssistLedger, Due
from tests import make
from tests.admin.desk import article_url, enter, messages, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(settings):
    settings.ASSIST_URL, settings.ASSIST_MODEL, settings.ASSIST_KEY = "http://127.0.0.1:9", "a-model", "a key"
    return make.article("River rises", outlet=make.outlet(allows_remote_assist=True))


@pytest.fixture
def editor():
    return enter("Editor", first_name="Edda", last_name="Editor")


def draft_url(draft, verb="change"):
    return url(f"articles_assistdraft_{verb}", draft.pk)


def now(draft):
    return AssistDraft.objects.get(pk=draft.pk)


def problem(draft, sentence, words):
    """Store that the gate found something, as it does when an answer comes."""
    AssistDraft.objects.filter(pk=draft.pk).update(findings=[{"sentence": sentence, "problem": words}])


# --- asking -----------------------------------------------------------------------------------------------------------


def test_editor_asks_on_the_page_of_an_article(article, editor):
    page = text(editor.get(article_url(article, "drafts")))
    assert "Of 200000 tokens a day 0 are spent." in page
    answer = editor.post(article_url(article, "drafts"), {"kind": "translation", "language": "fr"}, follow=True)
    draft = AssistDraft.objects.get()
    assert (draft.kind, draft.language, draft.state, draft.asked_by) == ("translation", "fr", "asked", editor.person)
    assert messages(answer) == [
        "Translation into French: the program is asked. Its draft will stand here, and nowhere else."
    ]
    assert LogEntry.objects.get().change_message == "Translation into French: a draft is asked for."
    assert Due.objects.filter(kind="draft").values_list("key", flat=True).get() == draft.pk


def test_what_is_not_a_translation_is_in_the_articles_language(article, editor):
    editor.post(article_url(article, "drafts"), {"kind": "easy", "language": "fr"})
    assert AssistDraft.objects.get().language == "en"


@pytest.mark.parametrize("given", [{}, {"kind": "poem"}, {"kind": "translation"}, {"kind": "summary"}])
def test_refusal_is_told_on_the_page(article, editor, given):
    if given == {"kind": "summary"}:
        AssistLedger.objects.create(pk=1, day=timezone.localdate(), spent=200_000)
    answer = editor.post(article_url(article, "drafts"), given)
    assert (answer.status_code, AssistDraft.objects.count(), Due.objects.filter(kind="draft").count()) == (422, 0, 0)
    if given == {"kind": "summary"}:
        assert "budget for the remote program is spent" in text(answer)


def test_article_that_may_not_be_sent_has_no_form(article, editor):
    article.outlet.allows_remote_assist = False
    article.outlet.save()
    page = editor.get(article_url(article, "drafts"))
    assert "does not allow it: see its page at the desk." in text(page)
    assert "Ask for a draft" not in page.content.decode()


def test_resting_service_is_said(article, editor):
    AssistLedger.objects.create(
        pk=1, day=timezone.localdate(), failures=3, rests_until=timezone.now() + make.HOUR, spent=7
    )
    assert "The service did not answer lately: it is asked again" in text(editor.get(article_url(article, "drafts")))


def test_nothing_of_it_is_seen_where_no_service_is(article, editor, settings):
    def seen():
        pages = [url("index"), article_url(article)]
        return ["rafts by a program" in editor.get(page).content.decode() for page in pages]

    assert seen() == [True, True]
    settings.ASSIST_URL = ""
    assert seen() == [False, False]


def test_what_was_approved_can_be_taken_back_where_no_service_is_any_longer(article, editor, settings):
    draft = make.approved(article)
    settings.ASSIST_URL = ""
    page = editor.get(article_url(article, "brief")).content.decode()
    assert article_url(article, "drafts") in page
    page = editor.get(article_url(article, "drafts")).content.decode()
    assert (draft_url(draft) in page, "Ask for a draft" in page) == (True, False)
    editor.post(draft_url(draft, "reject"), {"seen_version": draft.version})
    assert now(draft).state == "rejected"


# --- looking ----------------------------------------------------------------------------------------------------------


def test_each_sentence_stands_beside_what_it_cites_and_what_speaks_against_it(article, editor):
    rows = [("Up it went.", [1]), ("Nobody <script>alert(1)</script> was hurt.", [2])]
    draft = make.assist_draft(article, *rows)
    problem(draft, 0, "The name “Up” is not in what it cites.")
    page = editor.get(draft_url(draft))
    said = [(row["text"], [number for number, _ in row["cited"]], row["problems"]) for row in page.context["rows"]]
    assert said == [
        ("Up it went.", [1], ["The name “Up” is not in what it cites."]),
        (rows[1][0], [2], []),
    ]
    assert "The river rose two metres in one night." in text(page)
    assert page.context["uncited"] == []
    easy = make.assist_draft(article, ("Up it went.", [1]), kind="easy")
    assert "No sentence rests on 0, 2: look whether something is left out." in text(editor.get(draft_url(easy)))
    assert "<script>alert" not in page.content.decode()


def test_list_has_tabs_by_state(article, editor):
    draft = make.assist_draft(article)
    make.approved(article, kind="easy")
    page = editor.get(url("articles_assistdraft_changelist"))
    assert [each.pk for each in page.context["cl"].result_list] == [draft.pk]
    tabs = [(tab["display"], tab["count"]) for tab in page.context["cl"].filter_specs[0].choices(page.context["cl"])]
    assert tabs[:3] == [("To be looked at", 1), ("Asked for", 0), ("Approved", 1)]


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_named_editor_approves_and_it_is_logged(article, editor):
    draft = make.assist_draft(article)
    asked = text(editor.get(draft_url(draft, "approve")))
    assert "You say that you compared each sentence with the article." in asked
    editor.post(draft_url(draft, "approve"), {"seen_version": draft.version})
    draft = now(draft)
    assert (draft.state, draft.decided_by, draft.decided_name) == ("approved", editor.person, "Edda Editor")
    assert LogEntry.objects.latest("pk").change_message.startswith("Summary, article")


def test_account_without_a_name_does_not_approve(article):
    draft = make.assist_draft(article)
    answer = enter("Editor").post(draft_url(draft, "approve"), {"seen_version": draft.version})
    assert (answer.status_code, now(draft).state) == (422, "draft")
    assert "your account has no name" in text(answer)


def test_draft_with_a_problem_is_not_approved_until_it_is_mended(article, editor):
    draft = make.assist_draft(article, ("The river rose three metres.", [1]), ("Nobody was hurt.", [2]))
    answer = editor.post(draft_url(draft, "approve"), {"seen_version": draft.version})
    assert (answer.status_code, now(draft).state) == (422, "draft")
    assert "The number “three” is not in what it cites." in text(answer)
    given = {"text_0": "The river rose two metres.", "paragraphs_0": "1", "text_1": "", "paragraphs_1": "2"}
    editor.post(draft_url(draft, "mend"), given | {"seen_version": draft.version})
    draft = now(draft)
    assert draft.sentences == [{"text": "The river rose two metres.", "paragraphs": [1]}]
    assert (draft.findings, draft.is_mended, draft.state) == ([], True, "draft")
    editor.post(draft_url(draft, "approve"), {"seen_version": draft.version})
    assert now(draft).state == "approved"


def test_mended_words_go_through_the_gate_again(article, editor):
    draft = make.assist_draft(article)
    given = {"text_0": "Macron <b>came</b>.\u202e", "paragraphs_0": "1, 9", "text_1": "It rose.", "paragraphs_1": ""}
    editor.post(draft_url(draft, "mend"), given | {"seen_version": draft.version})
    assert now(draft).sentences[0] == {"text": "Macron <b>came</b>.", "paragraphs": [1, 9]}
    assert [finding["problem"] for finding in now(draft).findings] == [
        "There is no paragraph 9.",
        "It cites no paragraph.",
    ]


def test_editor_says_how_a_name_is_written_elsewhere(article, editor):
    draft = make.assist_draft(article, ("La Rivière Untel monte.", [1]), kind="translation", language="fr")
    given = {"text_0": draft.sentences[0]["text"], "paragraphs_0": "1", "renderings": "Rivière Untel = river\n"}
    editor.post(draft_url(draft, "mend"), given | {"seen_version": draft.version})
    draft = now(draft)
    assert (draft.renderings, draft.findings, draft.is_mended) == ({"Rivière Untel": "river"}, [], False)


@pytest.mark.parametrize("odd", [{"paragraphs_0": "one"}, {"renderings": "Allemagne"}])
def test_mending_that_makes_no_sense_keeps_the_typed_words(article, editor, odd):
    draft = make.assist_draft(article)
    given = {"text_0": "As I typed it.", "paragraphs_0": "1", "seen_version": draft.version} | odd
    answer = editor.post(draft_url(draft, "mend"), given)
    assert (answer.status_code, "As I typed it." in text(answer), now(draft).version) == (422, True, draft.version)


def test_second_of_two_editors_is_told(article, editor):
    draft = make.assist_draft(article)
    enter("Chief", first_name="Cleo", last_name="Chief").post(
        draft_url(draft, "approve"), {"seen_version": draft.version}
    )
    given = {"text_0": "As I typed it.", "paragraphs_0": "1", "seen_version": draft.version}
    answer = editor.post(draft_url(draft, "mend"), given)
    assert (answer.status_code, now(draft).decided_name) == (422, "Cleo Chief")
    assert "Its state has changed" in text(answer)
    fresh = make.assist_draft(article, kind="easy")
    editor.post(draft_url(fresh, "mend"), given | {"seen_version": fresh.version})
    answer = editor.post(draft_url(fresh, "approve"), {"seen_version": fresh.version})
    assert "It was changed meanwhile. Look at it again, then decide." in text(answer)


def test_draft_of_an_older_text_is_not_approved(article, editor):
    draft = make.assist_draft(article)
    article.body += "<p>New.</p>"
    article.save()
    assert now(draft).state == "stale"
    answer = editor.post(draft_url(draft, "approve"), {"seen_version": now(draft).version})
    assert (answer.status_code, now(draft).state) == (422, "stale")


def test_newer_one_takes_the_place_of_the_approved(article, editor):
    older, newer = make.approved(article), make.assist_draft(article)
    editor.post(draft_url(newer, "approve"), {"seen_version": newer.version})
    assert (now(older).state, now(newer).state) == ("stale", "approved")


def test_approved_one_is_taken_back(article, editor):
    draft = make.approved(article)
    editor.post(draft_url(draft, "reject"), {"seen_version": draft.version})
    assert now(draft).state == "rejected"
    assert "data-generated" not in Client().get(article.get_absolute_url()).content.decode()


def test_reporter_does_none_of_it(article):
    draft, reporter = make.assist_draft(article), enter("Reporter")
    answers = [reporter.post(draft_url(draft, verb)).status_code for verb in ("approve", "mend", "reject", "change")]
    answers.append(reporter.post(article_url(article, "drafts"), {"kind": "summary"}).status_code)
    assert answers == [403] * 5
