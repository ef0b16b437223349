"""Comments come in from other programs, once, and with everything that was known of them."""

import io
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles import ingest
from articles.ingest import storing
from articles.models import Article, Comment
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def article():
    return make.article(at=NOON - 9 * DAY, original_url="https://lantern.example/river-rises")


def run(format_name, file=None, **options):
    out = io.StringIO()
    call_command("import_comments", format_name, str(file or SAMPLES / f"{format_name}.xml"), stdout=out, **options)
    return out.getvalue().splitlines()


def rows():
    fields = ("name", "body", "state", "parent__name", "root__name", "created_at__hour")
    return list(Comment.objects.order_by("created_at", "pk").values_list(*fields))


def post(number, *, words="<p>Words.</p>", parent=None):
    answers = f'<parent dsq:id="{parent}"/>' if parent else ""
    return (
        f'<post dsq:id="{number}"><message>{words.replace("<", "&lt;")}</message><createdAt>2026-05-01T10:00:00Z'
        f'</createdAt><author><name>Rosa</name></author><thread dsq:id="1"/>{answers}</post>\n'
    )


def disqus(tmp_path, *posts, end="</disqus>", start=""):
    file = tmp_path / "disqus.xml"
    thread = '<thread dsq:id="1"><link>https://lantern.example/river-rises</link></thread>\n'
    names = 'xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"'
    file.write_text(f"{start}<disqus {names}>\n{thread}{''.join(posts)}{end}")
    return file


# --- what comes in ----------------------------------------------------------------------------------------------------


def test_disqus_export_comes_in_whole(article):
    assert run("disqus") == [
        "answers whose parent is missing: 1",
        "public: 4",
        "rejected: 1",
        "spam: 1",
        "stored already: 0",
        "under no article of ours: 1",
        "no article at https://elsewhere.example/gone: 1",
    ]
    first = "The water came at four.\n\nSee the levels (https://sarn.example/levels)."
    assert rows() == [
        ("Rosa Reader", first, "public", None, None, 10),
        ("Tom", "> The water came at four.\n\nAt three & not at four.", "public", "Rosa Reader", "Rosa Reader", 11),
        ("Mira", "At half past three.", "public", "Tom", "Rosa Reader", 12),
        ("Boats", "Cheap boats!", "spam", None, None, 13),
        ("Someone", "You are all fools.", "rejected", None, None, 14),
        ("Anonymous", "So do I.", "public", None, None, 15),
    ]
    assert Article.objects.get().comment_count == 4
    assert Article.objects.recount_comments() == 0
    assert Comment.objects.new().count() == 0


def test_wordpress_export_comes_in_whole(article):
    assert run("wordpress") == [
        "answers whose parent is missing: 0",
        "held: 1",
        "public: 1",
        "rejected: 1",
        "stored already: 0",
        "without words or a time: 1",
    ]
    assert rows() == [
        ("Rosa Reader", "First line.\nSecond line with weight.\n\nA paragraph of its own.", "public", None, None, 10),
        ("Tom", "Who says so?", "held", "Rosa Reader", "Rosa Reader", 13),
        ("Mira", "Thrown away.", "rejected", None, None, 15),
    ]
    assert Comment.objects.exclude(email="").count() == 0


@pytest.mark.parametrize("format_name", ["disqus", "wordpress"])
def test_second_run_stores_nothing_more(article, format_name):
    run(format_name)
    before = rows()
    assert "public" not in str([line for line in run(format_name) if not line.startswith("no article")])
    assert (rows(), Article.objects.recount_comments()) == (before, 0)


def test_dry_run_stores_nothing_and_says_what_it_would(article):
    said = run("disqus", dry_run=True)
    assert said[:2] == ["Nothing is stored. It would be:", "public: 4"]
    assert (rows(), Article.objects.get().comment_count) == ([], 0)


@pytest.mark.parametrize(
    "address",
    [
        "https://lantern.example/river-rises",
        "http://lantern.example/river-rises/",
        "https://www.lantern.example/river-rises/?utm_source=x#comments",
        "//LANTERN.example/river-rises",
        "http://127.0.0.1:8000/articles/{pk}/some-old-slug/",
        "/articles/{pk}/",
    ],
)
def test_article_is_found_by_each_of_its_addresses(article, address):
    make.article(at=NOON, original_url="https://lantern.example/another")
    assert storing.article_at([address.format(pk=article.pk)]) == article.pk


@pytest.mark.parametrize(
    "address", ["", "river-rises", "https://[", "https://lantern.example/", "/articles/999/", "/articles/1\x00"]
)
def test_address_of_nothing_finds_nothing(article, address):
    assert storing.article_at([address]) is None


def test_batches_hang_together(article, tmp_path, monkeypatch):
    monkeypatch.setattr(storing, "BATCH", 2)
    file = disqus(tmp_path, *[post(number, parent=number - 1 if number > 1 else None) for number in range(1, 8)])
    run("disqus", file)
    assert Comment.objects.filter(parent=None).count() == 1
    assert len(set(Comment.objects.filter(parent__isnull=False).values_list("root", flat=True))) == 1
    assert Article.objects.get().comment_count == 7


def test_parent_may_come_later_and_a_ring_ends(article, tmp_path):
    file = disqus(tmp_path, post(1, parent=2), post(2), post(3, parent=4), post(4, parent=3))
    run("disqus", file)
    assert Comment.objects.filter(parent=None).count() == 2
    assert Comment.objects.filter(parent__isnull=False).count() == 2


def test_time_ahead_is_now(article, tmp_path):
    file = disqus(tmp_path, post(1).replace("2026-05-01", "2999-05-01"))
    with file.open("rb") as opened:
        ingest.import_comments(opened, "disqus", ingest.Report(), at=NOON)
    assert Comment.objects.get().created_at == NOON == datetime(2026, 5, 4, 12, tzinfo=UTC)


# --- hostile files ----------------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n'


@pytest.mark.parametrize("start", [LAUGHS, OUTSIDE, '<!DOCTYPE d SYSTEM "https://evil.example/x.dtd">\n'])
def test_file_that_declares_anything_is_refused(article, tmp_path, start):
    file = disqus(tmp_path, post(1), start=start)
    with pytest.raises(CommandError, match=r"Line 1: a document type declaration, which no export has\."):
        run("disqus", file)
    assert rows() == []


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (post(4).replace("Words", "W\x00rds"), 6),
        (post(4).replace("</message>", ""), 6),
        (post(4).replace("Words", "&ha;"), 6),
        ("<a>" * 60, 6),
        (post(4)[:60], 6),
    ],
    ids=["NUL", "not closed", "unknown entity", "deep", "cut off"],
)
def test_broken_file_says_where_and_leaves_whole_batches(article, tmp_path, monkeypatch, broken, line):
    monkeypatch.setattr(storing, "BATCH", 2)
    monkeypatch.setattr("articles.ingest.reading.PIECE", 64)
    file = disqus(tmp_path, post(1), post(2), post(3), broken, end="")
    with pytest.raises(CommandError, match=f"Line {line}: .*mend it and run this again"):
        run("disqus", file)
    assert (Comment.objects.count(), Article.objects.get().comment_count) == (2, 2)
    run("disqus", disqus(tmp_path, post(1), post(2), post(3), post(4)))
    assert (Comment.objects.count(), Article.objects.get().comment_count) == (4, 4)


def test_comment_of_five_megabytes_is_shortened_in_little_memory(article, tmp_path):
    file = disqus(tmp_path, post(1, words="<p>" + "word " * 1_000_000), post(2))
    report = ingest.Report()
    tracemalloc.start()
    with file.open("rb") as opened:
        ingest.import_comments(opened, "disqus", report, at=NOON)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sorted(len(body) > 4900 for body in Comment.objects.values_list("body", flat=True)) == [False, True]
    assert max(map(len, Comment.objects.values_list("body", flat=True))) <= 5000
    assert peak < 4_000_000


def test_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run("disqus", tmp_path / "none.xml")
