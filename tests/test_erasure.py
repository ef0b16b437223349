"""One person's data: the export holds all of it, and after forgetting nothing of it is left."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.models import Appeal, Article, Comment, Commenter, Mailbox, Notice, Recommendation, Report, Watch
from tests import make
from tests.admin.desk import comment_url, enter, url

CANARY = "quokkaberry"


@pytest.fixture
def person():
    """Return a reader who has left words everywhere, each with the canary in it."""
    now = timezone.now()
    article, reader, desk = make.article(), make.commenter(), enter("Chief")
    mine = {"commenter": reader, "name": f"Rosa {CANARY}", "email": f"{CANARY}@reader.example"}
    answered = make.comment(article, f"The {CANARY} is ripe, I saw it today.", network=CANARY, **mine)
    answered.edit(f"The {CANARY} is ripe, I saw it there today.", at=now, state="public")
    other = make.comment(article, f"> The {CANARY} is ripe, I saw it\n\nWhere?", parent=answered, name="Bo")
    make.comment(article, f"In the {CANARY} garden.", parent=other, **mine)
    rejected = make.comment(article, f"Buy {CANARY} now.", **mine)
    desk.post(comment_url(rejected, "reject"), {"reason": f"Sells {CANARY}.", "seen_version": rejected.version})
    make.appeal(rejected, f"A {CANARY} is no spam.")
    desk.post(url("articles_appeal_uphold", Appeal.objects.get().pk), {"words": f"Every {CANARY} is."})
    make.report(other, text=f"Steals my {CANARY}.", email=f"{CANARY}@reader.example", commenter=reader)
    make.report(answered, text=f"It says {CANARY}.")
    other.recommend(reader, at=now)
    mailbox = Mailbox.objects.of(reader, f"{CANARY}@reader.example", at=now)
    mailbox.confirm(at=now)
    Watch.objects.create(comment=answered, mailbox=mailbox)
    Notice.objects.create(mailbox=mailbox, comment=other, kind="answer", at=now)
    reader.ban(by=None, at=now, reason=f"Too much {CANARY}.")
    reader.article, reader.other = article, other
    return reader


def everything():
    """Return all rows of all tables as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of ours
            found += [(table, row) for row in cursor.fetchall() if CANARY in str(row)]
    return found


@pytest.mark.django_db
def test_nothing_of_a_forgotten_person_is_left_in_any_table(person):
    tables = "appeal ban comment decision mailbox report revision"
    assert {table for table, _ in everything()} == {
        "django_admin_log",
        *(f"articles_{name}" for name in tables.split()),
    }
    call_command("forget_commenter", str(person.pk), stdout=StringIO())
    assert everything() == []
    assert not Commenter.objects.filter(pk=person.pk).exists()


@pytest.mark.django_db
def test_what_others_said_stands_and_counts_are_right(person):
    call_command("forget_commenter", str(person.pk), stdout=StringIO())
    left = Comment.objects.order_by("pk").values_list("name", "body", "state")
    assert list(left) == [("Deleted", "", "deleted"), ("Bo", "> [quotation removed]\n\nWhere?", "public")]
    other = Comment.objects.get(pk=person.other.pk)
    assert (other.recommendation_count, other.report_count) == (0, 0)
    assert (Recommendation.objects.count(), Report.objects.filter(comment=other).count()) == (0, 0)
    assert Article.objects.get(pk=person.article.pk).comment_count == 1


@pytest.mark.django_db
def test_forgetting_can_be_run_again(person):
    call_command("forget_commenter", str(person.pk), stdout=StringIO())
    with pytest.raises(CommandError, match="There is no reader"):
        call_command("forget_commenter", str(person.pk))


# It reads the database's own file. A test has no right to read PostgreSQL's, and what is deleted stands there until a
# vacuum, as the operators' page says. It runs under `make test`; what the rows hold is tried above on both.
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL clears its files by vacuum, in its own time")
def test_nothing_is_left_in_the_file_itself(person):
    call_command("forget_commenter", str(person.pk), stdout=StringIO())
    path = Path(connection.settings_dict["NAME"])
    files = [file for file in path.parent.glob(f"{path.name}*") if file.exists()]
    assert [file.name for file in files if CANARY.encode() in file.read_bytes()] == []
    assert path in files


@pytest.mark.django_db
def test_export_holds_every_word(person):
    said = StringIO()
    call_command("export_commenter", str(person.pk), stdout=said)
    data = json.loads(said.getvalue())
    assert {name: len(rows) for name, rows in data.items() if isinstance(rows, list)} == {
        "comments": 3, "recommended": 1, "reports": 1, "bans": 1, "addresses": 1, "letters": 1,
    }  # fmt: skip
    first, _, third = data["comments"]
    assert first["said_before"][0]["body"] == f"The {CANARY} is ripe, I saw it today."
    assert (third["appeal"]["text"], third["decisions"][0]["reason"]) == (
        f"A {CANARY} is no spam.", f"Sells {CANARY}.",
    )  # fmt: skip
    with pytest.raises(CommandError, match="There is no reader 0"):
        call_command("export_commenter", "0")


@pytest.mark.django_db
def test_desk_hands_out_the_export_and_forgets(person):
    desk = enter("Chief")
    answer = desk.get(url("articles_commenter_export", person.pk))
    assert answer["Content-Disposition"] == f'attachment; filename="reader-{person.pk}.json"'
    assert answer.json()["reader"]["id"] == person.pk
    assert desk.post(url("articles_commenter_forget", person.pk)).status_code == 422
    assert Commenter.objects.filter(pk=person.pk).exists()
    assert desk.post(url("articles_commenter_forget", person.pk), {"is_sure": "on"}).status_code == 302
    assert everything() == []
