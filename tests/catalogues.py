"""What the source wants translated, and what a catalogue holds, read without gettext's own programs."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from django.template import engines
from django.template.base import Lexer as TemplateLexer
from django.template.base import TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "articles" / "locale"

LANGUAGES = sorted(path.name for path in LOCALE.iterdir())
# What in a page is read by people, or told them by a script or a style; everything else is for programs.
SPOKEN = {"alt", "aria-label", "placeholder", "title"}
SPOKEN_FOR_IT = {
    f"data-{name}"
    for name in "answer cancel copied copy elsewhere forgotten head label left looking missing more name new "
    "new-shown next off on pause recommended removed replies save saved share shown stop stop-one stored "
    "suggestions when".split()
}

# What a function that marks words is called with: where its words, their plural and their context stand.
CALLS = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
}


@dataclass(frozen=True)
class Words:
    """What is to be translated: what stands in the source, and what tells two of the same words apart."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass
class Entry:
    """``said`` has one text, or one for each form of the plural."""

    words: Words
    said: list
    is_fuzzy: bool = False


# --- the source -----------------------------------------------------------------------------------------------------


def templates():
    """Return the readers' templates; the desk's are in English."""
    found = sorted(path for path in (ROOT / "templates").rglob("*.*") if "admin" not in path.parts)
    assert found
    return found


def in_source():
    """Return the Words that Python and the templates mark."""
    files = [path for folder in ("articles", "newsroom") for path in (ROOT / folder).rglob("*.py")]
    return {words for path in files for words in in_python(path)} | {
        words for path in templates() for words in in_template(path)
    }


def in_python(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            given = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            text, plural, context = (place is not None and given[place] for place in CALLS[node.func.id])
            if isinstance(text, str):
                yield Words(text, plural or "", context or "")


def in_template(path):
    compiled = engines["django"].from_string(path.read_text(encoding="utf-8")).template
    for node in compiled.nodelist.get_nodes_by_type(TranslateNode):
        context = node.message_context.resolve({}) if node.message_context else ""
        yield Words(str(node.filter_expression.var.literal), context=context)
    for node in compiled.nodelist.get_nodes_by_type(BlockTranslateNode):
        assert node.message_context is None, "blocktranslate with a context is not read here"
        singular, _ = node.render_token_list(node.singular)
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        yield Words(singular, plural)


def bare(path):
    """Return a template without what is marked; what is filled in, and the name of the page's kind, are "x0"."""
    kept, closing = [], None
    for token in TemplateLexer(path.read_text(encoding="utf-8")).tokenize():
        contents = token.contents.strip()
        if closing:
            closing = None if contents == closing else closing
        elif token.token_type == TokenType.BLOCK and contents.split()[0] in {"blocktranslate", "comment"}:
            closing = f"end{contents.split()[0]}"
        elif contents == "block kind":
            closing = "endblock"
        else:
            kept.append(token.contents if token.token_type == TokenType.TEXT else "x0")
    return "".join(kept)


# --- the catalogue --------------------------------------------------------------------------------------------------


def entries(language):
    """Return the Entries of a catalogue's source, the one with the head left out."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    blocks = [block for block in text.split("\n\n") if re.search(r"^msgid ", block, re.MULTILINE)]
    return [_entry(block) for block in blocks[1:]]


def _entry(block):
    parts, name = {}, ""
    for line in block.splitlines():
        if found := re.match(r'(msg\w+(?:\[\d+\])?) (".*")$', line):
            name, line = found.groups()
            parts[name] = ""
        if line.startswith('"'):
            parts[name] += ast.literal_eval(line)
    words = Words(parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", ""))
    said = [text for name, text in sorted(parts.items()) if name.startswith("msgstr")]
    return Entry(words, said, is_fuzzy="fuzzy" in (re.findall(r"^#, (.*)$", block, re.MULTILINE) or [""])[0])
