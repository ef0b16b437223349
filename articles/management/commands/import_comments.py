"""manage.py import_comments"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import caching, ingest


class Command(BaseCommand):
    help = "Take over the comments of a Disqus or WordPress export. Stopped half-way, the next call goes on from there."

    def add_arguments(self, parser):
        parser.add_argument("format", choices=sorted(ingest.FORMATS), help="the program that wrote the file")
        parser.add_argument("file", type=Path, help="its export, XML")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *, format, file, dry_run, **options):  # noqa: A002 - it is the argument's name
        report = ingest.Report()
        try:
            with file.open("rb") as opened:
                ingest.import_comments(opened, format, report, at=timezone.now(), is_dry=dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        except ingest.BrokenFile as error:
            self.tell(report, is_dry=dry_run)
            advice = "What was stored before that stays; mend it and run this again."
            raise CommandError(f"{file}: {error} {advice}") from None
        finally:
            if not dry_run:
                caching.purge(caching.SITE_KEY)
        self.tell(report, is_dry=dry_run)

    def tell(self, report, *, is_dry):
        if is_dry:
            self.stdout.write("Nothing is stored. It would be:")
        for what, number in sorted(report.counts.items()):
            self.stdout.write(f"{what}: {number}")
        for address, number in report.unmatched.most_common():
            self.stdout.write(f"no article at {address}: {number}")
