"""The moderators' queue: what stands in it and in what order, what a row tells, and how it is worked off."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.admin import lists
from articles.models import Article, Ban, Comment, RuleHit
from tests import make
from tests.admin.desk import comment_url, enter, messages, text, url
from tests.documents import page

pytestmark = pytest.mark.django_db

LIST = "articles_comment_changelist"
TABS = ("reported", "held", "new", "public", "rejected", "spam", "deleted", "all")


def queue(name="held", **more):
    return url(LIST) + f"?queue={name}" + "".join(f"&{key}={value}" for key, value in more.items())


def listed(browser, address):
    return [comment.body for comment in browser.get(address).context["cl"].result_list]


def tabs_of(response):
    [tabs] = [spec for spec in response.context["cl"].filter_specs if getattr(spec, "is_tabs", False)]
    return [(tab["display"], tab["count"]) for tab in tabs.choices(response.context["cl"])]


def row_nodes(response):
    return page(response).one(id="result_list").one("tbody").all("tr")


def rows(response):
    """Return the words of each row of the queue."""
    return [row.text for row in row_nodes(response)]


def act(browser, action, *comments, tab="all", **asked):
    chosen = {"action": action, "_selected_action": [comment.pk for comment in comments]}
    return browser.post(queue(tab), chosen | asked, follow=True)


def states():
    return dict(Comment.objects.values_list("body", "state"))


@pytest.fixture
def moderator():
    return enter("Moderator", username="mona")


@pytest.fixture
def article():
    return make.article("The river rises")


# which, and in what order


def test_each_tab_holds_its_comments_and_says_how_many(article, moderator):
    for state in ("public", "held", "rejected", "spam", "deleted"):
        make.comment(article, f"It is {state}.", state=state)
    make.comment(article, "It was read.").approve(by=moderator.person, at=timezone.now())
    make.report(make.comment(article, "It was reported."))
    held = {tab: sorted(listed(moderator, queue(tab))) for tab in TABS}
    assert held == {
        "reported": ["It was reported."],
        "held": ["It is held."],
        "new": ["It is public.", "It was reported."],
        "public": ["It is public.", "It was read.", "It was reported."],
        "rejected": ["It is rejected."],
        "spam": ["It is spam."],
        "deleted": [""],
        "all": sorted(["", *(f"It is {state}." for state in ("held", "public", "rejected", "spam")),
                       "It was read.", "It was reported."]),
    }  # fmt: skip
    assert tabs_of(moderator.get(queue())) == [(tab.capitalize(), len(comments)) for tab, comments in held.items()]


def test_tab_counts_no_further_than_anybody_reads(article, moderator, monkeypatch):
    monkeypatch.setattr(lists.Tabs, "MOST_COUNTED", 2)
    make.many_comments(article, 4)
    assert dict(tabs_of(moderator.get(queue())))["New"] == "2+"


def test_tabs_are_silent_where_a_search_narrows_the_list(article, moderator):
    make.comment(article, state="held")
    assert {count for _, count in tabs_of(moderator.get(queue(q="nothing")))} == {""}


def test_who_has_waited_longest_comes_first_and_what_is_new_last(article, moderator):
    now = timezone.now()
    for state in ("held", "public"):
        for hours in (1, 3, 2):
            Comment.objects.filter(pk=make.comment(article, f"{state} {hours}", state=state).pk).update(
                created_at=now - timedelta(hours=hours)
            )
    assert listed(moderator, queue("held")) == ["held 3", "held 2", "held 1"]
    assert listed(moderator, queue("new")) == ["public 1", "public 2", "public 3"]


def test_what_most_readers_report_comes_first(article, moderator):
    for number in (1, 3, 2):
        comment = make.comment(article, f"{number} reports")
        for _ in range(number):
            comment.report_count = 0  # each reader sees it as it was
            make.report(comment, network="one")
    assert listed(moderator, queue("reported")) == ["3 reports", "2 reports", "1 reports"]


def test_queue_is_filtered_by_the_rule(article, moderator):
    make.comment(article, "Mine.", state="held")
    hit = RuleHit(rule="links", words="http://a.example", says="1 link.")
    Comment(article=article, name="Bo", body="http://a.example").post(at=timezone.now(), state="held", hits=[hit])
    assert listed(moderator, queue(rule="links")) == ["http://a.example"]
    assert listed(moderator, queue(rule="shouting")) == []


# what a row tells


def test_row_says_who_wrote_what_where_and_why_it_waits(article, moderator):
    reader = make.commenter()
    make.comment(article, "Good.", commenter=reader)
    make.comment(article, "Bad.", commenter=reader, state="rejected")
    parent = make.comment(article, "I saw the water.", name="Ann")
    hits = [
        RuleHit(rule="words_on_the_list", words="FREE m0ney", says="“free money” is on the list of words."),
        RuleHit(rule="links", words="http://a.example", says="1 link in a guest's comment."),
    ]
    comment = Comment(article=article, parent=parent, name="Bo", body="FREE  m0ney: http://a.example", commenter=reader)
    comment.post(at=timezone.now(), state="held", hits=hits)
    response = moderator.get(queue())
    [row] = rows(response)
    when = f"{timezone.now():%H:}"
    before, after = row.split(when)
    assert before == "Bo 1 public, 1 taken down "
    assert after.split(" UTC ")[1] == (
        "on The river rises in answer to Ann: I saw the water. FREE m0ney: http://a.example "
        "Approve Reject… Mark as spam Open the comment by Bo Others by this writer "
        "“free money” is on the list of words. FREE m0ney 1 link in a guest's comment. http://a.example"
    )
    marked = [mark.raw_text for mark in page(response).one(class_="desk-comment").all("mark")]
    assert marked == ["FREE  m0ney", "http://a.example"]


def test_row_counts_open_reports_by_kind_and_the_illegal_one_first(article, moderator):
    comment = make.comment(article)
    for kind in ("abuse", "abuse", "illegal", "spam"):
        make.report(comment, kind, network="one")
    why = page(moderator.get(queue("reported"))).one(class_="desk-why")
    assert [line.text for line in why.all("li")] == [
        "Reported: It is against the law",
        "Reported 2 times: It insults or threatens somebody",
        "Reported: It is advertising or spam",
    ]


def test_row_of_a_long_comment_is_cut_and_never_markup(article, moderator):
    make.comment(article, "<b>x</b> " + "word " * 200, state="held")
    response = moderator.get(queue())
    shown = page(response).one(class_="desk-comment").raw_text.rstrip()
    assert (len(shown) <= 280, shown[:9], shown[-1]) == (True, "<b>x</b> ", "…")


def test_row_tells_that_its_writer_is_banned(article, moderator):
    reader = make.commenter()
    make.comment(article, state="held", commenter=reader)
    ban = reader.ban(by=None, at=timezone.now(), reason="Insults.")
    [banned] = rows(moderator.get(queue()))
    ban.lift(at=timezone.now())
    [free] = rows(moderator.get(queue()))
    assert ("Banned" in banned, "Banned" in free) == (True, False)


def test_row_leads_to_others_by_the_writer_and_from_the_network(article, moderator):
    one, other = make.commenter(), make.commenter()
    make.comment(article, "First.", commenter=one, network="net", state="held")
    make.comment(article, "Second.", commenter=one)
    make.comment(article, "Third.", commenter=other, network="net")
    make.comment(article, "Fourth.", commenter=other)
    links = [link for link in row_nodes(moderator.get(queue()))[0].all("a") if link["href"].startswith("?queue")]
    found = {link.text: sorted(listed(moderator, url(LIST) + link["href"])) for link in links}
    assert found == {
        "Others by this writer": ["First.", "Second."],
        "Others from this network": ["First.", "Third."],
    }


def test_writer_in_the_address_that_is_none_is_passed_over(article, moderator):
    make.comment(article, "Mine.", state="held")
    assert listed(moderator, queue(writer="nobody")) == ["Mine."]
    assert listed(moderator, queue(writer="9" * 40)) == ["Mine."]
    assert listed(moderator, queue(writer="77")) == []


# how it is worked off


def buttons(response):
    """Return {key: (what is sent to which address)} of the first row's buttons."""
    found = {}
    for button in row_nodes(response)[0].all(data_key=None):
        sent = {button.get("name"): button.get("value")} if button.get("name") else None
        found[button.get("data-key")] = (button.get("formaction") or button.get("href"), sent)
    return found


def test_buttons_of_a_row_decide_and_lead_back_to_the_same_queue(article, moderator):
    make.report(make.comment(article, "Bad."))
    here = buttons(moderator.get(queue("reported")))
    assert sorted(here) == ["a", "e", "o", "p", "r", "s"]
    address, sent = here["s"]
    answer = moderator.post(address, sent)
    assert (answer.status_code, answer.url, states()) == (302, queue("reported"), {"Bad.": "spam"})


def test_row_can_be_rejected_with_a_reason_and_leads_back(article, moderator):
    make.comment(article, "Bad.")
    address, sent = buttons(moderator.get(queue("new")))["r"]
    assert sent is None
    form = moderator.get(address).context["form"]
    answer = moderator.post(address, {"seen_version": form["seen_version"].value(), "reason": "An insult."})
    assert (answer.url, Comment.objects.values_list("state", "state_reason").get()) == (
        queue("new"), ("rejected", "An insult."),
    )  # fmt: skip


def test_approving_what_is_public_takes_it_out_of_new_and_settles_reports(article, moderator):
    comment = make.comment(article)
    report = make.report(comment)
    address, sent = buttons(moderator.get(queue("new")))["a"]
    moderator.post(address, sent)
    report.refresh_from_db()
    assert [listed(moderator, queue(tab)) for tab in ("new", "reported", "public")] == [[], [], [comment.body]]
    assert (report.outcome, report.decided_by, Article.objects.get().comment_count) == (
        "dismissed", moderator.person, 1,
    )  # fmt: skip
    assert sorted(buttons(moderator.get(queue("public")))) == ["e", "o", "p", "r", "s"]


def test_button_of_a_row_is_refused_without_the_token(article):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make.user("Moderator"))
    make.comment(article, "Bad.", state="held")
    address, sent = buttons(browser.get(queue()))["s"]
    assert (browser.post(address, sent).status_code, states()) == (403, {"Bad.": "held"})


def test_two_moderators_at_one_row_one_wins_and_the_other_is_told(article, moderator):
    make.comment(article, "Bad.", state="held")
    other = enter("Moderator", username="otto")
    mine, theirs = buttons(moderator.get(queue()))["a"], buttons(other.get(queue()))["s"]
    assert moderator.post(*mine).status_code == 302
    answer = other.post(*theirs)
    [told] = answer.context["form"].non_field_errors()
    assert (answer.status_code, states()) == (422, {"Bad.": "public"})
    assert told.startswith("Another moderator has decided on this comment. Load it again. mona, ")
    assert told.endswith(": public.")
    assert [decision.by.username for decision in Comment.objects.get().decisions.all()] == ["mona"]


def test_editor_reads_the_queue_and_has_no_buttons(article):
    make.comment(article, "Bad.", state="held", commenter=make.commenter(), network="net")
    response = enter("Editor").get(queue())
    assert (listed(enter("Editor"), queue()), sorted(buttons(response))) == (["Bad."], ["o"])


# the writers


def test_everything_by_a_writer_is_rejected_and_brought_back(article, moderator):
    reader, other = make.commenter(), make.commenter()
    for number in range(3):
        make.comment(article, f"Bad {number}", commenter=reader)
    make.comment(article, "Waits", commenter=reader, state="held")
    make.comment(article, "Good", commenter=other)
    one = Comment.objects.get(body="Bad 1")
    asked = act(moderator, "reject_all_of_writers", one)
    assert asked.context["explanation"].startswith("3 public comments by the writers of these are taken down")
    assert states() == {"Bad 0": "public", "Bad 1": "public", "Bad 2": "public", "Waits": "held", "Good": "public"}
    done = act(moderator, "reject_all_of_writers", one, reason="Spam wave.")
    assert messages(done) == ["3 comments rejected."]
    gone = {"Bad 0": "rejected", "Bad 1": "rejected", "Bad 2": "rejected", "Waits": "held", "Good": "public"}
    assert (states(), Article.objects.get().comment_count) == (gone, 1)
    back = act(moderator, "undo_selected", *Comment.objects.filter(state="rejected"))
    assert messages(back) == ["3 comments put back."]
    assert (sorted(states().values()), Article.objects.get().comment_count) == (["held", *["public"] * 4], 4)


def test_writers_are_banned_from_the_queue(article, moderator):
    reader, other = make.commenter(), make.commenter()
    comments = [make.comment(article, f"Bad {n}", commenter=who) for n, who in enumerate((reader, reader, other))]
    unknown = make.comment(article, "Nobody's")
    assert act(moderator, "ban_writers", *comments).context["title"] == "Ban the writers"
    assert Ban.objects.count() == 0
    asked = {"reason": "Insults.", "until_0": "2031-05-04", "until_1": "12:00", "outlet": article.outlet.pk}
    done = act(moderator, "ban_writers", *comments, unknown, **asked)
    assert messages(done) == ["2 commenters banned."]
    made = Ban.objects.order_by("commenter").values_list("commenter", "reason", "until", "outlet", "by")
    until = timezone.datetime(2031, 5, 4, 12, tzinfo=timezone.get_current_timezone())
    assert list(made) == [
        (who.pk, "Insults.", until, article.outlet.pk, moderator.person.pk) for who in (reader, other)
    ]
    assert set(states().values()) == {"public"}


def test_ban_that_is_over_before_it_begins_is_refused(article, moderator):
    comment = make.comment(article, commenter=make.commenter())
    asked = {"reason": "Insults.", "until_0": "2020-05-04", "until_1": "12:00"}
    form = act(moderator, "ban_writers", comment, **asked).context["form"]
    assert (form.errors, Ban.objects.count()) == ({"until": ["This time is over. Choose a later one."]}, 0)


def test_nobody_is_banned_for_what_nobody_known_wrote(article, moderator):
    done = act(moderator, "ban_writers", make.comment(article), reason="Insults.")
    assert messages(done) == ["Nobody was banned: who wrote these is not known."]


def test_decision_is_undone_from_the_page_and_the_log_keeps_both(article, moderator):
    comment = make.comment(article)
    comment.reject(by=None, at=timezone.now(), reason="An insult.")
    moderator.post(comment_url(comment, "undo"), {"seen_version": comment.version})
    log = [(line.from_state, line.to_state, line.by) for line in comment.decisions.order_by("pk")]
    assert log == [("public", "rejected", None), ("rejected", "public", moderator.person)]
    assert (states(), Article.objects.get().comment_count) == ({comment.body: "public"}, 1)
    assert "Undo the last decision" in text(moderator.get(comment_url(comment)))
