"""The index in SQLite: two tables of FTS5, one of everything and a small one of what is always shown.

FTS5 has a language of its own for questions. Every word goes into it between quotes, and words hold no quotes.
"""

from django.db import connection

TEXT, HEAD = "articles_search_text", "articles_search_head"
COLUMNS = {TEXT: ("headline", "standfirst", "hashtags", "bylines", "body"), HEAD: ("headline", "hashtags", "bylines")}
# By how much of an outlet's texts we may show: the table, and which of its columns.
MEASURES = {
    "link": (HEAD, "headline hashtags bylines"),
    "summary": (TEXT, "headline standfirst hashtags bylines"),
    "full": (TEXT, "headline standfirst hashtags bylines body"),
}


def write(prepared):
    """Write the words of articles, ``{article's id: {column: words}}``, over those that were there."""
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            rows = [(key, *(" ".join(words[name]) for name in columns)) for key, words in prepared.items()]
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(key,) for key in prepared])  # noqa: S608
            marks = ", ".join(["%s"] * (1 + len(columns)))
            cursor.executemany(f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608


def remove(article_ids):
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(key,) for key in article_ids])  # noqa: S608


def source(measure):
    """Return (FROM, WHERE with one placeholder, the article's key) of the articles with words, ``entry`` among them."""
    table, _ = MEASURES[measure]
    # CROSS: the words lead, whatever SQLite thinks of them; without statistics it would look at every article.
    tables = f"{table} AS words CROSS JOIN articles_searchentry AS entry ON entry.article_id = words.rowid CROSS JOIN"
    return tables, f"words.{table} MATCH %s", "words.rowid"


def statements(parts, direction, most):
    """Return statements for the first ``most`` rows of ``parts``, to be tried in turn until one finds so many."""
    return [f"{' UNION ALL '.join(parts)} ORDER BY 1 {direction} LIMIT {most}"]


def expression(terms, excluded, measure):
    """Return what holds all ``terms`` and none of the ``excluded``, in the language of FTS5."""
    wanted = " AND ".join(_term(term, measure) for term in terms)
    unwanted = " OR ".join(_term(term, measure) for term in excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _term(term, measure):
    star = "*" if term.is_prefix else ""
    ways = " OR ".join(f'"{words}"{star}' for words in map(" ".join, term.ways))
    table, columns = MEASURES[measure]
    columns = " ".join(term.fields) or columns
    # Told to look everywhere, FTS5 would still look where each word stands.
    return f"({ways})" if columns == " ".join(COLUMNS[table]) else f"({{{columns}}} : ({ways}))"
