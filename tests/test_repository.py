"""The checkout itself: what lies where, what is pinned, and what must not be in it."""

import ast
import fnmatch
import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection

from articles import roles

ROOT = Path(__file__).resolve().parent.parent

ASKED_FOR = {"manage.py", "newsroom", "articles", "fixtures", "templates", "requirements.txt", "tests"}
EVERY_PROJECT_HAS = {
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "pyproject.toml",
    "requirements-dev.txt",
    "docs",
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
}
# The lists that `make lock` reads, what a larger site adds, and what is there once it is earned.
ALSO = {"requirements.in", "requirements-dev.in", "requirements-scale.in", "requirements-scale.txt"}
ALSO |= {"requirements-browser.in", "requirements-browser.txt"}
ALSO |= {"requirements-embeddings.in", "requirements-embeddings.txt"}
MAY_COME = {"Dockerfile", "compose.yaml", ".dockerignore"}
LOCKED = [f"requirements{part}.txt" for part in ("", "-scale", "-embeddings", "-dev", "-browser")]


def ignored():
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return [line.rstrip("/") for line in lines] + [".git"]


def tracked(folder=ROOT):
    """Yield the files of the checkout, leaving out what git leaves out."""
    patterns = ignored()
    for path in sorted(folder.iterdir()):
        if any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns):
            continue
        if path.is_dir():
            yield from tracked(path)
        else:
            yield path


def texts():
    """Return the text of every file that people wrote, by its path from the top."""
    found = {}
    for path in tracked():
        if path.suffix in {".mo", ".webp", ".png", ".jpg", ".ico", ".woff2", ".svg", ".map"}:
            continue
        found[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
    return found


# --- what lies where --------------------------------------------------------------------------------------------------


def test_top_level_holds_what_was_asked_for_and_what_every_project_has():
    there = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert there - MAY_COME == ASKED_FOR | EVERY_PROJECT_HAS | ALSO


def test_no_folder_of_the_app_is_an_empty_room():
    folders = {path.parent for path in tracked(ROOT / "articles") if path.suffix == ".py"}
    empty = {folder for folder in folders if {path.name for path in folder.glob("*.py")} == {"__init__.py"}}
    assert {str(path.relative_to(ROOT)) for path in empty} <= {
        "articles/management",  # what Django looks for; the commands lie one below
    }


def test_every_package_of_the_app_says_what_it_is():
    silent = []
    for path in tracked(ROOT / "articles"):
        if path.suffix != ".py" or path.parent.name == "migrations" or not path.read_text(encoding="utf-8").strip():
            continue
        if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None:
            silent.append(str(path.relative_to(ROOT)))
    assert silent in ([], ["articles/apps.py"])


# --- what is pinned ---------------------------------------------------------------------------------------------------


def pins(name):
    """Return ``{package: block}`` of a locked list."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("#"))
    blocks = re.split(r"(?<!\\)\n", lines)
    return [block for block in blocks if block.strip()]


@pytest.mark.parametrize("name", LOCKED)
def test_every_requirement_is_one_version_with_hashes_from_no_special_place(name):
    shape = re.compile(
        r"[a-z0-9._-]+(?:\[[a-z, -]+\])?==[^\s;]+(?: ; [^\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\s*"
    )
    assert len(pins(name)) > 1
    assert [block for block in pins(name) if not shape.fullmatch(block)] == []


@pytest.mark.parametrize("name", LOCKED)
def test_everything_that_is_asked_for_is_locked(name):
    asked = (ROOT / name).with_suffix(".in").read_text(encoding="utf-8")
    wanted = re.findall(r"^([A-Za-z0-9][\w-]*(?:\[[a-z,]+\])?)", asked, re.MULTILINE)
    # With its extras: without them pip 23 takes a package that another asks for with extras to be another, not pinned.
    locked = {re.match(r"[a-z0-9._-]+(?:\[[a-z, -]+\])?", block)[0].replace(" ", "") for block in pins(name)}
    assert [package for package in wanted if package.lower() not in locked] == []


def test_one_package_has_one_version_in_every_list():
    versions = {}
    for name in LOCKED:
        for block in pins(name):
            package, version, condition = re.match(r"([^=\[]+)[^=]*==(\S+)(?: ; ([^\\]+))?", block).groups()
            versions.setdefault((package, (condition or "").strip()), set()).add(version)
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_every_package_of_the_browser_tests_is_one_version_with_a_hash_from_no_special_place():
    folder = ROOT / "tests/browser"
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked.pop("")["devDependencies"] == asked
    assert {f"node_modules/{name}": version for name, version in asked.items()} == {
        path: package["version"] for path, package in locked.items()
    }
    hashed = [package for package in locked.values() if package["integrity"].startswith("sha512-")]
    assert [package for package in hashed if "resolved" not in package] == list(locked.values())


# --- what must not be in it -------------------------------------------------------------------------------------------


def test_no_file_knows_the_machine_that_it_was_written_on():
    # In pieces, so that this file does not find itself.
    places = ["/" + place + "/" for place in ("work", "root", "Users", "workspace")] + ["/" + "home/[a-z]"]
    machine = re.compile("|".join(rf"(?<![\w.>\"'-]){place}" for place in places))
    found = {path: machine.findall(text) for path, text in texts().items() if not path.startswith("requirements")}
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_no_file_holds_a_secret():
    key = re.compile("BEGIN [A-Z ]*PRIVATE" + " KEY|AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}|xox[bp]-[0-9A-Za-z-]{20}")
    assert [path for path, text in texts().items() if key.search(text)] == []


def test_every_text_file_ends_in_one_line_break_and_has_no_other_kind():
    found = []
    for path, text in texts().items():
        is_partial = Path(path).name.startswith("_") and path.endswith(".html")  # it may stand in the middle of a line
        ends_well = not text or text.endswith("\n") or is_partial
        if b"\r" in (ROOT / path).read_bytes() or not ends_well or text.endswith("\n\n"):
            found.append(path)
    assert found == []


def test_no_test_is_skipped_but_where_the_database_or_the_browser_is_another():
    found = []
    for path in tracked(ROOT / "tests"):
        if path.suffix != ".py" or path.name == "conftest.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            # This skips nothing: it names every way to skip a test, so that none is used. What a service or a browser
            # needs is decided in a conftest, where its absence is a failure in CI.
            name = node.attr if isinstance(node, ast.Attribute) else ""
            if name in {"skip", "xfail", "importorskip", "skipTest", "expectedFailure", "skipUnless", "skipIf"}:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "skipif":
                about = ast.unparse(node.args[0])
                of_the_database = "connection.vendor" in about or "DATABASE_URL" in about
                found += [] if of_the_database else [f"{path.name}:{node.lineno}"]
    assert found == []


def test_programs_write_to_where_they_were_told_and_never_print():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("articles", "newsroom")
        for path in tracked(ROOT / folder)
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"print", "breakpoint"}
    ]
    assert found == []


# --- migrations -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_records(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


def shape():
    """Return every column, index and constraint of the app's tables."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("articles_")]
        return {
            table: (
                sorted(column.name for column in connection.introspection.get_table_description(cursor, table)),
                sorted(
                    (name.split("_")[0] if about["foreign_key"] else name, tuple(about["columns"] or ()))
                    for name, about in connection.introspection.get_constraints(cursor, table).items()
                ),
            )
            for table in tables
        }


@pytest.mark.django_db(transaction=True)
def test_migrations_run_back_to_nothing_and_forth_again():
    before = shape()
    try:
        call_command("migrate", "articles", "zero", verbosity=0)
        assert shape() == {}
    finally:
        call_command("migrate", verbosity=0)
    assert shape() == before
    assert {group.name: group.permissions.count() for group in Group.objects.all()} == {
        name: len(codenames) for name, codenames in roles.ROLES.items()
    }
