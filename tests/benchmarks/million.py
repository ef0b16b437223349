# ruff: noqa: S608 - what the statements are put together of is all written here
"""A site whose readers have written for years: very many comments, filled in by the database itself."""

from datetime import timedelta

ARTICLES = 500
COMMENTERS = 20_000
SAID = (
    "The water came to our door before the siren did, and by the time that anybody had answered the telephone the "
    "cellar was full. We have lived on the quay for thirty years and have not seen the like, not even in the year when "
    "the bridge went. Who counted?"
)
# Of a hundred comments so many are in each state; every second public one has been decided on.
STATE = """CASE WHEN i % 100 < 93 THEN 'public' WHEN i % 100 < 95 THEN 'held' WHEN i % 100 < 97 THEN 'rejected'
           WHEN i % 100 < 99 THEN 'spam' ELSE 'deleted' END"""
REPORTED = "i % 100 < 93 AND i % 200 = 7"


def fill(number):
    """Store ``number`` comments over ARTICLES articles and two years, with reports and what the rules found."""
    from django.db import connection, transaction
    from django.utils import timezone

    from articles.models import Article
    from tests import make

    now = timezone.now()
    first = make.article("Marmalade is dearer", at=now - timedelta(days=730))
    for _ in range(ARTICLES - 1):
        make.article(at=now - timedelta(days=730))
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements(number, article=first.pk, now=now):
            cursor.execute(statement)
    Article.objects.recount_comments()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def statements(number, *, article, now):
    """Return the SQL that makes readers, comments, what held them and what was reported. The same on both databases."""
    from django.db import connection

    nonce, ago = "gen_random_uuid()", f"TIMESTAMP WITH TIME ZONE '{now:%Y-%m-%d %H:%M:%S}+00' - i * INTERVAL '60 s'"
    device, yes_no = "md5(CAST(i AS text))", "false"
    if connection.vendor == "sqlite":
        nonce, ago = "lower(hex(randomblob(16)))", f"datetime('{now:%Y-%m-%d %H:%M:%S}', '-' || (i * 60) || ' seconds')"
        device, yes_no = "lower(hex(randomblob(16)))", "0"
    series = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
    decided = f"CASE WHEN {STATE} = 'held' OR i % 2 = 0 THEN NULL ELSE {ago} END"
    rare = "CASE WHEN i % 50000 = 94 THEN ' Marmalade.' ELSE '' END"
    return [
        f"INSERT INTO articles_commenter (device, created_at) {series.format(COMMENTERS)} "
        f"SELECT {device}, {ago} FROM n",
        "INSERT INTO articles_comment (article_id, name, email, body, nonce, commenter_id, network, gist, created_at, "
        "recommendation_count, report_count, state, state_reason, decided_at, is_pinned, version) "
        f"{series.format(number)}, c(first) AS (SELECT MAX(id) - {COMMENTERS - 1} FROM articles_commenter) "
        f"SELECT {article} + i % {ARTICLES}, 'Reader ' || i % {COMMENTERS}, '', '{SAID}' || i || {rare}, {nonce}, "
        f"first + i % {COMMENTERS}, '', '', {ago}, i % 7, CASE WHEN {REPORTED} THEN 1 ELSE 0 END, {STATE}, '', "
        f"{decided}, {yes_no}, 1 FROM n, c",
        "INSERT INTO articles_rulehit (comment_id, rule, words, says) "
        "SELECT id, CASE WHEN id % 2 = 0 THEN 'links' ELSE 'history' END, '', 'A newcomer''s comment.' "
        "FROM articles_comment WHERE state = 'held'",
        "INSERT INTO articles_report (comment_id, commenter_id, network, kind, text, email, reference, at, outcome) "
        "SELECT id, commenter_id, '', 'abuse', '', '', '', created_at, '' "
        "FROM articles_comment WHERE report_count > 0",
    ]
