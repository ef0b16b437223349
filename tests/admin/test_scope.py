"""A moderator of some outlets sees nothing of others, on no address of the desk, and changes nothing of theirs."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, URLResolver, reverse
from django.utils import timezone

from articles.models import Ban, Comment, Commenter, Conversation, Outlet, WordRule
from tests import make
from tests.admin.desk import comment_url, enter, messages, text, url

pytestmark = pytest.mark.django_db

MODELS = ("ban", "comment", "commenter", "decision", "report", "wordrule")
TABS = ("reported", "held", "new", "public", "rejected", "spam", "deleted", "all")


def of(outlet, word):
    """Make one of everything that moderation knows, with ``word`` in every text; return the records by model."""
    article = make.article(f"{word} article", outlet=outlet)
    reader = make.commenter()
    make.comment(article, f"{word} held", state="held", commenter=reader, name=f"{word} writer")
    public = make.comment(article, f"{word} public", commenter=reader, name=f"{word} writer")
    report = make.report(public, text=f"{word} report")
    spam = make.comment(article, f"{word} spam", state="spam", commenter=reader)
    ban = reader.ban(by=None, at=timezone.now(), reason=f"{word} ban", outlet=outlet)
    rule = make.word_rule(f"{word} phrase", outlet=outlet)
    decision = spam.decisions.get()
    return {
        "comment": public,
        "commenter": reader,
        "report": report,
        "ban": ban,
        "wordrule": rule,
        "decision": decision,
    }


@pytest.fixture
def ours():
    return of(make.outlet("Ours"), "Quiet")


@pytest.fixture
def theirs():
    return of(make.outlet("Theirs"), "Zephyrine")


@pytest.fixture
def mona(ours, theirs):
    browser = enter("Moderator")
    make.charge(browser.person, Outlet.objects.get(name="Ours"))
    return browser


def names():
    def walk(patterns):
        for pattern in patterns:
            yield from walk(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern.name]

    return sorted(
        {name for name in walk(admin.site.get_urls()) if name and name.split("_")[1:2] in [[m] for m in MODELS]}
    )


def pages_of(records):
    found = []
    for name in names():
        record = records[name.split("_")[1]]
        try:
            found.append(reverse(f"admin:{name}"))
        except NoReverseMatch:
            found.append(reverse(f"admin:{name}", args=[record.pk]))
    return found


def test_every_address_of_moderation_shows_nothing_of_other_outlets(mona, ours, theirs):
    assert len(names()) > 40
    own = "".join(text(mona.get(address)) for address in pages_of(ours))
    assert all(f"Quiet {word}" in own for word in ("held", "public", "report", "ban", "phrase", "article"))
    lists = [url(f"articles_{model}_changelist") for model in MODELS]
    lists += [url("articles_comment_changelist") + f"?queue={tab}" for tab in TABS]
    lists += [url(f"articles_{model}_changelist") + "?queue=all" for model in ("ban", "report")]
    lists += [f"{address}&q=Zephyrine" for address in lists if "comment_" in address and "?" in address]
    for address in [*pages_of(ours), *lists, url("index")]:
        assert "Zephyrine" not in text(mona.get(address)).replace("q=Zephyrine", ""), address
    for address in set(pages_of(theirs)) - set(pages_of(ours)):
        for method in (mona.get, mona.post):
            answer = method(address)
            assert answer.status_code in (302, 403, 404), (address, answer.status_code)
            assert "Zephyrine" not in text(answer) if answer.status_code != 302 else True


def test_counts_are_those_of_the_outlets_in_charge(mona):
    tabs = {}
    for model in ("comment", "report", "ban"):
        page = mona.get(url(f"articles_{model}_changelist"))
        [found] = [spec for spec in page.context["cl"].filter_specs if getattr(spec, "is_tabs", False)]
        tabs[model] = {tab["display"]: tab["count"] for tab in found.choices(page.context["cl"])}
    assert tabs["comment"]["Held"] == tabs["comment"]["Reported"] == tabs["report"]["Undecided"] == 1
    assert (tabs["comment"]["All"], tabs["ban"]["In force"]) == (3, 1)
    assert "1 held 1 reported" in text(mona.get(url("index")))


def test_no_verb_reaches_what_is_not_in_charge(mona, theirs):
    def stored():
        return [list(model.objects.order_by("pk").values()) for model in (Comment, Ban, WordRule)]

    before = stored()
    for name in names():
        record = theirs[name.split("_")[1]]
        data = {"seen_version": getattr(record, "version", 1), "reason": "No.", "post": "yes", "phrase": "x"}
        data |= {"outlet": Outlet.objects.get(name="Theirs").pk, "effect": "refuse"}
        try:
            mona.post(reverse(f"admin:{name}", args=[record.pk]), data)
        except NoReverseMatch:
            continue
    everything = [comment.pk for comment in Comment.objects.filter(article__outlet__name="Theirs")]
    for action in ("approve_selected", "spam_selected", "hold_selected", "undo_selected", "reject_all_of_writers"):
        seen = [f"{pk}:1" for pk in everything]
        data = {"action": action, "_selected_action": everything, "seen": seen, "reason": "No."}
        mona.post(url("articles_comment_changelist") + "?queue=all", data)
    assert stored() == before


def test_everything_by_a_writer_is_what_the_outlets_in_charge_have_of_it(mona, ours, theirs):
    Comment.objects.filter(commenter=theirs["commenter"]).update(commenter=ours["commenter"])
    page = text(mona.get(url("articles_commenter_change", ours["commenter"].pk)))
    assert "1 public, 1 taken down" in page
    assert "Zephyrine" not in page
    mona.post(url("articles_commenter_reject_all", ours["commenter"].pk), {"reason": "Rude."})
    public = Comment.objects.public().values_list("body", flat=True)
    assert list(public) == ["Zephyrine public"]


def test_bans_are_for_an_outlet_in_charge_and_never_for_the_site(mona, ours):
    reader, address = ours["commenter"], url("articles_commenter_ban", ours["commenter"].pk)
    theirs = Outlet.objects.get(name="Theirs")
    for outlet in ("", theirs.pk):
        assert mona.post(address, {"reason": "Rude.", "outlet": outlet}).status_code == 422
    own = Outlet.objects.get(name="Ours")
    assert mona.post(address, {"reason": "Rude.", "outlet": own.pk}).status_code == 302
    data = {"action": "ban_writers", "_selected_action": [ours["comment"].pk], "reason": "Again.", "outlet": ""}
    mona.post(url("articles_comment_changelist") + "?queue=all", data)
    assert list(reader.bans.order_by("pk").values_list("reason", "outlet")) == [
        ("Quiet ban", own.pk),
        ("Rude.", own.pk),
    ]


def test_words_are_for_an_outlet_in_charge_and_the_sites_are_only_read(mona):
    sites = make.word_rule("everywhere")
    address = url("articles_wordrule_change", sites.pk)
    assert "everywhere" in text(mona.get(address))
    assert mona.post(address, {"phrase": "nowhere", "effect": "hold", "outlet": ""}).status_code == 403
    assert mona.post(url("articles_wordrule_delete", sites.pk), {"post": "yes"}).status_code == 403
    add = url("articles_wordrule_add")
    for outlet in ("", Outlet.objects.get(name="Theirs").pk):
        assert mona.post(add, {"phrase": "new", "effect": "hold", "outlet": outlet}).status_code == 200
    assert not WordRule.objects.filter(phrase="new").exists()
    mona.post(add, {"phrase": "new", "effect": "hold", "outlet": Outlet.objects.get(name="Ours").pk})
    assert WordRule.objects.get(phrase="new").outlet.name == "Ours"
    trial = mona.post(url("articles_wordrule_try"), {"body": "x", "outlet": Outlet.objects.get(name="Theirs").pk})
    assert trial.status_code == 422


def test_list_of_words_is_deleted_only_where_it_is_in_charge(mona, ours):
    sites = make.word_rule("everywhere")
    chosen = {"action": "delete_selected", "_selected_action": [sites.pk, ours["wordrule"].pk], "post": "yes"}
    assert mona.post(url("articles_wordrule_changelist"), chosen).status_code == 403
    assert WordRule.objects.filter(phrase="everywhere").exists()


def test_whole_site_is_not_stopped_by_who_moderates_a_part(mona):
    assert "Stop all commenting" not in text(mona.get(url("index")))
    answer = mona.post(url("articles_conversation_halt", 1), {"seen_version": 1, "reason": "No."})
    assert (answer.status_code, Conversation.objects.get().is_halted) == (403, False)


def test_own_outlets_are_moderated_as_ever(mona, ours):
    comment = ours["comment"]
    answer = mona.post(comment_url(comment, "hold"), {"seen_version": comment.version}, follow=True)
    assert messages(answer) == ["The comment “Quiet writer: Quiet public” is held."]


def test_who_has_no_outlet_in_charge_moderates_all(ours, theirs):
    page = text(enter("Moderator").get(url("articles_comment_changelist") + "?queue=all"))
    assert "Quiet public" in page
    assert "Zephyrine public" in page
    assert Commenter.objects.count() >= 2


def test_outlet_in_somebodys_charge_is_not_deleted(mona):
    lonely = make.outlet("Lonely")
    make.charge(make.user("Moderator"), lonely)
    enter("Chief").post(url("articles_outlet_delete", lonely.pk), {"post": "yes"})
    assert Outlet.objects.filter(name="Lonely").exists()
