"""manage.py purge_comments"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles import moderation


class Command(BaseCommand):
    help = "Delete what is no longer needed of readers: old limits, networks, addresses, spam and rejected comments."

    def handle(self, **options):
        for what, count in moderation.purge(at=timezone.now()).items():
            self.stdout.write(f"{what}: {count}")
