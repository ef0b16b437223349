"""manage.py recount"""

from django.core.management.base import BaseCommand

from articles import caching
from articles.models import Article


class Command(BaseCommand):
    help = "Set each article's number of comments to what a count of them gives."

    def handle(self, **options):
        wrong = Article.objects.recount_comments()
        caching.purge(caching.SITE_KEY)
        self.stdout.write(f"{wrong} articles had a wrong number of comments.")
