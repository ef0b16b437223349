"""The index in SQLite: two tables of FTS5, one of everything and a small one of what is always shown.

FTS5 has a language of its own for questions. Every word goes into it between quotes, and words hold no quotes.
"""

import json

from django.db import connection

from articles.text import search_words

TEXT, HEAD = "articles_search_text", "articles_search_head"
COLUMNS = {TEXT: ("headline", "standfirst", "hashtags", "bylines", "body"), HEAD: ("headline", "hashtags", "bylines")}
# By how much of an outlet's texts we may show: the table, and which of its columns.
MEASURES = {
    "link": (HEAD, "headline hashtags bylines"),
    "summary": (TEXT, "headline standfirst hashtags bylines"),
    "full": (TEXT, "headline standfirst hashtags bylines body"),
}
PLACE = "instr"
INSTANT = "found.published_at || ''"  # a text that is in order; as a column the driver would read a time out of it


def write(prepared):
    """Write the words of articles, ``{article's id: {column: (compared, written)}}``, over those that were there."""
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            columns = (*columns, "facts")
            rows = [
                (key, *(search_words.in_a_row(*words[name]) for name in columns)) for key, words in prepared.items()
            ]
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(key,) for key in prepared])  # noqa: S608
            marks = ", ".join(["%s"] * (1 + len(columns)))
            cursor.executemany(f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608


def remove(article_ids):
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(key,) for key in article_ids])  # noqa: S608


def rows(asked):
    """Return the rows of what is Asked, those of the highest keys first, or of the lowest."""
    parts, values = [], []
    for measure in asked.measures:
        table, _ = MEASURES[measure]
        # CROSS: the words lead, whatever SQLite thinks of them; without statistics it would look at every article.
        tables = f"{table} AS words CROSS JOIN {{live}} ON found.id = words.rowid"
        if asked.is_ranked:
            tables += " CROSS JOIN articles_searchentry AS entry ON entry.article_id = words.rowid"
        having = {"condition": f"words.{table} MATCH %s", "values": [expression(asked, measure)]}
        part, given = asked.part(measure, key="words.rowid", tables=tables, **having)
        parts.append(part)
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY 1 {asked.direction} LIMIT {asked.most}", values)
        return cursor.fetchall()


def instant(at):
    """Return a time as INSTANT gives those of articles."""
    return connection.ops.adapt_datetimefield_value(at)


def expression(asked, measure):
    """Return what holds all terms and facts and none of the excluded, in the language of FTS5."""
    wanted = [_term(term, measure) for term in asked.terms]
    wanted += [f"({{facts}} : ({_quoted(facts)}))" for facts in asked.facts]
    unwanted = " OR ".join(_term(term, measure) for term in asked.excluded)
    return f"({' AND '.join(wanted)}) NOT ({unwanted})" if unwanted else " AND ".join(wanted)


def among(keys):
    """Return (what a column is that is one of ``keys``, the value for its placeholder)."""
    return "IN (SELECT value FROM json_each(%s))", json.dumps(keys)


def _term(term, measure):
    ways = _quoted(map(" ".join, term.ways), "*" if term.is_prefix else "")
    table, columns = MEASURES[measure]
    columns = " ".join(term.fields) or columns
    # Told to look everywhere, FTS5 would still look where each word stands. No word is written as a fact is.
    return f"({ways})" if columns == " ".join(COLUMNS[table]) else f"({{{columns}}} : ({ways}))"


def _quoted(texts, star=""):
    return " OR ".join(f'"{text}"{star}' for text in texts)
