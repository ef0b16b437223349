"""manage.py export_commenter"""

import json

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from articles import erasure
from articles.models import Commenter


class Command(BaseCommand):
    help = "Write all that is stored of one reader as JSON. The number is that of the reader's page at the desk."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)

    def handle(self, *, number, **options):
        commenter = Commenter.objects.filter(pk=number).first()
        if commenter is None:
            raise CommandError(f"There is no reader {number}.")
        data = erasure.export(commenter)
        self.stdout.write(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
