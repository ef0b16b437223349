"""Quotations in comments: lines that begin with ">"."""

from articles.text import folding

LONGEST = 300  # characters of a comment that an answer to it begins with; who wants more has it above
REMOVED = "> [quotation removed]"
RUN = 4  # words in a row by which a quotation is known again, though its reader has shortened it


def quote(text):
    """Return the first words of ``text`` as a quotation to answer to; what it quotes itself is left out."""
    lines = [line for line in text.split("\n") if not line.startswith(">")]
    said = "\n".join(lines).strip()
    if len(said) > LONGEST:
        said = said[:LONGEST].rpartition(" ")[0] or said[:LONGEST]
        said = said.rstrip() + " …"
    return "\n".join(f"> {line}".rstrip() for line in said.split("\n") if line.strip())


def without(text, sources):
    """Return ``text`` with every quotation that repeats words of one of ``sources`` replaced by `REMOVED`.

    A quotation is a run of lines that begin with ">". It goes whole if a line of it shares four words in a row with a
    source, or all its words where they are fewer.
    """
    if not is_quoting(text):
        return text
    known = [[word for word, _ in folding.words(source)] for source in sources]
    runs = {size: {run for words in known for run in _runs(words, size)} for size in range(1, RUN + 1)}
    kept = []
    for is_quoted, lines in _parts(text):
        gone = is_quoted and any(_repeats(line, runs) for line in lines)
        kept += [REMOVED] if gone else lines
    return "\n".join(kept)


def is_quoting(text):
    return any(line.startswith(">") for line in text.split("\n"))


def _parts(text):
    """Yield (whether they are quoted, the lines) for each run of lines that are or are not."""
    part, quoted = [], None
    for line in text.split("\n"):
        if part and line.startswith(">") is not quoted:
            yield quoted, part
            part = []
        quoted = line.startswith(">")
        part.append(line)
    yield quoted, part


def _repeats(line, runs):
    words = [word for word, _ in folding.words(line.lstrip("> "))]
    size = min(len(words), RUN)
    return size > 0 and any(run in runs[size] for run in _runs(words, size))


def _runs(words, size):
    return [tuple(words[place : place + size]) for place in range(len(words) - size + 1)]
