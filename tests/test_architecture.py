"""The house stands on five floors; what holds it up is tried here."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORDS, RECORDS, DESKS, DOORS, WIRING = range(5)

# Each module or package of the app, and of the wiring, by its floor. One that is not here has no place in the house.
FLOORS = {
    WORDS: {"articles.text", "articles.wire"},
    RECORDS: {"articles.models", "articles.migrations"},
    DESKS: {
        "articles.assist",
        "articles.caching",
        "articles.demo",
        "articles.digest",
        "articles.erasure",
        "articles.front",
        "articles.ingest",
        "articles.moderation",
        "articles.notices",
        "articles.related",
        "articles.renditions",
        "articles.roles",
        "articles.search",
        "articles.syndication",
    },
    DOORS: {
        "articles.admin",
        "articles.apps",
        "articles.filters",
        "articles.forms",
        "articles.management",
        "articles.middleware",
        "articles.receivers",
        "articles.templatetags",
        "articles.urls",
        "articles.views",
        "articles.work",
    },
    WIRING: {
        "newsroom.connections",
        "newsroom.env",
        "newsroom.gunicorn.conf",
        "newsroom.health",
        "newsroom.log_lines",
        "newsroom.media",
        "newsroom.request_log",
        "newsroom.secret_key",
        "newsroom.security",
        "newsroom.settings",
        "newsroom.static",
        "newsroom.urls",
        "newsroom.wsgi",
    },
}
FLOOR_OF = {unit: floor for floor, units in FLOORS.items() for unit in units}
LONGEST_FILE, LONGEST_FUNCTION = 400, 50  # lines

# What a floor has no business with, whoever offers it.
NOT_FOR_RECORDS = (
    "django.contrib.admin",
    "django.core.cache",
    "django.core.handlers",
    "django.core.mail",
    "django.core.management",
    "django.forms",
    "django.http",
    "django.middleware",
    "django.shortcuts",
    "django.template",
    "django.test",
    "django.views",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
)
NOT_FOR_WORDS = (*NOT_FOR_RECORDS, "django.apps", "django.contrib", "django.db", "sqlite3", "psycopg")


@dataclass(frozen=True)
class Import:
    by: str
    module: str
    line: int
    level: int = 0

    def __str__(self):
        return f"{self.by}:{self.line} imports {self.module}"


def name_of(path):
    """Return the dotted name of a source file: ``articles.text.html``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit_of(name):
    """Return the module or package right below the app or the wiring that ``name`` belongs to."""
    if name == "newsroom.gunicorn.conf":
        return name
    return ".".join(name.split(".")[:2])


def sources(*folders):
    found = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    assert found, folders
    return found


def imports_in(by, tree):
    """Return every import, those within functions and the dynamic ones included."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(by, alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # "from articles import related" names a module, "from articles.models import Article" a thing in one.
            found += [Import(by, f"{node.module}.{alias.name}", node.lineno, node.level) for alias in node.names]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
            "import_module",
            "import_string",
            "__import__",
        }:
            found.append(Import(by, "something by its name", node.lineno))
    return found


def imports_of(*folders):
    return [
        found
        for path in sources(*folders)
        for found in imports_in(name_of(path), ast.parse(path.read_text(encoding="utf-8")))
    ]


def breaches(imports):
    """Return the imports that go up, across desks, or to the wiring and the tests."""
    found = []
    for step in imports:
        here, there = unit_of(step.by), unit_of(step.module)
        if step.module.split(".")[0] in {"newsroom", "tests"} and not here.startswith("newsroom"):
            found.append(step)
        elif there in FLOOR_OF and here in FLOOR_OF and here != there:
            up = FLOOR_OF[there] > FLOOR_OF[here]
            across = FLOOR_OF[there] == FLOOR_OF[here] == DESKS
            found += [step] if up or across else []
    return [str(step) for step in found]


def is_one_of(module, banned):
    return any(module == name or module.startswith(f"{name}.") for name in banned)


# --- floors -----------------------------------------------------------------------------------------------------------


def test_every_module_has_a_floor_and_every_floor_is_in_use():
    units = {unit_of(name_of(path)) for path in sources("articles", "newsroom")} - {"articles", "newsroom"}
    assert units == set(FLOOR_OF)


def test_imports_go_down_and_desks_do_not_know_each_other():
    assert breaches(imports_of("articles", "newsroom")) == []


@pytest.mark.parametrize(
    ("by", "line", "told"),
    [
        ("articles.text.html", "from articles.models import Article", True),
        ("articles.models.article", "from articles.related import relate", True),
        ("articles.models.article", "from articles import views", True),
        ("articles.models.article", "def f():\n    from articles.admin import x", True),
        ("articles.related.links", "from articles.assist import choose", True),
        ("articles.related.links", "import articles.moderation.pipeline", True),
        ("articles.front", "from articles import caching", True),
        ("articles.views.lists", "from newsroom import settings", True),
        ("articles.demo", "from tests import make", True),
        ("articles.receivers", "from articles import assist, related", False),
        ("articles.management.commands.demo", "from articles import demo", False),
        ("articles.related.links", "from articles.related import scoring", False),
        ("articles.models.article", "from articles.text import html", False),
        ("newsroom.urls", "from newsroom.media import media", False),
        ("articles.views.lists", "from django.shortcuts import render", False),
    ],
)
def test_the_rule_itself_finds_a_breach(by, line, told):
    assert bool(breaches(imports_in(by, ast.parse(line)))) is told


def test_imports_are_absolute_and_written_out():
    found = [step for step in imports_of("articles", "newsroom", "tests") if step.level]
    by_name = [step for step in imports_of("articles") if step.module == "something by its name"]
    assert [str(step) for step in found + by_name] == []


@pytest.mark.parametrize(
    ("unit", "banned"),
    [("articles/models", NOT_FOR_RECORDS), ("articles/text", NOT_FOR_WORDS)],
    ids=["records", "words"],
)
def test_lower_floors_know_nothing_of_the_world_outside(unit, banned):
    assert [str(step) for step in imports_of(unit) if is_one_of(step.module, banned)] == []


def test_only_doors_read_the_clock():
    """Below the doors time comes in as ``at=``; else no test and no reader could ask about another instant."""
    clocks = {
        ("timezone", "now"),
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
    }
    clocks |= {("time", "time")}
    found = []
    for path in sources("articles"):
        if FLOOR_OF.get(unit_of(name_of(path)), DOORS) >= DOORS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and (getattr(node.value, "id", ""), node.attr) in clocks:
                found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []


# --- sizes ------------------------------------------------------------------------------------------------------------


def long_functions(tree):
    return [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]


def test_no_function_is_longer_than_a_screen():
    found = {
        name_of(path): long_functions(ast.parse(path.read_text(encoding="utf-8")))
        for path in sources("articles", "newsroom", "tests")
    }
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_the_rule_itself_finds_a_long_function():
    assert long_functions(ast.parse("def f():\n" + "    x = 1\n" * 49)) == []
    assert long_functions(ast.parse("class A:\n  def f(self):\n" + "    x = 1\n" * 50)) == [("f", 51)]


def test_no_file_is_longer_than_a_reader_can_hold():
    written = [
        path
        for folder in ("articles", "newsroom", "templates", "tests")
        for ending in ("py", "html", "css", "js", "sh")
        for path in (ROOT / folder).rglob(f"*.{ending}")
        if "node_modules" not in path.parts
    ]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    assert len(lengths) > 100
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


# --- what goes out as it is -------------------------------------------------------------------------------------------

MARKED_SAFE = {
    "articles.templatetags.newsroom": [
        "mark_safe(html.link_terms(numbered, aid.found.get('terms', []) if aid else []))",
        "mark_safe(page.body)",
        "mark_safe('\\n'.join(parts))",
    ],
    "articles.text.comment": [
        "mark_safe(''.join((_block(block) for block in blocks)))",
        "mark_safe(_BEFORE_TEXT.sub('><!--comment-->', spans))",
    ],
}


def test_text_is_declared_safe_in_the_known_places_only():
    found = {}
    for path in sources("articles", "newsroom"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if called in {"mark_safe", "SafeString", "SafeText"}:
                found.setdefault(name_of(path), []).append(ast.unparse(node))
    assert found == MARKED_SAFE


def test_html_is_formatted_from_a_literal_only():
    """``format_html(f"...")`` escapes nothing."""
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources("articles", "newsroom")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "format_html"
        and not (node.args and isinstance(node.args[0], ast.Constant))
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["templates", "articles"])
def test_no_template_turns_escaping_off(folder):
    off = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|\{%\s*autoescape\s+off")
    templates = sorted((ROOT / folder).rglob("*.html"))
    assert [str(path.relative_to(ROOT)) for path in templates if off.search(path.read_text(encoding="utf-8"))] == []
    assert templates or folder == "articles"
