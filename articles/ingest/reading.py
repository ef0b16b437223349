"""Read XML of any length, from anybody, in constant memory.

Expat, which Python brings, reads it piece by piece. What makes XML dangerous - entities that grow, files that are
fetched - needs a document type declaration, and no export has one: a file with one is refused at that line, before
anything in it takes effect.
"""

from dataclasses import dataclass, field
from xml.parsers import expat  # it is told below to take no declaration

PIECE = 64 * 1024  # bytes
LONGEST = 50_000  # characters of one element's text: ten times the longest comment; the rest is not kept
DEEPEST = 50  # elements within one another; exports have seven
_SPACE = " "


class BrokenFile(Exception):
    """It cannot be read on, and says at which line and why."""


@dataclass
class Element:
    """``name`` without its namespace, ``within`` what, ``text`` its own and not that of what it holds."""

    name: str
    within: tuple
    line: int
    ids: dict = field(default_factory=dict)
    pieces: list = field(default_factory=list)
    length: int = 0

    @property
    def text(self):
        return "".join(self.pieces)


def elements(file):
    """Yield (whether it begins, the Element) for each element of ``file``, opened for bytes; raise BrokenFile."""
    reader = _Reader()
    while True:
        piece = file.read(PIECE)
        try:
            reader.parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            raise BrokenFile(f"Line {error.lineno}: {expat.ErrorString(error.code)}.") from None
        finally:
            found, reader.found = reader.found, []
        yield from found
        if not piece:
            return


class _Reader:
    def __init__(self):
        self.parser = expat.ParserCreate(namespace_separator=_SPACE)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.open, self.found = [], []

    def _refuse(self, *declared):
        raise BrokenFile(f"Line {self.parser.CurrentLineNumber}: a document type declaration, which no export has.")

    def _begin(self, name, attributes):
        line = self.parser.CurrentLineNumber
        if len(self.open) == DEEPEST:
            raise BrokenFile(f"Line {line}: more than {DEEPEST} elements within one another.")
        within = tuple(element.name for element in self.open[-2:])
        ids = {_local(key): value[:200] for key, value in attributes.items()}
        self.open.append(Element(_local(name), within, line, ids))
        self.found.append((True, self.open[-1]))

    def _end(self, name):
        self.found.append((False, self.open.pop()))

    def _say(self, text):
        element = self.open[-1]
        if element.length < LONGEST:
            element.pieces.append(text[: LONGEST - element.length])
            element.length += len(element.pieces[-1])


def _local(name):
    return name.rpartition(_SPACE)[2]
