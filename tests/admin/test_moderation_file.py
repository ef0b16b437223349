"""What the desk knows of a comment, of its writer, of reports and decisions, each on its page."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Ban, Comment, RuleHit
from tests import make
from tests.admin.desk import comment_url, enter, messages, text, url
from tests.documents import page

pytestmark = pytest.mark.django_db

NOW = datetime(2031, 5, 4, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def moderator():
    return enter("Moderator", username="mona")


@pytest.fixture
def article():
    return make.article("The river rises", at=NOW - 9 * HOUR)


def sections(response):
    """Return {heading: words} of what the page knows besides the record's own fields."""
    found = [section for section in page(response).all("section") if "desk-file" in section.classes]
    return {section.one("h2").text: section.text.removeprefix(section.one("h2").text).strip() for section in found}


def result_rows(response):
    return [row.text for row in page(response).one(id="result_list").one("tbody").all("tr")]


# a comment


def test_page_of_a_comment_tells_all_that_is_known_of_it(article, moderator):
    reader = make.commenter()
    make.comment(article, "Good.", commenter=reader, name="Bo", at=NOW - 3 * HOUR)
    comment = make.comment(article, "A flood?", commenter=reader, name="Bo", at=NOW - HOUR / 20)
    hit = RuleHit(rule="words_on_the_list", words="FREE m0ney", says="“free money” is on the list of words.")
    comment.edit("A flood of FREE  m0ney!", at=NOW - HOUR / 30, state="public", hits=[hit])
    make.report(comment, "illegal", text="It names my street.", email="ida@reader.example", reference="R-1",
                commenter=make.commenter(user=make.user(username="ida")), at=NOW)  # fmt: skip
    comment.hold(by=moderator.person, at=NOW, reason="Ask the desk.")
    reader.ban(by=moderator.person, at=NOW, reason="Insults.", until=NOW + 24 * HOUR)
    response = moderator.get(comment_url(comment))
    assert sections(response) == {
        "Rules that held it": "“free money” is on the list of words. FREE m0ney",
        "Reports": "It is against the law · R-1 · 12:30 UTC · ida · ida@reader.example It names my street. Undecided",
        "What it said before": "Until 12:28 UTC A flood?",
        "Decisions": "WhenWhoFromToWhy 12:30 UTCmonaPublicHeldAsk the desk.",
        "The writer's other comments": f"1 public, 0 taken down. Reader {reader.pk} · All comments by this writer "
        "Good. Public · Bo, 09:30 UTC, “The river rises”",
        "Bans": "Insults. In force · the whole site, mona, 12:30 UTC, until 5 May 2031, 12:30 UTC",
    }
    shown = page(response).one(class_="field-text").one(class_="desk-comment")
    assert (shown.raw_text.rstrip(), [mark.raw_text for mark in shown.all("mark")]) == (
        "A flood of FREE  m0ney!", ["FREE  m0ney"],
    )  # fmt: skip


def test_page_of_a_comment_lists_the_writers_last_ten_others(article, moderator):
    reader = make.commenter()
    made = [make.comment(article, f"Number {n}", commenter=reader, at=NOW - n * HOUR / 2) for n in range(12)]
    others = moderator.get(comment_url(made[0])).context["file"].others
    assert [comment.body for comment in others] == [f"Number {n}" for n in range(1, 11)]


def test_page_of_a_comment_by_nobody_known_says_so(article, moderator):
    assert sections(moderator.get(comment_url(make.comment(article)))) == {
        "Decisions": "Nobody has decided on it.",
        "The writer": "Who wrote it is not known.",
    }


def test_editor_sees_the_comment_and_not_its_file(article):
    comment = make.comment(article, commenter=make.commenter())
    make.report(comment, text="It names my street.")
    assert sections(enter("Editor").get(comment_url(comment))) == {}


def test_settled_report_says_what_came_of_it(article, moderator):
    comment = make.comment(article)
    make.report(comment, at=NOW)
    comment.reject(by=moderator.person, at=NOW, reason="An insult.")
    assert sections(moderator.get(comment_url(comment)))["Reports"].endswith(
        "Upheld: the comment was taken down (mona, 12:30 UTC)"
    )


# a reader


def test_page_of_a_reader_shows_record_comments_and_bans(article, moderator):
    reader = make.commenter(user=make.user(username="rosa"))
    make.comment(article, "Good.", commenter=reader, name="Rosa", at=NOW)
    make.comment(article, "Bad.", commenter=reader, name="Rosa", at=NOW - HOUR, state="spam")
    reader.ban(by=None, at=NOW - 2 * HOUR, reason="Spam.", outlet=article.outlet).lift(at=NOW)
    response = moderator.get(url("articles_commenter_change", reader.pk))
    assert sections(response) == {
        "Comments": "1 public, 1 taken down. All comments by this writer "
        "Good. Public · Rosa, 12:30 UTC, “The river rises” Bad. Spam · Rosa, 11:30 UTC, “The river rises”",
        "Bans": "Spam. Lifted · The Lantern, somebody, 10:30 UTC",
    }
    assert [button["verb"].name for button in response.context["verb_buttons"]] == ["ban", "reject_all"]


def test_reader_is_banned_and_everything_taken_down_from_the_readers_page(article, moderator):
    reader = make.commenter()
    for number in range(2):
        make.comment(article, f"Bad {number}", commenter=reader)
    banned = moderator.post(url("articles_commenter_ban", reader.pk), {"reason": "Insults."}, follow=True)
    taken = moderator.post(url("articles_commenter_reject_all", reader.pk), {"reason": "Insults."}, follow=True)
    assert messages(banned) + messages(taken) == [
        f"Reader {reader.pk} is banned.",
        f"Everything public by Reader {reader.pk} is rejected.",
    ]
    assert Ban.objects.values_list("commenter", "reason", "until", "outlet", "by").get() == (
        reader.pk, "Insults.", None, None, moderator.person.pk,
    )  # fmt: skip
    assert set(Comment.objects.values_list("state", "state_reason")) == {("rejected", "Insults.")}
    assert Article.objects.get().comment_count == 0


def test_list_of_readers_says_what_became_of_their_comments(article, moderator):
    good, bad = make.commenter(at=NOW), make.commenter(at=NOW)
    make.comment(article, commenter=good)
    make.comment(article, commenter=bad, state="rejected")
    bad.ban(by=None, at=NOW, reason="Insults.")
    cells = [
        [cell.text for cell in row.children if getattr(cell, "tag", None)]
        for row in page(moderator.get(url("articles_commenter_changelist")))
        .one(id="result_list")
        .one("tbody")
        .all("tr")
    ]
    assert [row[-4:] for row in cells] == [
        [f"Reader {bad.pk}", "0 public, 1 taken down", "Banned", "12:30 UTC"],
        [f"Reader {good.pk}", "1 public, 0 taken down", "-", "12:30 UTC"],
    ]


# bans


def test_bans_are_listed_in_force_and_over(article, moderator):
    reader = make.commenter()
    reader.ban(by=None, at=NOW - HOUR, reason="For good.")
    reader.ban(by=None, at=NOW - HOUR, reason="For a day.", until=NOW + 23 * HOUR)
    reader.ban(by=None, at=NOW - 2 * HOUR, reason="For an hour.", until=NOW - HOUR)
    reader.ban(by=None, at=NOW - 2 * HOUR, reason="Lifted.").lift(at=NOW)

    def listed(tab):
        found = moderator.get(url("articles_ban_changelist") + f"?queue={tab}").context["cl"].result_list
        return [ban.reason for ban in found]

    assert {tab: listed(tab) for tab in ("in-force", "over", "all")} == {
        "in-force": ["For a day.", "For good."],
        "over": ["Lifted.", "For an hour."],
        "all": ["Lifted.", "For an hour.", "For a day.", "For good."],
    }


def test_ban_is_lifted_once_and_stays_on_record(article, moderator):
    reader = make.commenter()
    ban = reader.ban(by=None, at=NOW - HOUR, reason="Insults.")
    page_of_it = url("articles_ban_change", ban.pk)
    assert [each["verb"].name for each in moderator.get(page_of_it).context["verb_buttons"]] == ["lift"]
    done = moderator.post(url("articles_ban_lift", ban.pk), follow=True)
    again = moderator.post(url("articles_ban_lift", ban.pk))
    assert (messages(done), again.status_code) == ([f"The ban of Reader {reader.pk} is lifted."], 422)
    assert Ban.objects.values_list("lifted_at", "reason").get() == (NOW, "Insults.")
    assert moderator.get(page_of_it).context["verb_buttons"] == []
    reader.must_not_be_banned(article=article, at=NOW)


# reports and decisions


def test_reports_wait_with_the_illegal_first_then_the_oldest(article, moderator):
    for kind, hours in (("spam", 1), ("abuse", 2), ("illegal", 0)):
        make.report(make.comment(article, f"It is {kind}.", at=NOW - 3 * HOUR), kind, at=NOW - hours * HOUR, text=kind)
    settled = make.comment(article, at=NOW - 3 * HOUR)
    make.report(settled, "other", text="settled")
    settled.approve(by=None, at=NOW)

    def listed(query):
        found = moderator.get(url("articles_report_changelist") + query).context["cl"].result_list
        return [report.text for report in found]

    assert (listed(""), listed("?queue=dismissed")) == (["illegal", "abuse", "spam"], ["settled"])


def test_report_is_found_by_its_reference(article, moderator):
    make.report(make.comment(article, "Bad."), "illegal", reference="R-77", text="My street.")
    make.report(make.comment(article, "Worse."), "illegal", reference="R-78", text="My name.")
    [row] = result_rows(moderator.get(url("articles_report_changelist") + "?q=R-77"))
    assert [
        word for word in ("It is against the law", "My street.", "R-77", "Bad.", "12:30 UTC") if word not in row
    ] == []


def test_log_is_the_newest_first_and_found_by_who_and_what(article, moderator):
    other = make.user("Moderator", username="otto")
    make.comment(article, "One.", state="held").approve(by=moderator.person, at=NOW)
    make.comment(article, "Two.").reject(by=other, at=NOW, reason="An insult.")
    make.comment(article, "Three.").delete_text(at=NOW)

    def listed(query=""):
        found = moderator.get(url("articles_decision_changelist") + query).context["cl"].result_list
        return [(str(line.by), line.from_state, line.to_state, line.reason) for line in found]

    every = [
        ("None", "public", "deleted", "Deleted by its author."),
        ("otto", "public", "rejected", "An insult."),
        ("mona", "held", "public", ""),
    ]
    assert listed() == every
    assert [listed(f"?by={other.pk}"), listed("?by=nobody"), listed("?to=public"), listed("?by=x")] == [
        every[1:2], every[:1], every[2:], [],
    ]  # fmt: skip
    assert "otto Public → Rejected An insult." in text(moderator.get(url("articles_decision_changelist")))


# words


def test_word_stands_on_a_list_once_however_it_is_spelt(moderator):
    make.word_rule("viagra")
    add = url("articles_wordrule_add")
    again = moderator.post(add, {"phrase": "V1AGRA", "effect": "hold", "outlet": "", "note": ""})
    told = {"phrase": ["It is on this list already, perhaps in another spelling."]}
    assert again.context["adminform"].form.errors == told
    outlets = {"phrase": "V1AGRA", "effect": "refuse", "outlet": make.outlet().pk, "note": "Wave of May"}
    assert moderator.post(add, outlets).status_code == 302


def test_list_of_words_is_searched_however_they_are_spelt(moderator):
    make.word_rule("Víagra")
    make.word_rule("casino", "refuse")
    address = url("articles_wordrule_changelist")
    assert [rule.phrase for rule in moderator.get(address + "?q=viagra").context["cl"].result_list] == ["Víagra"]
    assert [rule.phrase for rule in moderator.get(address + "?effect=refuse").context["cl"].result_list] == ["casino"]


def test_tried_text_shows_which_rules_fire_and_stores_nothing(article, moderator):
    make.word_rule("free money")
    make.word_rule("casino", "refuse", outlet=article.outlet)
    make.word_rule("river", outlet=make.outlet("Another"))
    asked = {
        "body": "FREE  m0ney at the CASINO by the river: http://a.example",
        "name": "",
        "outlet": article.outlet.pk,
    }
    response = moderator.post(url("articles_wordrule_try"), asked)
    trial = response.context["trial"]
    assert trial.verdict.refusals == {"body": "We do not publish “CASINO”. Say it in other words."}
    assert [(hit.rule, hit.words) for hit in trial.verdict.hits] == [
        ("words_on_the_list", "FREE m0ney"), ("links", "http://a.example"),
    ]  # fmt: skip
    assert [(rule.phrase, words) for rule, words in trial.found] == [("free money", "FREE m0ney"), ("casino", "CASINO")]
    shown = page(response).one(class_="desk-trial").one(class_="desk-comment")
    assert [mark.raw_text for mark in shown.all("mark")] == ["FREE  m0ney", "CASINO", "http://a.example"]
    assert "It would be refused" in text(response)
    assert (Comment.objects.count(), RuleHit.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("body", "said"),
    [("The water came to my knee.", "It would be public at once"), ("Free money!", "It would wait for a moderator")],
)
def test_tried_text_hears_what_would_become_of_it(moderator, body, said):
    make.word_rule("free money")
    assert said in text(moderator.post(url("articles_wordrule_try"), {"body": body}))


def test_nothing_to_try_is_told(moderator):
    response = moderator.post(url("articles_wordrule_try"), {"body": ""})
    assert (response.status_code, response.context["form"].errors) == (422, {"body": ["This field is required."]})


def test_moderators_page_of_a_reader_keeps_no_device_or_network(article, moderator):
    reader = make.commenter(at=timezone.now())
    make.comment(article, commenter=reader, network="day-net")
    html = moderator.get(url("articles_commenter_change", reader.pk)).content.decode()
    assert [secret for secret in (reader.device, "day-net") if secret in html] == []
