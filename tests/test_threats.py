"""Attacks that belong to no one part of the site, and the page that tells which test shows each defence."""

import ast
import io
import re
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from articles import urls
from articles.models import Appeal, Comment, Report
from tests import make
from tests.admin.desk import comment_url, enter, url
from tests.admin.test_permissions import address_of, addresses, parts  # noqa: F401 - a fixture
from tests.documents import page, parse
from tests.ingest.test_comments import disqus, post
from tests.views.test_hostile_text import VECTORS, check_comment, check_page, clean, fits_in_a_name

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
VECTORS = [vector for vector in VECTORS if "\x00" not in vector]  # a form with NUL is refused: see the tests of posting


@pytest.fixture
def article():
    return make.article("River rises")


def write(client, article, body="I saw the mud.", **fields):
    """Let the client's reader post, and return the comment."""
    fields = {"name": "Bo", "body": body, "nonce": uuid.uuid4()} | fields
    assert client.post(f"/articles/{article.pk}/comments/", fields, headers=HERE).status_code == 303
    return Comment.objects.order_by("pk").last()


# hostile text on its other roads


def check_desk(answer):
    """Fail where a page of the desk holds markup that somebody else wrote."""
    assert answer.status_code == 200
    for node in parse(answer.content).walk():
        assert not [name for name in node.attrs if name.startswith("on") or name == "srcdoc"], node
        assert not re.match(r"\s*(?:javascript|data|vbscript):", node.get("href") or "", re.IGNORECASE), node
        assert not re.match(r"(?:https?:)?//evil", node.get("src") or node.get("action") or "", re.IGNORECASE), node
        assert node.tag != "script" or node.get("src") or node.get("type"), node
        assert node.tag not in {"iframe", "object", "embed", "base", "frame"}, node


@pytest.mark.parametrize("part", range(6))
def test_hostile_text_is_text_on_every_page_of_the_desk(article, part):
    """In a comment, its writer's name and address, what was reported, appealed, decided and banned, and word rules."""
    desk, reader = enter("Chief"), make.commenter()
    for number, vector in enumerate(VECTORS[part::6]):
        words = vector.strip()[:190]
        name = words if fits_in_a_name(words) and clean(words) else "Rosa"
        comment = make.comment(article, words, name=name, email=f'"{number}<b>"@r.example', commenter=reader)
        report = make.report(comment, text=words, network=f"n{number}")
        comment.reject(by=desk.person, at=timezone.now(), reason=words)
        appeal = Appeal.objects.lodge(comment, text=words, at=timezone.now())
        reader.ban(by=desk.person, at=timezone.now(), reason=words).lift(at=timezone.now())
        make.word_rule(f"{number} {words[:60]}", note=words)
        records = {"report": report, "appeal": appeal, "decision": comment.decisions.get()}
        pages = [url(f"articles_{kind}_change", record.pk) for kind, record in records.items()]
        for address in pages + [comment_url(comment, verb) for verb in ("change", "approve", "history")]:
            check_desk(desk.get(address))
    lists = [url(f"articles_{kind}_changelist") for kind in ("report", "appeal", "decision", "commenter", "wordrule")]
    lists += [url("articles_comment_changelist") + "?queue=all", url("articles_ban_changelist") + "?queue=all"]
    for address in [*lists, url("articles_commenter_change", reader.pk), url("index")]:
        check_desk(desk.get(address))
    assert desk.get(url("articles_commenter_export", reader.pk))["Content-Type"] == "application/json"


def test_hostile_text_is_text_on_the_roads_that_a_comment_takes_later(client, article):
    """Changed by its author, looked at before it is posted, and quoted in the form of who answers it."""
    for number, vector in enumerate(VECTORS):
        mine = write(client, article, f"I saw it, number {number}.")
        assert client.post(f"/comments/{mine.pk}/edit/", {"body": vector}, headers=HERE).status_code == 303, vector
        mine.refresh_from_db()
        if not mine.is_public:
            mine.approve(by=None, at=timezone.now())
        under = f"/articles/{article.pk}/comments"
        quoting = check_page(client.get(f"{under}/?parent={mine.pk}&quote=on"))
        check_comment(quoting, mine.pk)
        data = {"name": "Bo", "body": vector}
        preview = check_page(client.post(f"{under}/preview/", data, headers=HERE))
        assert {node.tag for node in preview.one(data_comment_body=None).walk()} <= {"p", "br", "blockquote", "a"}
    check_page(client.get(f"/articles/{article.pk}/comments/own/"))


def test_hostile_text_from_elsewhere_is_text(client, tmp_path):
    make.article(original_url="https://lantern.example/river-rises")
    vectors = [vector for vector in VECTORS if re.fullmatch(r"[^\x00-\x08\x0b\x0c\x0e-\x1f&\]]+", vector)]
    posts = [post(number, words=f"Words. {vector}") for number, vector in enumerate(vectors)]
    call_command("import_comments", "disqus", str(disqus(tmp_path, *posts)), stdout=io.StringIO())
    imported = list(Comment.objects.public())
    assert len(imported) > 30
    for comment in imported:
        answer = client.get(comment.get_absolute_url(), follow=True)
        check_comment(check_page(answer), comment.pk)


# where it goes


def test_no_file_of_a_spreadsheet_goes_out():
    """A cell that begins with "=" is run by whoever opens it; where there is no such file there is no such cell."""
    importing = [
        path.name
        for path in (ROOT / "articles").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and "csv" in ast.unparse(node)
    ]
    assert importing == []


def test_site_asks_nobody_whose_address_a_reader_or_an_outlet_wrote():
    """Who connects to others: the hub, the moderation service and that of the reading aid, all named by the operator,
    and letters."""
    asking = set()
    for path in (ROOT / "articles").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                words = set(re.findall(r"[\w.]+", ast.unparse(node)))
                if words & {"urllib.request", "http.client", "socket", "smtplib", "requests", "httpx", "ssl", "wire"}:
                    asking.add(str(path.relative_to(ROOT / "articles")))
    services = {"assist/remote.py", "moderation/remote.py", "syndication/websub.py"}
    assert asking == {"wire.py", "notices/post.py", *services}


# floods


def test_comments_with_one_host_are_found_together_and_taken_down_at_once(client, article):
    for number in range(4):
        write(Client(REMOTE_ADDR=f"192.0.{number}.1"), article, f"See http://bad.example/{number} now.")
    write(Client(REMOTE_ADDR="192.0.9.1"), article, "See http://good.example now.")
    desk = enter("Moderator")
    held = url("articles_comment_changelist") + "?queue=held&q=bad.example"
    rows = page(desk.get(held)).all("input", name="_selected_action")
    seen = [node["value"] for node in page(desk.get(held)).all("input", name="seen")]
    chosen = {"action": "spam_selected", "_selected_action": [node["value"] for node in rows], "seen": seen}
    desk.post(held, chosen)
    assert sorted(Comment.objects.values_list("state", flat=True)) == ["held"] + ["spam"] * 4


def test_chain_of_a_thousand_answers_is_a_page_like_any_other(client, article, django_assert_max_num_queries):
    """Nothing goes down the chain answer by answer: not the page, not a link to the last, not taking the first down."""
    first = parent = make.comment(article, "One.")
    for number in range(1000):
        parent = Comment.objects.create(
            article=article, parent=parent, root=first, name="Bo", body=f"And {number}.", state="public",
            created_at=timezone.now(),
        )  # fmt: skip
    with django_assert_max_num_queries(12):
        assert client.get(article.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(f"/comments/{parent.pk}/").status_code == 302
    with django_assert_max_num_queries(20):
        first.reject(by=None, at=timezone.now(), reason="Wrong.")


@pytest.mark.parametrize("verb", ["pick", "pin"])
def test_comment_that_the_newsroom_put_forward_stays_whatever_is_reported(article, verb):
    comment = make.comment(article)
    comment.pick(by=None, at=timezone.now()) if verb == "pick" else comment.pin()
    for number in range(4):
        client = Client(REMOTE_ADDR=f"192.0.{number}.1")
        client.post(f"{comment.get_absolute_url()}report/", {"kind": "abuse"}, headers=HERE)
    comment.refresh_from_db()
    assert (comment.state, comment.report_count, comment.is_picked or comment.is_pinned) == ("public", 4, True)


def test_own_comment_is_not_reported(client, article):
    mine = write(client, article)
    answer = client.post(f"{mine.get_absolute_url()}report/", {"kind": "abuse"}, headers=HERE)
    assert (answer.status_code, Report.objects.count()) == (409, 0)
    assert "This is your own comment." in page(answer).text


def test_reader_who_was_banned_changes_nothing_any_more(client, article):
    mine = write(client, article)
    mine.commenter.ban(by=None, at=timezone.now(), reason="Insults.")
    answer = client.post(f"{mine.get_absolute_url()}edit/", {"body": "An insult."}, headers=HERE)
    mine.refresh_from_db()
    assert (answer.status_code, mine.body) == (422, "I saw the mud.")
    assert "You cannot comment here. Insults." in page(answer).text


def test_time_to_change_a_comment_ends_at_its_instant(article):
    written = timezone.now() - Comment.EDITABLE
    mine = make.comment(article, at=written)
    mine.edit("Other words.", at=written + Comment.EDITABLE, state="public")
    with pytest.raises(ValidationError, match="no longer be changed"):
        mine.edit("Still others.", at=written + Comment.EDITABLE + make.MICROSECOND, state="public")
    mine.refresh_from_db()
    assert mine.body == "Other words."


# other sites, and programs that only look


def posting_addresses(article, comment):
    """Return every public address that takes a POST, with a real record; but the one-click end of letters."""
    found = []
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        record = comment if str(pattern.pattern).startswith("comments/") else article
        words = {"slug": "river-rises", "token": "x", "form": "rss", "place": "easy", "name": "authors"}
        values = {"pk": record.pk} | words | dict.fromkeys(("year", "month", "day", "part"), 2026)
        wanted = pattern.pattern.converters
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part, at=values: str(at[part[1]]), str(pattern.pattern))
        assert set(wanted) <= set(values)
        if Client().post(address, headers=HERE).status_code != 405 and pattern.name != "mail-stop":
            found.append((pattern.name or str(pattern.pattern), address))
    return found


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
]


def rows():
    """Return all rows of all tables, but those that count requests and sessions."""
    with connection.cursor() as cursor:
        told = {}
        for table in connection.introspection.table_names(cursor):
            if table not in {"django_session", "articles_allowance"}:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of ours
                told[table] = sorted(map(str, cursor.fetchall()))
    return told


def test_no_address_takes_a_form_that_another_site_sent(client, article):
    comment = write(client, article)
    fields = {"name": "Eve", "body": "Evil.", "kind": "abuse", "text": "Evil.", "part": "ask", "theme": "dark"}
    taking = posting_addresses(article, comment)
    assert {name for name, _ in taking} == {
        "comments", "comments-preview", "comment-recommend", "comment-report", "comment-edit", "comment-delete",
        "comment-appeal", "mail-confirm", "mail-again", "mistake", "settings",
    }  # fmt: skip
    before = rows()
    for name, address in taking:
        for headers in FOREIGN:
            answer = client.post(address, fields, headers=headers)
            assert (answer.status_code, answer.cookies) == (403, {}), (name, headers)
        asked = client.post(address, fields)
        assert "csrfmiddlewaretoken" in asked.content.decode(), name
    assert rows() == before


def test_nothing_changes_by_looking(client, article, parts):  # noqa: F811
    """Every address of the site and of the desk is opened, as programs do that follow links and load pages ahead."""
    mine = write(client, article)
    taking = posting_addresses(article, mine)
    chief = enter(None, is_staff=True, is_superuser=True)
    before = rows()
    for _, address in taking:
        client.get(address)
        client.head(address)
    for name, wanted in addresses().items():
        if name != "login":
            chief.get(reverse("admin:logout") if name == "logout" else address_of(name, wanted, parts))
    now = rows()
    assert {table: now[table] for table in now if now[table] != before[table]} == {}


# the page that tells of all of it


PAGE = ROOT / "docs" / "threats.md"


def named_tests():
    """Return {file: names} of the tests that the page names as `path::test`."""
    found = {}
    for path, name in re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE.read_text(encoding="utf-8")):
        found.setdefault(path, set()).add(name)
    return found


def test_every_test_that_the_page_of_threats_names_is_there():
    told = named_tests()
    assert sum(map(len, told.values())) > 100
    missing = {}
    for path, names in told.items():
        file = ROOT / "tests" / path
        there = set(re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.M)) if file.exists() else set()
        if names - there:
            missing[path] = names - there
    assert missing == {}


def test_every_kind_of_attack_names_what_shows_its_defence():
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(line.split("|")[1]) for line in lines] == list(range(1, 65))
    assert [line for line in lines if "::test_" not in line and "tests/benchmarks" not in line] == []
