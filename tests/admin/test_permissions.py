"""Who may do what at the desk: the policy, written down, and every address of the admin held against it."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLResolver, reverse
from django.utils import timezone

from articles.models import (
    Article,
    Comment,
    Conversation,
    FrontPage,
    GlossaryTerm,
    MistakeReport,
    OldAddress,
    ReadingAid,
    TrustPage,
)
from tests import make
from tests.admin.desk import article_url, comment_url, enter, form_of, text, url
from tests.admin.policy import DOORS, NAMELESS, ROLES, policy
from tests.documents import page

pytestmark = pytest.mark.django_db

# What a moderator does to many comments at once.
MODERATION = ["approve_selected", "reject_selected", "spam_selected", "hold_selected", "undo_selected"]
MODERATION += ["reject_all_of_writers", "ban_writers"]


def addresses():
    """Return {name: names of its parts} of every address that the admin answers."""

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern

    found = list(walk(admin.site.get_urls()))
    assert {str(each.pattern) for each in found if each.name is None} == NAMELESS
    return {each.name: set(each.pattern.converters) | set(each.pattern.regex.groupindex) for each in found if each.name}


@pytest.fixture
def parts():
    """Return, for the start of an address' name, the parts that make it lead to a record."""
    article = make.article("The river rises", lead_image=make.image(), created_by=make.user("Editor"))
    correction = article.correct(by=None, at=timezone.now(), text="It rose two metres.")
    aid = ReadingAid.objects.create(article=article, source_hash="0" * 32)
    link = article.related_links.create(related=make.article(), position=1, score=1, reason="The same event")
    author = make.author("Ada Author")
    author.slug = "ada"
    author.save()
    old = OldAddress.objects.get()
    reader = make.commenter()
    comment = make.comment(article, state="held", commenter=reader)
    reported = make.comment(article)
    pks = {
        "articles_appeal": make.appeal(make.comment(article, state="rejected")),
        "articles_article": article,
        "articles_assistdraft": make.assist_draft(article),
        "articles_author": author,
        "articles_ban": reader.ban(by=None, at=timezone.now(), reason="Insults."),
        "articles_charge": make.charge(make.user("Moderator"), article.outlet),
        "articles_comment": comment,
        "articles_commenter": reader,
        "articles_conversation": Conversation.objects.get(),
        "articles_decision": make.comment(article, state="spam").decisions.get(),
        "articles_correction": correction,
        "articles_edition": article.editions.create(headline="The river falls"),
        "articles_frontpage": FrontPage.objects.get(),
        "articles_glossaryterm": GlossaryTerm.objects.create(term="crest", definition="The highest water."),
        "articles_hashtag": make.hashtag(),
        "articles_image": article.lead_image,
        "articles_mistakereport": MistakeReport.objects.create(
            article=article, part="brief", text="Not its point.", at=timezone.now()
        ),
        "articles_oldaddress": old,
        "articles_outlet": article.outlet,
        "articles_readingaid": aid,
        "articles_relatedlink": link,
        "articles_report": make.report(reported),
        "articles_section": article.section,
        "articles_story": make.story(),
        "articles_transition": article.transitions.first(),
        "articles_trustpage": TrustPage.objects.create(title="Who owns us", body="<p>We do.</p>"),
        "articles_wordrule": make.word_rule("viagra"),
        "auth_group": make.user("Editor").groups.get(),
        "auth_user": make.user(),
    }
    view = {"content_type_id": ContentType.objects.get_for_model(Article).pk, "object_id": article.pk}
    return {name: record.pk for name, record in pks.items()} | {"view_on_site": view}


def address_of(name, wanted, parts):
    """Return where ``name`` leads with the parts that it wants."""
    if name == "view_on_site":
        return reverse(f"admin:{name}", kwargs=parts["view_on_site"])
    record = "_".join(name.split("_")[:2])
    kwargs = {"app_label": "articles"} if name == "app_list" else dict.fromkeys(wanted, parts.get(record))
    query = "?app_label=articles&model_name=article&field_name=lead_image" if name == "autocomplete" else ""
    return reverse(f"admin:{name}", kwargs=kwargs) + query


def answer_of(response):
    if response.status_code == 302 and response.url.startswith(reverse("admin:login")):
        return "login"
    return {403: "no", 405: None}.get(response.status_code, response.status_code in (200, 302, 422) and "yes")


def test_every_address_has_a_policy():
    assert set(addresses()) == set(policy()) | DOORS


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_role_as_the_policy_says(role, parts):
    browser = enter(None, is_staff=True, is_superuser=True) if role == "S" else enter(ROLES[role])
    expected, answers = {}, {}
    for name, (may_get, may_post) in policy().items():
        address = address_of(name, addresses()[name], parts)
        for method, may in (("get", may_get), ("post", may_post)):
            expected[name, method] = None if may is None else "yes" if role in may else "no"
            answers[name, method] = answer_of(getattr(browser, method)(address))
    assert answers == expected


def test_who_is_not_logged_in_is_asked_to(parts):
    browser = Client()
    addressed = {name: address_of(name, wanted, parts) for name, wanted in addresses().items() if name not in DOORS}
    answers = {(name, method): answer_of(getattr(browser, method)(address))
               for name, address in addressed.items() for method in ("get", "post")}  # fmt: skip
    assert set(answers.values()) == {"login"}


def test_who_has_no_role_sees_none_of_the_records(parts):
    browser = enter(None, is_staff=True)
    records = [name for name in addresses() if name.startswith(("articles_", "auth_"))]
    answers = {
        (name, method): answer_of(getattr(browser, method)(address_of(name, addresses()[name], parts)))
        for name in records
        for method in ("get", "post")
    }
    assert set(answers.values()) == {"no"}


def test_a_reader_with_an_account_is_not_let_in(parts):
    browser = Client()
    browser.force_login(make.user())
    addressed = {name: address_of(name, wanted, parts) for name, wanted in addresses().items() if name not in DOORS}
    assert {answer_of(browser.post(address)) for address in addressed.values()} == {"login"}


def test_no_address_takes_a_form_that_another_site_sent(parts):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make.user(None, is_staff=True, is_superuser=True))
    takes_forms = [name for name, (_, may_post) in policy().items() if may_post is not None]
    answers = {name: browser.post(address_of(name, addresses()[name], parts)).status_code for name in takes_forms}
    assert answers == dict.fromkeys(takes_forms, 403)


# a reporter


def test_reporter_writes_an_article_and_owns_it():
    browser = enter("Reporter")
    outlet = make.outlet()
    data = form_of(browser.get(url("articles_article_add")))
    browser.post(url("articles_article_add"), data | {"headline": "The river rises", "outlet": outlet.pk})
    article = Article.objects.get()
    assert (article.headline, article.state, article.created_by) == ("The river rises", "draft", browser.person)


def test_reporter_changes_only_own_drafts():
    browser = enter("Reporter")
    own = make.draft("Mine", created_by=browser.person)
    other = make.draft("Hers", created_by=make.user("Reporter"))
    published = make.article("Mine too", created_by=browser.person)
    withdrawn = make.withdrawn("Mine, gone", created_by=browser.person)
    answers = {}
    for article in (own, other, published, withdrawn):
        data = {"headline": "Changed", "seen_version": article.version, "outlet": article.outlet_id, "kind": "news"}
        data |= {
            "language": "en",
            "comments_policy": "open",
            "comments_pause_seconds": 0,
            "bylines-TOTAL_FORMS": 0,
            "bylines-INITIAL_FORMS": 0,
        }
        data |= {f"{kind}-{end}_FORMS": 0 for kind in ("corrections", "transitions") for end in ("TOTAL", "INITIAL")}
        answers[article.headline] = browser.post(article_url(article), data).status_code
    assert answers == {"Mine": 302, "Hers": 403, "Mine too": 403, "Mine, gone": 403}
    assert set(Article.objects.values_list("headline", flat=True)) == {"Changed", "Hers", "Mine too", "Mine, gone"}


def test_reporter_cannot_publish_an_own_draft():
    browser = enter("Reporter")
    own = make.draft(created_by=browser.person)
    page = browser.get(article_url(own))
    assert page.context["verb_buttons"] == []
    assert browser.post(article_url(own, "publish"), {"seen_version": own.version}).status_code == 403
    browser.post(url("articles_article_changelist"), {"action": "publish_now", "_selected_action": own.pk})
    own.refresh_from_db()
    assert own.state == "draft"


@pytest.mark.parametrize(
    ("role", "articles", "comments", "hashtags"),
    [
        ("Reporter", [], None, []),
        ("Editor", ["publish_now", "withdraw_selected"], [], ["merge"]),
        ("Moderator", [], MODERATION, []),
        ("Chief", ["publish_now", "withdraw_selected"], MODERATION, ["delete_selected", "merge"]),
    ],
)
def test_lists_offer_each_role_its_own_actions(role, articles, comments, hashtags):
    make.comment(make.article(hashtags=[make.hashtag()]), state="held")
    browser = enter(role)

    def offered(name):
        page = browser.get(url(name))
        if page.status_code == 403:
            return None
        form = page.context["action_form"]
        return [value for value, _ in form.fields["action"].choices if value] if form else []

    assert offered("articles_article_changelist") == articles
    assert offered("articles_comment_changelist") == comments
    assert offered("articles_hashtag_changelist") == hashtags


# what is shown


def test_readers_addresses_are_shown_to_moderators_only():
    comment = make.comment(make.article(), email="rosa@reader.example")
    shown = {
        role: "rosa@reader.example" in text(enter(role).get(comment_url(comment)))
        for role in ("Editor", "Moderator", "Chief")
    }
    assert shown == {"Editor": False, "Moderator": True, "Chief": True}


def test_nobody_finds_a_reader_by_an_address_they_may_not_see():
    make.comment(make.article(), email="rosa@reader.example")
    address = url("articles_comment_changelist") + "?queue=public&q=rosa@reader"
    found = {role: enter(role).get(address).context["cl"].result_count for role in ("Editor", "Moderator")}
    assert found == {"Editor": 0, "Moderator": 1}


@pytest.mark.parametrize(
    "query",
    ["email__startswith=x", "network__startswith=x", "network=x", "writer=9", "commenter=9", "gist__startswith=x"],
)
def test_nobody_guesses_who_wrote_by_the_lists_own_address(query):
    """A wrong guess that leaves the comment out would tell as much as a right one."""
    make.comment(make.article(), email="rosa@reader.example", network="day-net", commenter=make.commenter())
    address = url("articles_comment_changelist") + f"?queue=all&{query}"
    guessed, looked_up = enter("Editor").get(address), enter("Moderator").get(address)
    assert guessed.status_code == 400 or guessed.context["cl"].result_count == 1
    assert (looked_up.status_code, looked_up.context["cl"].result_count) == (200, 0)


def test_addresses_and_networks_are_on_moderators_pages_only():
    article = make.article()
    comment = make.comment(article, email="rosa@reader.example", network="day-net", commenter=make.commenter())
    make.report(comment, email="ida@reader.example", network="night-net")
    secrets = ["rosa@reader.example", "ida@reader.example", "day-net", "night-net"]
    pages = [comment_url(comment), comment_url(comment, "history"), url("articles_comment_changelist") + "?queue=all"]
    shown = {}
    for role in ("Editor", "Moderator"):
        browser = enter(role)
        html = "".join(browser.get(page).content.decode() for page in pages)
        shown[role] = [secret for secret in secrets if secret in html]
    assert shown == {"Editor": [], "Moderator": ["rosa@reader.example", "ida@reader.example", "day-net"]}


def test_embargo_notes_are_shown_to_those_who_write():
    article = make.embargoed(embargo_note="The Ministry's, by phone.")
    shown = {role: "by phone" in text(enter(role).get(article_url(article))) for role in ("Reporter", "Moderator")}
    assert shown == {"Reporter": True, "Moderator": False}


# what nobody may


def test_what_readers_have_seen_is_never_deleted():
    browser = enter(None, is_staff=True, is_superuser=True)
    draft, published, withdrawn = make.draft(), make.article(), make.withdrawn()
    answers = [
        browser.post(article_url(article, "delete"), {"post": "yes"}).status_code
        for article in (draft, published, withdrawn)
    ]
    assert answers == [302, 403, 403]
    assert set(Article.objects.all()) == {published, withdrawn}


def test_draft_is_deleted_with_what_the_site_wrote_beside_it():
    draft = make.scheduled("Begun")
    draft.unschedule(by=None, at=timezone.now())
    ReadingAid.objects.create(article=draft, source_hash="0" * 32)
    draft.related_links.create(related=make.article("Public"), position=1, score=1, reason="The same event")
    assert enter("Editor").post(article_url(draft, "delete"), {"post": "yes"}).status_code == 302
    assert [article.headline for article in Article.objects.all()] == ["Public"]


def test_draft_with_comments_is_kept():
    article = make.withdrawn()
    make.comment(make.article())
    Comment.objects.update(article=article)
    now = timezone.now()
    article.schedule(by=None, at=now, publish_at=now + make.DAY)
    article.unschedule(by=None, at=now)
    assert enter("Chief").post(article_url(article, "delete"), {"post": "yes"}).status_code == 403


def test_nobody_edits_or_deletes_what_a_reader_wrote():
    browser = enter(None, is_staff=True, is_superuser=True)
    comment = make.comment(make.article(), "As I wrote it.")
    assert browser.post(comment_url(comment), {"body": "As they wish."}).status_code == 403
    assert browser.post(comment_url(comment, "delete"), {"post": "yes"}).status_code == 403
    assert Comment.objects.get().body == "As I wrote it."


def test_what_was_refused_leaves_no_trace_in_the_log():
    browser = enter("Reporter")
    article = make.article()
    browser.post(article_url(article, "withdraw"), {"seen_version": 2, "outcome": "gone", "reason": "No."})
    assert LogEntry.objects.count() == 0


# what a refusal says


def test_whoever_may_not_do_something_is_told_so_and_whom_to_ask():
    answer = enter("Reporter").get(url("articles_trustpage_changelist"))
    shown = page(answer).one("main")
    assert (answer.status_code, shown.one("h1").text) == (403, "That is not allowed")
    assert "Your role at the desk does not include this" in shown.text
    assert ("Ask a chief" in shown.text, "cookies" in shown.text) == (True, False)
    assert shown.one("a", class_="button")["href"] == "/admin/"


def test_form_of_the_desk_that_may_be_forged_is_not_blamed_on_a_role():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make.user("Chief"))
    answer = browser.post(url("articles_trustpage_add"), {"title": "Contact"})
    assert (answer.status_code, "cookies" in page(answer).one("main").text) == (403, True)
