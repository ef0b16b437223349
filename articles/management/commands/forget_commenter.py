"""manage.py forget_commenter"""

from django.utils import timezone

from articles import erasure
from articles.management.one_reader import OneReaderCommand


class Command(OneReaderCommand):
    help = "Delete all that is stored of one reader. The number is that of the reader's page at the desk."

    def handle_reader(self, commenter):
        number = commenter.pk
        erasure.forget(commenter, at=timezone.now())
        self.stdout.write(f"Reader {number} is forgotten.")
