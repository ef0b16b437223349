"""The index in PostgreSQL: for each measure of what may be shown a ``tsvector`` beside the entry, with a GIN index.

Vectors and questions are written out here, word by word, so that no configuration of the server has a say in them.
"""

from django.db import connection

from articles.text.search_words import BOUNDARY

COLUMNS = {"link": "link_words", "summary": "summary_words", "full": "full_words"}
WEIGHTS = {"headline": "A", "hashtags": "B", "bylines": "C", "standfirst": "D", "body": "D"}
FIELDS = {
    "link": ("headline", "hashtags", "bylines"),
    "summary": ("headline", "hashtags", "bylines", "standfirst"),
    "full": ("headline", "hashtags", "bylines", "standfirst", "body"),
}
# A vector says among which neighbours its article came: of 512 keys, of 2,048, 8,192 and 32,768. So the index finds by
# itself what the newest have, and neither a hundred thousand entries have to be sorted nor a vector unpacked.
LEVELS = {"n": 9, "m": 11, "p": 13, "q": 15}
MOST_PIECES = 4  # that one question names: each costs the index as much as a word
SURE = 1.75  # times as much is looked through as would do, if all had the words as often as a sample
FIRST_LOOK = 1024  # keys, for the beginning of a name: their small vectors are read sooner than all words begun so
LAST_PLACE, MOST_PLACES = 16383, 256  # of a word in a vector: limits of PostgreSQL
MOST_BYTES = 1_000_000  # of words and places in a vector, where PostgreSQL takes 1,048,575 with the facts
PLACE = "strpos"
INSTANT = "EXTRACT(EPOCH FROM found.published_at)::float8"  # to make times of 1,500 takes the driver 8 ms


def write(prepared):
    """Write the words of articles, ``{article's id: {column: (compared, written)}}``, over those that were there."""
    changes = ", ".join(f"{column} = %s::tsvector" for column in COLUMNS.values())
    rows = [(*(_vector(key, words, measure) for measure in COLUMNS), key) for key, words in prepared.items()]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE articles_searchentry SET {changes} WHERE article_id = %s", rows)  # noqa: S608


def remove(article_ids):
    """Do nothing: the vectors go with their entry."""


def rows(asked):
    """Return the rows of what is Asked, those of the highest keys first, or of the lowest.

    Left to itself PostgreSQL would unpack one vector after the other, or sort all that have an ordinary word: it does
    not know that the one is dear, and not that the newest are enough. So it is told which those are.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(article_id), MAX(article_id) FROM articles_searchentry")
        least, last = cursor.fetchone()
        if last is not None and last - least > 8 * FIRST_LOOK:
            found, span = _at_first(cursor, asked, least, last)
            while len(found) < asked.most and 2 * span < last - least:
                pieces = _pieces(least, last, span, oldest=asked.oldest)
                if not pieces:
                    break
                found = _within(cursor, asked, pieces)
                span = max(4 * span, _span(span, len(found), asked.most)) if found else last
            if len(found) == asked.most:
                return found
        return _within(cursor, asked, ())


def instant(at):
    """Return a time as INSTANT gives those of articles."""
    return at.timestamp()


def expression(asked, measure, pieces=()):
    """Return what holds all terms and facts and none of the excluded, as a ``tsquery`` is written."""
    facts = [f"({' | '.join(map(_quoted, each))})" for each in (*asked.facts, pieces) if each]
    return " & ".join([*map(_term, asked.terms), *facts, *(f"!{_term(term)}" for term in asked.excluded)])


def among(keys):
    """Return (what a column is that is one of ``keys``, the value for its placeholder)."""
    return "= ANY(%s)", keys


def _at_first(cursor, asked, least, last):
    """Return what a first look finds, and among how many keys so many are probably found as are asked for."""
    if not (set(asked.measures) == {"link"} and any(term.is_prefix for term in asked.terms)):
        return [], _enough(cursor, asked, least, last)
    near = f"< {least + FIRST_LOOK}" if asked.oldest else f"> {last - FIRST_LOOK}"
    found = _within(cursor, asked, (), near=f" AND entry.article_id {near}")
    return found, _span(FIRST_LOOK, len(found), asked.most) if found else last


def _enough(cursor, asked, least, last):
    """Return among how many keys so many are probably found as are asked for, by a sample."""
    bits, measure = LEVELS["n"], list(asked.measures)[-1]
    piece = (least >> bits) + 1 if asked.oldest else (last >> bits) - 1  # a whole one
    sample = expression(asked, measure, (_piece("n", piece),))
    counted = f"SELECT COUNT(*) FROM articles_searchentry WHERE {COLUMNS[measure]} @@ %s::tsquery"  # noqa: S608
    cursor.execute(counted, [sample])
    (number,) = cursor.fetchone()
    return _span(1 << bits, number, asked.most) if number else last


def _span(span, number, most):
    """Return among how many keys there are ``most``, if there are ``number`` among ``span`` others."""
    return int(SURE * span * most / number)


def _pieces(least, last, span, *, oldest):
    """Return what the vectors of articles have whose keys are the first or last ``span``, or a few more."""
    first, last = (least, least + span) if oldest else (last - span, last)
    for name, bits in LEVELS.items():
        pieces = range(first >> bits, (last >> bits) + 1)
        if len(pieces) <= MOST_PIECES:
            return tuple(_piece(name, piece) for piece in pieces)
    return ()


def _piece(name, number):
    return f"{BOUNDARY}{name}{number}"


def _within(cursor, asked, pieces, near=""):
    # Unless they are near, not in the order of the index on keys: it would be walked, and each vector looked into.
    order = "entry.article_id" if near else "entry.article_id + 0"
    parts, values = [], []
    for measure in asked.measures:
        having = {
            "condition": f"entry.{COLUMNS[measure]} @@ %s::tsquery{near}",
            "values": [expression(asked, measure, pieces)],
        }
        tables = "articles_searchentry AS entry JOIN {live} ON found.id = entry.article_id"
        part, given = asked.part(measure, key="entry.article_id", tables=tables, **having)
        parts.append(f"({part} ORDER BY {order} {asked.direction} LIMIT {asked.most})")
        values += given
    together = f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS parts"  # noqa: S608
    cursor.execute(f"{together} ORDER BY 1 {asked.direction} LIMIT {asked.most}", values)
    return cursor.fetchall()


def _term(term):
    weights = "".join(WEIGHTS[field] for field in term.fields)
    mark = f"{'*' if term.is_prefix else ''}{weights}"
    mark = f":{mark}" if mark else ""
    ways = (" <-> ".join(f"'{word}'{mark}" for word in way) for way in term.ways)
    return f"({' | '.join(ways)})"


def _vector(key, words, measure):
    """Return the vector of the fields that the measure shows; a hole between two of them holds phrases apart.

    A word as it is compared and as it is written may have the same place.
    """
    places, start = {}, 1
    for field in FIELDS[measure]:
        for each in words[field]:
            for place, word in enumerate(each, start):
                places.setdefault(word, []).append(f"{min(place, LAST_PLACE)}{WEIGHTS[field]}")
        start += max(map(len, words[field])) + 1
    placed = (f"'{word}':{','.join(at)}" for word, at in _fitting(places))
    pieces = (_piece(name, key >> bits) for name, bits in LEVELS.items())
    return " ".join([*placed, *map(_quoted, words["facts"][0]), *map(_quoted, pieces)])


def _fitting(places):
    """Yield (word, its places) as far as a vector takes them: what stands first in a text comes first."""
    left = MOST_BYTES
    for word, at in places.items():
        at = at[:MOST_PLACES]
        left -= len(word.encode()) + 2 * len(at) + 3  # with the number of places, at an even address
        if left >= 0:
            yield word, at


def _quoted(text):
    return f"'{text}'"
