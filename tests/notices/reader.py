"""What a reader of letters does: writes, is answered, opens links; and the mail that is delivered meanwhile."""

import re
from datetime import timedelta

import django
from django.utils import timezone

from articles import work
from articles.models import Comment, Due
from tests import make

HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
ROSA = "rosa@reader.example"


def hand_letters_to(settings, port):
    """Have the site hand its letters to whoever listens at ``port`` of this machine."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    if django.VERSION >= (6, 1):
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port}}}
    else:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = backend, "127.0.0.1", port


def write(client, article, headers=HERE, **fields):
    fields = {"name": "Rosa Reader", "body": "I live there.", "email": ROSA, "tell_me": "on"} | fields
    answer = client.post(f"/articles/{article.pk}/comments/", fields, headers=headers)
    return answer, Comment.objects.order_by("pk").last()


def deliver(*, after=make.HOUR):
    """Do the work that is due by then."""
    Due.objects.filter(kind="notice").exclude(due_at__gt=timezone.now() + after).update(
        due_at=timezone.now() - timedelta(seconds=1)
    )
    return work.do_all_due()


def link(letter, name):
    [found] = re.findall(rf"https?://\S+(/mail/{name}/\S+/)", letter.get_content())
    return found


def answered(comment, body="So do I.", **fields):
    return make.comment(comment.article, body, parent=comment, **{"name": "Bo <b>Reader</b>"} | fields)
