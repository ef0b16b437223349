"""A new site finds drafts of the pages that readers look for first, hidden until an editor has written them."""

from django.db import migrations

DRAFTS = [
    (
        "who-owns-and-pays-us",
        "Who owns and pays us",
        "ownership",
        [
            "Who owns this site, by name, and how large each share is.",
            "Where the money came from in the last year, in parts of a hundred.",
            "Who may tell the newsroom what to publish, and who may not.",
        ],
    ),
    (
        "by-which-rules-we-work",
        "By which rules we work",
        "principles",
        [
            "What has to be known of a fact before it is published, and who looks at it besides the writer.",
            "How whoever is accused of something is asked.",
            "When a source may stay without a name, and who decides that.",
            "What reporters may not accept, and what they tell of their own interests.",
        ],
    ),
    (
        "what-we-do-about-mistakes",
        "What we do about mistakes",
        "corrections",
        [
            "Where readers report a mistake, and how soon somebody answers.",
            "What is corrected with a note, and what without.",
            "When an article is withdrawn, and who decides that.",
        ],
    ),
    (
        "where-to-find-us",
        "Where to find us",
        "",
        [
            "The address, telephone number and mailbox of the newsroom, and who the publisher is by law.",
            "Where to send what only the newsroom should know.",
            "Whom to ask about personal data, and whom to complain to about us.",
        ],
    ),
]
UNWRITTEN = "Nothing is written here yet."  # as `TrustPage.UNWRITTEN`, by which the desk keeps such a page hidden


def make_drafts(apps, schema_editor):
    """Make them where the site has no such page at all: elsewhere somebody has chosen already."""
    pages = apps.get_model("articles", "TrustPage").objects
    if pages.exists():
        return
    for position, (slug, title, answers, asked) in enumerate(DRAFTS):
        told = f"<p>{UNWRITTEN} Put your own words in the place of these, and then tick “shown”.</p>"
        body = f"{told}<p>It should say:</p><ul>{''.join(f'<li>{line}</li>' for line in asked)}</ul>"
        pages.create(slug=slug, title=title, answers=answers, body=body, position=position, is_shown=False)


class Migration(migrations.Migration):
    dependencies = [("articles", "0030_words_as_written")]

    operations = [migrations.RunPython(make_drafts, migrations.RunPython.noop)]
