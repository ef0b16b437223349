"""What commands about one reader have in common."""

from django.core.management.base import BaseCommand, CommandError

from articles.models import Commenter


class OneReaderCommand(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("number", type=int)

    def handle(self, *, number, **options):
        commenter = Commenter.objects.filter(pk=number).first()
        if commenter is None:
            raise CommandError(f"There is no reader {number}.")
        self.handle_reader(commenter)

    def handle_reader(self, commenter):
        raise NotImplementedError
