"""manage.py export_commenter"""

import json

from django.core.serializers.json import DjangoJSONEncoder

from articles import erasure
from articles.management.one_reader import OneReaderCommand


class Command(OneReaderCommand):
    help = "Write all that is stored of one reader as JSON. The number is that of the reader's page at the desk."

    def handle_reader(self, commenter):
        data = erasure.export(commenter)
        self.stdout.write(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
