"""manage.py reindex"""

from django.core.management.base import BaseCommand

from articles import caching, search
from articles.management.progress import ProgressMixin


class Command(ProgressMixin, BaseCommand):
    UNIT, STEP = "articles", 100
    help = "Build the index of the search anew. Stopped or killed half-way, the next call goes on from there."

    def add_arguments(self, parser):
        parser.add_argument("--restart", action="store_true", help="begin at the beginning")

    def handle(self, *, restart, **options):
        count = search.rebuild(restart=restart, report=self.report)
        caching.purge(caching.SITE_KEY)
        self.stdout.write(f"{count} articles can be searched.")
