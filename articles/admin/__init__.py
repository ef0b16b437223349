"""The editors' desk: Django's admin, where it stops helped by a few views of its own.

A file for each record; beside them what they share: `lists` (what makes a list cheap), `verbs` (a button, a page that
asks, a change of state), `moments` (times in words and out of forms), `editor` (the writing), `upload` (pictures).
"""

from django.conf import settings
from django.contrib import admin

from articles.admin import (  # noqa: F401 - register
    appeal,
    article,
    assist_draft,
    author,
    bans,
    charge,
    comment,
    commenter,
    conversation,
    front,
    glossary,
    hashtag,
    image,
    mistake,
    moderation_log,
    outlet,
    records,
    section,
    story,
    trust_page,
    word_rule,
)

admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "The desk"
