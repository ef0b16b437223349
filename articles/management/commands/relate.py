"""manage.py relate"""

from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles import caching, related
from articles.management.progress import ProgressMixin


class Command(ProgressMixin, BaseCommand):
    help = "Compute related articles and stories anew. Stopped half-way, the next call goes on from there."

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="of all published articles")
        which.add_argument("--since", metavar="T", help="of those published since T: 2026-05-01 or 2026-05-01T12:00")
        parser.add_argument("--restart", action="store_true", help="begin at the beginning")

    def handle(self, *, since, restart, **options):
        since = None if since is None else _instant(since)
        count = related.relate_everything(at=timezone.now(), since=since, restart=restart, report=self.report)
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
