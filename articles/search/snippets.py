"""Show where in an article the words stand, within what its outlet lets us show."""

from dataclasses import dataclass
from itertools import islice

from articles.text import plain, search_words, terms

MOST_FRAGMENTS = 2
BEFORE, LENGTH = 60, 190  # characters before the first match of a fragment, and of the whole


@dataclass(frozen=True)
class Excerpt:
    """A headline, and what of the text has the words, if anything: pieces, (text, whether it was searched for).

    ``names`` are the hashtags and authors that have them, as readers know them.
    """

    headline: list
    text: list
    names: list


def excerpts(articles, terms):
    """Return an Excerpt of each of ``articles`` for the ``terms`` of a Question; outlets, bodies, hashtags with
    their aliases and bylines are wanted.
    """
    anywhere = [term for term in terms if not term.fields]
    sought = {language: _Sought(anywhere, language) for language in {article.language for article in articles}}
    return [_excerpt(article, sought[article.language], _names(article, terms)) for article in articles]


def pieces(text, spans, start=0, end=None):
    """Return ``text`` from ``start`` to ``end`` in pieces, those that ``spans`` mark apart; together they are it."""
    end, found, here = len(text) if end is None else end, [], start
    for first, last, _ in spans:
        first, last = max(first, here), min(last, end)
        if first < last:
            found += [(text[here:first], False), (text[first:last], True)]
            here = last
    return [piece for piece in [*found, (text[here:end], False)] if piece[0]]


class _Sought:
    """What is looked for in texts of one language: words by their stems, and what stood in quotes as it is written."""

    def __init__(self, terms, language):
        stemmed, quoted = [], []
        for number, term in enumerate(terms):
            for way in term.ways:
                plain = search_words.without_mark(way)
                (stemmed if plain == way else quoted).append((plain, number, term.is_prefix))
        self.ways = [_Ways(ways, code) for ways, code in ((stemmed, language), (quoted, "")) if ways]

    def spans(self, text):
        """Return (start, end, number of the term) of each match, in the order of the text."""
        seen = terms.seen(text)
        found = [span for ways in self.ways for span in ways.spans(seen)]
        found.sort(key=lambda span: (span[0], -span[1]))  # of two that begin together the longer one covers the other
        if len(seen) == len(text):
            return found
        # Where each letter stands among the signs that nobody sees: these are kept, and marked inside a word.
        places = [place for place, sign in enumerate(text) if terms.seen(sign)]
        return [(places[start], places[end - 1] + 1, number) for start, end, number in found]


class _Ways:
    """Words in a row, stemmed as one language has it, and the words that were met in texts and are none of them."""

    def __init__(self, ways, language):
        self.ways, self.language, self.unwanted = ways, language, set()
        firsts = {way[0] for way, _, _ in self.ways}
        begun = tuple(way[0] for way, _, is_prefix in self.ways if is_prefix)
        self.is_wanted = (lambda word: word in firsts or word.startswith(begun)) if begun else firsts.__contains__

    def spans(self, text):
        """Return (start, end, number of the term) of each match in ``text``, as it is seen."""
        found = []
        for start, end, word in search_words.places_of(self.is_wanted, text, self.language, self.unwanted):
            for way, number, is_prefix in self.ways:
                if word == way[0] and (last := end if len(way) == 1 else self._end_of(way, text, start)):
                    found.append((start, last, number))
                if is_prefix and word.startswith(way[0]):
                    found.append((start, start + len(way[0]), number))
        return found

    def _end_of(self, way, text, start):
        """Return where the words of ``way`` end that begin at ``start``, None where others stand there."""
        run = list(islice(search_words.places(text, self.language, start), len(way)))
        return run[-1][1] if tuple(word for _, _, word in run) == way else None


def _names(article, terms):
    """Return the hashtags and authors of an article in which any of ``terms`` stands, by the rule of the index."""
    tags = [spelt.name for tag in article.hashtags.all() for spelt in (tag, *tag.aliases.all())]
    authors = [byline.author.name for byline in article.bylines.all()]
    parts = {
        "hashtags": {f"#{tag}": [search_words.hashtag(tag, code) for code in (article.language, "")] for tag in tags},
        "bylines": {author: [search_words.names(author)] * 2 for author in authors},
    }
    found = []
    for part, names in parts.items():
        ways = [way for term in terms if part in (term.fields or parts) for way in term.written]
        for name, (compared, written) in names.items():
            words = f" {search_words.in_a_row(compared, search_words.as_written(written))} "
            found += [name] if any(way in words for way in ways) else []
    return found


def _excerpt(article, sought, names):
    headline = pieces(article.headline, sought.spans(article.headline))
    texts = (article.shown_standfirst, plain.from_html(article.shown_body).replace("\n", " "))
    fragments = []
    for text in texts:
        if text:
            fragments += _fragments(text, sought.spans(text), MOST_FRAGMENTS - len(fragments))
    return Excerpt(headline, _joined(fragments), names)


def _fragments(text, spans, most):
    """Return up to ``most`` fragments, those first that hold the most different terms; in the order of the text."""
    windows = []
    for first, (start, *_) in enumerate(spans):
        begin, finish = _window(text, start)
        within = {number for s, e, number in spans[first : first + 30] if e <= finish}
        windows.append((-len(within), begin, finish))
    chosen = []
    for _, begin, finish in sorted(windows):
        if len(chosen) < most and all(finish <= other or begin >= end for other, end in chosen):
            chosen.append((begin, finish))
    return [_shown(text, spans, begin, finish) for begin, finish in sorted(chosen)]


def _window(text, start):
    """Return where the fragment around ``start`` begins and ends, at spaces where there are any near."""
    begin = max(0, start - BEFORE)
    if begin:
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else begin
    finish = min(len(text), begin + LENGTH)
    if finish < len(text):
        space = text.rfind(" ", start, finish)
        finish = space if space > start + LENGTH // 4 else finish
    return begin, finish


def _shown(text, spans, begin, finish):
    shown = pieces(text, [span for span in spans if begin <= span[0] and span[1] <= finish], begin, finish)
    return ["… " if begin else "", *shown, " …" if finish < len(text) else ""]


def _joined(fragments):
    """Return the pieces of all ``fragments``, (before, piece, ..., after), with one ellipsis between two of them."""
    found, last = [], ""
    for number, (before, *shown, after) in enumerate(fragments):
        gap = " … " if number and (before or last) else " " if number else before
        found += [(gap, False), *shown]
        last = after
    return [piece for piece in [*found, (last, False)] if piece[0]]
