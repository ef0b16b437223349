"""manage.py forget_silence"""

from django.core.management.base import BaseCommand

from articles.models import Silence, digest_of


class Command(BaseCommand):
    help = "Delete the mark by which the site knows an address that wants no letters, because its owner asks for it."

    def add_arguments(self, parser):
        parser.add_argument("address")

    def handle(self, *, address, **options):
        Silence.objects.filter(digest=digest_of(address)).delete()
        self.stdout.write("No mark is kept of this address.")
