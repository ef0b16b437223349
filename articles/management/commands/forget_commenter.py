"""manage.py forget_commenter"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import erasure
from articles.models import Commenter


class Command(BaseCommand):
    help = "Delete all that is stored of one reader. The number is that of the reader's page at the desk."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)

    def handle(self, *, number, **options):
        commenter = Commenter.objects.filter(pk=number).first()
        if commenter is None:
            raise CommandError(f"There is no reader {number}.")
        erasure.forget(commenter, at=timezone.now())
        self.stdout.write(f"Reader {number} is forgotten.")
