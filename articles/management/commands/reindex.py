"""manage.py reindex"""

from django.core.management.base import BaseCommand

from articles import caching, search


class Command(BaseCommand):
    help = "Build the index of the search anew. Stopped or killed half-way, the next call goes on from there."

    def add_arguments(self, parser):
        parser.add_argument("--restart", action="store_true", help="begin at the beginning")

    def handle(self, *, restart, **options):
        count = search.rebuild(restart=restart, report=self.report)
        caching.purge(caching.SITE_KEY)
        self.stdout.write(f"{count} articles can be searched.")

    def report(self, done, of):
        if done % 1000 < 100 or done == of:
            self.stdout.write(f"{100 * done // max(1, of)} % ({done} of {of} articles)")
            self.stdout.flush()
