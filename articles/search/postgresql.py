"""The index in PostgreSQL: for each measure of what may be shown a ``tsvector`` beside the entry, with a GIN index.

Vectors and questions are written out here, word by word, so that no configuration of the server has a say in them.
"""

from django.db import connection

COLUMNS = {"link": "link_words", "summary": "summary_words", "full": "full_words"}
WEIGHTS = {"headline": "A", "hashtags": "B", "bylines": "C", "standfirst": "D", "body": "D"}
FIELDS = {
    "link": ("headline", "hashtags", "bylines"),
    "summary": ("headline", "hashtags", "bylines", "standfirst"),
    "full": ("headline", "hashtags", "bylines", "standfirst", "body"),
}
FEW, NEWEST = 100, 1000  # articles that are looked for, and among how many a few are found soonest
LAST_PLACE, MOST_PLACES = 16383, 256  # of a word in a vector: limits of PostgreSQL


def write(prepared):
    """Write the words of articles, ``{article's id: {column: words}}``, over those that were there."""
    changes = ", ".join(f"{column} = %s::tsvector" for column in COLUMNS.values())
    rows = [(*(_vector(words, measure) for measure in COLUMNS), key) for key, words in prepared.items()]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE articles_searchentry SET {changes} WHERE article_id = %s", rows)  # noqa: S608


def remove(article_ids):
    """Do nothing: the vectors go with their entry."""


def source(measure):
    """Return (FROM, WHERE with one placeholder, the article's key) of the articles with words, ``entry`` among them."""
    return "articles_searchentry AS entry JOIN", f"entry.{COLUMNS[measure]} @@ %s::tsquery", "entry.article_id"


def statements(parts, direction, most):
    """Return statements for the first ``most`` rows of ``parts``, to be tried in turn until one finds so many.

    Of a rare word PostgreSQL knows no better than of an ordinary one, and to find a few it would look for both in one
    vector after the other, the newest first. So it is told to: among the newest, and then in the index.
    """
    if most > FEW:
        return [_together(parts, "entry.article_id", direction, most)]
    newest = f"entry.article_id > (SELECT MAX(article_id) - {NEWEST} FROM articles_searchentry)"  # noqa: S608
    return [
        _together([f"{part} AND {newest}" for part in parts], "entry.article_id", direction, most),
        _together(parts, "entry.article_id + 0", direction, most),
    ]


def expression(terms, excluded, measure):
    """Return what holds all ``terms`` and none of the ``excluded``, as a ``tsquery`` is written."""
    return " & ".join([*map(_term, terms), *(f"!{_term(term)}" for term in excluded)])


def _together(parts, order, direction, most):
    """Return the statement for the first of ``parts``: each is in order, and read only so far."""
    ordered = [f"({part} ORDER BY {order} {direction} LIMIT {most})" for part in parts]
    return f"SELECT * FROM ({' UNION ALL '.join(ordered)}) AS parts ORDER BY 1 {direction} LIMIT {most}"  # noqa: S608


def _term(term):
    weights = "".join(WEIGHTS[field] for field in term.fields)
    mark = f"{'*' if term.is_prefix else ''}{weights}"
    mark = f":{mark}" if mark else ""
    ways = (" <-> ".join(f"'{word}'{mark}" for word in way) for way in term.ways)
    return f"({' | '.join(ways)})"


def _vector(words, measure):
    """Return the vector of the fields that the measure shows; a hole between two of them holds phrases apart."""
    places, place = {}, 0
    for field in FIELDS[measure]:
        for word in words[field]:
            place += 1
            places.setdefault(word, []).append(f"{min(place, LAST_PLACE)}{WEIGHTS[field]}")
        place += 1
    return " ".join(f"'{word}':{','.join(at[:MOST_PLACES])}" for word, at in places.items())
