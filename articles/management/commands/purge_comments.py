"""manage.py purge_comments"""

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles import moderation, notices


class Command(BaseCommand):
    help = "Delete what is no longer needed of readers: limits, networks, addresses, spam, rejected comments, letters."

    def handle(self, **options):
        at = timezone.now()
        for what, count in (moderation.purge(at=at) | notices.purge(at=at)).items():
            self.stdout.write(f"{what}: {count}")
