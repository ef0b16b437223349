"""manage.py relate"""

from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles import caching, related


class Command(BaseCommand):
    help = "Compute the related articles anew: of all live articles, or of those published since a time."

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="of all live articles")
        which.add_argument("--since", metavar="T", help="of those published since T: 2026-05-01 or 2026-05-01T12:00")

    def handle(self, *, since, **options):
        count = related.relate_all(at=timezone.now(), since=None if since is None else _instant(since))
        caching.purge(caching.SITE_KEY)
        self.stdout.write(f"{count} articles related.")


def _instant(text):
    try:
        found = parse_datetime(text) or parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"--since: {text!r} is no date or time; write it as 2026-05-01 or 2026-05-01T12:00.")
    if not isinstance(found, datetime):
        found = datetime.combine(found, time())
    return found if timezone.is_aware(found) else timezone.make_aware(found)
